#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "sim/study/preference.h"

namespace peercap {

/// A replication of a candidate that a procedure asks for. Equal replication numbers of different candidates
/// use common random numbers.
struct ReplicationRequest {
  std::size_t candidate = 0;
  std::int64_t replication = 0;
};

/// Runs the requests, possibly in parallel, and returns the measure of each, in order and without NaN.
using RunRequests = std::function<std::vector<double>(std::span<const ReplicationRequest>)>;

struct IndifferenceZoneOptions {
  double probability = 0.95;             ///< of choosing the best, in (1 / candidates, 1)
  double indifference = 1.0;             ///< differences below it do not matter, > 0, in the measure's unit
  std::int64_t first_stage = 20;         ///< replications of each candidate at first, at least 2
  std::int64_t most_rounds = 1'000'000;  ///< replications of a candidate after which the best mean is taken
  Preference preference = Preference::larger;
};

struct SelectionAnswer {
  std::size_t best = 0;
  bool is_decided = true;                  ///< false where `most_rounds` or the budget ended it
  std::vector<double> means;               ///< [candidates] of the replications each got
  std::vector<std::int64_t> replications;  ///< [candidates]
  /// [candidates] the replications after which each was dropped; 0 of those that stayed.
  std::vector<std::int64_t> dropped_after;
};

/// The procedure KN: replications are added to the candidates still in play, one each a round, and a
/// candidate is dropped once its mean falls behind another's by more than a margin that shrinks with the
/// rounds. For normal measures the best is chosen with at least the probability stated wherever it is better
/// than the second by the indifference; common random numbers make it faster and are allowed. Source: S.-H.
/// Kim and B. L. Nelson, A fully sequential procedure for indifference-zone selection in simulation, ACM
/// Transactions on Modeling and Computer Simulation 11 (2001) 251-273, doi:10.1145/502109.502111 (its
/// constant c = 1). Throws ContractViolation for less than two candidates or options out of range.
[[nodiscard]] SelectionAnswer select_best(std::size_t candidates, const RunRequests& run,
                                          const IndifferenceZoneOptions& options);

}  // namespace peercap
