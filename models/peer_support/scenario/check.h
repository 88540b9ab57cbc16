#pragma once

#include <string>
#include <vector>

#include "models/peer_support/scenario/demand_estimate.h"
#include "models/peer_support/scenario/scenario.h"
#include "sim/support/diagnostics.h"

namespace peercap::peer_support {

/// Something wrong or doubtful about a scenario as a whole.
struct ScenarioProblem {
  std::string
      path;  ///< the parameter, group or item it is about: "organization.sites[main].departments[icu]"
  Severity severity = Severity::error;
  std::string what;
  std::string suggestion;
};

/// The most clinicians that a scenario may have.
inline constexpr double max_clinicians = 20e6;

/// Checks what no single value shows: whether the parts of a scenario fit together. Errors mean that it
/// cannot be simulated; warnings and notes never change its meaning. Loads are estimates (demand_estimate.h).
/// Whether each value is in its own range is checked where it is read. `memory` saves time where many related
/// scenarios are checked.
[[nodiscard]] std::vector<ScenarioProblem> check(const Scenario& scenario, DemandMemory* memory = nullptr);

}  // namespace peercap::peer_support
