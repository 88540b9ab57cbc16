#pragma once

#include <cstddef>
#include <cstdint>

#include <benchmark/benchmark.h>

#include "sim/kernel/conservative_engine.h"

namespace peercap::performance {

/// Of `events` in all iterations. An event is one pop of the pending set that reached a handler.
inline void count_events(benchmark::State& state, std::uint64_t events) {
  const auto count = static_cast<double>(events);
  state.counters["events/s"] = benchmark::Counter(count, benchmark::Counter::kIsRate);
  state.counters["ns/event"] =
      benchmark::Counter(count * 1e-9, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

/// Of the last run of `engine` on `threads` threads, nothing for an engine of one queue. `run_events` is what
/// one run has.
inline void count_windows(benchmark::State& state, const Engine& engine, std::size_t threads,
                          double run_events) {
  const auto* windows = dynamic_cast<const ConservativeEngine*>(&engine);
  if (windows == nullptr) return;
  const WindowStatistics& statistics = windows->statistics();
  const auto count = static_cast<double>(statistics.windows);
  state.counters["partitions"] = static_cast<double>(statistics.partitions);
  state.counters["windows"] = count;
  state.counters["events/window"] = run_events / count;
  state.counters["messages/event"] = static_cast<double>(statistics.messages) / run_events;
  state.counters["waiting"] = statistics.waiting_share(threads);
  state.counters["exchanging"] =
      static_cast<double>(statistics.exchanging.count()) / static_cast<double>(statistics.timed.count());
}

}  // namespace peercap::performance
