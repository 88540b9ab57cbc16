#include "models/peer_support/organization/organization.h"

#include "models/peer_support/organization/organization_builder.h"
#include "models/peer_support/organization/reporting_lines.h"
#include "models/peer_support/organization/selection.h"
#include "models/peer_support/scenario/staffing.h"

namespace peercap::peer_support {
namespace {

std::vector<double> profession_weights(const OrganizationSpec& spec, const Department& department) {
  std::vector<double> weights;
  for (const Profession& profession : spec.professions) {
    double weight = department.professions.empty() ? profession.share : 0.0;
    for (const auto& [name, share] : department.professions.weights)
      if (name == profession.name) weight = share;
    weights.push_back(weight);
  }
  return weights;
}

Organization draw_organization(const Scenario& scenario, const RandomSource& random,
                               const Nominations& nominations) {
  OrganizationBuilder builder{scenario, random};
  builder.reserve(count_clinicians(scenario));
  const EntityKey root = EntityKey{}.child("organization");
  for (const Site& site : scenario.organization.sites) {
    const EntityKey site_key = root.child(site.name);
    builder.add_site(site.name);
    for (const Department& department : site.departments) {
      const EntityKey department_key = site_key.child(department.name);
      const auto weights = profession_weights(scenario.organization, department);
      const std::size_t teams = team_count(department.shift_pattern);
      const std::uint32_t entry =
          builder.add_department(department.name, department.shift_pattern, department.event_factor);
      for (int number = 1; number <= department.units; ++number) {
        const EntityKey unit_key = department_key.child(static_cast<std::uint64_t>(number));
        builder.add_unit(unit_key, entry, static_cast<std::uint32_t>(number), department.workload);
        for (std::uint32_t position = 0; position < static_cast<std::uint32_t>(department.unit_size);
             ++position)
          builder.add_person(unit_key.child(position).child(std::uint64_t{0}),
                             {.profession = {}, .stage = {}, .team = position % teams}, weights);
      }
    }
  }
  Organization organization = builder.take();
  choose_supporters(organization, scenario, random, static_cast<std::size_t>(scenario.supporters.count),
                    nominations);
  organization.reports_to = draw_reporting_lines(organization, random);
  return organization;
}

}  // namespace

std::string Organization::unit_name(UnitId id) const {
  const Unit& u = unit(id);
  return site_names[u.site.index()] + "/" + departments[u.department].name + "/" +
         (unit_names.empty() ? std::to_string(u.number) : unit_names[id.index()]);
}

Organization build_organization(const Scenario& scenario, const RandomSource& random,
                                const Nominations& nominations) {
  return scenario.roster_data != nullptr ? build_from_roster(scenario, random, nominations)
                                         : draw_organization(scenario, random, nominations);
}

}  // namespace peercap::peer_support
