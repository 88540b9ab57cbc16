// The trust network of one site with units of 25, built anew as in each replication.
#include <string>

#include <benchmark/benchmark.h>

#include "models/peer_support/network/trust_network.h"

namespace peercap::peer_support {
namespace {

/// Departments of 20 units of 25 people: 500 each.
Scenario site_of(std::int64_t clinicians) {
  Scenario scenario;
  Site site{.name = "main", .departments = {}};
  for (std::int64_t d = 0; d < clinicians / 500; ++d) {
    Department department;
    department.name = "department " + std::to_string(d);
    department.units = 20;
    site.departments.push_back(department);
  }
  scenario.organization.sites.push_back(site);
  return scenario;
}

void trust_network(benchmark::State& state) {
  const Scenario scenario = site_of(state.range(0));
  const Organization organization = build_organization(scenario, RandomSource{1, 0});
  std::uint32_t replication = 0;
  std::size_t ties = 0;
  for (auto _ : state)
    ties = build_trust_network(scenario, organization, RandomSource{1, replication++}).tie_count();
  state.counters["ties/person"] = 2.0 * static_cast<double>(ties) / static_cast<double>(state.range(0));
}
BENCHMARK(trust_network)->Arg(5'000)->Arg(20'000)->Arg(100'000)->Unit(benchmark::kMillisecond);

void unit_ties(benchmark::State& state) {
  const Scenario scenario = site_of(state.range(0));
  const Organization organization = build_organization(scenario, RandomSource{1, 0});
  const TrustNetwork network = build_trust_network(scenario, organization, RandomSource{1, 0});
  for (auto _ : state) benchmark::DoNotOptimize(count_unit_ties(network, organization).entries.size());
}
BENCHMARK(unit_ties)->Arg(5'000)->Arg(20'000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace peercap::peer_support
