// PHOLD with the parameters of published comparisons, by engine and threads.
#include <cstdint>
#include <memory>

#include <benchmark/benchmark.h>

#include "models/reference/phold.h"
#include "sim/kernel/conservative_engine.h"
#include "sim/kernel/sequential_engine.h"

namespace peercap::reference {
namespace {

const SimDuration horizon{100'000'000};  // 100 mean delays: 1.6 million events

void report(benchmark::State& state, std::uint64_t events) {
  state.counters["events/s"] = benchmark::Counter(static_cast<double>(events), benchmark::Counter::kIsRate);
}

void phold_sequential(benchmark::State& state) {
  std::uint64_t events = 0;
  for (auto _ : state) {
    SequentialEngine engine;
    events += run_phold({}, engine, 1, horizon).events;
  }
  report(state, events);
}
BENCHMARK(phold_sequential)->Unit(benchmark::kMillisecond)->UseRealTime();

/// Arguments: threads, partitions.
void phold_windows(benchmark::State& state) {
  std::uint64_t events = 0;
  ConservativeEngine engine{{.executor = ExecutorKind::tbb,
                             .threads = static_cast<std::size_t>(state.range(0)),
                             .partitions = static_cast<std::size_t>(state.range(1))}};
  for (auto _ : state) events += run_phold({}, engine, 1, horizon).events;
  report(state, events);
  state.counters["windows"] = static_cast<double>(engine.statistics().windows);
}
BENCHMARK(phold_windows)
    ->Args({1, 1})
    ->Args({1, 8})
    ->Args({2, 2})
    ->Args({2, 4})
    ->Args({2, 8})
    ->Args({2, 16})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

}  // namespace
}  // namespace peercap::reference
