#pragma once

#include "models/peer_support/scenario/scenario.h"

namespace peercap::peer_support {

/// The scenario as it is when the run begins, with the phases that follow: where the first phase begins then
/// or before, it takes the place of the scenario as written.
[[nodiscard]] Scenario scenario_at_begin(const Scenario& scenario);

}  // namespace peercap::peer_support
