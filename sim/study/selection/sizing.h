#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "sim/study/selection/candidate_assessor.h"

namespace peercap {

struct SizingOptions {
  std::int64_t low = 1;
  std::int64_t high = 1;      ///< >= low
  std::int64_t start = 1;     ///< where to look first, as a closed form suggests; moved into [low, high]
  double probability = 0.95;  ///< that every verdict of the search is right, in (0.5, 1)
  UndecidedRule undecided = UndecidedRule::not_met;
  AssessmentOptions assessment = {};
};

enum class SizingEnd {
  found,       ///< `size` is the smallest that meets the targets
  infeasible,  ///< even `high` is not shown to
};

/// The answer of a search for a number of which more never hurts.
struct SizingAnswer {
  SizingEnd end = SizingEnd::infeasible;
  std::int64_t size = 0;  ///< the smallest that meets the targets; `high` if there is none
  CandidateAssessment at_size;
  std::optional<CandidateAssessment> one_fewer;  ///< nothing at `low`
  /// At `size` on fresh replications. If they show a miss, the search has been taken up again above.
  std::optional<CandidateAssessment> confirmation;
  bool is_confirmed = false;                 ///< fresh replications do not contradict
  bool rests_on_an_estimate = false;         ///< the verdict at `size` or one fewer was undecided
  std::vector<CandidateAssessment> history;  ///< as looked at
  std::int64_t replications = 0;             ///< made in all

  /// What one fewer fails by: its binding target; at `low`, or without an answer, that of `size` itself.
  [[nodiscard]] std::size_t binding_target() const;
};

/// The smallest number in [low, high] that meets every target, where one more never hurts: steps of doubling
/// length from `start` to a bracket, then bisection, under common random numbers; then the winner on fresh
/// replications. The j-th candidate's verdict may be wrong with a probability of at most (1 - probability) /
/// (j (j + 1)), which sums to 1 - probability however many there are. Throws ContractViolation for options
/// out of range.
[[nodiscard]] SizingAnswer find_smallest_size(const SimulateCandidate& simulate,
                                              const std::vector<Target>& targets,
                                              const SizingOptions& options);

}  // namespace peercap
