#include "sim/study/selection/candidate_assessor.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "sim/support/contract.h"

namespace peercap {

std::size_t CandidateAssessment::binding_target() const {
  const bool all_met = verdict == Verdict::met;
  std::size_t binding = 0;
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < targets.size(); ++i) {
    const TargetAssessment& target = targets[i];
    if (!all_met && target.verdict == Verdict::met) continue;
    const double width = target.interval.high - target.interval.low;
    const double scaled = width > 0.0 && std::isfinite(width) ? target.margin / width : target.margin;
    if (scaled < least) {
      least = scaled;
      binding = i;
    }
  }
  return binding;
}

bool counts_as_met(const CandidateAssessment& assessment, UndecidedRule rule) {
  if (assessment.verdict != Verdict::undecided) return assessment.verdict == Verdict::met;
  return rule == UndecidedRule::by_estimate &&
         std::ranges::all_of(assessment.targets, [](const auto& target) { return target.margin >= 0.0; });
}

CandidateAssessor::CandidateAssessor(SimulateCandidate simulate, std::vector<Target> targets,
                                     const AssessmentOptions& options)
    : simulate_{std::move(simulate)}, targets_{std::move(targets)}, options_{options} {
  require(!targets_.empty(), "CandidateAssessor: at least one target");
  require(options.first_batch >= 4 && options.most_replications >= options.first_batch,
          "CandidateAssessor: a first batch of at least 4, at most the most replications");
  looks_ = 1;
  for (std::int64_t count = options.first_batch; count < options.most_replications; count *= 2) ++looks_;
}

CandidateAssessment CandidateAssessor::look(std::span<const std::int64_t> candidate, const Outcomes& outcomes,
                                            double error) const {
  CandidateAssessment result{.candidate = {candidate.begin(), candidate.end()},
                             .replications = static_cast<std::int64_t>(outcomes.size()),
                             .targets = {},
                             .verdict = Verdict::met};
  // All targets are wrongly taken as met only if a particular missed one is: no split. A miss is wrong if any
  // single one is.
  const double miss_error = error / static_cast<double>(targets_.size());
  for (const Target& target : targets_) {
    TargetAssessment assessment = assess_target(target, outcomes, error, options_.confidence);
    if (assessment.verdict == Verdict::missed)
      assessment.verdict = assess_target(target, outcomes, miss_error, options_.confidence).verdict;
    result.targets.push_back(assessment);
  }
  const auto any = [&](Verdict verdict) {
    return std::ranges::any_of(result.targets, [&](const auto& target) { return target.verdict == verdict; });
  };
  if (any(Verdict::missed))
    result.verdict = Verdict::missed;
  else if (any(Verdict::undecided))
    result.verdict = Verdict::undecided;
  return result;
}

CandidateAssessment CandidateAssessor::assess_on(Memory& memory, std::int64_t offset,
                                                 std::span<const std::int64_t> candidate, double error) {
  require(error > 0.0 && error < 0.5, "CandidateAssessor: the error lies in (0, 0.5)");
  Outcomes& outcomes = memory[{candidate.begin(), candidate.end()}];
  const double look_error = error / looks_;
  std::int64_t count = options_.first_batch;
  while (true) {
    const auto known = static_cast<std::int64_t>(outcomes.size());
    if (known < count) {
      Outcomes more = simulate_(candidate, offset + known, count - known);
      require(static_cast<std::int64_t>(more.size()) == count - known,
              "CandidateAssessor: as many outcomes as replications");
      replications_made_ += count - known;
      std::ranges::move(more, std::back_inserter(outcomes));
    }
    CandidateAssessment result = look(
        candidate, {outcomes.begin(), outcomes.begin() + static_cast<std::ptrdiff_t>(count)}, look_error);
    if (result.verdict != Verdict::undecided || count == options_.most_replications) return result;
    count = std::min(2 * count, options_.most_replications);
  }
}

CandidateAssessment CandidateAssessor::assess(std::span<const std::int64_t> candidate, double error) {
  return assess_on(searched_, 0, candidate, error);
}

CandidateAssessment CandidateAssessor::confirm(std::span<const std::int64_t> candidate, double error) {
  return assess_on(fresh_, options_.most_replications, candidate, error);
}

}  // namespace peercap
