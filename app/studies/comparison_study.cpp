#include "app/studies/comparison_study.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <optional>

#include <fmt/format.h>

#include "app/studies/point_runner.h"
#include "app/studies/rank_stability.h"
#include "sim/study/inference/replication_rule.h"
#include "sim/study/inference/sample.h"

namespace peercap::app {
namespace {

constexpr std::int64_t round_length = 16;

class ComparisonRun {
 public:
  ComparisonRun(const Study& study, const ComparisonStudyOptions& options)
      : study_{study},
        options_{options},
        runner_{study.measures,
                {.request = options.request,
                 .stop = options.stop,
                 .progress =
                     [this](std::size_t done, std::size_t) {
                       const auto policies = study_.policies.size();
                       const auto before = static_cast<std::size_t>(outcome_.replications) * policies;
                       progress_.update(before + done, static_cast<std::size_t>(most_) * policies);
                     }}},
        progress_{options.progress, "replication"} {
    const PrecisionSpec& precision = study.spec.precision;
    if (precision.half_width.value > 0.0) {
      rule_.emplace(std::vector<PrecisionGoal>(study.measures.size() * study.policies.size(),
                                               {.half_width = precision.half_width.value}),
                    ReplicationRuleOptions{.fewest = precision.fewest});
      most_ = precision.most;
    } else {
      most_ = study.spec.replications > 0 ? study.spec.replications : default_comparison_replications;
    }
    outcome_.figures.assign(study.measures.size(), std::vector<std::vector<double>>(study.policies.size()));
  }

  ComparisonOutcome run() {
    const auto begin = std::chrono::steady_clock::now();
    const auto seconds = [&] {
      return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    };
    const double budget = study_.spec.time_budget.in_hours() * 3600.0;
    outcome_.end = rule_ ? ComparisonEnd::not_precise : ComparisonEnd::complete;
    while (outcome_.replications < most_) {
      if (budget > 0.0 && seconds() > budget) {
        outcome_.end = ComparisonEnd::out_of_time;
        break;
      }
      if (!run_round(std::min(round_length, most_ - outcome_.replications))) {
        outcome_.end = ComparisonEnd::interrupted;
        break;
      }
      if (rule_ && rule_->is_precise()) {
        outcome_.end = ComparisonEnd::precise;
        break;
      }
    }
    progress_.clear();
    if (outcome_.replications >= 2) compare();
    outcome_.seconds = seconds();
    return std::move(outcome_);
  }

 private:
  /// A round counts when it is complete; false where it was interrupted.
  bool run_round(std::int64_t count) {
    std::vector<std::vector<std::vector<double>>> round(study_.policies.size());
    std::int64_t failed = 0;
    const PointSource points{study_.policies.size(), [this](std::size_t policy) {
                               return StudyPoint{.base = &study_.policies[policy].scenario};
                             }};
    const DeliveryReport report = runner_.run(
        points, outcome_.replications, count,
        [&](std::size_t policy, std::int64_t replication, const PointOutcome& outcome) {
          round[policy].push_back(outcome.measures);
          if (outcome.failure.empty()) return;
          ++failed;
          progress_.clear();
          if (options_.tell)
            options_.tell(fmt::format("{}: replication {} failed: {}", study_.policies[policy].name,
                                      replication, outcome.failure));
        });
    if (report.end == DeliveryEnd::stopped) return false;
    for (std::int64_t r = 0; r < count; ++r) add_replication(round, static_cast<std::size_t>(r));
    outcome_.replications += count;
    outcome_.failures += failed;
    return true;
  }

  void add_replication(const std::vector<std::vector<std::vector<double>>>& round, std::size_t replication) {
    std::vector<double> all;
    for (std::size_t m = 0; m < study_.measures.size(); ++m) {
      for (std::size_t p = 0; p < study_.policies.size(); ++p) {
        const double value = round[p][replication][m];
        outcome_.figures[m][p].push_back(value);
        all.push_back(value);
      }
    }
    if (rule_) rule_->add(all);
  }

  void compare() {
    for (std::size_t m = 0; m < study_.measures.size(); ++m) {
      MeasureComparison& result = outcome_.measures.emplace_back();
      result.measure = study_.measures[m];
      result.has_preference = std::ranges::any_of(
          study_.targets, [&](const StudyTarget& target) { return target.measure == result.measure; });
      result.preference = preference_for(study_, result.measure);
      result.comparison = compare_policies(outcome_.figures[m], {.preference = result.preference});
      double best = 0.0;
      for (std::size_t p = 0; p < study_.policies.size(); ++p) {
        const double mean = sample_of(without_missing(outcome_.figures[m][p])).mean();
        const bool is_better = result.preference == Preference::larger ? mean > best : mean < best;
        if (p == 0 || is_better || std::isnan(best)) {
          best = mean;
          result.best = p;
        }
      }
    }
  }

  const Study& study_;
  const ComparisonStudyOptions& options_;
  PointRunner runner_;
  Progress progress_;
  std::optional<ReplicationRule> rule_;
  std::int64_t most_ = 0;
  ComparisonOutcome outcome_;
};

}  // namespace

ComparisonOutcome run_comparison(const Study& study, const ComparisonStudyOptions& options) {
  return ComparisonRun{study, options}.run();
}

}  // namespace peercap::app
