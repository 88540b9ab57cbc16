#include "models/peer_support/organization/organization.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "models/peer_support/organization/draw_purpose.h"
#include "sim/random/distributions.h"
#include "sim/time/rota.h"

namespace peercap::peer_support {
namespace {

std::size_t team_count(ShiftPattern pattern) {
  switch (pattern) {
    case ShiftPattern::office:
      return 1;
    case ShiftPattern::day_evening:
      return 3;
    case ShiftPattern::round_the_clock_8h:
    case ShiftPattern::round_the_clock_12h:
      return 4;
  }
  return 1;
}

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

/// Variance left for stable differences between people once workload and career stage have theirs, so that
/// the whole stays at 1.
double individual_variance(const Scenario& scenario) {
  const double workload = scenario.exhaustion.workload_gain * scenario.organization.unit_workload_sd;
  double total = 0.0;
  double mean = 0.0;
  double square = 0.0;
  for (const CareerStage& stage : scenario.organization.career_stages) {
    total += stage.share;
    mean += stage.share * stage.exhaustion_shift;
    square += stage.share * stage.exhaustion_shift * stage.exhaustion_shift;
  }
  const double between_stages = total > 0.0 ? square / total - (mean / total) * (mean / total) : 0.0;
  return std::max(0.0, scenario.exhaustion.stable_share.value - workload * workload - between_stages);
}

double mean_stage_shift(const OrganizationSpec& spec) {
  double total = 0.0;
  double sum = 0.0;
  for (const CareerStage& stage : spec.career_stages) {
    total += stage.share;
    sum += stage.share * stage.exhaustion_shift;
  }
  return total > 0.0 ? sum / total : 0.0;
}

class Builder {
 public:
  Builder(const Scenario& scenario, const RandomSource& random)
      : spec_{scenario.organization},
        random_{random},
        stable_sd_{std::sqrt(individual_variance(scenario))},
        stage_center_{mean_stage_shift(scenario.organization)},
        log_sd_{scenario.distress.susceptibility_log_sd} {
    for (const Profession& profession : spec_.professions)
      result_.profession_names.push_back(profession.name);
    for (const CareerStage& stage : spec_.career_stages) {
      result_.stage_names.push_back(stage.name);
      stage_weights_.push_back(stage.share);
    }
  }

  Organization build(int supporter_count) {
    const auto people = static_cast<std::size_t>(count_clinicians(spec_));
    result_.person_keys.reserve(people);
    result_.unit_of.reserve(people);
    result_.professions.reserve(people);
    result_.stages.reserve(people);
    result_.teams.reserve(people);
    result_.susceptibilities.reserve(people);
    result_.stable_exhaustions.reserve(people);
    const EntityKey root = EntityKey{}.child("organization");
    for (const Site& site : spec_.sites) add_site(site, root.child(site.name));
    result_.first_unit_of_site.push_back(static_cast<std::uint32_t>(result_.units.size()));
    choose_supporters(static_cast<std::size_t>(supporter_count));
    return std::move(result_);
  }

 private:
  void add_site(const Site& site, EntityKey site_key) {
    const SiteId id{result_.site_names.size()};
    result_.site_names.push_back(site.name);
    result_.site_keys.push_back(site_key);
    result_.first_unit_of_site.push_back(static_cast<std::uint32_t>(result_.units.size()));
    for (const Department& department : site.departments) {
      const EntityKey department_key = site_key.child(department.name);
      const auto weights = profession_weights(spec_, department);
      result_.departments.push_back({id, department.name, department.shift_pattern, department.event_factor});
      for (int number = 1; number <= department.units; ++number)
        add_unit(department, id, department_key.child(static_cast<std::uint64_t>(number)),
                 static_cast<std::uint32_t>(number), weights);
    }
  }

