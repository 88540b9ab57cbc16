#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "models/peer_support/scenario/organization_spec.h"
#include "models/peer_support/scenario/roster.h"
#include "sim/support/diagnostics.h"

namespace peercap::peer_support {

/// Bounds of a roster.
struct RosterLimits {
  std::size_t max_people = 20'000'000;
  std::size_t max_unit_size = 65'535;  ///< positions in a unit have 16 bits
  int max_problems = 50;               ///< after so many the rest is not read
};

/// Reads the people of an organization from a CSV file (docs/formats/roster.md). Professions and career
/// stages are those of `spec`. Every problem of one pass goes to `diagnostics`, in the file and line where it
/// stands (that the file cannot be opened: at `blame`, if it names a file); nothing is returned where there
/// is one.
[[nodiscard]] std::optional<Roster> read_roster(const std::string& path, const OrganizationSpec& spec,
                                                Diagnostics& diagnostics, SourceLocation blame = {},
                                                const RosterLimits& limits = {});

}  // namespace peercap::peer_support
