#include "sim/study/inference/paired.h"

#include <cmath>
#include <limits>
#include <vector>

#include <gtest/gtest.h>

#include "sim/support/contract.h"
#include "tests/sim/study/study_world.h"

namespace peercap {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

TEST(PairedDifference, MatchesAPublishedExample) {
  // The sleep data of Student, The probable error of a mean, Biometrika 6 (1908): t = 4.0621, p = 0.002833.
  const std::vector<double> second{1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4};
  const std::vector<double> first{0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0};
  const PairedDifference result = paired_difference(second, first);
  EXPECT_EQ(result.count, 10);
  EXPECT_NEAR(result.mean, 1.58, 1e-12);
  EXPECT_NEAR(result.standard_deviation, 1.229995, 1e-6);
  EXPECT_NEAR(result.interval.low, 0.7001142, 1e-6);
  EXPECT_NEAR(result.interval.high, 2.4598858, 1e-6);
  EXPECT_NEAR(result.p_value, 0.00283289, 1e-7);
  EXPECT_NEAR(result.correlation, 0.7951702, 1e-6);
  EXPECT_EQ(result.larger_share, 0.95);  // nine of ten, one tie
  EXPECT_NEAR(result.larger_mean_probability, 1.0 - 0.00283289 / 2, 1e-7);
}

TEST(PairedDifference, CommonChanceSavesReplications) {
  std::vector<double> first;
  std::vector<double> second;
  for (int i = 0; i < 4000; ++i) {
    const double shared = 3.0 * noise(1, i, 0);
    first.push_back(shared + noise(1, i, 1));
    second.push_back(shared + noise(1, i, 2) - 0.1);
  }
  // Variances 10 and 10 against 2 of the difference: ten times fewer.
  EXPECT_NEAR(paired_difference(first, second).variance_ratio, 10.0, 0.7);
  EXPECT_NEAR(paired_difference(first, second).correlation, 0.9, 0.02);
}

TEST(PairedDifference, LeavesOutWhatIsMissing) {
  const PairedDifference result = paired_difference(std::vector{1.0, nan, 5.0}, std::vector{0.0, 2.0, nan});
  EXPECT_EQ(result.count, 1);
  EXPECT_EQ(result.missing, 2);
  EXPECT_EQ(result.mean, 1.0);
  EXPECT_TRUE(std::isnan(result.p_value));
  EXPECT_EQ(paired_difference({}, {}).count, 0);
  EXPECT_THROW((void)paired_difference(std::vector{1.0}, {}), ContractViolation);
}

TEST(PairedDifference, DifferencesThatDoNotVaryAreCertain) {
  const PairedDifference same = paired_difference(std::vector{1.0, 2.0}, std::vector{1.0, 2.0});
  EXPECT_EQ(same.p_value, 1.0);
  EXPECT_EQ(same.larger_mean_probability, 0.5);
  EXPECT_EQ(same.larger_share, 0.5);
  const PairedDifference more = paired_difference(std::vector{2.0, 3.0}, std::vector{1.0, 2.0});
  EXPECT_EQ(more.p_value, 0.0);
  EXPECT_EQ(more.larger_mean_probability, 1.0);
  EXPECT_EQ(more.variance_ratio, std::numeric_limits<double>::infinity());
}

}  // namespace
}  // namespace peercap
