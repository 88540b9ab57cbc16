// One replication of the community hospital: 5,000 clinicians, 26 weeks of burn-in and 52 measured.
#include <stdexcept>
#include <string>

#include <benchmark/benchmark.h>

#include "models/peer_support/model.h"
#include "models/peer_support/scenario_yaml/load.h"
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

}  // namespace
}  // namespace peercap::peer_support
