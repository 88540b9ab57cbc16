#include "app/studies/selection_study.h"

#include <algorithm>
#include <chrono>
#include <cmath>

#include <fmt/format.h>

#include "app/studies/point_runner.h"
#include "app/studies/sizing_study.h"
#include "sim/study/selection/budget_allocation.h"

namespace peercap::app {
namespace {

/// Replications of a policy that are made at a time: a procedure asks for one after the other.
constexpr std::int64_t block = 8;
/// Rounds after which KN takes the best mean.
constexpr std::int64_t most_rounds = 100'000;

class SelectionRun {
 public:
  SelectionRun(const Study& study, const ComparisonStudyOptions& options)
      : study_{study},
        options_{options},
        runner_{{study.selection->measure}, {.request = options.request, .stop = options.stop}},
        progress_{options.progress, "replication"},
        made_(study.policies.size()) {}

  SelectionOutcome run() {
    const PolicySelection& selection = *study_.selection;
    const RunRequests requests = [this](std::span<const ReplicationRequest> wanted) {
      return values_of(wanted);
    };
    SelectionOutcome outcome;
    if (selection.budget > 0) {
      BudgetOptions budget;
      budget.first_stage = first_selection_stage;
      budget.budget = selection.budget;
      budget.enough = study_.spec.probability.value;
      budget.preference = selection.preference;
      outcome.answer = select_within_budget(study_.policies.size(), requests, budget);
    } else {
      IndifferenceZoneOptions zone;
      zone.probability = study_.spec.probability.value;
      zone.indifference = selection.indifference;
      zone.first_stage = first_selection_stage;
      zone.most_rounds = most_rounds;
      zone.preference = selection.preference;
      outcome.answer = select_best(study_.policies.size(), requests, zone);
    }
    progress_.clear();
    for (std::size_t p = 0; p < made_.size(); ++p) {
      outcome.replications += static_cast<std::int64_t>(made_[p].size());
      made_[p].resize(static_cast<std::size_t>(outcome.answer.replications[p]));
    }
    outcome.values = std::move(made_);
    outcome.seconds = seconds();
    return outcome;
  }

 private:
  [[nodiscard]] double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
  }

  std::vector<double> values_of(std::span<const ReplicationRequest> wanted) {
    std::vector<std::int64_t> missing(made_.size(), 0);
    for (const ReplicationRequest& request : wanted) {
      const auto known = static_cast<std::int64_t>(made_[request.candidate].size());
      missing[request.candidate] = std::max(missing[request.candidate], request.replication + 1 - known);
    }
    make(missing);
    std::vector<double> values;
    for (const ReplicationRequest& request : wanted)
      values.push_back(made_[request.candidate][static_cast<std::size_t>(request.replication)]);
    return values;
  }

  /// At least as many more replications of each policy, in blocks.
  void make(const std::vector<std::int64_t>& missing) {
    std::vector<std::size_t> policies;
    std::int64_t most = 0;
    for (std::size_t p = 0; p < missing.size(); ++p) {
      if (missing[p] <= 0) continue;
      policies.push_back(p);
      most = std::max(most, missing[p]);
    }
    if (policies.empty()) return;
    check_time();
    const std::int64_t count = (most + block - 1) / block * block;
    const PointSource source{policies.size(), [&](std::size_t point) {
                               const std::size_t policy = policies[point];
                               return StudyPoint{.base = &study_.policies[policy].scenario,
                                                 .settings = {},
                                                 .skip = static_cast<std::int64_t>(made_[policy].size())};
                             }};
    std::vector<std::vector<double>> more(policies.size());
    const DeliveryReport report =
        runner_.run(source, 0, count, [&](std::size_t point, std::int64_t, const PointOutcome& outcome) {
          const double value = outcome.measures.front();
          if (std::isnan(value) && problem_.empty())
            problem_ =
                fmt::format("{} of {}: {}", peer_support::info_of(study_.selection->measure).name,
                            study_.policies[policies[point]].name,
                            outcome.failure.empty() ? "not defined in every replication" : outcome.failure);
          more[point].push_back(value);
          progress_.update(++done_, Progress::unknown);
        });
    if (report.end == DeliveryEnd::stopped)
      throw StudyEnded{StudyEnd::interrupted, "interrupted before there was an answer"};
    if (!problem_.empty())
      throw StudyEnded{StudyEnd::failed, "no choice can be made by this measure: " + problem_};
    for (std::size_t i = 0; i < policies.size(); ++i)
      made_[policies[i]].insert(made_[policies[i]].end(), more[i].begin(), more[i].end());
  }

  void check_time() const {
    const double budget = study_.spec.time_budget.in_hours() * 3600.0;
    if (budget > 0.0 && seconds() > budget)
      throw StudyEnded{StudyEnd::out_of_time, fmt::format("the time budget of {} is spent without an answer",
                                                          duration_text(budget))};
  }

  const Study& study_;
  const ComparisonStudyOptions& options_;
  PointRunner runner_;
  Progress progress_;
  std::vector<std::vector<double>> made_;  ///< [policies][replications]
  std::string problem_;
  std::size_t done_ = 0;
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

}  // namespace

SelectionOutcome run_selection(const Study& study, const ComparisonStudyOptions& options) {
  return SelectionRun{study, options}.run();
}

}  // namespace peercap::app
