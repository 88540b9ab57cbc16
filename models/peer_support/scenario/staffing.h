#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "models/peer_support/scenario/scenario.h"

namespace peercap::peer_support {

/// One department as it will be simulated, whether its people are drawn or named by a roster.
struct StaffedDepartment {
  std::string site;
  std::string name;
  double clinicians = 0;
  double event_factor = 1.0;
};

/// Departments in the order of the organization, those of a site next to each other.
[[nodiscard]] std::vector<StaffedDepartment> staffed_departments(const Scenario& scenario);

/// What the scenario says of a department of its roster; the defaults where it says nothing.
[[nodiscard]] RosterDepartmentSpec find_roster_department(const OrganizationSpec& spec,
                                                          const std::string& name);

/// Clinicians in the scenario, without building anything.
[[nodiscard]] std::uint64_t count_clinicians(const Scenario& scenario);

/// People whom the roster names as supporters; 0 without a roster.
[[nodiscard]] int count_roster_supporters(const Scenario& scenario);

/// Supporters asked for: `supporters.count`, or those of the roster where they are more.
[[nodiscard]] int count_supporters(const Scenario& scenario);

/// People who are supporters by the roster or can be recruited: in a career stage with a weight above 0, and
/// no trainees. Expected, where stages are drawn.
[[nodiscard]] double count_recruitable(const Scenario& scenario);

/// Professions that somebody has or can have.
[[nodiscard]] std::size_t count_professions(const Scenario& scenario);

}  // namespace peercap::peer_support
