#include "app/studies/point_runner.h"

#include <algorithm>
#include <chrono>
#include <limits>
#include <utility>

#include "app/replications.h"
#include "app/studies/scenario_changes.h"
#include "models/peer_support/model.h"
#include "models/peer_support/scenario/staffing.h"
#include "sim/kernel/run_failure.h"
#include "sim/support/contract.h"

namespace peercap::app {

using peer_support::Rules;
using peer_support::Scenario;

std::shared_ptr<PointRunner::Prepared> PointRunner::find(std::size_t point, std::int64_t count) {
  const std::scoped_lock lock{mutex_};
  auto& place = prepared_[point];
  if (place == nullptr) {
    place = std::make_shared<Prepared>();
    place->left = static_cast<std::size_t>(count);
  }
  return place;
}

void PointRunner::release(std::size_t point) {
  const std::scoped_lock lock{mutex_};
  const auto found = prepared_.find(point);
  if (found != prepared_.end() && --found->second->left == 0) prepared_.erase(found);
}

void PointRunner::prepare(const PointSource& points, std::size_t number, Prepared& prepared) {
  try {
    const StudyPoint point = points.at(number);
    prepared.skip = point.skip;
    Scenario scenario = *point.base;
    if (!point.settings.empty()) prepared.failure = change_scenario(scenario, point.settings, &demand_);
    if (!prepared.failure.empty()) return;
    auto rules = std::make_unique<Rules>(scenario);
    apply_checks(options_.request, *rules);
    prepared.rules = std::move(rules);
  } catch (const std::exception& error) {
    prepared.failure = error.what();
  }
}

PointOutcome PointRunner::run_one(Prepared& prepared, std::int64_t replication, const ExecutionPlan& plan) {
  PointOutcome outcome;
  outcome.measures.assign(measures_.size(), std::numeric_limits<double>::quiet_NaN());
  outcome.failure = prepared.failure;
  if (outcome.failure.empty()) {
    try {
      const auto engine = plan.make_engine();
      const auto result = peer_support::run_replication(
          *prepared.rules, static_cast<std::uint32_t>(prepared.skip + replication), *engine, options_.stop);
      std::ranges::transform(measures_, outcome.measures.begin(), [&](peer_support::Measure measure) {
        return result.measures[static_cast<std::size_t>(measure)];
      });
    } catch (const RunInterrupted&) {
      throw;
    } catch (const std::exception& error) {
      outcome.failure = error.what();
      if (outcome.failure.empty()) outcome.failure = "failed without a reason";
    }
  }
  return outcome;
}

DeliveryReport PointRunner::run(const PointSource& points, std::int64_t first, std::int64_t count,
                                const DeliverOutcome& deliver) {
  require(first >= 0 && count >= 0 && first + count <= std::numeric_limits<std::uint32_t>::max(),
          "PointRunner: replications are numbered from 0 to 2^32 - 1");
  if (points.count == 0 || count == 0) return {};
  const auto replications = static_cast<std::size_t>(count);
  const std::size_t total = points.count * replications;

  ExecutionRequest request = options_.request;
  request.threads = thread_count(request.threads);
  const ExecutionPlan plan =
      plan_execution(request, total, peer_support::count_clinicians(*points.at(0).base));
  RunnerOptions runner;
  runner.threads = static_cast<int>(plan.side_by_side);
  if (plan.threads_each > 1) runner.executor = ExecutorKind::threads;  // as run_replications_of() does
  runner.stop = options_.stop;
  runner.progress = options_.progress;

  prepared_.clear();
  return run_replications(
      total, runner,
      [&](std::size_t task) {
        const auto begin = std::chrono::steady_clock::now();
        const std::size_t point = task / replications;
        const auto prepared = find(point, count);
        std::call_once(prepared->once, [&] { prepare(points, point, *prepared); });
        PointOutcome outcome =
            run_one(*prepared, first + static_cast<std::int64_t>(task % replications), plan);
        outcome.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
        return outcome;
      },
      [&](std::size_t task, PointOutcome&& outcome) {
        const std::size_t point = task / replications;
        deliver(point, first + static_cast<std::int64_t>(task % replications), outcome);
        release(point);
      });
}

}  // namespace peercap::app
