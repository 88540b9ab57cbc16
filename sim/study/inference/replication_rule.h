#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/statistics/summary.h"
#include "sim/study/inference/sample.h"

namespace peercap {

/// How precise the mean of a measure is wanted: half-width of its interval at most so much.
enum class PrecisionScale { absolute, relative };
struct PrecisionGoal {
  double half_width = 0.05;  ///< > 0; in the measure's unit, or a share of the mean's magnitude
  PrecisionScale scale = PrecisionScale::relative;
};

struct ReplicationRuleOptions {
  double confidence = 0.95;
  std::int64_t fewest = 3;  ///< replications before precision is looked at, at least 2
  /// How many further replications have to confirm the precision: so many up to 100, beyond in proportion.
  std::int64_t look_ahead = 5;
};

/// Decides after each replication whether the means are precise enough, so that a half-width that is small by
/// luck does not end the study: precision must have held since some number n of replications, and for f(n)
/// further ones, f(n) = look_ahead for n <= 100 and floor(look_ahead n / 100) beyond. For several measures,
/// all of them. Source: K. Hoad, S. Robinson and R. Davies, Automated selection of the number of replications
/// for a discrete-event simulation, Journal of the Operational Research Society 61 (2010),
/// doi:10.1057/jors.2009.121.
class ReplicationRule {
 public:
  /// One goal a measure. Throws ContractViolation for options or goals out of range.
  explicit ReplicationRule(std::vector<PrecisionGoal> goals, const ReplicationRuleOptions& options = {});

  /// The measures of the next replication, [goals]; NaN says nothing of its measure.
  void add(std::span<const double> measures);

  [[nodiscard]] bool is_precise() const;

  [[nodiscard]] std::int64_t replications() const { return replications_; }

  /// The first replication count from which every goal has been met without interruption; 0 where one is not
  /// met now. The number of replications the rule recommends once `is_precise`.
  [[nodiscard]] std::int64_t precise_since() const;

  /// Of the mean, with all replications so far.
  [[nodiscard]] Interval interval(std::size_t measure) const;
  [[nodiscard]] double mean(std::size_t measure) const { return measures_[measure].sample.mean(); }
  /// NaN for less than two numbers.
  [[nodiscard]] double half_width(std::size_t measure) const;

 private:
  struct Measure {
    PrecisionGoal goal;
    RunningSample sample;
    std::int64_t since = 0;  ///< replications at which its present run of precision began; 0 outside one
  };

  ReplicationRuleOptions options_;
  std::vector<Measure> measures_;
  double normal_multiple_ = 0.0;
  std::int64_t replications_ = 0;
};

}  // namespace peercap
