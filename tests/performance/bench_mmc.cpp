// The M/M/c station at 80 % load: what the kernel costs where the model does next to nothing.
#include <cstdint>

#include <benchmark/benchmark.h>

#include "models/reference/mmc_queue.h"
#include "sim/kernel/sequential_engine.h"
#include "tests/performance/run_counters.h"

namespace peercap::reference {
namespace {

/// Argument: servers. About 100,000 customers a run.
void mmc(benchmark::State& state) {
  SequentialEngine engine;
  const auto servers = static_cast<std::uint32_t>(state.range(0));
  const MmcParameters parameters{
      .arrivals_per_hour = 0.8 * servers, .services_per_hour = 1.0, .servers = servers};
  const SimDuration horizon = hours(125'000 / static_cast<std::int64_t>(servers));
  std::uint32_t replication = 0;
  std::uint64_t customers = 0;
  std::uint64_t events = 0;
  for (auto _ : state) {
    const MmcResult result = run_mmc(parameters, engine, 1, replication++, SimDuration{}, horizon);
    customers += result.served;
    events += result.report.events;
  }
  state.counters["customers/s"] =
      benchmark::Counter(static_cast<double>(customers), benchmark::Counter::kIsRate);
  performance::count_events(state, events);
}
BENCHMARK(mmc)->ArgName("servers")->Arg(1)->Arg(10)->Arg(1'000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace peercap::reference
