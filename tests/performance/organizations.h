#pragma once

#include <cstdint>
#include <string>

#include "models/peer_support/scenario/scenario.h"

namespace peercap::peer_support {

/// A scenario of configs/scenarios, by its name. Throws std::runtime_error where it cannot be read.
[[nodiscard]] Scenario load_scenario(const std::string& name);

/// As many community hospitals as make `clinicians`, each a site with its supporters; below one hospital
/// fewer units. A year without burn-in.
[[nodiscard]] Scenario organization_of(std::int64_t clinicians);

}  // namespace peercap::peer_support
