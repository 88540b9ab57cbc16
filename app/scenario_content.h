#pragma once

#include <vector>

#include "models/peer_support/scenario_yaml/load.h"
#include "sim/observe/result_content.h"

namespace peercap::app {

/// The groups of a result file that say what was run: /scenario (texts: source, resolved, schema; with a
/// roster its size and hash) and /parameters (a table: path, value, where it came from, grade and evidence of
/// the default).
[[nodiscard]] std::vector<ResultGroup> scenario_groups(const peer_support::LoadedScenario& loaded);

}  // namespace peercap::app
