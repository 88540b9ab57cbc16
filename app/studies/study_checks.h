#pragma once

#include "app/studies/study.h"
#include "models/peer_support/scenario/demand_estimate.h"
#include "models/peer_support/scenario_yaml/layer_reader.h"
#include "sim/support/diagnostics.h"

namespace peercap::app {

/// Checks whether the parts of a study, each sound by itself, fit together: the design and what varies, the
/// ends of a search, measures that the scenario does not give. `record` says where things are written.
void check_study(const Study& study, const peer_support::LayerRecord& record,
                 peer_support::DemandMemory& memory, Diagnostics& diagnostics);

}  // namespace peercap::app
