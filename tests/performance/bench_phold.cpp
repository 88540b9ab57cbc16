// PHOLD with the parameters of published comparisons, by engine and threads: 1,024 processes with 16 events
// each, 90 % of them to another process, delays of 0.1 + Exp(0.9).
#include <cstdint>
#include <memory>

#include <benchmark/benchmark.h>

#include "models/reference/phold.h"
#include "sim/kernel/conservative_engine.h"
#include "sim/kernel/sequential_engine.h"
#include "tests/performance/run_counters.h"

namespace peercap::reference {
namespace {

const SimDuration horizon{100'000'000};  // 100 mean delays: 1.6 million events

void measure(benchmark::State& state, Engine& engine, std::size_t threads) {
  std::uint64_t events = 0;
  for (auto _ : state) events += run_phold({}, engine, 1, horizon).events;
  performance::count_events(state, events);
  performance::count_windows(state, engine, threads,
                             static_cast<double>(events) / static_cast<double>(state.iterations()));
}

void phold_one_queue(benchmark::State& state) {
  SequentialEngine engine;
  measure(state, engine, 1);
}
BENCHMARK(phold_one_queue)->Unit(benchmark::kMillisecond)->UseRealTime();

/// Arguments: threads, partitions.
void phold_windows(benchmark::State& state) {
  const auto threads = static_cast<std::size_t>(state.range(0));
  ConservativeEngine engine{{.executor = ExecutorKind::tbb,
                             .threads = threads,
                             .partitions = static_cast<std::size_t>(state.range(1))}};
  measure(state, engine, threads);
}
BENCHMARK(phold_windows)
    ->ArgNames({"threads", "parts"})
    ->Args({1, 1})
    ->Args({1, 8})
    ->Args({2, 2})
    ->Args({2, 8})
    ->Args({2, 16})
    ->Args({4, 16})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

}  // namespace
}  // namespace peercap::reference
