#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "app/execution_plan.h"
#include "app/progress.h"
#include "app/sweeps/sweep_folder.h"
#include "app/sweeps/sweep_plan.h"
#include "app/sweeps/sweep_runs.h"
#include "sim/study/replication_runner.h"

namespace peercap::app {

enum class SweepEnd { complete, interrupted, out_of_time, stopped_by_failure };

struct SweepJobOptions {
  ExecutionRequest request = {};
  FailurePolicy on_error = FailurePolicy::skip;
  ProgressStyle progress = ProgressStyle::silent;
  const std::atomic<bool>* stop = nullptr;
  /// A block is written when it has so many bytes, or is so old.
  std::size_t block_bytes = std::size_t{4} << 20;
  std::chrono::milliseconds block_time = std::chrono::seconds{10};
  std::function<void(const std::string& line)> tell = {};
};

/// What lies in the folder when a job has ended.
struct SweepOutcome {
  SweepEnd end = SweepEnd::complete;
  std::uint64_t done = 0;          ///< runs of the shard that are on the disk
  std::uint64_t done_before = 0;   ///< of them before this process began
  std::vector<SavedBlock> blocks;  ///< in their order; without gaps when complete
  std::vector<SweepFailure> failures;
  double wall_seconds = 0.0;  ///< of all processes that worked on it
  double processor_seconds = 0.0;
};

/// Makes the runs of a plan's range that are not in `folder` yet, in their order, and writes them there in
/// blocks. Memory does not depend on the number of points. A run that fails is kept with its message; with
/// FailurePolicy::stop it ends the job before it, and a later job makes it again. Throws InputOutputError
/// where a block cannot be written; what was written before stays.
[[nodiscard]] SweepOutcome run_sweep(const SweepPlan& plan, SweepFolder& folder,
                                     const SweepManifest& manifest, const SweepJobOptions& options);

/// How many runs failed in all.
[[nodiscard]] std::uint64_t failed_runs(const std::vector<SweepFailure>& failures);

}  // namespace peercap::app
