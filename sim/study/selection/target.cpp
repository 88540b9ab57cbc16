#include "sim/study/selection/target.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/random/exact_math.h"
#include "sim/study/inference/intervals.h"
#include "sim/study/inference/sample.h"
#include "sim/support/contract.h"

namespace peercap {
namespace {

std::vector<double> measure_of(const Outcomes& outcomes, std::size_t measure) {
  std::vector<double> values;
  values.reserve(outcomes.size());
  for (const auto& outcome : outcomes) {
    require(measure < outcome.size(), "assess_target: the outcomes have no such measure");
    if (!std::isnan(outcome[measure])) values.push_back(outcome[measure]);
  }
  return values;
}

/// `low` and `high` bound the figure from below and above, each wrong with a probability of at most the
/// error.
Verdict judge(TargetBound bound, double value, const Interval& one_sided) {
  if (bound == TargetBound::at_least) {
    if (one_sided.low >= value) return Verdict::met;
    return one_sided.high < value ? Verdict::missed : Verdict::undecided;
  }
  if (one_sided.high <= value) return Verdict::met;
  return one_sided.low > value ? Verdict::missed : Verdict::undecided;
}

/// Outcomes that are all equal have an interval without width, which says nothing where the measure is seldom
/// anything else. They are believed once that many exclude that one replication in ten differs.
bool is_informative(std::span<const double> values, double error) {
  const bool are_equal = std::ranges::all_of(values, [&](double value) { return value == values.front(); });
  return !are_equal || static_cast<double>(values.size()) * -exact::log(0.9) >= -exact::log(error);
}

double margin_of(TargetBound bound, double value, double estimate) {
  return bound == TargetBound::at_least ? estimate - value : value - estimate;
}

}  // namespace

TargetAssessment assess_target(const Target& target, const Outcomes& outcomes, double error,
                               double confidence) {
  require(error > 0.0 && error < 0.5, "assess_target: the error lies in (0, 0.5)");
  const std::vector<double> values = measure_of(outcomes, target.measure);
  const double one_sided_confidence = 1.0 - 2.0 * error;
  TargetAssessment result;
  if (target.statistic == TargetStatistic::mean) {
    result.estimate = sample_of(values).mean();
    result.interval = mean_interval(values, confidence);
    result.margin = margin_of(target.bound, target.value, result.estimate);
    if (is_informative(values, error))
      result.verdict = judge(target.bound, target.value, mean_interval(values, one_sided_confidence));
    return result;
  }

  require(target.level > 0.0 && target.level < 1.0, "assess_target: the level lies in (0, 1)");
  const auto kept = std::ranges::count_if(values, [&](double value) {
    return target.bound == TargetBound::at_least ? value >= target.value : value <= target.value;
  });
  const auto count = static_cast<std::int64_t>(values.size());
  // The share that has to keep the value: at p for "the quantile at p is at most", at 1 - p for "at least".
  const bool is_lower_quantile =
      target.statistic == TargetStatistic::quantile && target.bound == TargetBound::at_least;
  const double share = is_lower_quantile ? 1.0 - target.level : target.level;
  result.verdict =
      judge(TargetBound::at_least, share, exact_proportion_interval(kept, count, one_sided_confidence));
  if (target.statistic == TargetStatistic::probability) {
    result.estimate = count > 0 ? static_cast<double>(kept) / static_cast<double>(count)
                                : std::numeric_limits<double>::quiet_NaN();
    result.interval = exact_proportion_interval(kept, count, confidence);
    result.margin = result.estimate - target.level;
  } else {
    std::vector<double> sorted = values;
    std::ranges::sort(sorted);
    result.estimate =
        sorted.empty() ? std::numeric_limits<double>::quiet_NaN() : sorted_quantile(sorted, target.level);
    result.interval = quantile_interval(values, target.level, confidence);
    result.margin = margin_of(target.bound, target.value, result.estimate);
  }
  return result;
}

}  // namespace peercap
