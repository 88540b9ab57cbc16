#include "sim/study/selection/vector_sizing.h"

#include <cmath>

#include <gtest/gtest.h>

#include "sim/support/contract.h"
#include "tests/sim/study/study_world.h"

namespace peercap {
namespace {

/// What supporters x and coordinators y reach: the scarcer of two capacities, known but for noise.
double reached(std::int64_t x, std::int64_t y) {
  return std::min(static_cast<double>(x), 2.5 * static_cast<double>(y));
}

Outcomes capacity(std::span<const std::int64_t> candidate, std::int64_t first, std::int64_t count) {
  Outcomes outcomes;
  for (std::int64_t r = first; r < first + count; ++r)
    outcomes.push_back({reached(candidate[0], candidate[1]) + 0.5 * noise(14, r, 0)});
  return outcomes;
}

double cost(std::span<const std::int64_t> candidate) {
  return 3.0 * static_cast<double>(candidate[0]) + 4.0 * static_cast<double>(candidate[1]);
}

VectorSizingOptions options() {
  return {.ranges = {{1, 40}, {1, 20}},
          .cost = cost,
          .assessment = {.first_batch = 16, .most_replications = 256}};
}

const Target fifteen{0, TargetStatistic::mean, TargetBound::at_least, 14.75, 0};

TEST(VectorSizing, FindsTheCheapestWithFewLooks) {
  const VectorSizingAnswer answer = find_cheapest_size(capacity, {fifteen}, options());
  EXPECT_EQ(answer.end, SizingEnd::found);
  EXPECT_EQ(answer.candidate, (std::vector<std::int64_t>{15, 6}));
  EXPECT_EQ(answer.cost, 69.0);
  EXPECT_EQ(answer.confirmation->verdict, Verdict::met);
  EXPECT_LE(answer.history.size(), 60U);  // of 800 combinations
}

TEST(VectorSizing, WithoutMonotonicityEveryCheaperOneIsLookedAt) {
  VectorSizingOptions each = options();
  each.ranges = {{10, 18}, {3, 9}};
  each.monotonicity = Monotonicity::none;
  const VectorSizingAnswer answer = find_cheapest_size(capacity, {fifteen}, each);
  EXPECT_EQ(answer.candidate, (std::vector<std::int64_t>{15, 6}));
  std::size_t cheaper = 0;
  for (std::int64_t x = 10; x <= 18; ++x)
    for (std::int64_t y = 3; y <= 9; ++y)
      cheaper += 3.0 * static_cast<double>(x) + 4.0 * static_cast<double>(y) < 69.0;
  EXPECT_GE(answer.history.size(), cheaper + 1);
}

TEST(VectorSizing, TellsByHowMuchTargetsAreOutOfReach) {
  const VectorSizingAnswer answer =
      find_cheapest_size(capacity, {{0, TargetStatistic::mean, TargetBound::at_least, 60.0, 0}}, options());
  EXPECT_EQ(answer.end, SizingEnd::infeasible);
  ASSERT_TRUE(answer.nearest);
  EXPECT_EQ(answer.nearest->candidate, (std::vector<std::int64_t>{40, 20}));
  EXPECT_NEAR(answer.nearest->targets[0].margin, -20.0, 0.5);
  EXPECT_EQ(answer.history.size(), 1U);
}

TEST(VectorSizing, RefusesWhatIsTooLarge) {
  VectorSizingOptions huge = options();
  huge.ranges = {{1, 10000}, {1, 10000}};
  EXPECT_THROW((void)find_cheapest_size(capacity, {fifteen}, huge), ContractViolation);
  VectorSizingOptions free = options();
  free.cost = {};
  EXPECT_THROW((void)find_cheapest_size(capacity, {fifteen}, free), ContractViolation);
}

}  // namespace
}  // namespace peercap
