#include "sim/study/inference/paired.h"

#include <cmath>

#include "sim/study/inference/intervals.h"
#include "sim/study/inference/sample.h"
#include "sim/support/contract.h"

namespace peercap {

PairedDifference paired_difference(std::span<const double> first, std::span<const double> second,
                                   double confidence) {
  require(first.size() == second.size(), "paired_difference: pairs");
  PairedDifference result;
  RunningSample differences;
  RunningSample of_first;
  RunningSample of_second;
  double products = 0.0;  // of deviations, by the same recursion
  std::int64_t wins = 0;
  std::int64_t ties = 0;
  for (std::size_t i = 0; i < first.size(); ++i) {
    if (std::isnan(first[i]) || std::isnan(second[i])) {
      ++result.missing;
      continue;
    }
    const double before = of_first.count() > 0 ? of_first.mean() : 0.0;
    of_first.add(first[i]);
    of_second.add(second[i]);
    products += (first[i] - before) * (second[i] - of_second.mean());
    differences.add(first[i] - second[i]);
    if (first[i] > second[i]) ++wins;
    if (first[i] == second[i]) ++ties;
  }
  result.count = differences.count();
  if (result.count == 0) return result;
  const auto n = static_cast<double>(result.count);
  result.mean = differences.mean();
  result.larger_share = (static_cast<double>(wins) + 0.5 * static_cast<double>(ties)) / n;
  result.larger_share_interval = {proportion_interval(wins, result.count, confidence).low,
                                  proportion_interval(wins + ties, result.count, confidence).high};
  if (result.count < 2) return result;
  const double variance = differences.variance();
  result.standard_deviation = std::sqrt(variance);
  result.interval = student_interval(result.count, result.mean, result.standard_deviation, confidence);
  const double separate = of_first.variance() + of_second.variance();
  const double spread = std::sqrt(of_first.variance() * of_second.variance());
  if (spread > 0.0) result.correlation = products / (n - 1.0) / spread;
  if (separate > 0.0) result.variance_ratio = separate / variance;
  if (variance > 0.0) {
    const double t = result.mean / (result.standard_deviation / std::sqrt(n));
    result.p_value = student_p_value(t, n - 1.0);
    result.larger_mean_probability = t > 0.0 ? 1.0 - 0.5 * result.p_value : 0.5 * result.p_value;
  } else {
    result.p_value = result.mean == 0.0 ? 1.0 : 0.0;
    result.larger_mean_probability = result.mean == 0.0 ? 0.5 : result.mean > 0.0 ? 1.0 : 0.0;
  }
  return result;
}

}  // namespace peercap
