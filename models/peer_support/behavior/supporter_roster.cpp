#include "models/peer_support/behavior/supporter_roster.h"

#include <algorithm>

#include "models/peer_support/organization/draw_purpose.h"
#include "sim/random/distributions.h"

namespace peercap::peer_support {

void SupporterRoster::add(const Organization& organization, std::uint32_t id, std::uint32_t unit_channel,
                          SimTime now, const RandomSource& random) {
  const SupporterEntry& entry = organization.supporters[id];
  const Supporters& spec = rules_->scenario.supporters;
  const EntityKey key = organization.person_keys[entry.clinician.index()];
  const Draw baseline = random.draw(key, DrawPurpose::trauma_baseline, 0);
  const CareerStage& stage =
      rules_->scenario.organization.career_stages[organization.stages[entry.clinician.index()]];
  SupporterState state;
  state.clinician = entry.clinician;
  state.id = id;
  state.unit_channel = unit_channel;
  state.position =
      static_cast<std::uint16_t>(entry.clinician.value() - organization.unit(entry.unit).first_clinician);
  state.trauma_baseline =
      spec.secondary_trauma.observed_mean + rules_->trauma_latent_sd * standard_normal(baseline.uniform());
  state.satisfaction_baseline = spec.compassion_satisfaction.observed_mean + stage.satisfaction_shift -
                                rules_->satisfaction_stage_center +
                                rules_->satisfaction_latent_sd * standard_normal(baseline.second_uniform());
  state.exhaustion = static_cast<double>(organization.traits[entry.clinician.index()].stable_exhaustion);
  state.exit_remaining = standard_exponential(random.draw(key, DrawPurpose::role_exit, 0).uniform());
  state.updated = now;
  states_.push_back(std::move(state));
}

std::size_t SupporterRoster::active_count() const {
  return static_cast<std::size_t>(
      std::ranges::count_if(states_, [](const SupporterState& s) { return s.exit == ExitReason::none; }));
}

bool SupporterRoster::has_capacity(const SupporterState& supporter) const {
  if (supporter.exit != ExitReason::none) return false;
  if (supporter.open_cases >= rules_->scenario.case_rules.max_cases) return false;
  return rules_->scenario.supporters.unprotected_work == UnprotectedWork::allowed ||
         supporter.protected_balance > 0.0;
}

void SupporterRoster::grant_protected_time(SupporterState& supporter) const {
  const Supporters& spec = rules_->scenario.supporters;
  const double most =
      spec.protected_time.hours_per_week * spec.protected_time_carry.in_days() / days_per_week;
  supporter.protected_balance =
      std::min(supporter.protected_balance + spec.protected_time.hours_per_week, most);
}

WorkedTime SupporterRoster::work(SupporterState& supporter, SimDuration worked, SimTime now) const {
  bring_up_to_date(supporter, now);
  const double hours_worked = worked.in_hours();
  const double covered = std::clamp(supporter.protected_balance, 0.0, hours_worked);
  supporter.protected_balance -= covered;
  const double beyond = hours_worked - covered;
  supporter.overload_debt += beyond;
  supporter.satisfaction_change -=
      rules_->scenario.supporters.compassion_satisfaction.points_per_overload_hour * beyond;
  const SimDuration covered_time = std::min(duration_from_hours(covered), worked);
  return {covered_time, worked - covered_time};
}

void SupporterRoster::strain(SupporterState& supporter, double client_distress, SimTime now) const {
  bring_up_to_date(supporter, now);
  supporter.trauma_strain += rules_->scenario.supporters.secondary_trauma.points_per_session *
                             std::min(client_distress, rules_->scenario.exhaustion.distress_cap);
}

void SupporterRoster::succeed(SupporterState& supporter, SimTime now) const {
  bring_up_to_date(supporter, now);
  supporter.satisfaction_change += rules_->scenario.supporters.compassion_satisfaction.points_per_success;
}

void SupporterRoster::fail(SupporterState& supporter, SimTime now) const {
  bring_up_to_date(supporter, now);
  supporter.satisfaction_change -= rules_->scenario.supporters.compassion_satisfaction.points_per_failure;
}

void SupporterRoster::bring_up_to_date(SupporterState& supporter, SimTime now) const {
  const double passed = (now - supporter.updated).in_days();
  if (passed <= 0.0) return;
  const Supporters& spec = rules_->scenario.supporters;
  const auto decay = [passed](double value, SimDuration time) {
    return value == 0.0 ? 0.0 : value * exact::exp(-passed / time.in_days());
  };
  supporter.trauma_strain = decay(supporter.trauma_strain, spec.secondary_trauma.decay);
  supporter.satisfaction_change = decay(supporter.satisfaction_change, spec.compassion_satisfaction.decay);
  supporter.overload_debt = decay(supporter.overload_debt, spec.overload_decay);
  supporter.updated = now;
}

double SupporterRoster::trauma_z(const SupporterState& supporter) const {
  return (supporter.trauma_baseline + supporter.trauma_strain -
          rules_->scenario.supporters.secondary_trauma.observed_mean) /
         rules_->trauma_latent_sd;
}

double SupporterRoster::exit_hazard(const SupporterState& supporter) const {
  const SupporterExit& spec = rules_->scenario.supporters.exit;
  const double satisfaction_z = (supporter.satisfaction_baseline + supporter.satisfaction_change -
                                 rules_->scenario.supporters.compassion_satisfaction.observed_mean) /
                                rules_->satisfaction_latent_sd;
  const double log_ratio =
      spec.exhaustion_effect * supporter.exhaustion + spec.trauma_effect * trauma_z(supporter) -
      spec.satisfaction_effect * satisfaction_z + spec.overload_effect * supporter.overload_debt;
  return spec.role_rate.per_day * exact::exp(log_ratio);
}

}  // namespace peercap::peer_support
