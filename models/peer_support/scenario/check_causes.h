#pragma once

#include <vector>

#include "models/peer_support/scenario/check.h"

namespace peercap::peer_support {

/// Whether what `environment.causes` and `shocks` name exists, and whether each shock has a date within the
/// run.
[[nodiscard]] std::vector<ScenarioProblem> check_causes(const Scenario& scenario);

}  // namespace peercap::peer_support
