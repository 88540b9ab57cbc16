#include "models/peer_support/behavior/supporter_roster.h"

#include <algorithm>
#include <numeric>

#include "models/peer_support/organization/draw_purpose.h"
#include "sim/random/distributions.h"
#include "sim/support/contract.h"

namespace peercap::peer_support {

void RecentWork::begin_week() {
  week_ = (week_ + 1) % weeks_kept;
  worked_[week_] = 0.0;
  beyond_[week_] = 0.0;
}

void RecentWork::add(double worked, double beyond) {
  worked_[week_] += worked;
  beyond_[week_] += beyond;
}

double RecentWork::worked() const {
  return std::accumulate(worked_.begin(), worked_.end(), 0.0);
}

double RecentWork::weekly_hours_beyond() const {
  return std::accumulate(beyond_.begin(), beyond_.end(), 0.0) / static_cast<double>(weeks_kept);
}

void Countdown::settle(SimTime now) {
  remaining = std::max(0.0, remaining - hazard * (now - since).in_days());
  hazard = 0.0;
  since = now;
}

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
  state.rank = entry.rank;
  state.first_stage = organization.stages[entry.clinician.index()] == 0;
  state.unit_channel = unit_channel;
  state.position =
      static_cast<std::uint16_t>(entry.clinician.value() - organization.unit(entry.unit).first_clinician);
  state.trauma_baseline =
      spec.secondary_trauma.observed_mean + rules_->trauma_latent_sd * standard_normal(baseline.uniform());
  state.satisfaction_baseline = spec.compassion_satisfaction.observed_mean + stage.satisfaction_shift -
                                rules_->satisfaction_stage_center +
                                rules_->satisfaction_latent_sd * standard_normal(baseline.second_uniform());
  state.exhaustion = static_cast<double>(organization.traits[entry.clinician.index()].stable_exhaustion);
  state.role_exit.remaining = standard_exponential(random.draw(key, DrawPurpose::role_exit, 0).uniform());
  state.next_leave.remaining =
      standard_exponential(random.draw(key, DrawPurpose::supporter_leave, 0).uniform());
  state.updated = now;
  if (entry.initial) {
    const Draw past = random.draw(key, DrawPurpose::recruitment_answer, 1);
    const auto before = [now](int interval_weeks, double part) {
      return now - duration_from_days(part * interval_weeks * days_per_week);
    };
    state.role = SupporterRole::active;
    state.last_training = before(spec.training.refresher_interval_weeks, past.uniform());
    state.term_began = before(spec.terms.weeks, past.second_uniform());
  }
  states_.push_back(std::move(state));
}

std::size_t SupporterRoster::active_count() const {
  return static_cast<std::size_t>(std::ranges::count_if(states_, &SupporterState::is_active));
}

