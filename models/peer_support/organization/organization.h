#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "models/peer_support/organization/ids.h"
#include "models/peer_support/organization/trait_law.h"
#include "models/peer_support/scenario/scenario.h"
#include "sim/random/random_source.h"

namespace peercap::peer_support {

/// One unit: a group of clinicians who share events, shifts and workload.
struct Unit {
  EntityKey key;
  SiteId site;
  std::uint32_t department = 0;  ///< into Organization::departments
  std::uint32_t number = 0;      ///< within its department at the site, from 1
  std::uint32_t first_clinician = 0;
  std::uint32_t size = 0;
  double workload = 0.0;  ///< SD
};

/// A department, or the part of a roster's department whose units have one shift pattern.
struct DepartmentEntry {
  SiteId site;
  std::string name;
  ShiftPattern shift_pattern = ShiftPattern::round_the_clock_8h;
  double event_factor = 1.0;
};

/// One volunteer, or somebody who may be asked to become one.
struct SupporterEntry {
  ClinicianId clinician;
  UnitId unit;
  bool initial = true;     ///< a supporter from the begin of the run; otherwise in the reserve
  std::uint32_t rank = 0;  ///< place in the order of recruitment, from 0
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
  std::vector<std::string> unit_names;            ///< [unit] of a roster; empty where units are numbered
  std::vector<std::uint32_t> first_unit_of_site;  ///< [sites + 1]

  std::vector<EntityKey> person_keys;
  std::vector<std::uint32_t> unit_of;
  std::vector<std::uint8_t> professions;
  std::vector<std::uint8_t> stages;
  std::vector<std::uint8_t> teams;        ///< which of the unit's shift teams
  std::vector<Traits> traits;             ///< of those who are there at the begin
  std::vector<RosterRole> roles;          ///< as the roster says; none where people are drawn
  std::vector<std::uint32_t> reports_to;  ///< the manager's index, or `nobody`; never in a circle

  std::vector<SupporterEntry> supporters;  ///< in order of clinicians; with the reserve for all cohorts

  [[nodiscard]] std::size_t clinician_count() const { return person_keys.size(); }
  [[nodiscard]] const Unit& unit(UnitId id) const { return units[id.index()]; }
  [[nodiscard]] const DepartmentEntry& department_of(const Unit& unit) const {
    return departments[unit.department];
  }
  [[nodiscard]] std::string unit_name(UnitId id) const;
};

/// By how many colleagues each clinician is named, [clinicians], in an organization without supporters.
using Nominations = std::function<std::vector<std::uint32_t>(const Organization&)>;

/// Draws the organization that `scenario` (checked) describes. Everybody's traits depend only on the seed,
/// the replication and the path of names and positions that leads to them (with a roster: their id, so that
/// rows can be added and moved); supporters are the people with the lowest recruitment keys (with a roster:
/// after those whom it names), so that one more supporter joins those who would have been supporters anyway;
/// those next in line are the reserve that later cohorts are invited from. `nominations` is needed where
/// colleagues name the supporters (selection.h).
[[nodiscard]] Organization build_organization(const Scenario& scenario, const RandomSource& random,
                                              const Nominations& nominations = {});

/// Whether one of the two stands above the other in the reporting lines, at whatever distance.
[[nodiscard]] bool in_line_of_authority(const Organization& organization, ClinicianId a, ClinicianId b);

}  // namespace peercap::peer_support
