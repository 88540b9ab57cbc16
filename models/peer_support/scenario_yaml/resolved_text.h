#pragma once

#include <string>

#include "models/peer_support/scenario/scenario.h"
#include "models/peer_support/scenario_yaml/origin.h"

namespace peercap::peer_support {

/// The scenario with every parameter written out, as a file that loads back to the same scenario.
[[nodiscard]] std::string resolved_text(const Scenario& scenario);

/// The same with a comment behind every value that says where it came from.
[[nodiscard]] std::string resolved_text(const Scenario& scenario, const Origins& origins);

/// A text as a YAML scalar: plain where that is safe, else in double quotes with escapes.
[[nodiscard]] std::string yaml_scalar(const std::string& text);

}  // namespace peercap::peer_support
