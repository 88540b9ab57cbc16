#include "sim/study/sensitivity/tornado.h"

#include <vector>

#include <gtest/gtest.h>

#include "sim/support/contract.h"
#include "tests/sim/study/study_world.h"

namespace peercap {
namespace {

TEST(Tornado, MovesOneFactorAtATimeAndSortsTheBars) {
  const TornadoDesign design{{{.base = 1, .low = 0, .high = 2}, {.base = 5, .low = 4, .high = 8}, {1, 1, 1}}};
  EXPECT_EQ(design.size(), 7U);
  EXPECT_EQ(design.point(0), (std::vector<double>{1, 5, 1}));
  EXPECT_EQ(design.point(1), (std::vector<double>{0, 5, 1}));
  EXPECT_EQ(design.point(4), (std::vector<double>{1, 8, 1}));
  std::vector<std::vector<double>> outcomes;
  for (std::uint64_t i = 0; i < design.size(); ++i) {
    const auto point = design.point(i);
    outcomes.emplace_back();
    for (int r = 0; r < 20; ++r) outcomes.back().push_back(point[0] - 2.0 * point[1] + 10.0 * noise(6, r, 0));
  }
  const std::vector<TornadoBar> bars = tornado_bars(design, outcomes);
  EXPECT_EQ(bars[0].factor, 1U);
  EXPECT_NEAR(bars[0].swing, 8.0, 1e-9);
  EXPECT_NEAR(bars[0].at_low.mean, 2.0, 1e-9);
  EXPECT_NEAR(bars[0].at_high.mean, -6.0, 1e-9);
  EXPECT_LT(bars[0].at_high.interval.high - bars[0].at_high.interval.low, 1e-6);  // common random numbers
  EXPECT_EQ(bars[1].factor, 0U);
  EXPECT_EQ(bars[2].swing, 0.0);
  EXPECT_THROW((void)tornado_bars(design, {}), ContractViolation);
  EXPECT_THROW(TornadoDesign(std::vector<TornadoDesign::Range>{}), ContractViolation);
}

}  // namespace
}  // namespace peercap
