#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/study/selection/indifference_zone.h"

namespace peercap {

/// How a budget of replications is best shared among candidates, for the probability of choosing the best
/// one: in proportion to (sd_i / (mean_b - mean_i))^2 among those that are not the best, b, and N_b = sd_b
/// sqrt(sum N_i^2 / sd_i^2). Source: C.-H. Chen, J. Lin, E. Yucesan and S. E. Chick, Simulation budget
/// allocation for further enhancing the efficiency of ordinal optimization, Discrete Event Dynamic Systems 10
/// (2000) 251-270, doi:10.1023/A:1008349927281. Shares sum to 1. Candidates that do not vary count as varying
/// a little, as do those that equal the best as differing a little. Throws ContractViolation for less than
/// two candidates.
[[nodiscard]] std::vector<double> optimal_shares(std::span<const double> means,
                                                 std::span<const double> standard_deviations,
                                                 Preference preference);

/// A lower bound, by Bonferroni and the normal law, on the probability that the candidate that looks best is.
[[nodiscard]] double correct_selection_bound(std::span<const double> means,
                                             std::span<const double> standard_deviations,
                                             std::span<const std::int64_t> replications,
                                             Preference preference);

struct BudgetOptions {
  std::int64_t first_stage = 20;  ///< of each candidate, at least 5
  std::int64_t budget = 1000;     ///< of all together, at least the first stage of each
  std::int64_t increment = 50;    ///< shared out at a time, at least 1
  double enough = 1.0;            ///< ends before where `correct_selection_bound` reaches it
  Preference preference = Preference::larger;
};

/// Spends the budget in increments, each shared so that the candidates approach their optimal shares. The
/// answer is decided where the bound reached `enough`. Throws ContractViolation for options out of range.
[[nodiscard]] SelectionAnswer select_within_budget(std::size_t candidates, const RunRequests& run,
                                                   const BudgetOptions& options);

}  // namespace peercap
