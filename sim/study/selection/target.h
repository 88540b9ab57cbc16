#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "sim/statistics/summary.h"

namespace peercap {

/// What is asked of a measure over replications.
enum class TargetStatistic { mean, quantile, probability };
enum class TargetBound { at_least, at_most };

/// A demand on a candidate, such as *the mean share reached within a day is at least 0.9*, *the 95th
/// percentile of overload hours is at most 2*, *with probability 0.9 nobody waits longer than 7 days*.
struct Target {
  std::size_t measure = 0;  ///< column of the outcomes
  TargetStatistic statistic = TargetStatistic::mean;
  TargetBound bound = TargetBound::at_least;
  double value = 0.0;  ///< of the mean or the quantile; of the measure itself for a probability
  /// For a quantile the p of the quantile; for a probability the one with which the measure keeps the value.
  double level = 0.0;
};

/// Outcomes of a candidate's replications, [replications][measures]; NaN says nothing of its measure.
using Outcomes = std::vector<std::vector<double>>;

/// Runs replications first .. first + count - 1 of a candidate (a vector of whole numbers: how many
/// supporters, how many protected hours, ...). Equal numbers mean common random numbers. May run them in
/// parallel; the outcomes are in order.
using SimulateCandidate = std::function<Outcomes(std::span<const std::int64_t> candidate,
                                                 std::int64_t first_replication, std::int64_t count)>;

/// Whether it is shown that a target is met, shown that it is not, or neither yet.
enum class Verdict { met, missed, undecided };

struct TargetAssessment {
  /// The mean, the quantile, or the share of replications that keep the value; NaN without numbers.
  double estimate = 0.0;
  Interval interval;  ///< of the estimate, at the confidence asked for
  /// By how much the estimate is on the right side: negative where the target is missed.
  double margin = 0.0;
  Verdict verdict = Verdict::undecided;
};

/// What the outcomes say of the target. The verdict is `met` or `missed` where a one-sided interval of
/// probability 1 - `error` excludes the contrary: Student's t for means, Clopper and Pearson's for the share
/// that keeps the value for quantiles and probabilities (a quantile at p is at most v where at least p of the
/// law are). Equal outcomes decide on a mean only once they are so many that, at the error, not one
/// replication in ten differs. `interval` is two-sided at `confidence`. Throws ContractViolation for a level
/// outside (0, 1) where there is one, or a measure the outcomes do not have.
[[nodiscard]] TargetAssessment assess_target(const Target& target, const Outcomes& outcomes, double error,
                                             double confidence = 0.95);

}  // namespace peercap
