#pragma once

#include <cstdint>
#include <limits>
#include <span>

namespace peercap {

/// From low to high; NaN where it cannot be told.
struct Interval {
  double low = std::numeric_limits<double>::quiet_NaN();
  double high = std::numeric_limits<double>::quiet_NaN();
  friend bool operator==(const Interval&, const Interval&) = default;
};

/// What is reported of one measure over replications. Figures that need more numbers than there are, are NaN.
struct Summary {
  std::int64_t count = 0;    ///< numbers used
  std::int64_t missing = 0;  ///< NaNs left out
  double mean = std::numeric_limits<double>::quiet_NaN();
  double standard_deviation = std::numeric_limits<double>::quiet_NaN();
  Interval mean_interval;  ///< 95 %, Student's t
  double minimum = std::numeric_limits<double>::quiet_NaN();
  double p05 = std::numeric_limits<double>::quiet_NaN();
  double p25 = std::numeric_limits<double>::quiet_NaN();
  double p50 = std::numeric_limits<double>::quiet_NaN();
  double p75 = std::numeric_limits<double>::quiet_NaN();
  double p95 = std::numeric_limits<double>::quiet_NaN();
  double maximum = std::numeric_limits<double>::quiet_NaN();
};

/// The same bits for any order of the values. With infinite values mean is what arithmetic makes of them, the
/// standard deviation and the interval are NaN.
[[nodiscard]] Summary summarize(std::span<const double> values);

/// The quantile of type 7 of Hyndman and Fan, Sample quantiles in statistical packages, The American
/// Statistician 50 (1996): linear between order statistics, h = (n - 1) p. `sorted` is ascending, without
/// NaN, not empty; p in [0, 1]. Throws ContractViolation for no values or another p.
[[nodiscard]] double sorted_quantile(std::span<const double> sorted, double p);

/// mean -+ t sd / sqrt(n) with n - 1 degrees of freedom; NaN for less than two numbers.
[[nodiscard]] Interval student_interval(std::int64_t count, double mean, double standard_deviation,
                                        double confidence = 0.95);

/// Wilson's score interval of a proportion: Wilson, Probable inference, the law of succession, and
/// statistical inference, Journal of the American Statistical Association 22 (1927). [0, 1] without trials.
/// Throws ContractViolation unless 0 <= successes <= trials.
[[nodiscard]] Interval proportion_interval(std::int64_t successes, std::int64_t trials,
                                           double confidence = 0.95);

}  // namespace peercap
