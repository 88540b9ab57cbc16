#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <thread>
#include <vector>

#include "sim/kernel/executor.h"

namespace peercap {

/// Threads of the standard library that stay between windows. A worker that finds nothing to do looks again
/// for some microseconds, then sleeps until the next call.
class ThreadExecutor final : public Executor {
 public:
  /// `threads` with the calling one, at least 1.
  explicit ThreadExecutor(std::size_t threads);
  ~ThreadExecutor() override;

  void for_each(std::size_t count, const std::function<void(std::size_t)>& part) override;
  [[nodiscard]] std::size_t thread_count() const override { return workers_.size() + 1; }

 private:
  void work();
  void take_parts();

  std::vector<std::thread> workers_;
  const std::function<void(std::size_t)>* part_ = nullptr;  ///< written before `round_`, read after it
  std::size_t count_ = 0;
  bool ending_ = false;
  alignas(64) std::atomic<std::uint32_t> round_{0};  ///< grows with each call
  alignas(64) std::atomic<std::size_t> next_{0};     ///< the next part to be taken
  alignas(64) std::atomic<std::size_t> busy_{0};     ///< workers that have not finished this round
};

}  // namespace peercap
