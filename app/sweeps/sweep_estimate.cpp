#include "app/sweeps/sweep_estimate.h"

#include <algorithm>
#include <chrono>
#include <exception>
#include <memory>
#include <numeric>

#include <fmt/format.h>

#include "app/memory_budget.h"
#include "app/progress.h"
#include "app/replications.h"
#include "app/studies/point_runner.h"
#include "app/studies/scenario_changes.h"
#include "app/studies/text_layout.h"
#include "app/sweeps/sweep_content.h"
#include "app/sweeps/sweep_job.h"
#include "models/peer_support/memory_need.h"
#include "models/peer_support/scenario/staffing.h"
#include "sim/io/hdf5/result_file.h"
#include "sim/io/yaml/json_writer.h"

namespace peercap::app {
namespace {

constexpr std::uint64_t most_pilot_points = 16;

/// The size of the file, by the shapes of its arrays; nothing is read.
double file_bytes_of(const SweepPlan& plan) {
  const SweepHeader header = header_of(plan, {});
  SweepSegment nothing_stored;
  nothing_stored.range = plan.range();
  const SweepRuns runs{{nothing_stored}};
  ResultContent content;
  content.groups =
      plan.shard().is_whole() ? sweep_groups(header, runs, {}) : shard_groups(header, plan.shard(), runs, {});
  return static_cast<double>(estimate_result_bytes(content));
}

double memory_of(const SweepPlan& plan, std::uint64_t point, const ExecutionPlan& execution,
                 peer_support::DemandMemory& demand) {
  peer_support::Scenario scenario = plan.study().base;
  if (!change_scenario(scenario, plan.design().settings(point), &demand).empty()) return 0.0;
  const peer_support::Rules rules{scenario};
  return peer_support::estimate_memory(
             rules, {execution.side_by_side, execution.windows, execution.threads_each, false})
      .total();
}

/// How long pilot runs took: of each point a first replication, for which the point is prepared, and a
/// second.
struct PilotTimes {
  std::vector<double> first;
  std::vector<double> second;

  [[nodiscard]] double run() const { return mean(second, 0); }
  /// Of a point. The very first one works out what all the others share.
  [[nodiscard]] double preparation() const {
    return std::max(0.0, mean(first, first.size() > 1 ? 1 : 0) - run());
  }

