#include "tests/models/peer_support/relations/relation.h"

#include <algorithm>
#include <memory>
#include <utility>

#include <gtest/gtest.h>

#include "tests/models/peer_support/model/random_worlds.h"
#include "tests/models/peer_support/told_facts.h"

namespace peercap::peer_support::testing {
namespace {

/// Models of their own for each relation, so that all together see many.
std::uint64_t first_model_of(const std::string& name) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;  // FNV-1a
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return hash % 1'000'000'000 * 1'000;
}

}  // namespace

int number_of_models() {
  return number_asked("PEERCAP_MODELS", 20);
}

Scenario small_model(std::uint64_t number) {
  Chooser choose{number};
  Scenario s = random_scenario(choose);
  s.run.horizon = weeks(choose.between(4, 10));
  s.run.burn_in = weeks(choose.between(0, 2));
  for (Site& site : s.organization.sites)
    for (Department& department : site.departments) {
      department.units = std::min(department.units, 6);
      department.unit_size = std::min(department.unit_size, 14);
    }
  vary_policies(s, choose);
  enrich(s, choose);
  s.run.twin = Switch::off;
  return s;
}

void change_throughout(Scenario& scenario, const std::function<void(Scenario&)>& change) {
  change(scenario);
  if (scenario.phases == nullptr) return;
  auto phases = *scenario.phases;
  for (ScenarioPhase& phase : phases) change(phase.scenario);
  scenario.phases = std::make_shared<const std::vector<ScenarioPhase>>(std::move(phases));
}

bool are_same(const ObservedRun& a, const ObservedRun& b, Same what) {
  const RunReport& x = a.outcome.report;
  const RunReport& y = b.outcome.report;
  const bool same_events = x.digest == y.digest && x.events == y.events;
  switch (what) {
    case Same::everything:
      return same_events && tell_all(a) == tell_all(b) && equal_records(a.outcome.record, b.outcome.record);
    case Same::events:
      return same_events;
    case Same::facts:
      return tell_all(a) == tell_all(b);
  }
  return false;
}

void expect_to_hold(const Relation& relation) {
  bool is_breakable = !relation.wake;
  std::size_t facts = 0;
  for (int i = 0; i < number_of_models(); ++i) {
    const std::uint64_t number = first_model_of(relation.name) + static_cast<std::uint64_t>(i);
    SCOPED_TRACE("small_model(" + std::to_string(number) + ")");
    Scenario before = small_model(number);
    change_throughout(before, relation.prepare);
    Scenario after = before;
    change_throughout(after, relation.change);
    const ObservedRun without = run_observed(before);
    EXPECT_TRUE(are_same(without, run_observed(after), relation.same));
    facts += without.log.facts().size();
    if (is_breakable) continue;
    before = small_model(number);
    change_throughout(before, relation.wake);
    after = before;
    change_throughout(after, relation.change);
    is_breakable = !are_same(run_observed(before), run_observed(after), relation.same);
  }
  EXPECT_TRUE(is_breakable) << "nothing differs where it should";
  EXPECT_GT(facts, 200U * static_cast<std::size_t>(number_of_models())) << "the models are too quiet to tell";
}

}  // namespace peercap::peer_support::testing
