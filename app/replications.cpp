#include "app/replications.h"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <mutex>
#include <thread>
#include <utility>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "app/checkpoints/checkpoints.h"
#include "app/interruption.h"
#include "models/peer_support/scenario/staffing.h"

namespace peercap::app {

using peer_support::ReplicationOutcome;

namespace {

/// Runs the replications behind those that were settled before, and counts these in.
class ReplicationSeries {
 public:
  ReplicationSeries(const peer_support::Rules& rules, const ExecutionOptions& options, std::ostream& err)
      : rules_{rules},
        checkpoints_{options.checkpoints},
        err_{err},
        total_{static_cast<std::size_t>(rules.scenario.run.replications)},
        before_{checkpoints_ == nullptr ? 0 : static_cast<std::size_t>(checkpoints_->settled())},
        progress_{options.progress, options.what, before_} {
    ExecutionRequest request = options.request;
    request.threads = thread_count(request.threads);
    execution_.threads = request.threads;
    execution_.plan =
        plan_execution(request, total_ - before_, peer_support::count_clinicians(rules.scenario));
  }

  Execution run(const std::function<void(const ReplicationOutcome&)>& deliver) {
    InterruptionGuard interruption;
    if (checkpoints_ != nullptr) {
      for (const auto& [replication, reason] : checkpoints_->books().failures)
        tell_failure({static_cast<std::size_t>(replication), reason});
      checkpoints_->begin(interruption.stop_flag(), [this](const std::string& line) { tell(line); });
    }
    const auto begin = std::chrono::steady_clock::now();
    execution_.delivery = run_replications(
        total_ - before_, runner_options(interruption.stop_flag()),
        [&](std::size_t index) { return run_one(before_ + index, interruption.stop_flag()); },
        [&](std::size_t, SharedOutcome&& outcome) {
          if (checkpoints_ != nullptr)
            checkpoints_->deliver(outcome);
          else
            deliver(*outcome);
        });
    if (checkpoints_ != nullptr)  // it is used further, and this object is not
      checkpoints_->say_through([&err = err_](const std::string& line) { fmt::print(err, "{}\n", line); });
    execution_.wall_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    execution_.signal = interruption.signal();
    execution_.delivery.total = total_;
    execution_.delivery.delivered += before_;
    if (checkpoints_ != nullptr) execution_.delivery.failed = checkpoints_->books().failures.size();
    return std::move(execution_);
  }

 private:
  RunnerOptions runner_options(const std::atomic<bool>& stop) {
    RunnerOptions runner;
    runner.threads = static_cast<int>(execution_.plan.side_by_side);
    // oneTBB bounds the threads of all its users by the lowest bound: where both levels run in parallel, the
    // outer one has threads of its own.
    if (execution_.plan.threads_each > 1) runner.executor = ExecutorKind::threads;
    runner.failure_policy = FailurePolicy::skip;
    runner.stop = &stop;
    runner.progress = [this](std::size_t done, std::size_t) {
      const std::scoped_lock lock{output_};
      progress_.update(before_ + done, total_);
    };
    runner.failure = [this](const TaskFailure& failure) {
      const TaskFailure counted{before_ + failure.index, failure.reason};
      tell_failure(counted);
      if (checkpoints_ != nullptr) checkpoints_->note_failure(counted);
    };
    return runner;
  }

  SharedOutcome run_one(std::size_t replication, const std::atomic<bool>& stop) {
    const std::unique_ptr<Engine> engine = execution_.plan.make_engine();
    if (checkpoints_ != nullptr) return checkpoints_->run(replication, *engine);
    return std::make_shared<ReplicationOutcome>(
        run_replication(rules_, static_cast<std::uint32_t>(replication), *engine, &stop));
  }

  void tell(const std::string& line) {
    const std::scoped_lock lock{output_};
    progress_.clear();
    fmt::print(err_, "{}\n", line);
  }

  void tell_failure(const TaskFailure& failure) {
    tell(fmt::format("replication {} failed: {}", failure.index, failure.reason));
    if (execution_.first_failure.empty()) execution_.first_failure = failure.reason;
  }

  const peer_support::Rules& rules_;
  Checkpoints* checkpoints_;
  std::ostream& err_;
  std::size_t total_;
  std::size_t before_;  ///< settled by earlier processes
  Execution execution_;
  std::mutex output_;  ///< of what is printed
  Progress progress_;
};

}  // namespace

Execution run_replications_of(const peer_support::Rules& rules, const ExecutionOptions& options,
                              std::ostream& err,
                              const std::function<void(const ReplicationOutcome&)>& deliver) {
  return ReplicationSeries{rules, options, err}.run(deliver);
}

void apply_checks(const ExecutionRequest& request, peer_support::Rules& rules) {
  if (request.check_invariants) rules.check_invariants = true;
}

ExecutionPlan plan_for(const peer_support::Rules& rules, ExecutionRequest request) {
  request.threads = thread_count(request.threads);
  return plan_execution(request, static_cast<std::size_t>(rules.scenario.run.replications),
                        peer_support::count_clinicians(rules.scenario));
}

std::string status_text(const Execution& execution) {
  const DeliveryReport& d = execution.delivery;
  if (d.end == DeliveryEnd::stopped)
    return fmt::format("interrupted after {} of {} replications", d.delivered - d.failed, d.total);
  if (d.failed > 0) return fmt::format("{} of {} replications failed", d.failed, d.total);
  return "complete";
}

ExitCode exit_code_of(const Execution& execution) {
  // A signal after the last replication interrupts nothing.
  if (execution.delivery.end == DeliveryEnd::stopped)
    return execution.signal == SIGINT ? ExitCode::interrupted : ExitCode::terminated;
  return execution.delivery.failed > 0 ? ExitCode::partial : ExitCode::done;
}

std::size_t thread_count(std::size_t asked) {
  return asked > 0 ? asked : std::max<std::size_t>(1, std::thread::hardware_concurrency());
}

}  // namespace peercap::app
