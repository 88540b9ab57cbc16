#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/execution_plan.h"
#include "app/sweeps/sweep_plan.h"

namespace peercap::app {

/// What a sweep will take, told by running a little of it.
struct SweepEstimate {
  std::uint64_t points = 0;
  std::uint64_t runs = 0;        ///< of this shard
  std::uint64_t pilot_runs = 0;  ///< that went into the figures
  double seconds_each = 0.0;     ///< of one run, on one thread
  std::size_t threads = 1;
  double seconds = 0.0;               ///< of the whole
  double memory_bytes = 0.0;          ///< of the most demanding point that was looked at
  double file_bytes = 0.0;            ///< of the result, at most
  double folder_bytes = 0.0;          ///< of what is kept on the disk until then
  std::vector<std::string> failures;  ///< of the pilot: point and message
};

/// Runs two replications of some points, spread over the design, for a few seconds at most (of one point at
/// least).
[[nodiscard]] SweepEstimate estimate_sweep(const SweepPlan& plan, const ExecutionRequest& request,
                                           double most_seconds = 5.0);

/// The estimate in words, 80 columns.
[[nodiscard]] std::string estimate_report(const SweepPlan& plan, const SweepEstimate& estimate);
/// The same as JSON, `format: peercap-sweep-estimate/1`.
[[nodiscard]] std::string estimate_json(const SweepPlan& plan, const SweepEstimate& estimate);

}  // namespace peercap::app
