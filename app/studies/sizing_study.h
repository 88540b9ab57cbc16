#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "app/execution_plan.h"
#include "app/progress.h"
#include "app/studies/study.h"
#include "sim/study/selection/candidate_assessor.h"

namespace peercap::app {

/// A search that ended before its answer.
enum class StudyEnd { interrupted, out_of_time, failed };
class StudyEnded : public std::runtime_error {
 public:
  StudyEnded(StudyEnd end, const std::string& what) : std::runtime_error{what}, end_{end} {}
  [[nodiscard]] StudyEnd end() const { return end_; }

 private:
  StudyEnd end_;
};

/// A neighbor of the answer with one step less of one component.
struct FewerAssessment {
  std::size_t component = 0;
  CandidateAssessment assessment;
};

/// The answer of a search for the smallest or cheapest size.
struct SizingOutcome {
  bool is_found = false;
  std::vector<std::int64_t> candidate;  ///< [components] the answer; if there is none, the nearest to it
  double cost = 0.0;
  CandidateAssessment at_candidate;                 ///< in the search
  std::optional<CandidateAssessment> confirmation;  ///< on fresh replications
  std::vector<FewerAssessment> fewer;               ///< [components above their low end]
  CandidateAssessment today;                        ///< the scenario as it is; its `candidate` is empty
  bool rests_on_an_estimate = false;
  std::vector<CandidateAssessment> history;  ///< as looked at
  std::int64_t replications = 0;             ///< made in all
  std::int64_t failures = 0;                 ///< of them; counted as saying nothing
  double seconds = 0.0;
};

struct SizingStudyOptions {
  ExecutionRequest request = {};
  ProgressStyle progress = ProgressStyle::silent;
  const std::atomic<bool>* stop = nullptr;
  std::function<void(const std::string& line)> tell = {};  ///< of failures
  std::optional<std::int64_t> start = {};                  ///< where to look first, of a single component
};

/// Replications of a candidate at most where the study says nothing.
inline constexpr std::int64_t default_most_replications = 512;

/// Searches the study's components for the smallest (one component) or cheapest candidate that meets every
/// target, with sizing.h and vector_sizing.h; more of a component is taken never to hurt. Then looks at its
/// neighbors and at the scenario as it is. The study has targets and components. Throws StudyEnded.
[[nodiscard]] SizingOutcome run_sizing(const Study& study, const SizingStudyOptions& options);

/// Of one more of each component, summed: what a search of several keeps low.
[[nodiscard]] double candidate_cost(const Study& study, std::span<const std::int64_t> candidate);

/// The candidates that were looked at and that no other beats in cost and in the estimates of all targets at
/// once, in the order of their costs.
[[nodiscard]] std::vector<CandidateAssessment> trade_offs(const Study& study, const SizingOutcome& outcome);

/// "supporters.count 34, supporters.protected_time 0.5 h/week".
[[nodiscard]] std::string candidate_text(const Study& study, const std::vector<std::int64_t>& candidate);

}  // namespace peercap::app