 private:
  static double mean(const std::vector<double>& seconds, std::size_t from) {
    return std::accumulate(seconds.begin() + static_cast<std::ptrdiff_t>(from), seconds.end(), 0.0) /
           static_cast<double>(seconds.size() - from);
  }
};

}  // namespace

SweepEstimate estimate_sweep(const SweepPlan& plan, const ExecutionRequest& request, double most_seconds) {
  using Clock = std::chrono::steady_clock;
  const auto begin = Clock::now();
  SweepEstimate estimate;
  estimate.points = plan.points();
  estimate.runs = plan.range().count();
  estimate.threads = thread_count(request.threads);

  // The middles of equal parts of the points that belong to the range.
  const std::uint64_t first = plan.range().first / plan.replications();
  const std::uint64_t points = (plan.range().end - 1) / plan.replications() + 1 - first;
  const std::uint64_t pilots = std::min(points, most_pilot_points);
  PointRunner runner{plan.study().measures, {.request = {.engine = request.engine, .threads = 1}}};
  PilotTimes times;
  std::vector<std::uint64_t> looked_at;
  for (std::uint64_t i = 0; i < pilots; ++i) {
    const std::uint64_t point = first + (2 * i + 1) * points / (2 * pilots);
    looked_at.push_back(point);
    const PointSource source{1, [&](std::size_t) { return plan.design().point(point); }};
    (void)runner.run(source, 0, 2, [&](std::size_t, std::int64_t replication, const PointOutcome& outcome) {
      (replication == 0 ? times.first : times.second).push_back(outcome.seconds);
      ++estimate.pilot_runs;
      if (replication == 0 && !outcome.failure.empty())
        estimate.failures.push_back(fmt::format("point {}: {}", point, outcome.failure));
    });
    if (std::chrono::duration<double>(Clock::now() - begin).count() > most_seconds) break;
  }
  estimate.seconds_each =
      times.run() + times.preparation() * static_cast<double>(points) / static_cast<double>(estimate.runs);

  ExecutionRequest whole = request;
  whole.threads = estimate.threads;
  const ExecutionPlan execution = plan_execution(whole, static_cast<std::size_t>(estimate.runs),
                                                 peer_support::count_clinicians(plan.study().base));
  estimate.seconds = estimate.seconds_each * static_cast<double>(estimate.runs) /
                     static_cast<double>(std::min<std::uint64_t>(estimate.threads, estimate.runs));
  peer_support::DemandMemory demand;
  for (const std::uint64_t point : looked_at)
    estimate.memory_bytes = std::max(estimate.memory_bytes, memory_of(plan, point, execution, demand));
  // What is gathered of a block, and its copies while it is written and read back; labels of points.
  estimate.memory_bytes += 4.0 * static_cast<double>(SweepJobOptions{}.block_bytes) +
                           3.0 * sizeof(std::int64_t) * static_cast<double>(estimate.points);
  estimate.file_bytes = file_bytes_of(plan);
  estimate.folder_bytes =
      sizeof(double) *
      (static_cast<double>(estimate.runs) * static_cast<double>(plan.study().measures.size()) +
       static_cast<double>(points) * static_cast<double>(plan.columns().size()));
  return estimate;
}

std::string estimate_report(const SweepPlan& plan, const SweepEstimate& estimate) {
  std::string text =
      wrapped(fmt::format("{}: nothing was kept of this; a sweep would take", plan.study().spec.name));
  text += row("points", count_text(static_cast<double>(estimate.points)));
  text += row("replications of each", count_text(static_cast<double>(plan.replications())));
  if (!plan.shard().is_whole())
    text += row("shard", fmt::format("{} of {}", plan.shard().number, plan.shard().of));
  text += row("runs", count_text(static_cast<double>(estimate.runs)));
  text += row("measures", std::to_string(plan.study().measures.size()));
  text += row(fmt::format("time of a run, mean of {}", estimate.pilot_runs),
              fmt::format("{:.3g} s", estimate.seconds_each));
  text += row(fmt::format("time in all, on {} thread{}", estimate.threads, estimate.threads == 1 ? "" : "s"),
              estimate.seconds < 1.0 ? "less than a second" : duration_text(estimate.seconds));
  text += row("memory", size_text(estimate.memory_bytes));
  text += row("result file, before packing", size_text(estimate.file_bytes));
  text += row("kept beside it until it is written", size_text(estimate.folder_bytes));
  if (!estimate.failures.empty()) {
    text += "\nOf the points that were tried, these failed:\n";
    for (const std::string& failure : estimate.failures) text += wrapped(failure, 2);
  }
  return text;
}

std::string estimate_json(const SweepPlan& plan, const SweepEstimate& estimate) {
  yaml::JsonWriter json;
  json.begin_object();
  json.key("format").value("peercap-sweep-estimate/1");
  json.key("study").value(plan.study().spec.name);
  json.key("points").value(static_cast<std::int64_t>(estimate.points));
  json.key("replications").value(static_cast<std::int64_t>(plan.replications()));
  json.key("shard").value(plan.shard().number);
  json.key("shards").value(plan.shard().of);
  json.key("runs").value(static_cast<std::int64_t>(estimate.runs));
  json.key("pilot_runs").value(static_cast<std::int64_t>(estimate.pilot_runs));
  json.key("seconds_each").value(estimate.seconds_each);
  json.key("threads").value(static_cast<std::int64_t>(estimate.threads));
  json.key("seconds").value(estimate.seconds);
  json.key("memory_bytes").value(estimate.memory_bytes);
  json.key("file_bytes").value(estimate.file_bytes);
  json.key("folder_bytes").value(estimate.folder_bytes);
  json.key("failures").begin_array();
  for (const std::string& failure : estimate.failures) json.value(failure);
  json.end_array();
  json.end_object();
  return json.take();
}

}  // namespace peercap::app
