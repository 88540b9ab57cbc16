// One replication of the community hospital (5,000 clinicians, 26 weeks of burn-in and 52 measured), and a
// year of organizations of a thousand to a million clinicians by engine and threads.
#include <algorithm>
#include <memory>
#include <stdexcept>
#include <string>

#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include "models/peer_support/model.h"
#include "models/peer_support/scenario_yaml/load.h"
#include "sim/kernel/conservative_engine.h"
#include "sim/kernel/sequential_engine.h"

namespace peercap::peer_support {
namespace {

Scenario load_hospital() {
  const std::string path = std::string{PEERCAP_SOURCE_DIR} + "/configs/scenarios/community_hospital.yaml";
  Diagnostics diagnostics;
  auto loaded = load(path, {}, diagnostics);
  if (!loaded) throw std::runtime_error{path + ": " + diagnostics.sorted().front().what};
  return std::move(loaded->scenario);
}

double count_clinicians(const Scenario& scenario) {
  double clinicians = 0.0;
  for (const auto& site : scenario.organization.sites)
    for (const auto& department : site.departments)
      clinicians += static_cast<double>(department.units) * department.unit_size;
  return clinicians;
}

void community_hospital(benchmark::State& state) {
  const Rules rules{load_hospital()};
  const double years = (rules.end - rules.begin).in_days() / days_per_year;
  SequentialEngine engine;
  std::uint32_t replication = 0;
  std::uint64_t events = 0;
  for (auto _ : state) events += run_replication(rules, replication++, engine).report.events;
  state.counters["events/s"] = benchmark::Counter(static_cast<double>(events), benchmark::Counter::kIsRate);
  state.counters["clinician-years/s"] =
      benchmark::Counter(count_clinicians(rules.scenario) * years * static_cast<double>(state.iterations()),
                         benchmark::Counter::kIsRate);
}
BENCHMARK(community_hospital)->Unit(benchmark::kSecond);

/// As many hospitals as sites, each with its supporters; below one hospital fewer units. A year without
/// burn-in.
Scenario organization_of(std::int64_t clinicians) {
  Scenario s = load_hospital();
  s.run.burn_in = SimDuration{};
  const double hospitals = static_cast<double>(clinicians) / count_clinicians(s);
  auto& sites = s.organization.sites;
  if (hospitals < 1.0)
    for (Department& d : sites[0].departments)
      d.units = std::max(1, static_cast<int>(d.units * hospitals + 0.5));
  for (int i = 1; i < static_cast<int>(hospitals + 0.5); ++i) {
    sites.push_back(sites[0]);
    sites.back().name = "hospital_" + std::to_string(i);
  }
  const auto scaled = [&](int count) { return std::max(1, static_cast<int>(count * hospitals + 0.5)); };
  s.supporters.count = scaled(s.supporters.count);
  s.supporters.recruitment.invited = scaled(s.supporters.recruitment.invited);
  for (ReferralDestination& d : s.referrals.destinations) d.places = scaled(d.places);
  s.organization.network.same_organization = {0.0};  // ties across hospitals would grow with their number
  return s;
}

/// The most memory that this process has had, in bytes.
double peak_memory() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) * 1024.0;
}

/// Arguments: clinicians, threads; 0 threads for one queue.
void organization_year(benchmark::State& state) {
  const Rules rules{organization_of(state.range(0))};
  const auto threads = static_cast<std::size_t>(state.range(1));
  std::unique_ptr<Engine> engine = std::make_unique<SequentialEngine>();
  if (threads > 0) engine = std::make_unique<ConservativeEngine>(ConservativeOptions{.threads = threads});
  std::uint64_t events = 0;
  for (auto _ : state) events += run_replication(rules, 0, *engine).report.events;
  const double clinicians = count_clinicians(rules.scenario);
  const auto runs = static_cast<double>(state.iterations());
  state.counters["events"] = static_cast<double>(events) / runs;
  state.counters["events/s"] = benchmark::Counter(static_cast<double>(events), benchmark::Counter::kIsRate);
  state.counters["clinician-years/s"] =
      benchmark::Counter(clinicians * 364.0 / days_per_year * runs, benchmark::Counter::kIsRate);
  state.counters["bytes/clinician"] = peak_memory() / clinicians;
  if (const auto* windows = dynamic_cast<const ConservativeEngine*>(engine.get())) {
    state.counters["windows"] = static_cast<double>(windows->statistics().windows);
    state.counters["partitions"] = static_cast<double>(windows->statistics().partitions);
  }
}
BENCHMARK(organization_year)
    ->ArgsProduct({{1'000, 5'000, 10'000, 100'000, 1'000'000}, {0, 1, 2}})
    ->Unit(benchmark::kSecond)
    ->UseRealTime();

}  // namespace
}  // namespace peercap::peer_support
