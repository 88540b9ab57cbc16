#pragma once

#include <cstdint>
#include <vector>

#include "models/peer_support/organization/organization.h"
#include "sim/random/random_source.h"

namespace peercap::peer_support {

/// Who reports to whom where nobody says so. The manager of a unit is the person with the lowest key, drawn
/// for each, among those beyond the first career stage (among all, where nobody is); the others report to
/// that person, the managers to the manager of their department's first unit, and that one to nobody.
[[nodiscard]] std::vector<std::uint32_t> draw_reporting_lines(const Organization& organization,
                                                              const RandomSource& random);

}  // namespace peercap::peer_support
