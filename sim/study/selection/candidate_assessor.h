#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "sim/study/selection/target.h"

namespace peercap {

struct AssessmentOptions {
  std::int64_t first_batch = 16;          ///< replications before the first look, at least 4
  std::int64_t most_replications = 1024;  ///< of a candidate in the search; at least the first batch
  double confidence = 0.95;               ///< of the intervals that are reported
};

/// What is known of a candidate.
struct CandidateAssessment {
  std::vector<std::int64_t> candidate;
  std::int64_t replications = 0;
  std::vector<TargetAssessment> targets;  ///< [targets]
  /// `met` if every target is, `missed` if any is.
  Verdict verdict = Verdict::undecided;

  /// The target that decides: of those missed or undecided the one with the least margin beside its
  /// interval's width; if all are met, the one with the least such margin.
  [[nodiscard]] std::size_t binding_target() const;
};

/// How a candidate counts of which the most replications do not tell whether it meets the targets.
/// not_met: an answer is shown to meet them; by_estimate: it is the likelier one.
enum class UndecidedRule { not_met, by_estimate };

[[nodiscard]] bool counts_as_met(const CandidateAssessment& assessment, UndecidedRule rule);

/// Shares the probability of any wrong verdict among verdicts whose number is not known beforehand: the j-th
/// gets 1 / (j (j + 1)) of it, and all together not more than the whole.
class ErrorBudget {
 public:
  explicit ErrorBudget(double error) : error_{error} {}
  [[nodiscard]] double next() {
    verdicts_ += 1.0;
    return error_ / (verdicts_ * (verdicts_ + 1.0));
  }

 private:
  double error_;
  double verdicts_ = 0.0;
};

/// Looks at candidates with as many replications as it takes to decide, doubling their number, and remembers
/// outcomes, so that a candidate met again costs nothing. Each candidate sees replications 0, 1, ...: common
/// random numbers.
class CandidateAssessor {
 public:
  /// Keeps references to none of them. Throws ContractViolation without targets or for options out of range.
  CandidateAssessor(SimulateCandidate simulate, std::vector<Target> targets,
                    const AssessmentOptions& options);

  /// Replications are added until every target is met or one is missed, with a probability of a wrong verdict
  /// of at most `error`: it is split over the looks, and for a miss over the targets. The verdict stays
  /// `undecided` where the most replications do not tell.
  [[nodiscard]] CandidateAssessment assess(std::span<const std::int64_t> candidate, double error);

  /// The same on replications that no search has seen, most_replications, most_replications + 1, ...: a
  /// confirmation that the search's own luck cannot have chosen.
  [[nodiscard]] CandidateAssessment confirm(std::span<const std::int64_t> candidate, double error);

  /// Replications made so far, those of confirmations included.
  [[nodiscard]] std::int64_t replications_made() const { return replications_made_; }
  [[nodiscard]] const AssessmentOptions& options() const { return options_; }

 private:
  using Memory = std::map<std::vector<std::int64_t>, Outcomes>;
  [[nodiscard]] CandidateAssessment assess_on(Memory& memory, std::int64_t offset,
                                              std::span<const std::int64_t> candidate, double error);
  [[nodiscard]] CandidateAssessment look(std::span<const std::int64_t> candidate, const Outcomes& outcomes,
                                         double error) const;

  SimulateCandidate simulate_;
  std::vector<Target> targets_;
  AssessmentOptions options_;
  int looks_;
  Memory searched_;
  Memory fresh_;
  std::int64_t replications_made_ = 0;
};

}  // namespace peercap
