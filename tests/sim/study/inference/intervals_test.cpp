#include "sim/study/inference/intervals.h"

#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <gtest/gtest.h>

#include "sim/support/contract.h"

namespace peercap {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

TEST(MeanInterval, MatchesAWorkedExample) {
  const std::vector<double> values{4, 1, nan, 3, 2, 5};
  const Interval interval = mean_interval(values);  // t(0.975, 4) = 2.776445105197794
  EXPECT_NEAR(interval.low, 3.0 - 2.776445105197794 * std::sqrt(0.5), 1e-12);
  EXPECT_NEAR(interval.high, 3.0 + 2.776445105197794 * std::sqrt(0.5), 1e-12);
  EXPECT_TRUE(std::isnan(mean_interval(std::vector{1.0, nan}).low));
  EXPECT_THROW((void)mean_interval(values, 1.0), ContractViolation);
}

TEST(NormalInterval, UsesTheNormalQuantile) {
  const Interval interval = normal_interval(10.0, 2.0, 0.9);
  EXPECT_NEAR(interval.low, 10.0 - 2.0 * 1.6448536269514722, 1e-12);
  EXPECT_NEAR(interval.high, 10.0 + 2.0 * 1.6448536269514722, 1e-12);
}

TEST(ExactProportion, MatchesAReferenceAndPublishedValues) {
  using boost::math::binomial;
  for (const int trials : {1, 7, 50, 400})
    for (const int successes : {0, 1, 3, 40, 400}) {
      if (successes > trials) continue;
      const Interval interval = exact_proportion_interval(successes, trials, 0.95);
      EXPECT_NEAR(
          interval.low,
          binomial::find_lower_bound_on_p(trials, successes, 0.025, binomial::clopper_pearson_exact_interval),
          1e-10);
      EXPECT_NEAR(
          interval.high,
          binomial::find_upper_bound_on_p(trials, successes, 0.025, binomial::clopper_pearson_exact_interval),
          1e-10);
    }
  // None of ten: the upper end is 1 - 0.025^(1/10).
  EXPECT_NEAR(exact_proportion_interval(0, 10).high, 1.0 - std::pow(0.025, 0.1), 1e-12);
  EXPECT_EQ(exact_proportion_interval(0, 0), (Interval{0.0, 1.0}));
}

TEST(QuantileInterval, TakesTheOrderStatisticsOfTheTables) {
  // The median of 20: ranks 6 and 15, coverage 0.9586 (David and Nagaraja, table of sign test intervals).
  std::vector<double> values(20);
  std::iota(values.begin(), values.end(), 1.0);
  EXPECT_EQ(quantile_interval(values, 0.5, 0.95), (Interval{6.0, 15.0}));
  // The 95th percentile of 20 has no finite upper end at 95 %: 0.95^20 = 0.36 above.
  EXPECT_EQ(quantile_interval(values, 0.95, 0.95).high, infinity);
  EXPECT_EQ(quantile_interval({}, 0.5), (Interval{-infinity, infinity}));
  values.push_back(nan);
  EXPECT_EQ(quantile_interval(values, 0.5, 0.95), (Interval{6.0, 15.0}));
}

TEST(QuantileInterval, NeverClaimsMoreThanTheBinomialGives) {
  for (const int n : {5, 30, 99, 500})
    for (const double p : {0.1, 0.5, 0.95}) {
      std::vector<double> values(static_cast<std::size_t>(n));
      std::iota(values.begin(), values.end(), 1.0);
      const Interval interval = quantile_interval(values, p, 0.9);
      const boost::math::binomial below{static_cast<double>(n), p};
      const double under = std::isinf(interval.low) ? 0.0 : boost::math::cdf(below, interval.low - 1.0);
      const double up_to = std::isinf(interval.high) ? 1.0 : boost::math::cdf(below, interval.high - 1.0);
      EXPECT_GE(up_to - under, 0.9 - 1e-12) << n << " " << p;
    }
}

TEST(StudentPValue, AgreesWithAReference) {
  for (const double degrees : {1.0, 9.0, 1000.0, 5000.0, 1e6})
    for (const double t : {0.0, 0.3, -2.0, 5.0}) {
      const boost::math::students_t law{degrees};
      const double expected = 2.0 * boost::math::cdf(boost::math::complement(law, std::abs(t)));
      EXPECT_NEAR(student_p_value(t, degrees) / expected, 1.0, 1e-4);
    }
  EXPECT_EQ(student_p_value(infinity, 5.0), 0.0);
}

}  // namespace
}  // namespace peercap
