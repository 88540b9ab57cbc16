// One replication of the community hospital (5,000 clinicians, 26 weeks of burn-in and 52 measured), and a
// year of organizations of a thousand to a million clinicians by engine and threads.
#include <algorithm>
#include <fstream>
#include <memory>
#include <string>

#include <benchmark/benchmark.h>
#include <malloc.h>
#include <unistd.h>

#include "models/peer_support/model.h"
#include "models/peer_support/scenario/staffing.h"
#include "sim/kernel/conservative_engine.h"
#include "sim/kernel/sequential_engine.h"
#include "tests/performance/organizations.h"
#include "tests/performance/run_counters.h"

namespace peercap::peer_support {
namespace {

void count_years(benchmark::State& state, const Rules& rules) {
  const double years = (rules.end - rules.begin).in_days() / days_per_year;
  const auto clinicians = static_cast<double>(count_clinicians(rules.scenario));
  state.counters["clinician-years/s"] = benchmark::Counter(
      clinicians * years * static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}

void community_hospital(benchmark::State& state) {
  const Rules rules{load_scenario("community_hospital")};
  SequentialEngine engine;
  std::uint32_t replication = 0;
  std::uint64_t events = 0;
  for (auto _ : state) events += run_replication(rules, replication++, engine).report.events;
  performance::count_events(state, events);
  count_years(state, rules);
}
BENCHMARK(community_hospital)->Unit(benchmark::kMillisecond);

/// Starts the count of the most memory this process has had anew (Linux; elsewhere it goes on).
void forget_peak_memory() {
  malloc_trim(0);
  std::ofstream{"/proc/self/clear_refs"} << "5";
}

/// In bytes: the most that was resident at a time since forget_peak_memory().
double peak_memory() {
  std::ifstream status{"/proc/self/status"};
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmHWM:")) return std::stod(line.substr(6)) * 1024.0;
  return 0.0;
}

/// In bytes: what is resident now.
double resident_memory() {
  std::ifstream pages{"/proc/self/statm"};
  double total = 0.0;
  double resident = 0.0;
  pages >> total >> resident;
  return resident * static_cast<double>(sysconf(_SC_PAGESIZE));
}

/// Arguments: clinicians, threads; 0 threads for one queue.
void organization_year(benchmark::State& state) {
  const Rules rules{organization_of(state.range(0))};
  const auto threads = static_cast<std::size_t>(state.range(1));
  std::unique_ptr<Engine> engine = std::make_unique<SequentialEngine>();
  if (threads > 0) engine = std::make_unique<ConservativeEngine>(ConservativeOptions{.threads = threads});
  forget_peak_memory();
  const double before = resident_memory();
  std::uint64_t events = 0;
  for (auto _ : state) events += run_replication(rules, 0, *engine).report.events;
  const auto clinicians = static_cast<double>(count_clinicians(rules.scenario));
  const double run_events = static_cast<double>(events) / static_cast<double>(state.iterations());
  performance::count_events(state, events);
  count_years(state, rules);
  state.counters["events/clinician"] = run_events / clinicians;
  state.counters["bytes/clinician"] = std::max(0.0, peak_memory() - before) / clinicians;
  performance::count_windows(state, *engine, std::max<std::size_t>(1, threads), run_events);
}
BENCHMARK(organization_year)
    ->ArgNames({"clinicians", "threads"})
    ->ArgsProduct({{1'000, 5'000, 10'000, 100'000, 1'000'000}, {0, 1, 2}})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

}  // namespace
}  // namespace peercap::peer_support
