#pragma once

#include <vector>

#include "models/peer_support/scenario/check.h"
#include "models/peer_support/scenario/scenario.h"

namespace peercap::peer_support {

/// The most phases that a schedule may have.
inline constexpr std::size_t max_phases = 5000;

/// Makes `scenario.phases` of `scenario.schedule`, anew each time: one phase for every midnight of the run at
/// which a parameter changes. Numbers move from the value before to the new one in equal daily steps (day k
/// of an n-day ramp has k/n of the way), the rest switches at once. Where two changes of one parameter
/// overlap, the later in the list moves what the earlier has made of it.
///
/// Problems have the paths of the schedule: "schedule[wave].set.environment.isolation". Where there is an
/// error, and where nothing changes, there are no phases. To be called again after set_value().
[[nodiscard]] std::vector<ScenarioProblem> build_phases(Scenario& scenario);

/// The errors that check() finds in the phases of a scenario which itself has none: each where it comes up
/// first.
[[nodiscard]] std::vector<ScenarioProblem> check_phases(const Scenario& scenario,
                                                        DemandMemory* memory = nullptr);

}  // namespace peercap::peer_support
