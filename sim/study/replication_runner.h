#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "sim/kernel/executor.h"

namespace peercap {

/// What a failed task does to the others: none is started or delivered after it, or they go on without it.
enum class FailurePolicy { stop, skip };

/// A task that threw.
struct TaskFailure {
  std::size_t index = 0;
  std::string reason;  ///< the exception's text
};

struct RunnerOptions {
  int threads = 1;  ///< at least 1; one thread means the calling thread itself, whatever the executor
  ExecutorKind executor = ExecutorKind::tbb;  ///< all deliver the same
  /// The most tasks that are running or waiting to be delivered at any time: it bounds the memory outcomes
  /// take. A slow task holds those behind it back once they are that many. 0 chooses four a thread.
  std::size_t max_undelivered = 0;
  FailurePolicy failure_policy = FailurePolicy::stop;
  const std::atomic<bool>* stop =
      nullptr;  ///< set by another thread or a signal handler: nothing more is started

  /// Told of each failed task, in its place in the order. Called on the calling thread, as is `progress`.
  std::function<void(const TaskFailure&)> failure = {};
  /// Told after each delivery how many of how many tasks are delivered (failures count).
  std::function<void(std::size_t delivered, std::size_t total)> progress = {};
};

enum class DeliveryEnd {
  completed,  ///< every task was delivered
  stopped,    ///< the stop flag was set, or a task said that it was interrupted
  failed,     ///< a task failed and the policy was to stop
};

struct DeliveryReport {
  DeliveryEnd end = DeliveryEnd::completed;
  std::size_t total = 0;
  std::size_t delivered = 0;  ///< tasks 0 .. delivered - 1 were handed over, failures among them
  std::size_t failed = 0;     ///< how many of those were failures
};

namespace detail {

/// `compute` and `deliver` get the task's index and its slot, in [0, slot count).
using IndexedTask = std::function<void(std::size_t index, std::size_t slot)>;

[[nodiscard]] std::size_t slot_count(std::size_t task_count, const RunnerOptions& options);

[[nodiscard]] DeliveryReport run_in_order(std::size_t task_count, const RunnerOptions& options,
                                          const IndexedTask& compute, const IndexedTask& deliver);

}  // namespace detail

/// Runs `task(index)` for each index in [0, count), on as many threads as the options say, and hands every
/// outcome to `deliver(index, outcome)` on the calling thread in the order of the indices. What is delivered
/// depends neither on the executor nor on the number of threads.
///
/// Tasks are started in order. After a stop, those running are waited for (a long task looks at the flag
/// itself and throws RunInterrupted, which counts as a stop, not as a failure); the outcomes that are
/// complete without a gap from the front are delivered, the rest dropped. An exception thrown by `deliver`,
/// `failure` or `progress` ends the run and is passed on when the running tasks have ended.
///
/// A runner started inside a task runs on that task's thread alone. One started inside another library's
/// oneTBB task may starve it of workers: give it ExecutorKind::threads. Throws ContractViolation for less
/// than one thread.
template <class Task, class Deliver>
DeliveryReport run_replications(std::size_t count, const RunnerOptions& options, Task&& task,
                                Deliver&& deliver) {
  using Outcome = std::invoke_result_t<Task&, std::size_t>;
  static_assert(!std::is_void_v<Outcome>, "a task returns its outcome");
  std::vector<std::optional<Outcome>> slots(detail::slot_count(count, options));
  return detail::run_in_order(
      count, options, [&](std::size_t index, std::size_t slot) { slots[slot].emplace(task(index)); },
      [&](std::size_t index, std::size_t slot) {
        Outcome outcome = std::move(*slots[slot]);
        slots[slot].reset();
        deliver(index, std::move(outcome));
      });
}

}  // namespace peercap
