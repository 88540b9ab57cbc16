#include "app/replications.h"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <thread>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "app/interruption.h"
#include "models/peer_support/scenario/staffing.h"

namespace peercap::app {

using peer_support::ReplicationOutcome;

Execution run_replications_of(const peer_support::Rules& rules, const ExecutionOptions& options,
                              std::ostream& err,
                              const std::function<void(const ReplicationOutcome&)>& deliver) {
  Execution execution;
  Progress progress{options.progress, options.what};
  InterruptionGuard interruption;
  ExecutionRequest request = options.request;
  request.threads = thread_count(request.threads);
  execution.threads = request.threads;
  const auto replications = static_cast<std::size_t>(rules.scenario.run.replications);
  execution.plan = plan_execution(request, replications, peer_support::count_clinicians(rules.scenario));
  RunnerOptions runner;
  runner.threads = static_cast<int>(execution.plan.side_by_side);
  // oneTBB bounds the threads of all its users by the lowest bound: where both levels run in parallel, the
  // outer one has threads of its own.
  if (execution.plan.threads_each > 1) runner.executor = ExecutorKind::threads;
  runner.failure_policy = FailurePolicy::skip;
  runner.stop = &interruption.stop_flag();
  runner.progress = [&](std::size_t done, std::size_t total) { progress.update(done, total); };
  runner.failure = [&](const TaskFailure& failure) {
    progress.clear();
    fmt::print(err, "replication {} failed: {}\n", failure.index, failure.reason);
    if (execution.first_failure.empty()) execution.first_failure = failure.reason;
  };
  const auto begin = std::chrono::steady_clock::now();
  execution.delivery = run_replications(
      replications, runner,
      [&](std::size_t index) {
        const std::unique_ptr<Engine> engine = execution.plan.make_engine();
        return run_replication(rules, static_cast<std::uint32_t>(index), *engine, &interruption.stop_flag());
      },
      [&](std::size_t, ReplicationOutcome&& outcome) { deliver(outcome); });
  execution.wall_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  execution.signal = interruption.signal();
  return execution;
}

std::string status_text(const Execution& execution) {
  const DeliveryReport& d = execution.delivery;
  if (d.end == DeliveryEnd::stopped)
    return fmt::format("interrupted after {} of {} replications", d.delivered - d.failed, d.total);
  if (d.failed > 0) return fmt::format("{} of {} replications failed", d.failed, d.total);
  return "complete";
}

ExitCode exit_code_of(const Execution& execution) {
  if (execution.signal == SIGINT) return ExitCode::interrupted;
  if (execution.signal != 0) return ExitCode::terminated;
  return execution.delivery.failed > 0 ? ExitCode::partial : ExitCode::done;
}

std::size_t thread_count(std::size_t asked) {
  return asked > 0 ? asked : std::max<std::size_t>(1, std::thread::hardware_concurrency());
}

}  // namespace peercap::app
