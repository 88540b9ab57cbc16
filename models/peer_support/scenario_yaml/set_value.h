#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/peer_support/scenario/scenario.h"
#include "sim/support/diagnostics.h"

namespace peercap::peer_support {

/// How a corrected value is written in a suggestion: `path=value` or `path: value`.
enum class Assignment { equals, colon };

/// Sets every parameter that `path` names to the value written in `text`, with units as in a file:
///
///     set_value(scenario, "organization.sites[main].departments[icu].units", "4", diagnostics);
///     set_value(scenario, "referrals.destinations[*].places", "2", diagnostics);
///     set_value(scenario, "organization.sites[main].departments[icu].professions.nurse", "0.7",
///     diagnostics);
///
/// Returns the paths that were set. An unknown path or a bad value is an error at `where`, nothing is set and
/// nothing returned. Whether the scenario as a whole still makes sense is for check() to say, and what it
/// does to the phases of a schedule for build_phases().
std::vector<std::string> set_value(Scenario& scenario, std::string_view path, std::string_view text,
                                   Diagnostics& diagnostics, SourceLocation where = {},
                                   Assignment assignment = Assignment::equals);

/// The value of one parameter as a text that set_value reads back; nothing where the path names none or
/// several.
[[nodiscard]] std::optional<std::string> get_value(const Scenario& scenario, std::string_view path);

/// The values of all parameters, by path; like get_value() for each, in one walk.
[[nodiscard]] std::map<std::string, std::string> all_values(const Scenario& scenario);

}  // namespace peercap::peer_support
