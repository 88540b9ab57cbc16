#pragma once

#include <functional>
#include <iosfwd>
#include <string>

#include "app/execution_plan.h"
#include "app/exit_code.h"
#include "app/progress.h"
#include "models/peer_support/model.h"
#include "sim/study/replication_runner.h"

namespace peercap::app {

class Checkpoints;

/// How a number of replications went.
struct Execution {
  DeliveryReport delivery;
  std::string first_failure;
  int signal = 0;  ///< that interrupted them
  double wall_seconds = 0.0;
  std::size_t threads = 1;  ///< that were allowed
  ExecutionPlan plan;
};

struct ExecutionOptions {
  ExecutionRequest request = {};
  ProgressStyle progress = ProgressStyle::silent;
  std::string what = "replication";  ///< in the words of the progress
  /// Saves the run while it goes on, begins after the replications that are settled, and is delivered to
  /// instead of `deliver`.
  Checkpoints* checkpoints = nullptr;
};

/// Runs all replications of the scenario behind `rules` side by side and delivers them in their order. Those
/// that fail are told on `err` and left out; an interruption ends the rest.
Execution run_replications_of(const peer_support::Rules& rules, const ExecutionOptions& options,
                              std::ostream& err,
                              const std::function<void(const peer_support::ReplicationOutcome&)>& deliver);

/// Where the request asks for checks, runs by these rules are checked.
void apply_checks(const ExecutionRequest& request, peer_support::Rules& rules);

/// How the scenario's replications would be run.
[[nodiscard]] ExecutionPlan plan_for(const peer_support::Rules& rules, ExecutionRequest request);

/// "complete", or what is missing.
[[nodiscard]] std::string status_text(const Execution& execution);
[[nodiscard]] ExitCode exit_code_of(const Execution& execution);

/// `asked`, or the number of processors where it is 0.
[[nodiscard]] std::size_t thread_count(std::size_t asked);

}  // namespace peercap::app
