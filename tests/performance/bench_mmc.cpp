// The M/M/10 station at 80 % load: what the kernel costs where the model does next to nothing.
#include <benchmark/benchmark.h>

#include "models/reference/mmc_queue.h"
#include "sim/kernel/sequential_engine.h"

namespace peercap::reference {
namespace {

void mmc_10(benchmark::State& state) {
  SequentialEngine engine;
  const MmcParameters parameters{.arrivals_per_hour = 8.0, .services_per_hour = 1.0, .servers = 10};
  std::uint32_t replication = 0;
  std::uint64_t customers = 0;
  std::uint64_t events = 0;
  for (auto _ : state) {
    const MmcResult result = run_mmc(parameters, engine, 1, replication++, SimDuration{}, hours(12'500));
    customers += result.served;
    events += result.report.events;
  }
  state.counters["customers/s"] =
      benchmark::Counter(static_cast<double>(customers), benchmark::Counter::kIsRate);
  state.counters["events/s"] = benchmark::Counter(static_cast<double>(events), benchmark::Counter::kIsRate);
}
BENCHMARK(mmc_10)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace peercap::reference
