#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/study/inference/paired.h"
#include "sim/study/preference.h"

namespace peercap {

/// Adjusted p-values: rejecting those below alpha keeps the probability of any false rejection below alpha,
/// whatever the dependence. Source: S. Holm, A simple sequentially rejective multiple test procedure,
/// Scandinavian Journal of Statistics 6 (1979) 65-70. NaNs stay and count as no test.
[[nodiscard]] std::vector<double> holm_adjusted(std::span<const double> p_values);

struct PolicyPair {
  std::size_t first = 0;
  std::size_t second = 0;
  PairedDifference difference;     ///< first - second
  Interval simultaneous_interval;  ///< of the mean, holding for all pairs at once (Bonferroni)
  double adjusted_p_value = 0.0;   ///< Holm, over all pairs
};

struct PolicyComparison {
  std::vector<PolicyPair> pairs;  ///< (0, 1), (0, 2), ..., (1, 2), ...
  /// [policies, ranks] how often a policy has the rank (0 is best) when the replications are drawn again with
  /// replacement, jointly for all policies. Policies with equal means share ranks in their order.
  std::vector<std::vector<double>> rank_shares;
};

struct ComparisonOptions {
  Preference preference = Preference::larger;
  double confidence = 0.95;
  int resamples = 2000;  ///< for the ranks, at least 1
  std::uint64_t seed = 1;
};

/// Compares policies by one measure, [policies][replications] under common random numbers. Replications in
/// which any policy's figure is NaN are left out of the ranks, and of the pairs they touch. Throws
/// ContractViolation for less than two policies or ragged replications.
[[nodiscard]] PolicyComparison compare_policies(const std::vector<std::vector<double>>& outcomes,
                                                const ComparisonOptions& options = {});

}  // namespace peercap
