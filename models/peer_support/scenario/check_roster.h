#pragma once

#include <vector>

#include "models/peer_support/scenario/check.h"

namespace peercap::peer_support {

/// Whether the roster, if there is one, fits into the scenario; a part of check().
[[nodiscard]] std::vector<ScenarioProblem> check_roster(const Scenario& scenario);

}  // namespace peercap::peer_support