bool SupporterRoster::has_capacity(const SupporterState& supporter) const {
  if (!supporter.is_active() || supporter.relieved) return false;
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

WorkedTime SupporterRoster::work(SupporterState& supporter, SimDuration worked, SimDuration coverable,
                                 SimTime now) const {
  bring_up_to_date(supporter, now);
  const double hours_worked = worked.in_hours();
  const double covered = std::clamp(supporter.protected_balance, 0.0, coverable.in_hours());
  supporter.protected_balance -= covered;
  const double beyond = hours_worked - covered;
  supporter.overload_debt += beyond;
  supporter.recent_work.add(hours_worked, beyond);
  if (rules_->scenario.loops.powerlessness == Switch::on)
    supporter.satisfaction_change -=
        rules_->scenario.supporters.compassion_satisfaction.points_per_overload_hour * beyond;
  const SimDuration covered_time = std::min(duration_from_hours(covered), coverable);
  return {covered_time, worked - covered_time};
}

void SupporterRoster::strain(SupporterState& supporter, double client_distress, SimTime now) const {
  bring_up_to_date(supporter, now);
  const Supporters& spec = rules_->scenario.supporters;
  const bool mentored = supporter.first_stage && spec.early_career.supplement == Switch::on &&
                        rules_->scenario.loops.care == Switch::on;
  double kept = mentored ? 1.0 - spec.early_career.strain_relief.value : 1.0;
  kept *= 1.0 - spec.training.strain_relief.value * skill(supporter, now);
  supporter.trauma_strain += kept * spec.secondary_trauma.points_per_session *
                             std::min(client_distress, rules_->scenario.exhaustion.distress_cap);
}

void SupporterRoster::succeed(SupporterState& supporter, SimTime now) const {
  bring_up_to_date(supporter, now);
  if (rules_->scenario.loops.meaning == Switch::off) return;
  supporter.satisfaction_change += rules_->scenario.supporters.compassion_satisfaction.points_per_success;
}

void SupporterRoster::fail(SupporterState& supporter, SimTime now) const {
  bring_up_to_date(supporter, now);
  if (rules_->scenario.loops.powerlessness == Switch::off) return;
  supporter.satisfaction_change -= rules_->scenario.supporters.compassion_satisfaction.points_per_failure;
}

void SupporterRoster::relieve(SupporterState& supporter, SimTime now) const {
  bring_up_to_date(supporter, now);
  const DebriefGroups& spec = rules_->scenario.supporters.debrief_groups;
  supporter.trauma_strain *= 1.0 - spec.trauma_relief.value;
  supporter.overload_debt *= 1.0 - spec.debt_relief.value;
}

void SupporterRoster::bring_up_to_date(SupporterState& supporter, SimTime now) const {
  const double passed = (now - supporter.updated).in_days();
  if (passed <= 0.0) return;
  const Supporters& spec = rules_->scenario.supporters;
  const auto decay = [passed, &spec](double value, SimDuration time) {
    return value == 0.0 ? 0.0 : value * exact::exp(-passed * spec.self_care / time.in_days());
  };
  supporter.trauma_strain = decay(supporter.trauma_strain, spec.secondary_trauma.decay);
  supporter.satisfaction_change = decay(supporter.satisfaction_change, spec.compassion_satisfaction.decay);
  supporter.overload_debt = decay(supporter.overload_debt, spec.overload_decay);
  supporter.updated = now;
}

double SupporterRoster::skill(const SupporterState& supporter, SimTime now) const {
  const Training& spec = rules_->scenario.supporters.training;
  const double passed = (now - supporter.last_training).in_days() / spec.skill_decay.in_days();
  return spec.skill_floor + (1.0 - spec.skill_floor) * exact::exp(-passed);
}

double SupporterRoster::session_quality(const SupporterState& supporter, SimTime now) const {
  const SessionQuality& spec = rules_->scenario.supporters.quality;
  const double tired = std::max(0.0, supporter.exhaustion - spec.exhaustion_cut);
  return std::max(spec.floor, skill(supporter, now) * exact::exp(-spec.exhaustion_loss * tired));
}

SurveyedState SupporterRoster::surveyed_state(const SupporterState& supporter) {
  return {supporter.trauma_baseline + supporter.trauma_strain,
          supporter.satisfaction_baseline + supporter.satisfaction_change, supporter.exhaustion};
}

double SupporterRoster::trauma_z(const SupporterState& supporter) const {
  return (surveyed_state(supporter).trauma - rules_->scenario.supporters.secondary_trauma.observed_mean) /
         rules_->trauma_latent_sd;
}

double SupporterRoster::strain_z(const SupporterState& supporter) const {
  return supporter.trauma_strain / rules_->trauma_latent_sd;
}

double SupporterRoster::satisfaction_z(const SupporterState& supporter) const {
  return (surveyed_state(supporter).satisfaction -
          rules_->scenario.supporters.compassion_satisfaction.observed_mean) /
         rules_->satisfaction_latent_sd;
}

double SupporterRoster::exit_hazard(const SupporterState& supporter) const {
  const SupporterExit& spec = rules_->scenario.supporters.exit;
  double log_ratio =
      spec.trauma_effect * trauma_z(supporter) - spec.satisfaction_effect * satisfaction_z(supporter);
  if (rules_->scenario.loops.overload == Switch::on)
    log_ratio +=
        spec.exhaustion_effect * supporter.exhaustion + spec.overload_effect * supporter.overload_debt;
  const double hazard = spec.role_rate.per_day * exact::exp(log_ratio);
  require(hazard >= 0.0, "the hazard of leaving the role is not a number");
  return hazard;
}

}  // namespace peercap::peer_support
