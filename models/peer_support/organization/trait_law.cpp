#include "models/peer_support/organization/trait_law.h"

#include <algorithm>
#include <cmath>

#include "models/peer_support/organization/draw_purpose.h"
#include "sim/random/distributions.h"

namespace peercap::peer_support {
namespace {

struct StageShifts {
  double mean = 0.0;
  double variance = 0.0;
};

StageShifts stage_shifts(const OrganizationSpec& spec) {
  double total = 0.0;
  double sum = 0.0;
  double square = 0.0;
  for (const CareerStage& stage : spec.career_stages) {
    total += stage.share;
    sum += stage.share * stage.exhaustion_shift;
    square += stage.share * stage.exhaustion_shift * stage.exhaustion_shift;
  }
  if (total <= 0.0) return {};
  return {sum / total, square / total - (sum / total) * (sum / total)};
}

}  // namespace

TraitLaw::TraitLaw(const Scenario& scenario) : scenario_{scenario} {
  // What is left for stable differences between people once workload and career stage have their parts, so
  // that the whole variance stays at 1.
  const StageShifts shifts = stage_shifts(scenario.organization);
  const double workload = scenario.exhaustion.workload_gain * scenario.organization.unit_workload_sd;
  stable_sd_ = std::sqrt(
      std::max(0.0, scenario.exhaustion.stable_share.value - workload * workload - shifts.variance));
  stage_center_ = shifts.mean;
}

Traits TraitLaw::draw(const RandomSource& random, EntityKey key, std::size_t profession,
                      std::size_t stage) const {
  const OrganizationSpec& organization = scenario_.organization;
  const Draw person = random.draw(key, DrawPurpose::susceptibility, 0);
  const Draw attitude = random.draw(key, DrawPurpose::stigma, 0);
  const double log_sd = scenario_.distress.susceptibility_log_sd;
  const SelfReferral& seeking = scenario_.activation.self_referral;
  const double stigma = seeking.stigma_mean + organization.professions[profession].stigma_shift +
                        seeking.stigma_sd * standard_normal(attitude.uniform());
  Traits traits;
  traits.susceptibility =
      static_cast<float>(exact::exp(log_sd * standard_normal(person.uniform()) - 0.5 * log_sd * log_sd));
  traits.stable_exhaustion =
      static_cast<float>(organization.career_stages[stage].exhaustion_shift - stage_center_ +
                         stable_sd_ * standard_normal(person.second_uniform()));
  traits.openness = static_cast<float>(exact::exp(-stigma));
  traits.aware_above = static_cast<float>(attitude.second_uniform());
  return traits;
}

}  // namespace peercap::peer_support
