#include "sim/study/replication_runner.h"

#include <algorithm>
#include <exception>
#include <system_error>
#include <thread>
#include <utility>

#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/task_arena.h>
#include <oneapi/tbb/task_group.h>

#include "sim/kernel/run_failure.h"
#include "sim/study/ordered_window.h"
#include "sim/support/contract.h"

namespace peercap::detail {
namespace {

/// Whether this thread is inside a task. A runner that is started there runs inline: its caller would block a
/// worker while it waits for others, and once every worker waits so, none is left to work.
thread_local bool inside_task = false;

class TaskScope {
 public:
  TaskScope() : outer_{std::exchange(inside_task, true)} {}
  ~TaskScope() { inside_task = outer_; }
  TaskScope(const TaskScope&) = delete;
  TaskScope& operator=(const TaskScope&) = delete;

 private:
  bool outer_;
};

TaskResult run_guarded(const IndexedTask& compute, std::size_t index, std::size_t slot) {
  const TaskScope scope;
  try {
    compute(index, slot);
    return {};
  } catch (const RunInterrupted&) {
    return {TaskEnd::interrupted};
  } catch (const std::exception& error) {
    return {TaskEnd::failed, error.what()};
  } catch (...) {
    return {TaskEnd::failed, "an exception that is no std::exception"};
  }
}

/// Hands results over on the calling thread and keeps count of them.
class Delivery {
 public:
  Delivery(std::size_t task_count, const RunnerOptions& options, const IndexedTask& deliver)
      : options_{options}, deliver_{deliver} {
    report_.total = task_count;
    report_.end = task_count == 0 ? DeliveryEnd::completed : DeliveryEnd::stopped;
  }

  enum class Next { go_on, end };

  Next hand_over(std::size_t index, std::size_t slot, const TaskResult& result) {
    if (result.end == TaskEnd::failed) {
      ++report_.failed;
      if (options_.failure) options_.failure({index, result.reason});
    } else {
      deliver_(index, slot);
    }
    ++report_.delivered;
    if (options_.progress) options_.progress(report_.delivered, report_.total);
    if (result.end == TaskEnd::failed && options_.failure_policy == FailurePolicy::stop) {
      report_.end = DeliveryEnd::failed;
      return Next::end;
    }
    if (report_.delivered < report_.total) return Next::go_on;
    report_.end = DeliveryEnd::completed;
    return Next::end;
  }

  [[nodiscard]] const DeliveryReport& report() const { return report_; }

 private:
  const RunnerOptions& options_;
  const IndexedTask& deliver_;
  DeliveryReport report_;
};

/// Threads of our own: each claims and runs tasks until none is left.
class ThreadPool {
 public:
  ThreadPool(OrderedWindow& window, const IndexedTask& compute, int threads) : window_{window} {
    const auto work = [&window, &compute] {
      while (const auto index = window.claim())
        window.finish(*index, run_guarded(compute, *index, window.slot_of(*index)));
    };
    try {
      for (int i = 0; i < threads; ++i) threads_.emplace_back(work);
    } catch (const std::system_error&) {
      // The system gives no more threads. Fewer deliver the same, later.
      if (threads_.empty()) throw;
    }
  }
  ~ThreadPool() {
    window_.close();
    for (std::thread& thread : threads_) thread.join();
  }
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;

  void admit(std::size_t /*tasks*/) {}

 private:
  OrderedWindow& window_;
  std::vector<std::thread> threads_;
};

/// One oneTBB task for each of ours, submitted when the window has room for it, so that no worker ever waits.
class TbbPool {
 public:
  TbbPool(OrderedWindow& window, const IndexedTask& compute, int threads)
      : window_{window},
        compute_{compute},
        // The calling thread counts and only delivers.
        limit_{tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(threads) + 1},
        arena_{threads, /*reserved_for_masters=*/0} {}
  ~TbbPool() {
    window_.close();
    group_.wait();
  }
  TbbPool(const TbbPool&) = delete;
  TbbPool& operator=(const TbbPool&) = delete;

  void admit(std::size_t tasks) {
    for (std::size_t i = 0; i < tasks; ++i) arena_.enqueue(group_.defer([this] { run_next(); }));
  }

 private:
  void run_next() {
    const auto index = window_.claim();
    if (!index) return;
    TaskResult result;
    // Without isolation a replication that waits for its own parallel parts would begin another one
    // meanwhile.
    tbb::this_task_arena::isolate([&] { result = run_guarded(compute_, *index, window_.slot_of(*index)); });
    window_.finish(*index, std::move(result));
  }

  OrderedWindow& window_;
  const IndexedTask& compute_;
  tbb::global_control limit_;
  tbb::task_arena arena_;
  tbb::task_group group_;
};

template <class Pool>
void run_side_by_side(std::size_t task_count, const RunnerOptions& options, const IndexedTask& compute,
                      Delivery& delivery) {
  const std::size_t width = slot_count(task_count, options);
  OrderedWindow window{task_count, width, options.failure_policy, options.stop};
  Pool pool{window, compute, options.threads};
  pool.admit(width);
  std::size_t admitted = width;
  while (const auto front = window.wait_for_front()) {
    if (delivery.hand_over(front->index, window.slot_of(front->index), front->result) == Delivery::Next::end)
      return;
    window.release_front();
    if (admitted < task_count) {
      pool.admit(1);
      ++admitted;
    }
  }
}

void run_inline(std::size_t task_count, const RunnerOptions& options, const IndexedTask& compute,
                Delivery& delivery) {
  for (std::size_t index = 0; index < task_count; ++index) {
    if (options.stop != nullptr && options.stop->load(std::memory_order_relaxed)) return;
    const TaskResult result = run_guarded(compute, index, 0);
    if (result.end == TaskEnd::interrupted) return;
    if (delivery.hand_over(index, 0, result) == Delivery::Next::end) return;
  }
}

bool runs_inline(const RunnerOptions& options) {
  return options.threads == 1 || options.executor == ExecutorKind::serial || inside_task;
}

}  // namespace

std::size_t slot_count(std::size_t task_count, const RunnerOptions& options) {
  require(options.threads >= 1, "run_replications: at least one thread is needed");
  if (runs_inline(options)) return 1;
  constexpr std::size_t slots_a_thread = 4;
  const std::size_t wanted = options.max_undelivered > 0
                                 ? options.max_undelivered
                                 : slots_a_thread * static_cast<std::size_t>(options.threads);
  return std::min(wanted, task_count);
}

DeliveryReport run_in_order(std::size_t task_count, const RunnerOptions& options, const IndexedTask& compute,
                            const IndexedTask& deliver) {
  Delivery delivery{task_count, options, deliver};
  if (task_count > 0) {
    if (runs_inline(options))
      run_inline(task_count, options, compute, delivery);
    else if (options.executor == ExecutorKind::threads)
      run_side_by_side<ThreadPool>(task_count, options, compute, delivery);
    else
      run_side_by_side<TbbPool>(task_count, options, compute, delivery);
  }
  return delivery.report();
}

}  // namespace peercap::detail
