#pragma once

#include <vector>

#include "models/peer_support/scenario/check.h"
#include "models/peer_support/scenario/scenario.h"

namespace peercap::peer_support {

/// Times that do not fit together: of meetings, sessions, gaps and promises.
[[nodiscard]] std::vector<ScenarioProblem> check_times(const Scenario& scenario);

}  // namespace peercap::peer_support
