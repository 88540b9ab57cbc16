#include "sim/study/sensitivity/morris.h"

#include <cmath>
#include <limits>
#include <vector>

#include <gtest/gtest.h>

#include "sim/support/contract.h"
#include "tests/sim/study/sensitivity/test_functions.h"

namespace peercap {
namespace {

TEST(MorrisDesign, EveryTrajectoryMovesEachFactorOnce) {
  const MorrisDesign design{{.factors = 5, .trajectories = 40, .levels = 4, .seed = 3}};
  EXPECT_EQ(design.size(), 240U);
  std::vector<int> upward(5);
  std::vector<int> first(5);
  for (std::uint64_t trajectory = 0; trajectory < 40; ++trajectory) {
    std::vector<int> moves(5);
    for (std::uint64_t step = 0; step < 5; ++step) {
      const auto before = design.point(6 * trajectory + step);
      const auto after = design.point(6 * trajectory + step + 1);
      int changed = 0;
      for (std::size_t i = 0; i < 5; ++i) {
        EXPECT_NEAR(std::round(3 * after[i]), 3 * after[i], 1e-12);  // on the grid
        EXPECT_GE(after[i], -1e-15);
        EXPECT_LE(after[i], 1.0 + 1e-15);
        if (after[i] == before[i]) continue;
        EXPECT_NEAR(std::abs(after[i] - before[i]), 2.0 / 3.0, 1e-12);
        upward[i] += after[i] > before[i] ? 1 : 0;
        first[i] += step == 0 ? 1 : 0;
        ++changed;
        ++moves[i];
      }
      EXPECT_EQ(changed, 1);
    }
    EXPECT_EQ(moves, std::vector<int>(5, 1));
  }
  for (const int count : upward) EXPECT_NEAR(count, 20, 13);  // four standard deviations
  for (const int count : first) EXPECT_NEAR(count, 8, 10);
}

TEST(MorrisEffects, OfALinearFunctionAreItsCoefficients) {
  const MorrisDesign design{{.factors = 3, .trajectories = 10}};
  const auto effects = morris_effects(
      design, outcomes_of(design, [](const auto& x) { return 3.0 * x[0] - 2.0 * x[1] + 7.0; }));
  EXPECT_NEAR(effects[0].mean, 3.0, 1e-12);
  EXPECT_NEAR(effects[1].mean, -2.0, 1e-12);
  EXPECT_NEAR(effects[1].mean_magnitude, 2.0, 1e-12);
  EXPECT_NEAR(effects[2].mean_magnitude, 0.0, 1e-12);
  EXPECT_NEAR(effects[0].standard_deviation, 0.0, 1e-12);
  EXPECT_NEAR(effects[0].magnitude_interval.low, 3.0, 1e-12);
  EXPECT_NEAR(effects[0].magnitude_interval.high, 3.0, 1e-12);
}

TEST(MorrisEffects, OfAKnownFunctionWithInteractions) {
  // f = x y + 4 (z - 1/2)^2 on the grid {0, 1/3, 2/3, 1} with steps of 2/3. The effect of x is y, which a
  // trajectory finds on the grid with mean 1/2 and standard deviation sqrt(5) / 6. That of z is 4 (z + z' -
  // 1), z + z' being 2/3 or 4/3: -4/3 or 4/3 with equal chance, mean 0 and magnitude 4/3.
  const MorrisDesign design{{.factors = 4, .trajectories = 4000, .seed = 12}};
  const auto effects = morris_effects(
      design,
      outcomes_of(design, [](const auto& x) { return x[0] * x[1] + 4.0 * (x[2] - 0.5) * (x[2] - 0.5); }),
      0.95, 200);
  EXPECT_NEAR(effects[0].mean_magnitude, 0.5, 0.025);  // standard error 0.006
  EXPECT_NEAR(effects[0].standard_deviation, std::sqrt(5.0) / 6, 0.02);
  EXPECT_NEAR(effects[1].mean, 0.5, 0.025);
  EXPECT_NEAR(effects[2].mean, 0.0, 0.09);
  EXPECT_NEAR(effects[2].mean_magnitude, 4.0 / 3, 1e-12);
  EXPECT_NEAR(effects[2].standard_deviation, 4.0 / 3, 0.01);
  EXPECT_EQ(effects[3].mean_magnitude, 0.0);
  EXPECT_LT(effects[0].magnitude_interval.low, 0.5);
  EXPECT_GT(effects[0].magnitude_interval.high, 0.5);
}

TEST(MorrisEffects, APointThatFailedCostsOnlyItsNeighbors) {
  const MorrisDesign design{{.factors = 2, .trajectories = 10}};
  std::vector<double> outcomes = outcomes_of(design, [](const auto& x) { return x[0] + x[1]; });
  outcomes[1] = std::numeric_limits<double>::quiet_NaN();
  const auto effects = morris_effects(design, outcomes);
  EXPECT_EQ(effects[0].effects, 9);
  EXPECT_EQ(effects[1].effects, 9);
  EXPECT_THROW((void)morris_effects(design, std::vector<double>(7)), ContractViolation);
}

TEST(MorrisPlan, PlansThatSayNothingAreRefusedInWords) {
  EXPECT_FALSE(morris_problem({.factors = 4}));
  EXPECT_THAT(*morris_problem({.factors = 4, .trajectories = 4}), testing::HasSubstr("at least 10"));
  EXPECT_THAT(*morris_problem({.factors = 4, .trajectories = 4}), testing::HasSubstr("50 points"));
  EXPECT_TRUE(morris_problem({.factors = 0}));
  EXPECT_TRUE(morris_problem({.factors = 4, .levels = 5}));
  EXPECT_THROW(MorrisDesign({.factors = 4, .trajectories = 4}), ContractViolation);
}

}  // namespace
}  // namespace peercap
