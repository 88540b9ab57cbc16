#include "models/peer_support/scenario/phases.h"

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

namespace peercap::peer_support {

Scenario scenario_at_begin(const Scenario& scenario) {
  if (scenario.phases == nullptr) return scenario;
  const std::vector<ScenarioPhase>& phases = *scenario.phases;
  const SimTime begin = begin_of(scenario.run);
  const auto later = std::ranges::find_if(phases, [begin](const auto& phase) { return phase.begin > begin; });
  if (later == phases.begin()) return scenario;
  Scenario first = std::prev(later)->scenario;
  first.schedule = scenario.schedule;
  if (later != phases.end())
    first.phases = std::make_shared<const std::vector<ScenarioPhase>>(later, phases.end());
  return first;
}

}  // namespace peercap::peer_support
