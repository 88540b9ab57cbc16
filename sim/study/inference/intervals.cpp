#include "sim/study/inference/intervals.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

#include "sim/random/normal_quantile.h"
#include "sim/statistics/quantile_functions.h"
#include "sim/statistics/special_functions.h"
#include "sim/study/inference/sample.h"
#include "sim/support/contract.h"

namespace peercap {
namespace {

double tail_of(double confidence) {
  require(confidence > 0.0 && confidence < 1.0, "confidence lies in (0, 1)");
  return 0.5 * (1.0 - confidence);
}

/// The smallest k with P(N <= k) >= share for a binomial N.
std::int64_t binomial_quantile(std::int64_t trials, double probability, double share) {
  std::int64_t low = -1;
  std::int64_t high = trials;
  while (high - low > 1) {
    const std::int64_t middle = low + (high - low) / 2;
    (binomial_cumulative(middle, trials, probability) >= share ? high : low) = middle;
  }
  return high;
}

}  // namespace

Interval mean_interval(std::span<const double> values, double confidence) {
  (void)tail_of(confidence);
  RunningSample sample;
  for (const double value : values)
    if (!std::isnan(value)) sample.add(value);
  return student_interval(sample.count(), sample.mean(), std::sqrt(sample.variance()), confidence);
}

Interval normal_interval(double estimate, double standard_error, double confidence) {
  const double half_width = -normal_quantile(tail_of(confidence)) * standard_error;
  return {estimate - half_width, estimate + half_width};
}

Interval exact_proportion_interval(std::int64_t successes, std::int64_t trials, double confidence) {
  require(successes >= 0 && successes <= trials, "exact_proportion_interval: successes lie in [0, trials]");
  const double tail = tail_of(confidence);
  const auto s = static_cast<double>(successes);
  const auto f = static_cast<double>(trials - successes);
  return {successes == 0 ? 0.0 : beta_quantile(s, f + 1.0, tail),
          successes == trials ? 1.0 : beta_quantile(s + 1.0, f, 1.0 - tail)};
}

Interval quantile_interval(std::span<const double> values, double p, double confidence) {
  require(p > 0.0 && p < 1.0, "quantile_interval: p lies in (0, 1)");
  const double tail = tail_of(confidence);
  std::vector<double> sorted = without_missing(values);
  std::ranges::sort(sorted);
  const auto n = static_cast<std::int64_t>(sorted.size());
  // The number N of values below the quantile is binomial; the quantile lies above the value of rank r if
  // N >= r, and below that of rank s if N < s (ranks from 1).
  const std::int64_t lower = n == 0 ? 0 : binomial_quantile(n, p, tail);
  const std::int64_t upper = n == 0 ? 1 : binomial_quantile(n, p, 1.0 - tail) + 1;
  constexpr double infinite = std::numeric_limits<double>::infinity();
  return {lower < 1 ? -infinite : sorted[static_cast<std::size_t>(lower - 1)],
          upper > n ? infinite : sorted[static_cast<std::size_t>(upper - 1)]};
}

double student_p_value(double t, double degrees_of_freedom) {
  require(!std::isnan(t) && degrees_of_freedom >= 1.0,
          "student_p_value: t and degrees of freedom are numbers");
  const double size = std::abs(t);
  if (std::isinf(size)) return 0.0;
  if (degrees_of_freedom <= 1000.0) return 2.0 * student_t_tail(size, degrees_of_freedom);
  const double z =
      size * (1.0 - 0.25 / degrees_of_freedom) / std::sqrt(1.0 + 0.5 * size * size / degrees_of_freedom);
  return 2.0 * normal_cumulative(-z);
}

}  // namespace peercap
