#include "sim/statistics/summary.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "sim/random/normal_quantile.h"
#include "sim/statistics/moments.h"
#include "sim/statistics/quantile_functions.h"
#include "sim/support/contract.h"

namespace peercap {
namespace {

/// The p whose quantile bounds a two-sided interval from above.
double upper_probability(double confidence) {
  require(confidence > 0.0 && confidence < 1.0, "confidence lies in (0, 1)");
  return 0.5 + 0.5 * confidence;
}

}  // namespace

double sorted_quantile(std::span<const double> sorted, double p) {
  require(!sorted.empty(), "sorted_quantile: no values");
  require(p >= 0.0 && p <= 1.0, "sorted_quantile: p lies in [0, 1]");
  const double h = static_cast<double>(sorted.size() - 1) * p;
  const auto below = static_cast<std::size_t>(h);
  const double fraction = h - static_cast<double>(below);
  // Not interpolating across equal values keeps infinite ones from becoming NaN.
  if (fraction == 0.0 || sorted[below] == sorted[below + 1]) return sorted[below];
  return sorted[below] + fraction * (sorted[below + 1] - sorted[below]);
}

Interval student_interval(std::int64_t count, double mean, double standard_deviation, double confidence) {
  const double upper = upper_probability(confidence);
  if (count < 2) return {};
  const auto n = static_cast<double>(count);
  const double half_width = student_t_quantile(upper, n - 1.0) * standard_deviation / std::sqrt(n);
  return {mean - half_width, mean + half_width};
}

Interval proportion_interval(std::int64_t successes, std::int64_t trials, double confidence) {
  require(successes >= 0 && successes <= trials, "proportion_interval: successes lie between 0 and trials");
  const double z = normal_quantile(upper_probability(confidence));
  if (trials == 0) return {0.0, 1.0};
  const auto n = static_cast<double>(trials);
  const auto s = static_cast<double>(successes);
  const double center = (s + 0.5 * z * z) / (n + z * z);
  const double half_width = z / (n + z * z) * std::sqrt(s * (n - s) / n + 0.25 * z * z);
  // At the ends the bound is exact; rounding would leave it a bit inside or outside.
  return {successes == 0 ? 0.0 : center - half_width, successes == trials ? 1.0 : center + half_width};
}

Summary summarize(std::span<const double> values) {
  Summary summary;
  std::vector<double> sorted;
  sorted.reserve(values.size());
  for (const double value : values)
    if (!std::isnan(value)) sorted.push_back(value);
  summary.count = static_cast<std::int64_t>(sorted.size());
  summary.missing = static_cast<std::int64_t>(values.size() - sorted.size());
  if (sorted.empty()) return summary;

  std::ranges::sort(sorted);
  summary.minimum = sorted.front();
  summary.maximum = sorted.back();
  summary.p05 = sorted_quantile(sorted, 0.05);
  summary.p25 = sorted_quantile(sorted, 0.25);
  summary.p50 = sorted_quantile(sorted, 0.50);
  summary.p75 = sorted_quantile(sorted, 0.75);
  summary.p95 = sorted_quantile(sorted, 0.95);

  if (std::isinf(summary.minimum) || std::isinf(summary.maximum)) {
    if (std::isinf(summary.minimum) && std::isinf(summary.maximum))
      summary.mean = summary.minimum + summary.maximum;
    else
      summary.mean = std::isinf(summary.minimum) ? summary.minimum : summary.maximum;
    return summary;
  }
  Moments moments;
  for (const double value : sorted) moments.add(value);
  summary.mean = moments.mean();
  summary.standard_deviation = moments.standard_deviation();
  summary.mean_interval = student_interval(summary.count, summary.mean, summary.standard_deviation);
  return summary;
}

}  // namespace peercap
