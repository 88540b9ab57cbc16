#include "sim/study/selection/sizing.h"

#include <algorithm>
#include <array>
#include <map>

#include "sim/support/contract.h"

namespace peercap {
namespace {

/// The search's state: verdicts by size, and the error that is left.
class SizeSearch {
 public:
  SizeSearch(const SimulateCandidate& simulate, const std::vector<Target>& targets,
             const SizingOptions& options)
      : options_{options},
        assessor_{simulate, targets, options.assessment},
        errors_{1.0 - options.probability} {}

  [[nodiscard]] bool meets(std::int64_t size) {
    const auto known = verdicts_.find(size);
    if (known != verdicts_.end()) return counts_as_met(known->second, options_.undecided);
    history_.push_back(assessor_.assess(std::array{size}, errors_.next()));
    return counts_as_met(verdicts_.emplace(size, history_.back()).first->second, options_.undecided);
  }

  /// The smallest size in [low, high] that meets the targets, looking first at `start`; nothing where even
  /// `high` does not.
  [[nodiscard]] std::optional<std::int64_t> smallest(std::int64_t low, std::int64_t start) {
    std::int64_t failing = low - 1;
    std::int64_t meeting = options_.high + 1;
    std::int64_t candidate = std::clamp(start, low, options_.high);
    std::int64_t step = 1;
    while (meeting - failing > 1) {
      (meets(candidate) ? meeting : failing) = candidate;
      const bool is_bracketed = failing >= low && meeting <= options_.high;
      if (is_bracketed)
        candidate = failing + (meeting - failing) / 2;
      else if (failing >= low)
        candidate = std::min(failing + step, options_.high);
      else
        candidate = std::max(meeting - step, low);
      step *= 2;
    }
    if (meeting > options_.high) return std::nullopt;
    return meeting;
  }

  [[nodiscard]] CandidateAssessment confirm(std::int64_t size) {
    return assessor_.confirm(std::array{size}, errors_.next());
  }

  /// What fresh replications show replaces what the search had seen.
  void overrule(std::int64_t size, const CandidateAssessment& fresh) { verdicts_.at(size) = fresh; }

  [[nodiscard]] CandidateAssessment at(std::int64_t size) {
    (void)meets(size);
    return verdicts_.at(size);
  }

  [[nodiscard]] std::vector<CandidateAssessment> take_history() { return std::move(history_); }
  [[nodiscard]] std::int64_t replications() const { return assessor_.replications_made(); }

 private:
  SizingOptions options_;
  CandidateAssessor assessor_;
  std::map<std::int64_t, CandidateAssessment> verdicts_;
  std::vector<CandidateAssessment> history_;
  ErrorBudget errors_;
};

}  // namespace

std::size_t SizingAnswer::binding_target() const {
  return end == SizingEnd::found && one_fewer ? one_fewer->binding_target() : at_size.binding_target();
}

SizingAnswer find_smallest_size(const SimulateCandidate& simulate, const std::vector<Target>& targets,
                                const SizingOptions& options) {
  require(options.low <= options.high, "find_smallest_size: low is not above high");
  require(options.probability > 0.5 && options.probability < 1.0,
          "find_smallest_size: the probability lies in (0.5, 1)");
  SizeSearch search{simulate, targets, options};
  SizingAnswer answer;
  std::optional<std::int64_t> size = search.smallest(options.low, options.start);
  while (size) {
    answer.confirmation = search.confirm(*size);
    if (answer.confirmation->verdict != Verdict::missed) break;
    search.overrule(*size, *answer.confirmation);
    size = *size < options.high ? search.smallest(*size + 1, *size + 1) : std::nullopt;
  }
  answer.end = size ? SizingEnd::found : SizingEnd::infeasible;
  answer.size = size.value_or(options.high);
  answer.is_confirmed = size.has_value();
  answer.at_size = search.at(answer.size);
  answer.rests_on_an_estimate = answer.at_size.verdict == Verdict::undecided;
  if (answer.size > options.low) {
    answer.one_fewer = search.at(answer.size - 1);
    if (size && answer.one_fewer->verdict == Verdict::undecided) answer.rests_on_an_estimate = true;
  }
  answer.history = search.take_history();
  answer.replications = search.replications();
  return answer;
}

}  // namespace peercap
