#pragma once

#include <cstdint>

#include "models/peer_support/organization/organization.h"
#include "models/peer_support/scenario/scenario.h"

namespace peercap::peer_support {

/// Whether supporters on their rounds come to a unit in the week that begins at `monday`; the office, which
/// sends them, and the unit, where they find people, decide it alike. Units take turns by `unit_of_site`,
/// their place among the units of their site.
[[nodiscard]] inline bool is_visited(const Rounding& rounding, const DepartmentEntry& department,
                                     std::uint32_t unit_of_site, SimTime monday) {
  if (rounding.policy == RoundingPolicy::none) return false;
  if (rounding.policy == RoundingPolicy::high_risk && department.event_factor < rounding.high_risk_factor)
    return false;
  const std::int64_t week = (monday - SimTime{}) / weeks(1);
  return week % rounding.interval_weeks == unit_of_site % static_cast<unsigned>(rounding.interval_weeks);
}

}  // namespace peercap::peer_support
