#include "app/cluster/slurm_plan.h"

#include <algorithm>
#include <cmath>

namespace peercap::app {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

/// Long against the minute or so that Slurm takes to start a task, short against what a node's failure costs
/// and against the gaps that a scheduler likes to fill.
constexpr double task_seconds = 30 * 60;
constexpr seconds shortest_limit = minutes{15};
/// What takes longer is queued again at its limit, and few clusters allow more.
constexpr seconds longest_limit = minutes{24 * 60};
constexpr double mib = 1024.0 * 1024.0;

std::uint64_t rounded_up(double value, std::uint64_t step) {
  return static_cast<std::uint64_t>(std::ceil(value / static_cast<double>(step))) * step;
}

/// In steps of five minutes.
seconds limit_of(double expected_seconds) {
  return std::clamp(seconds{static_cast<std::int64_t>(rounded_up(expected_seconds, 300))}, shortest_limit,
                    longest_limit);
}

}  // namespace

SlurmPlan plan_tasks(const SweepEstimate& estimate, const SlurmWishes& wishes) {
  SlurmPlan plan;
  plan.threads = wishes.threads;
  const auto runs = static_cast<double>(estimate.runs);
  const auto threads = static_cast<double>(wishes.threads);
  // Runs that have begun come to their end, on a slower processor too, and then are written.
  plan.warning =
      seconds{60 + static_cast<std::int64_t>(std::ceil(3.0 * std::min(estimate.seconds_each, 3600.0)))};

  double wanted = task_seconds;
  if (wishes.time_limit) {
    const auto usable = static_cast<double>((*wishes.time_limit - plan.warning).count());
    wanted = std::min(wanted, std::max(60.0, usable / 2.0));
  }
  const double all_seconds = estimate.seconds_each * runs / threads;
  const double most = std::min(runs, static_cast<double>(most_tasks));
  plan.shards = wishes.shards.value_or(
      static_cast<std::int64_t>(std::max(2.0, std::min(most, std::ceil(all_seconds / wanted)))));

  const double runs_of_task = std::ceil(runs / static_cast<double>(plan.shards));
  const double expected = std::ceil(runs_of_task / threads) * estimate.seconds_each;
  plan.expected = seconds{static_cast<std::int64_t>(std::ceil(expected))};
  plan.time_limit = wishes.time_limit.value_or(
      limit_of(2.0 * expected + static_cast<double>((plan.warning + minutes{5}).count())));
  plan.memory_mib = wishes.memory_mib.value_or(rounded_up(2.0 * estimate.memory_bytes / mib + 256.0, 256));

  // Shards are read and written piece by piece; a disk that many share may be slow.
  constexpr double bytes_a_second = 5e6;
  plan.merge_time_limit = limit_of(60.0 + (estimate.folder_bytes + estimate.file_bytes) / bytes_a_second);
  constexpr double bytes_a_point = 32.0;
  plan.merge_memory_mib = std::max<std::uint64_t>(
      512, rounded_up(256.0 + bytes_a_point * static_cast<double>(estimate.points) / mib, 256));
  return plan;
}

}  // namespace peercap::app
