#include "app/studies/sizing_study.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "app/studies/point_runner.h"
#include "sim/study/selection/pareto.h"
#include "sim/study/selection/sizing.h"
#include "sim/study/selection/vector_sizing.h"

namespace peercap::app {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

/// Runs candidates for a search and keeps its time.
class CandidateSimulator {
 public:
  CandidateSimulator(const Study& study, const SizingStudyOptions& options)
      : study_{study},
        options_{options},
        runner_{study.measures,
                {.request = options.request,
                 .stop = options.stop,
                 .progress = [this](std::size_t done,
                                    std::size_t) { progress_.update(made_ + done, Progress::unknown); }}},
        progress_{options.progress, "replication"} {}

  Outcomes simulate(std::span<const std::int64_t> candidate, std::int64_t first, std::int64_t count) {
    StudyPoint point{.base = &study_.base};
    for (std::size_t i = 0; i < candidate.size(); ++i)
      point.settings.push_back(setting_of(study_.search[i], study_.base, candidate[i]));
    check_time();
    Outcomes outcomes;
    std::int64_t failed = 0;
    std::string reason;
    const DeliveryReport report =
        runner_.run({1, [&](std::size_t) { return point; }}, first, count,
                    [&](std::size_t, std::int64_t replication, const PointOutcome& outcome) {
                      outcomes.push_back(outcome.measures);
                      if (outcome.failure.empty()) return;
                      ++failed;
                      reason = outcome.failure;
                      tell(fmt::format("{}: replication {} failed: {}", name_of(candidate), replication,
                                       outcome.failure));
                    });
    progress_.clear();
    if (report.end == DeliveryEnd::stopped)
      throw StudyEnded{StudyEnd::interrupted, "interrupted before there was an answer"};
    if (failed == count)
      throw StudyEnded{StudyEnd::failed,
                       fmt::format("every replication of {} failed: {}", name_of(candidate), reason)};
    made_ += static_cast<std::size_t>(count);
    failures_ += failed;
    return outcomes;
  }

  [[nodiscard]] std::int64_t made() const { return static_cast<std::int64_t>(made_); }
  [[nodiscard]] std::int64_t failures() const { return failures_; }
  [[nodiscard]] double seconds() const { return seconds_since(begin_); }

 private:
  void check_time() const {
    const double budget = study_.spec.time_budget.in_hours() * 3600.0;
    if (budget > 0.0 && seconds() > budget)
      throw StudyEnded{StudyEnd::out_of_time,
                       fmt::format("the time budget of {} is spent after {} replications without an answer",
                                   duration_text(budget), made_)};
  }
  void tell(const std::string& line) {
    progress_.clear();
    if (options_.tell) options_.tell(line);
  }
  [[nodiscard]] std::string name_of(std::span<const std::int64_t> candidate) const {
    return candidate.empty() ? "the scenario as it is"
                             : candidate_text(study_, {candidate.begin(), candidate.end()});
  }

  const Study& study_;
  const SizingStudyOptions& options_;
  PointRunner runner_;
  Progress progress_;
  std::size_t made_ = 0;
  std::int64_t failures_ = 0;
  Clock::time_point begin_ = Clock::now();
};

std::vector<Target> targets_of(const Study& study) {
  std::vector<Target> targets;
  for (const StudyTarget& target : study.targets) targets.push_back(target.target);
  return targets;
}

UndecidedRule rule_of(const Study& study) {
  return study.spec.undecided == UndecidedCandidates::by_estimate ? UndecidedRule::by_estimate
                                                                  : UndecidedRule::not_met;
}

AssessmentOptions assessment_options(const Study& study) {
  AssessmentOptions options;
  options.most_replications =
      study.spec.replications > 0 ? study.spec.replications : default_most_replications;
  options.first_batch = std::clamp<std::int64_t>(options.most_replications, 4, 16);
  options.most_replications = std::max(options.most_replications, options.first_batch);
  return options;
}

/// One search, its answer in the form of either kind.
class SizingRun {
 public:
  SizingRun(const Study& study, const SizingStudyOptions& options)
      : study_{study}, options_{options}, simulator_{study, options}, targets_{targets_of(study)} {}

  SizingOutcome run() {
    if (study_.search.size() == 1 && is_monotone())
      search_one();
    else
      search_several();
    look_at_neighbors();
    outcome_.today = assess_anew({});
    outcome_.replications = simulator_.made();
    outcome_.failures = simulator_.failures();
    outcome_.seconds = simulator_.seconds();
    return std::move(outcome_);
  }

 private:
  [[nodiscard]] bool is_monotone() const { return study_.spec.monotone == peer_support::Switch::on; }

  SimulateCandidate simulate() {
    return [this](std::span<const std::int64_t> candidate, std::int64_t first, std::int64_t count) {
      return simulator_.simulate(candidate, first, count);
    };
  }

  void search_one() {
    const SearchComponent& component = study_.search.front();
    SizingOptions sizing;
    sizing.low = component.low;
    sizing.high = component.high;
    sizing.start = options_.start.value_or(component.today);
    sizing.probability = study_.spec.probability.value;
    sizing.undecided = rule_of(study_);
    sizing.assessment = assessment_options(study_);
    SizingAnswer answer = find_smallest_size(simulate(), targets_, sizing);
    outcome_.is_found = answer.end == SizingEnd::found;
    outcome_.candidate = {answer.size};
    outcome_.cost = candidate_cost(study_, outcome_.candidate);
    outcome_.at_candidate = std::move(answer.at_size);
    outcome_.confirmation = std::move(answer.confirmation);
    outcome_.rests_on_an_estimate = answer.rests_on_an_estimate;
    outcome_.history = std::move(answer.history);
  }

