#include "tests/models/peer_support/draws/counted_run.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "sim/kernel/sequential_engine.h"

namespace peercap::peer_support::testing {

std::size_t CountedRun::count(DrawPurpose purpose) const {
  return static_cast<std::size_t>(
      std::ranges::count(draws, static_cast<std::uint16_t>(purpose), &DrawAddress::purpose));
}

CountedRun run_counted(const Scenario& scenario) {
  CountedRun counted;
  ObservedRun& run = counted.run;
  run.rules = std::make_unique<Rules>(scenario);
  run.organization = organization_of(scenario);
  noted_draws.clear();  // those are made once more below
  SequentialEngine engine;
  run.outcome = run_replication_observed(*run.rules, 0, engine, run.log);
  counted.draws = std::exchange(noted_draws, {});
  std::ranges::sort(counted.draws);
  return counted;
}

std::vector<DrawAddress> draws_added(const CountedRun& fewer, const CountedRun& more) {
  std::vector<DrawAddress> added;
  std::ranges::set_difference(more.draws, fewer.draws, std::back_inserter(added));
  return added;
}

std::set<DrawPurpose> purposes_that_differ(const CountedRun& a, const CountedRun& b) {
  std::vector<DrawAddress> differing;
  std::ranges::set_symmetric_difference(a.draws, b.draws, std::back_inserter(differing));
  std::set<DrawPurpose> purposes;
  for (const DrawAddress& draw : differing) purposes.insert(static_cast<DrawPurpose>(draw.purpose));
  return purposes;
}

}  // namespace peercap::peer_support::testing
