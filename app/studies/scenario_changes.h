#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "models/peer_support/scenario/check.h"
#include "models/peer_support/scenario/demand_estimate.h"
#include "models/peer_support/scenario/scenario.h"
#include "models/peer_support/scenario/schedule_spec.h"
#include "sim/support/diagnostics.h"

namespace peercap::app {

/// Where the setting of a path is written.
using SettingPlace = std::function<SourceLocation(const std::string& path)>;

/// Sets parameters of a checked scenario, makes its phases anew, and checks the whole. Only errors are
/// reported, each at the setting nearest to what it is about. False where there is one; the scenario is then
/// not to be used. Names of files (`organization.roster`) cannot be changed this way.
[[nodiscard]] bool change_scenario(peer_support::Scenario& scenario,
                                   const peer_support::ParameterSettings& settings,
                                   peer_support::DemandMemory* memory, const SettingPlace& place,
                                   Diagnostics& diagnostics);

/// What is doubtful about a checked scenario: its warnings and notes, each once.
[[nodiscard]] std::vector<peer_support::ScenarioProblem> scenario_doubts(peer_support::Scenario scenario,
                                                                         peer_support::DemandMemory* memory);

/// The setting that something about this path is most likely about; not of no settings.
[[nodiscard]] const std::string& nearest_setting(const peer_support::ParameterSettings& settings,
                                                 const std::string& path);

/// change_scenario() with the problems in one text, one a line; empty where there is none.
[[nodiscard]] std::string change_scenario(peer_support::Scenario& scenario,
                                          const peer_support::ParameterSettings& settings,
                                          peer_support::DemandMemory* memory);

}  // namespace peercap::app
