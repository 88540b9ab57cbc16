#include <algorithm>
#include <array>
#include <utility>

#include "models/peer_support/organization/organization_builder.h"
#include "models/peer_support/organization/selection.h"
#include "models/peer_support/scenario/staffing.h"
#include "sim/support/contract.h"

namespace peercap::peer_support {
namespace {

template <class Item>
std::uint8_t find_index(const std::vector<Item>& items, const std::string& name) {
  const auto found = std::ranges::find(items, name, &Item::name);
  require(found != items.end(), "a roster names a profession or career stage that the scenario has not");
  return static_cast<std::uint8_t>(found - items.begin());
}

class RosterBuilder {
 public:
  RosterBuilder(const Scenario& scenario, const RandomSource& random)
      : scenario_{scenario},
        random_{random},
        spec_{scenario.organization},
        roster_{*scenario.roster_data},
        builder_{scenario, random},
        clinician_of_(roster_.people.size(), nobody) {}

  Organization build(const Nominations& nominations) {
    builder_.reserve(roster_.people.size());
    std::size_t unit = 0;
    for (std::uint32_t department = 0; department < roster_.departments.size(); ++department) {
      const std::uint32_t site = roster_.departments[department].site;
      if (department == 0 || site != roster_.departments[department - 1].site)
        builder_.add_site(roster_.sites[site]);
      const std::size_t first = unit;
      while (unit < roster_.units.size() && roster_.units[unit].department == department) ++unit;
      add_department(roster_.departments[department], first, unit);
    }
    Organization organization = builder_.take();
    choose_supporters(organization, scenario_, random_, static_cast<std::size_t>(count_supporters(scenario_)),
                      nominations);
    organization.unit_names = std::move(unit_names_);
    organization.reports_to.assign(roster_.people.size(), nobody);
    for (std::size_t i = 0; i < roster_.people.size(); ++i)
      if (roster_.managers[i] != nobody)
        organization.reports_to[clinician_of_[i]] = clinician_of_[roster_.managers[i]];
    return organization;
  }

 private:
  /// A department has an entry for each shift pattern of its units: behavior asks departments for the
  /// pattern.
  void add_department(const RosterDepartment& department, std::size_t first_unit, std::size_t end_unit) {
    const RosterDepartmentSpec factors = find_roster_department(spec_, department.name);
    const EntityKey key =
        EntityKey{}.child("organization").child(roster_.sites[department.site]).child(department.name);
    std::array<std::uint32_t, level_names(ShiftPattern{}).size()> entries;
    entries.fill(nobody);
    for (std::size_t u = first_unit; u < end_unit; ++u) {
      const RosterUnit& unit = roster_.units[u];
      std::uint32_t& entry = entries[static_cast<std::size_t>(unit.shift_pattern)];
      if (entry == nobody)
        entry = builder_.add_department(department.name, unit.shift_pattern, factors.event_factor);
      builder_.add_unit(key.child(unit.name), entry, static_cast<std::uint32_t>(u - first_unit + 1),
                        factors.workload);
      add_people(unit);
    }
  }

  void add_people(const RosterUnit& unit) {
    unit_names_.push_back(unit.name);
    const std::size_t teams = team_count(unit.shift_pattern);
    for (std::size_t position = 0; position < unit.people.size(); ++position) {
      const RosterPerson& person = roster_.people[unit.people[position]];
      KnownTraits known;
      known.profession = find_index(spec_.professions, person.profession);
      if (!person.career_stage.empty()) known.stage = find_index(spec_.career_stages, person.career_stage);
      known.team = find_team(person.team, unit.shift_pattern).value_or(position % teams);
      known.role = person.role;
      clinician_of_[unit.people[position]] =
          static_cast<std::uint32_t>(builder_.organization().clinician_count());
      builder_.add_person(EntityKey{}.child("roster").child(person.id), known, {});
    }
  }

  const Scenario& scenario_;
  const RandomSource& random_;
  const OrganizationSpec& spec_;
  const Roster& roster_;
  OrganizationBuilder builder_;
  std::vector<std::uint32_t> clinician_of_;  ///< [people of the roster]
  std::vector<std::string> unit_names_;
};

}  // namespace

Organization build_from_roster(const Scenario& scenario, const RandomSource& random,
                               const Nominations& nominations) {
  return RosterBuilder{scenario, random}.build(nominations);
}

}  // namespace peercap::peer_support
