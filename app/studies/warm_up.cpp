#include "app/studies/warm_up.h"

#include <algorithm>
#include <array>
#include <vector>

#include <fmt/format.h>

#include "app/replications.h"
#include "app/studies/scenario_changes.h"
#include "models/peer_support/model.h"
#include "models/peer_support/scenario/staffing.h"
#include "sim/study/inference/warm_up.h"
#include "sim/support/contract.h"

namespace peercap::app {
namespace {

using peer_support::Scenario;
using peer_support::Series;

/// Pilot replications have chance of their own.
constexpr std::uint32_t first_pilot_replication = 3'000'000'000;

constexpr std::array courses{Series::requests, Series::waiting, Series::open_cases};

void set_burn_in(Scenario& scenario, std::int64_t weeks) {
  const std::string problem =
      change_scenario(scenario, {{"run.burn_in", fmt::format("{} weeks", weeks)}}, nullptr);
  require(problem.empty(), "a burn-in of whole weeks fits every scenario");
}

}  // namespace

std::optional<WarmUpFinding> find_warm_up(const Scenario& scenario, const ExecutionRequest& request,
                                          const std::atomic<bool>* stop) {
  Scenario pilot = scenario;
  const std::string problem = change_scenario(
      pilot, {{"run.burn_in", "0 weeks"}, {"run.horizon", fmt::format("{} weeks", warm_up_weeks)}}, nullptr);
  if (!problem.empty()) return WarmUpFinding{.is_told = false, .course = problem};
  peer_support::Rules rules{pilot};
  apply_checks(request, rules);
  ExecutionRequest asked = request;
  asked.threads = thread_count(asked.threads);
  const ExecutionPlan plan =
      plan_execution(asked, warm_up_replications, peer_support::count_clinicians(pilot));
  RunnerOptions runner;
  runner.threads = static_cast<int>(plan.side_by_side);
  if (plan.threads_each > 1) runner.executor = ExecutorKind::threads;
  runner.stop = stop;
  std::array<std::vector<double>, courses.size()> means;
  const DeliveryReport report = run_replications(
      warm_up_replications, runner,
      [&](std::size_t replication) {
        const auto engine = plan.make_engine();
        return peer_support::run_replication(
                   rules, first_pilot_replication + static_cast<std::uint32_t>(replication), *engine, stop)
            .series;
      },
      [&](std::size_t, auto&& series) {
        for (std::size_t c = 0; c < courses.size(); ++c) {
          const std::vector<double>& course = series[static_cast<std::size_t>(courses[c])];
          means[c].resize(course.size(), 0.0);
          for (std::size_t week = 0; week < course.size(); ++week)
            means[c][week] += course[week] / warm_up_replications;
        }
      });
  if (report.end == DeliveryEnd::stopped) return std::nullopt;
  WarmUpFinding finding;
  for (std::size_t c = 0; c < courses.size(); ++c) {
    const std::string name{peer_support::series_infos()[static_cast<std::size_t>(courses[c])].name};
    const auto cut = warm_up_length(means[c]);
    if (!cut) return WarmUpFinding{.is_told = false, .course = name};
    if (c > 0 && static_cast<std::int64_t>(*cut) <= finding.weeks) continue;
    finding.weeks = static_cast<std::int64_t>(*cut);
    finding.course = name;
  }
  return finding;
}

bool settle_warm_up(Study& study, const ExecutionRequest& request, const std::atomic<bool>* stop,
                    std::string& said) {
  said.clear();
  std::int64_t weeks = 0;
  switch (study.spec.warm_up) {
    case WarmUp::scenario:
      return true;
    case WarmUp::none:
      said = "warm-up: none; the first day of a run counts";
      break;
    case WarmUp::mser5: {
      const auto finding = find_warm_up(study.base, request, stop);
      if (!finding) return false;
      if (!finding->is_told) {
        said = fmt::format(
            "warm-up: {} still moves after {} weeks, so MSER-5 tells no cut; the scenario's burn-in stays",
            finding->course, warm_up_weeks / 2);
        return true;
      }
      weeks = finding->weeks;
      said = fmt::format("warm-up: {} weeks by MSER-5, for {} (n = {} pilot runs of {} weeks)", weeks,
                         finding->course, warm_up_replications, warm_up_weeks);
    }
  }
  set_burn_in(study.base, weeks);
  for (StudyPolicy& policy : study.policies) set_burn_in(policy.scenario, weeks);
  for (auto& [name, scenario] : study.variants) set_burn_in(scenario, weeks);
  return true;
}

}  // namespace peercap::app