  void search_several() {
    VectorSizingOptions sizing;
    for (const SearchComponent& component : study_.search)
      sizing.ranges.push_back({component.low, component.high});
    sizing.cost = [this](std::span<const std::int64_t> candidate) {
      return candidate_cost(study_, candidate);
    };
    sizing.probability = study_.spec.probability.value;
    sizing.undecided = rule_of(study_);
    sizing.assessment = assessment_options(study_);
    sizing.monotonicity = is_monotone() ? Monotonicity::every_component : Monotonicity::none;
    VectorSizingAnswer answer = find_cheapest_size(simulate(), targets_, sizing);
    outcome_.is_found = answer.end == SizingEnd::found;
    outcome_.history = std::move(answer.history);
    outcome_.confirmation = std::move(answer.confirmation);
    if (!outcome_.is_found && answer.nearest) {
      outcome_.candidate = answer.nearest->candidate;
      outcome_.at_candidate = std::move(*answer.nearest);
    } else {
      outcome_.candidate = std::move(answer.candidate);
      if (const auto* known = find_in_history(outcome_.candidate)) outcome_.at_candidate = *known;
    }
    outcome_.cost = candidate_cost(study_, outcome_.candidate);
    outcome_.rests_on_an_estimate = outcome_.at_candidate.verdict == Verdict::undecided;
  }

  [[nodiscard]] const CandidateAssessment* find_in_history(const std::vector<std::int64_t>& candidate) const {
    const auto found = std::find_if(outcome_.history.rbegin(), outcome_.history.rend(),
                                    [&](const auto& known) { return known.candidate == candidate; });
    return found == outcome_.history.rend() ? nullptr : &*found;
  }

  void look_at_neighbors() {
    if (!outcome_.is_found) return;
    for (std::size_t i = 0; i < study_.search.size(); ++i) {
      if (outcome_.candidate[i] <= study_.search[i].low) continue;
      std::vector<std::int64_t> fewer = outcome_.candidate;
      --fewer[i];
      const auto* known = find_in_history(fewer);
      outcome_.fewer.push_back({i, known != nullptr ? *known : assess_anew(fewer)});
    }
  }

  /// With a number of replications that shows where things stand, outside of the search.
  CandidateAssessment assess_anew(const std::vector<std::int64_t>& candidate) {
    constexpr std::int64_t enough = 64;
    const AssessmentOptions options = assessment_options(study_);
    const std::int64_t count = std::min(enough, options.most_replications);
    const Outcomes outcomes = simulator_.simulate(candidate, 0, count);
    CandidateAssessment result{
        .candidate = candidate, .replications = count, .targets = {}, .verdict = Verdict::met};
    for (const Target& target : targets_) {
      const TargetAssessment assessment =
          assess_target(target, outcomes, 1.0 - study_.spec.probability.value, options.confidence);
      result.targets.push_back(assessment);
      if (assessment.verdict == Verdict::missed) result.verdict = Verdict::missed;
      if (assessment.verdict == Verdict::undecided && result.verdict == Verdict::met)
        result.verdict = Verdict::undecided;
    }
    return result;
  }

  const Study& study_;
  const SizingStudyOptions& options_;
  CandidateSimulator simulator_;
  std::vector<Target> targets_;
  SizingOutcome outcome_;
};

}  // namespace

SizingOutcome run_sizing(const Study& study, const SizingStudyOptions& options) {
  return SizingRun{study, options}.run();
}

double candidate_cost(const Study& study, std::span<const std::int64_t> candidate) {
  double cost = 0.0;
  for (std::size_t i = 0; i < candidate.size(); ++i)
    cost += study.search[i].cost * static_cast<double>(candidate[i]);
  return cost;
}

std::vector<CandidateAssessment> trade_offs(const Study& study, const SizingOutcome& outcome) {
  // Later looks have more replications.
  std::map<std::vector<std::int64_t>, const CandidateAssessment*> latest;
  for (const CandidateAssessment& look : outcome.history) latest[look.candidate] = &look;
  for (const FewerAssessment& fewer : outcome.fewer)
    latest.emplace(fewer.assessment.candidate, &fewer.assessment);
  std::vector<CandidateAssessment> all;
  for (const auto& [candidate, look] : latest) all.push_back(*look);
  std::ranges::stable_sort(all, {}, [&](const auto& look) { return candidate_cost(study, look.candidate); });

  std::vector<Preference> preferences{Preference::smaller};
  for (const StudyTarget& target : study.targets)
    preferences.push_back(target.target.statistic == TargetStatistic::probability ||
                                  target.target.bound == TargetBound::at_least
                              ? Preference::larger
                              : Preference::smaller);
  std::vector<std::vector<double>> points;
  for (const CandidateAssessment& look : all) {
    auto& point = points.emplace_back(std::vector{candidate_cost(study, look.candidate)});
    for (const TargetAssessment& target : look.targets) point.push_back(target.estimate);
  }
  std::vector<CandidateAssessment> kept;
  for (const std::size_t i : pareto_frontier(points, preferences)) kept.push_back(std::move(all[i]));
  return kept;
}

std::string candidate_text(const Study& study, const std::vector<std::int64_t>& candidate) {
  std::string text;
  for (std::size_t i = 0; i < candidate.size(); ++i) {
    const auto [path, value] = setting_of(study.search[i], study.base, candidate[i]);
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", path, value);
  }
  return text;
}

}  // namespace peercap::app