  void add_unit(const Department& department, SiteId site, EntityKey key, std::uint32_t number,
                const std::vector<double>& weights) {
    Unit unit;
    unit.key = key;
    unit.site = site;
    unit.department = static_cast<std::uint32_t>(result_.departments.size() - 1);
    unit.number = number;
    unit.first_clinician = static_cast<std::uint32_t>(result_.person_keys.size());
    unit.size = static_cast<std::uint32_t>(department.unit_size);
    unit.workload =
        department.workload +
        spec_.unit_workload_sd * standard_normal(random_.draw(key, DrawPurpose::unit_workload, 0).uniform());
    const std::size_t teams = team_count(department.shift_pattern);
    for (std::uint32_t position = 0; position < unit.size; ++position)
      add_person(key.child(position).child(std::uint64_t{0}), position % teams, weights);
    result_.units.push_back(unit);
  }

  void add_person(EntityKey key, std::size_t team, const std::vector<double>& weights) {
    result_.person_keys.push_back(key);
    result_.unit_of.push_back(static_cast<std::uint32_t>(result_.units.size()));
    result_.professions.push_back(static_cast<std::uint8_t>(
        weighted_choice(weights, random_.draw(key, DrawPurpose::profession, 0).uniform())));
    const std::size_t stage =
        weighted_choice(stage_weights_, random_.draw(key, DrawPurpose::career_stage, 0).uniform());
    result_.stages.push_back(static_cast<std::uint8_t>(stage));
    result_.teams.push_back(static_cast<std::uint8_t>(team));
    const Draw traits = random_.draw(key, DrawPurpose::susceptibility, 0);
    result_.susceptibilities.push_back(static_cast<float>(
        exact::exp(log_sd_ * standard_normal(traits.uniform()) - 0.5 * log_sd_ * log_sd_)));
    result_.stable_exhaustions.push_back(
        static_cast<float>(spec_.career_stages[stage].exhaustion_shift - stage_center_ +
                           stable_sd_ * standard_normal(traits.second_uniform())));
  }

  void choose_supporters(std::size_t count) {
    struct Candidate {
      double key;
      std::uint32_t clinician;
    };
    std::vector<Candidate> candidates;
    for (std::size_t i = 0; i < result_.clinician_count(); ++i) {
      const double weight = spec_.career_stages[result_.stages[i]].supporter_weight;
      if (weight <= 0.0) continue;
      // The n earliest of independent exponential clocks: a weighted sample without replacement, nested in n.
      const double clock =
          standard_exponential(random_.draw(result_.person_keys[i], DrawPurpose::recruitment, 0).uniform());
      candidates.push_back({clock / weight, static_cast<std::uint32_t>(i)});
    }
    count = std::min(count, candidates.size());
    const auto middle = candidates.begin() + static_cast<std::ptrdiff_t>(count);
    std::nth_element(candidates.begin(), middle, candidates.end(),
                     [](const Candidate& a, const Candidate& b) {
                       return a.key < b.key || (a.key == b.key && a.clinician < b.clinician);
                     });
    std::sort(candidates.begin(), middle,
              [](const Candidate& a, const Candidate& b) { return a.clinician < b.clinician; });
    for (auto it = candidates.begin(); it != middle; ++it)
      result_.supporters.push_back({ClinicianId{it->clinician}, UnitId{result_.unit_of[it->clinician]}});
  }

  const OrganizationSpec& spec_;
  const RandomSource& random_;
  double stable_sd_;
  double stage_center_;
  double log_sd_;
  std::vector<double> stage_weights_;
  Organization result_;
};

}  // namespace

std::string Organization::unit_name(UnitId id) const {
  const Unit& u = unit(id);
  return site_names[u.site.index()] + "/" + departments[u.department].name + "/" + std::to_string(u.number);
}

Organization build_organization(const Scenario& scenario, const RandomSource& random) {
  return Builder{scenario, random}.build(scenario.supporters.count);
}

std::uint64_t count_clinicians(const OrganizationSpec& spec) {
  std::uint64_t people = 0;
  for (const Site& site : spec.sites)
    for (const Department& department : site.departments)
      people +=
          static_cast<std::uint64_t>(department.units) * static_cast<std::uint64_t>(department.unit_size);
  return people;
}

}  // namespace peercap::peer_support
