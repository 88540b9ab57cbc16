#include "sim/study/inference/replication_rule.h"

#include <algorithm>
#include <cmath>

#include "sim/random/normal_quantile.h"
#include "sim/support/contract.h"

namespace peercap {

ReplicationRule::ReplicationRule(std::vector<PrecisionGoal> goals, const ReplicationRuleOptions& options)
    : options_{options} {
  require(!goals.empty(), "ReplicationRule: at least one goal");
  require(options.confidence > 0.0 && options.confidence < 1.0, "ReplicationRule: confidence lies in (0, 1)");
  require(options.fewest >= 2 && options.look_ahead >= 0,
          "ReplicationRule: at least two replications, no negative look-ahead");
  normal_multiple_ = normal_quantile(0.5 + 0.5 * options.confidence) * (1.0 - 1e-9);
  for (const PrecisionGoal& goal : goals) {
    require(goal.half_width > 0.0, "ReplicationRule: half-widths are positive");
    measures_.push_back({.goal = goal, .sample = {}});
  }
}

void ReplicationRule::add(std::span<const double> measures) {
  require(measures.size() == measures_.size(), "ReplicationRule: one number a goal");
  ++replications_;
  for (std::size_t i = 0; i < measures.size(); ++i) {
    Measure& measure = measures_[i];
    if (!std::isnan(measures[i])) measure.sample.add(measures[i]);
    double allowed = measure.goal.half_width;
    if (measure.goal.scale == PrecisionScale::relative) allowed *= std::abs(measure.sample.mean());
    const auto n = static_cast<double>(measure.sample.count());
    // Student's quantile is dear and never below the normal one.
    const double at_least = normal_multiple_ * std::sqrt(measure.sample.variance() / n);
    const bool precise =
        measure.sample.count() >= options_.fewest && at_least <= allowed && half_width(i) <= allowed;
    if (!precise) measure.since = 0;
    if (precise && measure.since == 0) measure.since = replications_;
  }
}

std::int64_t ReplicationRule::precise_since() const {
  std::int64_t since = 0;
  for (const Measure& measure : measures_) {
    if (measure.since == 0) return 0;
    since = std::max(since, measure.since);
  }
  return since;
}

bool ReplicationRule::is_precise() const {
  const std::int64_t since = precise_since();
  if (since == 0) return false;
  const std::int64_t look_ahead = since <= 100 ? options_.look_ahead : options_.look_ahead * since / 100;
  return replications_ >= since + look_ahead;
}

Interval ReplicationRule::interval(std::size_t measure) const {
  const RunningSample& sample = measures_[measure].sample;
  return student_interval(sample.count(), sample.mean(), std::sqrt(sample.variance()), options_.confidence);
}

double ReplicationRule::half_width(std::size_t measure) const {
  const Interval ends = interval(measure);
  return 0.5 * (ends.high - ends.low);
}

}  // namespace peercap
