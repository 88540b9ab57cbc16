#include "sim/study/selection/target.h"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "sim/support/contract.h"
#include "tests/sim/study/study_world.h"

namespace peercap {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

Outcomes normal_outcomes(int count) {
  Outcomes outcomes;
  for (int r = 0; r < count; ++r) outcomes.push_back({0.0, noise(21, r, 0)});
  return outcomes;
}

Verdict verdict_of(const Target& target, int count = 400) {
  return assess_target(target, normal_outcomes(count), 0.01).verdict;
}

TEST(Target, OfAMeanIsJudgedByItsInterval) {
  using enum TargetBound;
  EXPECT_EQ(verdict_of({1, TargetStatistic::mean, at_least, -0.3, 0}), Verdict::met);
  EXPECT_EQ(verdict_of({1, TargetStatistic::mean, at_least, 0.3, 0}), Verdict::missed);
  EXPECT_EQ(verdict_of({1, TargetStatistic::mean, at_most, 0.3, 0}), Verdict::met);
  EXPECT_EQ(verdict_of({1, TargetStatistic::mean, at_most, -0.3, 0}), Verdict::missed);
  EXPECT_EQ(verdict_of({1, TargetStatistic::mean, at_least, 0.5, 0}, 20), Verdict::undecided);
}

TEST(Target, OfAQuantileIsJudgedByTheShareThatKeepsIt) {
  using enum TargetBound;
  // The 90th percentile of a standard normal is 1.2816.
  EXPECT_EQ(verdict_of({1, TargetStatistic::quantile, at_most, 1.7, 0.9}), Verdict::met);
  EXPECT_EQ(verdict_of({1, TargetStatistic::quantile, at_most, 0.9, 0.9}), Verdict::missed);
  EXPECT_EQ(verdict_of({1, TargetStatistic::quantile, at_least, 0.9, 0.9}), Verdict::met);
  EXPECT_EQ(verdict_of({1, TargetStatistic::quantile, at_least, 1.7, 0.9}), Verdict::missed);
  EXPECT_EQ(verdict_of({1, TargetStatistic::quantile, at_most, 1.28, 0.9}), Verdict::undecided);
  const TargetAssessment assessment =
      assess_target({1, TargetStatistic::quantile, at_most, 2.0, 0.9}, normal_outcomes(2000), 0.01);
  EXPECT_NEAR(assessment.estimate, 1.2816, 0.1);
  EXPECT_LT(assessment.interval.low, 1.2816);
  EXPECT_GT(assessment.interval.high, 1.2816);
  EXPECT_NEAR(assessment.margin, 2.0 - assessment.estimate, 1e-15);
}

TEST(Target, OfAProbabilityIsAShare) {
  using enum TargetBound;
  EXPECT_EQ(verdict_of({1, TargetStatistic::probability, at_most, 0.0, 0.4}), Verdict::met);
  EXPECT_EQ(verdict_of({1, TargetStatistic::probability, at_most, 0.0, 0.6}), Verdict::missed);
  EXPECT_EQ(verdict_of({1, TargetStatistic::probability, at_least, -1.0, 0.8}), Verdict::undecided);
  const TargetAssessment assessment =
      assess_target({1, TargetStatistic::probability, at_least, -1.0, 0.8}, normal_outcomes(2000), 0.01);
  EXPECT_NEAR(assessment.estimate, 0.8413, 0.025);
  EXPECT_NEAR(assessment.margin, assessment.estimate - 0.8, 1e-15);
}

TEST(Target, NothingIsKnownOfMissingNumbers) {
  const Target target{.measure = 0, .value = 1.0};
  EXPECT_EQ(assess_target(target, {{nan}, {nan}}, 0.05).verdict, Verdict::undecided);
  EXPECT_TRUE(std::isnan(assess_target(target, {}, 0.05).estimate));
  EXPECT_EQ(
      assess_target({0, TargetStatistic::probability, TargetBound::at_most, 1.0, 0.5}, {}, 0.05).verdict,
      Verdict::undecided);
}

TEST(Target, EqualOutcomesAreNotBelievedAtOnce) {
  // Waits that are nearly always 0: sixteen zeros do not show that their mean is below 0.01.
  const Target target{0, TargetStatistic::mean, TargetBound::at_most, 0.01, 0};
  EXPECT_EQ(assess_target(target, Outcomes(16, {0.0}), 0.001).verdict, Verdict::undecided);
  EXPECT_EQ(assess_target(target, Outcomes(65, {0.0}), 0.001).verdict, Verdict::undecided);
  EXPECT_EQ(assess_target(target, Outcomes(66, {0.0}), 0.001).verdict, Verdict::met);  // 0.9^66 < 0.001
  EXPECT_EQ(assess_target(target, Outcomes(66, {0.02}), 0.001).verdict, Verdict::missed);
}

TEST(Target, RefusesWhatIsNone) {
  EXPECT_THROW((void)assess_target({.measure = 2}, normal_outcomes(3), 0.05), ContractViolation);
  EXPECT_THROW((void)assess_target({0, TargetStatistic::quantile, TargetBound::at_most, 1.0, 1.0}, {}, 0.05),
               ContractViolation);
  EXPECT_THROW((void)assess_target({}, {}, 0.5), ContractViolation);
}

}  // namespace
}  // namespace peercap
