#include "sim/study/selection/pareto.h"

#include <limits>
#include <vector>

#include <gtest/gtest.h>

#include "sim/support/contract.h"
#include "tests/sim/study/study_world.h"

namespace peercap {
namespace {

using Indices = std::vector<std::size_t>;

TEST(Pareto, KeepsWhatNothingBeats) {
  // Cost (less is better) and coverage (more is better).
  const std::vector<std::vector<double>> points{{10, 0.5}, {20, 0.8}, {15, 0.4},
                                                {20, 0.7}, {30, 0.8}, {5, 0.1}};
  EXPECT_EQ(pareto_frontier(points, std::vector{Preference::smaller, Preference::larger}),
            (Indices{0, 1, 5}));
  EXPECT_EQ(pareto_frontier(points, std::vector{Preference::larger, Preference::larger}), (Indices{4}));
}

TEST(Pareto, EqualPointsStayAndMissingOnesGo) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const std::vector<std::vector<double>> points{{1, 1}, {1, 1}, {nan, 0}, {2, 1}};
  EXPECT_EQ(pareto_frontier(points, std::vector{Preference::smaller, Preference::smaller}), (Indices{0, 1}));
  EXPECT_TRUE(pareto_frontier({}, std::vector{Preference::smaller}).empty());
  EXPECT_THROW((void)pareto_frontier(points, std::vector{Preference::smaller}), ContractViolation);
}

TEST(Pareto, AgreesWithTheDefinitionOnRandomPoints) {
  const std::vector preferences{Preference::smaller, Preference::larger, Preference::smaller};
  std::vector<std::vector<double>> points;
  for (std::uint64_t i = 0; i < 300; ++i) points.push_back({noise(2, 0, i), noise(2, 1, i), noise(2, 2, i)});
  Indices expected;
  for (std::size_t i = 0; i < points.size(); ++i) {
    bool is_beaten = false;
    for (const auto& other : points)
      is_beaten = is_beaten || (other != points[i] && other[0] <= points[i][0] && other[1] >= points[i][1] &&
                                other[2] <= points[i][2]);
    if (!is_beaten) expected.push_back(i);
  }
  EXPECT_EQ(pareto_frontier(points, preferences), expected);
}

}  // namespace
}  // namespace peercap
