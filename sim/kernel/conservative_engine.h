#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>

#include "sim/kernel/engine.h"
#include "sim/kernel/executor.h"

namespace peercap {

struct ConservativeOptions {
  ExecutorKind executor = ExecutorKind::tbb;
  std::size_t threads = 1;
  /// Partitions to aim for; 0 for about as many as caches and balance ask for (recommended_partitions).
  std::size_t partitions = 0;
  /// Windows are no longer than this: for tests.
  SimDuration longest_window{SimTime::never().ticks()};
  /// For tests: the worst division instead of neighbors together.
  bool scattered = false;
};

/// What a run in windows cost; it has no influence on what the run gives.
struct WindowStatistics {
  std::size_t partitions = 0;
  SimDuration lookahead;
  std::uint64_t windows = 0;
  std::uint64_t shared_windows = 0;  ///< those with enough work to divide among threads
  std::uint64_t messages = 0;        ///< between partitions

  // By the clock, of one window in 13, so that reading it costs nothing (13 and the hours of a day have no
  // common divisor).
  std::uint64_t timed_windows = 0;
  std::chrono::nanoseconds timed{};       ///< from the end of the window before to their own end
  std::chrono::nanoseconds exchanging{};  ///< of it, by the calling thread alone: messages, the next window
  std::chrono::nanoseconds handling{};    ///< inside partitions, all threads together

  /// The share of the time of `threads` threads in which they handled no events: they exchanged messages,
  /// waited for each other or had no part of a window. Not a number where no window was timed.
  [[nodiscard]] double waiting_share(std::size_t threads) const;
};

/// Partitions with a queue each, run side by side in windows: everything before *earliest next event +
/// lookahead* is safe, since no message can arrive before that; then a barrier, an exchange of messages, and
/// the next window. Empty stretches are skipped. (Conservative synchronization by global windows: D. M.
/// Nicol, The cost of conservative synchronization in parallel discrete event simulations, J. ACM 40 (1993)
/// 304-333.)
///
/// On one thread it can be faster than one queue as well: a partition's queue and state fit into the cache.
class ConservativeEngine final : public Engine {
 public:
  explicit ConservativeEngine(const ConservativeOptions& options = {});

  RunReport run(const Topology& topology, const RandomSource& random, const RunSpan& span,
                Observer* observer) override;

  /// Of the last run.
  [[nodiscard]] const WindowStatistics& statistics() const { return statistics_; }

 private:
  ConservativeOptions options_;
  std::unique_ptr<Executor> executor_;
  WindowStatistics statistics_;
};

}  // namespace peercap
