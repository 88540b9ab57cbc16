#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "sim/study/replication_runner.h"

namespace peercap::detail {

enum class TaskEnd { completed, failed, interrupted };

struct TaskResult {
  TaskEnd end = TaskEnd::completed;
  std::string reason = {};  ///< of a failure
};

/// The books of a runner: which tasks are claimed, running, finished and released, of which at most `width`
/// are claimed and not yet released. Workers claim and finish; one consumer takes results from the front, in
/// order.
class OrderedWindow {
 public:
  OrderedWindow(std::size_t task_count, std::size_t width, FailurePolicy policy,
                const std::atomic<bool>* stop);

  /// The next task to run; waits while the window is full. Nothing once there is none or the window is
  /// closed.
  [[nodiscard]] std::optional<std::size_t> claim();

  /// Every claimed task is finished exactly once. An interruption closes the window, as does a failure that
  /// stops.
  void finish(std::size_t index, TaskResult result);

  struct Front {
    std::size_t index;
    TaskResult result;
  };

  /// Waits for the result at the front; nothing once no further result will come.
  [[nodiscard]] std::optional<Front> wait_for_front();

  /// Frees the slot of the front that was taken, so that another task may be claimed.
  void release_front();

  /// No task is claimed from now on.
  void close();

  [[nodiscard]] std::size_t slot_of(std::size_t index) const { return index % slots_.size(); }

 private:
  void close_locked();
  [[nodiscard]] bool stop_requested() const;

  const FailurePolicy policy_;
  const std::atomic<bool>* stop_;
  std::mutex mutex_;
  std::condition_variable may_claim_;
  std::condition_variable may_deliver_;
  std::vector<std::optional<TaskResult>> slots_;  ///< [width] finished and not yet taken
  std::size_t end_;                               ///< tasks from here on are never claimed
  std::size_t claimed_ = 0;
  std::size_t released_ = 0;
  std::size_t running_ = 0;
};

}  // namespace peercap::detail
