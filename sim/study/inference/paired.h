#pragma once

#include <cstdint>
#include <limits>
#include <span>

#include "sim/statistics/summary.h"

namespace peercap {

/// What two policies differ by, replication by replication under common random numbers. Figures that cannot
/// be told are NaN.
struct PairedDifference {
  std::int64_t count = 0;    ///< pairs used
  std::int64_t missing = 0;  ///< pairs left out because one figure is NaN
  double mean = nan;         ///< of first - second
  double standard_deviation = nan;
  Interval interval;     ///< of the mean, by Student's t
  double p_value = nan;  ///< two-sided, of no difference
  double correlation = nan;
  /// (variance of the first + variance of the second) / variance of the difference: how many times as many
  /// replications independent seeds would need for the same interval. Infinite where differences do not vary.
  double variance_ratio = nan;
  /// Of single replications: the share in which the first is larger, ties counted half. Its interval is
  /// Wilson's, with ties counted for neither end.
  double larger_share = nan;
  Interval larger_share_interval;
  /// That the first has the larger mean, given these differences and no prior knowledge: the tail of
  /// Student's t, which is one minus the one-sided p-value.
  double larger_mean_probability = nan;

 private:
  static constexpr double nan = std::numeric_limits<double>::quiet_NaN();
};

/// Pairs are of equal length; ContractViolation otherwise.
[[nodiscard]] PairedDifference paired_difference(std::span<const double> first,
                                                 std::span<const double> second, double confidence = 0.95);

}  // namespace peercap
