#pragma once

#include <map>
#include <string>
#include <vector>

#include "app/studies/study.h"
#include "models/peer_support/scenario/demand_estimate.h"
#include "models/peer_support/scenario_yaml/layer_reader.h"
#include "sim/support/diagnostics.h"

namespace peercap::app {

/// Where the scenario file as it stands is doubtful, by what is said about it.
using DoubtPlaces = std::map<std::string, SourceLocation>;

/// Tells what is doubtful about the scenarios that a study runs: of its policies, else of its base, each
/// doubt once. It stands in the scenario file where that says so already, else at the nearest of the settings
/// (`overrides` of the command line among them) that made it so.
void tell_doubts(const Study& study, const std::vector<std::string>& overrides,
                 const peer_support::LayerRecord& record, const DoubtPlaces& in_file,
                 peer_support::DemandMemory& memory, Diagnostics& diagnostics);

}  // namespace peercap::app
