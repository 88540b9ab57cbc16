#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "app/sweeps/sweep_estimate.h"

namespace peercap::app {

/// Slurm's own limit where nobody has raised it: the numbers of an array's tasks are below 1,001.
inline constexpr std::int64_t most_tasks = 1000;

/// What the user asks for of each task.
struct SlurmWishes {
  std::optional<std::int64_t> shards = {};
  std::optional<std::chrono::seconds> time_limit = {};
  std::optional<std::uint64_t> memory_mib = {};
  std::int64_t threads = 1;
};

/// How a sweep is cut into tasks, and what each of them gets.
struct SlurmPlan {
  std::int64_t shards = 2;
  std::int64_t threads = 1;
  std::chrono::seconds expected{0};  ///< of a task, on a processor like this one
  std::chrono::seconds time_limit{0};
  /// How long before its end a task is told to keep what it has and stop: runs in flight come to their end.
  std::chrono::seconds warning{0};
  std::uint64_t memory_mib = 0;
  std::chrono::seconds merge_time_limit{0};
  std::uint64_t merge_memory_mib = 0;

  /// Whether a task has time for anything.
  [[nodiscard]] bool has_time() const { return time_limit >= warning + std::chrono::minutes{1}; }
};

/// Tasks of about half an hour, shorter where the time limit is, at least 2 and at most 1,000; a time limit
/// of twice what a task is expected to take, and memory of twice what is estimated, where the user does not
/// say.
[[nodiscard]] SlurmPlan plan_tasks(const SweepEstimate& estimate, const SlurmWishes& wishes);

}  // namespace peercap::app
