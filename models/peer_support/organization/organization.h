#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "models/peer_support/organization/ids.h"
#include "models/peer_support/scenario/scenario.h"
#include "sim/random/random_source.h"

namespace peercap::peer_support {

/// One unit: a group of clinicians who share events, shifts and workload.
struct Unit {
  EntityKey key;
  SiteId site;
  std::uint32_t department = 0;  ///< into Organization::departments
  std::uint32_t number = 0;      ///< within its department, from 1
  std::uint32_t first_clinician = 0;
  std::uint32_t size = 0;
  double workload = 0.0;  ///< SD
};

struct DepartmentEntry {
  SiteId site;
  std::string name;
  ShiftPattern shift_pattern = ShiftPattern::round_the_clock_8h;
  double event_factor = 1.0;
};

/// One volunteer.
struct SupporterEntry {
  ClinicianId clinician;
  UnitId unit;
};

/// The people of one replication: drawn once, then never changed. Clinicians of a unit, units of a site and
/// sites stand next to each other; all vectors of people have one entry a clinician.
struct Organization {
  std::vector<std::string> site_names;
  std::vector<EntityKey> site_keys;
  std::vector<std::string> profession_names;
  std::vector<std::string> stage_names;
  std::vector<DepartmentEntry> departments;
  std::vector<Unit> units;
  std::vector<std::uint32_t> first_unit_of_site;  ///< [sites + 1]

  std::vector<EntityKey> person_keys;
  std::vector<std::uint32_t> unit_of;
  std::vector<std::uint8_t> professions;
  std::vector<std::uint8_t> stages;
  std::vector<std::uint8_t> teams;        ///< which of the unit's shift teams
  std::vector<float> susceptibilities;    ///< factor on jumps of distress, mean 1
  std::vector<float> stable_exhaustions;  ///< SD, with the career stage's shift

  std::vector<SupporterEntry> supporters;  ///< in order of clinicians

  [[nodiscard]] std::size_t clinician_count() const { return person_keys.size(); }
  [[nodiscard]] const Unit& unit(UnitId id) const { return units[id.index()]; }
  [[nodiscard]] const DepartmentEntry& department_of(const Unit& unit) const {
    return departments[unit.department];
  }
  [[nodiscard]] std::string unit_name(UnitId id) const;
};

/// Draws the organization that `scenario` (checked) describes. Everybody's traits depend only on the seed,
/// the replication and the path of names and positions that leads to them; supporters are the people with the
/// lowest recruitment keys, so that one more supporter joins those who would have been supporters anyway.
[[nodiscard]] Organization build_organization(const Scenario& scenario, const RandomSource& random);

/// Clinicians in the scenario, without building anything.
[[nodiscard]] std::uint64_t count_clinicians(const OrganizationSpec& spec);

}  // namespace peercap::peer_support
