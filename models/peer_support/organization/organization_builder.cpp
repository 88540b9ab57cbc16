#include "models/peer_support/organization/organization_builder.h"

#include <algorithm>
#include <utility>

#include "models/peer_support/organization/draw_purpose.h"
#include "sim/random/distributions.h"

namespace peercap::peer_support {

OrganizationBuilder::OrganizationBuilder(const Scenario& scenario, const RandomSource& random)
    : spec_{scenario.organization},
      random_{random},
      workload_gain_{scenario.exhaustion.workload_gain},
      trait_law_{scenario},
      turnover_law_{scenario} {
  for (const Profession& profession : spec_.professions) result_.profession_names.push_back(profession.name);
  for (const CareerStage& stage : spec_.career_stages) {
    result_.stage_names.push_back(stage.name);
    stage_weights_.push_back(stage.share);
  }
}

void OrganizationBuilder::reserve(std::size_t people) {
  result_.person_keys.reserve(people);
  result_.unit_of.reserve(people);
  result_.professions.reserve(people);
  result_.stages.reserve(people);
  result_.teams.reserve(people);
  result_.traits.reserve(people);
  result_.roles.reserve(people);
}

void OrganizationBuilder::add_site(const std::string& name) {
  result_.site_names.push_back(name);
  result_.site_keys.push_back(EntityKey{}.child("organization").child(name));
  result_.first_unit_of_site.push_back(static_cast<std::uint32_t>(result_.units.size()));
}

std::uint32_t OrganizationBuilder::add_department(const std::string& name, ShiftPattern shift_pattern,
                                                  double event_factor) {
  const SiteId site{result_.site_names.size() - 1};
  result_.departments.push_back({site, name, shift_pattern, event_factor});
  return static_cast<std::uint32_t>(result_.departments.size() - 1);
}

void OrganizationBuilder::add_unit(EntityKey key, std::uint32_t department, std::uint32_t number,
                                   double workload) {
  Unit unit;
  unit.key = key;
  unit.site = SiteId{result_.site_names.size() - 1};
  unit.department = department;
  unit.number = number;
  unit.first_clinician = static_cast<std::uint32_t>(result_.person_keys.size());
  unit.workload = workload + spec_.unit_workload_sd *
                                 standard_normal(random_.draw(key, DrawPurpose::unit_workload, 0).uniform());
  result_.units.push_back(unit);
}

void OrganizationBuilder::add_person(EntityKey key, const KnownTraits& known,
                                     const std::vector<double>& weights) {
  ++result_.units.back().size;
  result_.person_keys.push_back(key);
  result_.unit_of.push_back(static_cast<std::uint32_t>(result_.units.size() - 1));
  const std::size_t profession =
      known.profession ? *known.profession
                       : weighted_choice(weights, random_.draw(key, DrawPurpose::profession, 0).uniform());
  result_.professions.push_back(static_cast<std::uint8_t>(profession));
  const std::size_t stage =
      known.stage
          ? *known.stage
          : weighted_choice(stage_weights_, random_.draw(key, DrawPurpose::career_stage, 0).uniform());
  result_.stages.push_back(static_cast<std::uint8_t>(stage));
  result_.teams.push_back(static_cast<std::uint8_t>(known.team));
  result_.roles.push_back(known.role);
  result_.traits.push_back(draw_traits(key, profession, stage));
}

Traits OrganizationBuilder::draw_traits(EntityKey key, std::size_t profession, std::size_t stage) const {
  // Of several people who could hold the place, somebody who is still there: the lastingly exhausted leave
  // sooner. A stay lasts at least 1 / burnout_ratio of the longest, so that few are drawn.
  constexpr std::uint64_t most_drawn = 256;
  const double workload = workload_gain_ * result_.units.back().workload;
  Traits traits = trait_law_.draw(random_, key, profession, stage);
  for (std::uint64_t number = 1; number < most_drawn; ++number) {
    const double presence =
        turnover_law_.presence(profession, static_cast<double>(traits.stable_exhaustion) + workload);
    if (random_.draw(key, DrawPurpose::tenure, number - 1).uniform() < presence) break;
    traits = trait_law_.draw(random_, key.child("candidate").child(number), profession, stage);
  }
  return traits;
}

Organization OrganizationBuilder::take() {
  result_.first_unit_of_site.push_back(static_cast<std::uint32_t>(result_.units.size()));
  return std::move(result_);
}

}  // namespace peercap::peer_support
