#include "models/peer_support/scenario/staffing.h"

#include <algorithm>
#include <set>
#include <string_view>

namespace peercap::peer_support {

RosterDepartmentSpec find_roster_department(const OrganizationSpec& spec, const std::string& name) {
  const auto found = std::ranges::find(spec.departments, name, &RosterDepartmentSpec::name);
  return found == spec.departments.end() ? RosterDepartmentSpec{.name = name} : *found;
}

std::vector<StaffedDepartment> staffed_departments(const Scenario& scenario) {
  std::vector<StaffedDepartment> departments;
  const OrganizationSpec& spec = scenario.organization;
  if (scenario.roster_data != nullptr) {
    const Roster& roster = *scenario.roster_data;
    for (const RosterDepartment& department : roster.departments)
      departments.push_back({.site = roster.sites[department.site],
                             .name = department.name,
                             .clinicians = 0,
                             .event_factor = find_roster_department(spec, department.name).event_factor});
    for (const RosterUnit& unit : roster.units)
      departments[unit.department].clinicians += static_cast<double>(unit.people.size());
    return departments;
  }
  for (const Site& site : spec.sites)
    for (const Department& department : site.departments)
      departments.push_back(
          {.site = site.name,
           .name = department.name,
           .clinicians = static_cast<double>(department.units) * static_cast<double>(department.unit_size),
           .event_factor = department.event_factor});
  return departments;
}

std::uint64_t count_clinicians(const Scenario& scenario) {
  if (scenario.roster_data != nullptr) return scenario.roster_data->people.size();
  std::uint64_t people = 0;
  for (const Site& site : scenario.organization.sites)
    for (const Department& department : site.departments)
      people +=
          static_cast<std::uint64_t>(department.units) * static_cast<std::uint64_t>(department.unit_size);
  return people;
}

int count_roster_supporters(const Scenario& scenario) {
  if (scenario.roster_data == nullptr) return 0;
  return static_cast<int>(
      std::ranges::count(scenario.roster_data->people, RosterRole::supporter, &RosterPerson::role));
}

int count_supporters(const Scenario& scenario) {
  return std::max(scenario.supporters.count, count_roster_supporters(scenario));
}

double count_recruitable(const Scenario& scenario) {
  double all = 0;
  double ready = 0;
  for (const CareerStage& stage : scenario.organization.career_stages) {
    all += stage.share;
    if (stage.supporter_weight > 0) ready += stage.share;
  }
  if (all <= 0) return 0;
  double people = 0;
  double willing = 0;
  for (const Profession& profession : scenario.organization.professions) {
    people += profession.share;
    if (profession.supporter_weight > 0) willing += profession.share;
  }
  if (people > 0) ready *= willing / people;
  if (scenario.roster_data == nullptr) {
    double clinicians = 0;
    for (const StaffedDepartment& department : staffed_departments(scenario))
      clinicians += department.clinicians;
    return clinicians * ready / all;
  }
  double named = 0;  // those who are certain
  double drawn = 0;  // those whose stage is drawn
  for (const RosterPerson& person : scenario.roster_data->people) {
    if (person.role == RosterRole::trainee) continue;
    const auto stage =
        std::ranges::find(scenario.organization.career_stages, person.career_stage, &CareerStage::name);
    if (person.role == RosterRole::supporter)
      ++named;
    else if (person.career_stage.empty())
      ++drawn;
    else if (stage != scenario.organization.career_stages.end() && stage->supporter_weight > 0)
      ++named;
  }
  return named + drawn * ready / all;
}

std::size_t count_professions(const Scenario& scenario) {
  std::set<std::string_view> names;
  if (scenario.roster_data != nullptr) {
    for (const RosterPerson& person : scenario.roster_data->people) names.insert(person.profession);
  } else {
    for (const Profession& profession : scenario.organization.professions)
      if (profession.share > 0 || scenario.organization.professions.size() == 1)
        names.insert(profession.name);
  }
  return names.size();
}

}  // namespace peercap::peer_support
