#include "sim/study/inference/policy_comparison.h"

#include <cmath>
#include <limits>
#include <vector>

#include <gtest/gtest.h>

#include "sim/support/contract.h"
#include "tests/sim/study/study_world.h"

namespace peercap {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

TEST(Holm, MatchesAWorkedExample) {
  // p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm") in R.
  const std::vector<double> adjusted = holm_adjusted(std::vector{0.01, 0.04, 0.03, 0.005});
  EXPECT_NEAR(adjusted[0], 0.03, 1e-15);
  EXPECT_NEAR(adjusted[1], 0.06, 1e-15);
  EXPECT_NEAR(adjusted[2], 0.06, 1e-15);
  EXPECT_NEAR(adjusted[3], 0.02, 1e-15);
  EXPECT_EQ(holm_adjusted(std::vector{0.9, 0.8})[0], 1.0);
  const std::vector<double> with_gap = holm_adjusted(std::vector{nan, 0.01, 0.5});
  EXPECT_TRUE(std::isnan(with_gap[0]));
  EXPECT_NEAR(with_gap[1], 0.02, 1e-15);
}

TEST(Holm, KeepsTheFamilysErrorRate) {
  // Six policies that are all the same: any rejection is false. 2,000 studies at 5 %: the share lies below
  // 5 % plus three standard errors.
  int rejected = 0;
  for (int study = 0; study < 2000; ++study) {
    std::vector<std::vector<double>> outcomes(4);
    for (std::size_t policy = 0; policy < 4; ++policy)
      for (int r = 0; r < 15; ++r)
        outcomes[policy].push_back(noise(900, study, policy, static_cast<std::uint64_t>(r)));
    const PolicyComparison comparison = compare_policies(outcomes, {.resamples = 1});
    for (const PolicyPair& pair : comparison.pairs)
      if (pair.adjusted_p_value < 0.05) {
        ++rejected;
        break;
      }
  }
  EXPECT_LE(rejected, 2000 * 0.05 + 3 * std::sqrt(2000 * 0.05 * 0.95));
  EXPECT_GE(rejected, 20);
}

TEST(PolicyComparison, FindsPairsAndRanks) {
  std::vector<std::vector<double>> outcomes(3);
  for (int r = 0; r < 50; ++r) {
    const double shared = 5.0 * noise(4, r, 9);
    outcomes[0].push_back(shared + 0.3 * noise(4, r, 0));
    outcomes[1].push_back(shared + 0.3 * noise(4, r, 1) + 1.0);
    outcomes[2].push_back(shared + 0.3 * noise(4, r, 2) + 0.02);
  }
  const PolicyComparison comparison = compare_policies(outcomes, {.seed = 8});
  ASSERT_EQ(comparison.pairs.size(), 3U);
  EXPECT_EQ(comparison.pairs[1].first, 0U);
  EXPECT_EQ(comparison.pairs[1].second, 2U);
  EXPECT_LT(comparison.pairs[0].adjusted_p_value, 1e-6);  // 0 against 1
  EXPECT_GT(comparison.pairs[1].adjusted_p_value, 0.05);  // 0 against 2
  EXPECT_LT(comparison.pairs[0].simultaneous_interval.low, comparison.pairs[0].difference.interval.low);
  EXPECT_EQ(comparison.rank_shares[1][0], 1.0);
  EXPECT_GT(comparison.rank_shares[0][1], 0.02);  // the other two change places
  EXPECT_GT(comparison.rank_shares[2][1], 0.02);
  const PolicyComparison reversed =
      compare_policies(outcomes, {.preference = Preference::smaller, .seed = 8});
  EXPECT_EQ(reversed.rank_shares[1][2], 1.0);
}

TEST(PolicyComparison, RefusesWhatCannotBeCompared) {
  EXPECT_THROW((void)compare_policies({{1.0, 2.0}}), ContractViolation);
  EXPECT_THROW((void)compare_policies({{1.0, 2.0}, {1.0}}), ContractViolation);
}

}  // namespace
}  // namespace peercap
