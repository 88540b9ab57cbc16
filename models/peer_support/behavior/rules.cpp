#include "models/peer_support/behavior/rules.h"

#include <algorithm>
#include <cmath>

#include "models/peer_support/scenario/cause_load.h"
#include "models/peer_support/scenario/phases.h"
#include "sim/random/exact_math.h"
#include "sim/support/contract.h"

namespace peercap::peer_support {
namespace {

constexpr int hours_per_week = 168;

/// cos(2 pi x) by its series after reduction: only the shape of a daily rhythm depends on it, and its bits
/// must not depend on the processor.
double cosine_of_turns(double turns) {
  const double reduced = turns - std::floor(turns + 0.5);
  const double angle = reduced * 6.283185307179586;
  const double square = angle * angle;
  double term = 1.0;
  double sum = 1.0;
  for (int n = 1; n <= 14; ++n) {
    term *= -square / ((2.0 * n - 1.0) * (2.0 * n));
    sum += term;
  }
  return sum;
}

WeeklyProfile make_profile(const Environment& environment, const Rota& rota) {
  std::array<double, hours_per_week> weights{};
  for (int hour = 0; hour < hours_per_week; ++hour) {
    const SimTime middle = SimTime{} + hours(hour) + minutes(30);
    bool staffed = false;
    for (int team = 0; team < rota.team_count(); ++team) staffed = staffed || rota.on_duty(team, middle);
    const double clock = hour % 24 + 0.5;
    const double daily =
        1.0 + environment.day_night_amplitude * cosine_of_turns((clock - environment.peak_hour) / 24.0);
    weights[static_cast<std::size_t>(hour)] =
        staffed ? daily * (hour >= 5 * 24 ? environment.weekend_factor : 1.0) : 0.0;
  }
  return WeeklyProfile{weights};
}

double stationary_mean_distress(const Scenario& s, const TurnoverLaw& turnover) {
  const double rate = s.environment.exposure_rate.per_day + cause_load(s);
  const double mean = s.distress.jump_mean;
  const double threshold = s.distress.severe_threshold;
  const double severe = exact::exp(-threshold / mean);
  const double slow_jump = s.distress.slow_share.value * severe * (threshold + mean);
  return rate * ((mean - slow_jump) * turnover.days_left_of(s.distress.fast_decay.in_days()) +
                 slow_jump * turnover.days_left_of(s.distress.slow_decay.in_days()));
}

SimDuration longest_window(const WeeklyWindows& windows) {
  if (windows == WeeklyWindows::always()) return SimDuration{SimTime::never().ticks()};
  SimDuration longest;
  for (const auto& window : windows.windows()) longest = std::max(longest, window.end - window.begin);
  return longest;
}

/// The rules of the scenario with a change in all of its phases, and no twin of its own.
template <class Change>
std::unique_ptr<const Rules> make_variant(Scenario scenario, Change change) {
  const auto apply = [&](Scenario& s) {
    s.run.twin = Switch::off;
    change(s);
  };
  apply(scenario);
  if (scenario.phases != nullptr) {
    auto phases = *scenario.phases;
    for (ScenarioPhase& phase : phases) apply(phase.scenario);
    scenario.phases = std::make_shared<const std::vector<ScenarioPhase>>(std::move(phases));
  }
  return std::make_unique<const Rules>(scenario);
}

}  // namespace

WeeklyProfile::WeeklyProfile(const std::array<double, 168>& weights) {
  for (std::size_t i = 0; i < weights.size(); ++i) cumulative_[i + 1] = cumulative_[i] + weights[i];
  const double total = cumulative_.back();
  require(total > 0.0, "a weekly profile needs a positive weight");
  for (double& value : cumulative_) value /= total;
}

SimDuration WeeklyProfile::time_at(double uniform) const {
  const auto above = std::upper_bound(cumulative_.begin(), cumulative_.end() - 1, uniform);
  const auto cell = static_cast<std::size_t>(above - cumulative_.begin()) - 1;
  const double width = cumulative_[cell + 1] - cumulative_[cell];
  const double part = width > 0.0 ? std::min(1.0, (uniform - cumulative_[cell]) / width) : 0.0;
  return hours(static_cast<std::int64_t>(cell)) + duration_from_hours(std::min(part, 0.999999999));
}

Rules::Rules(const Scenario& checked_scenario) : Rules{scenario_at_begin(checked_scenario), AtBegin{}} {}

Rules::Rules(const Scenario& s, AtBegin)
    : scenario{s},
      begin{begin_of(s.run)},
      start{s.run.start.midnight()},
      end{s.run.start.midnight() + s.run.horizon},
      distress_law{s.distress.fast_decay, s.distress.slow_decay},
      trait_law{scenario},
      turnover_law{scenario},
      mean_distress{std::min(stationary_mean_distress(s, turnover_law), s.exhaustion.distress_cap)},
      weekly_fast_keep{exact::exp(-days_per_week / s.distress.fast_decay.in_days())},
      weekly_slow_keep{exact::exp(-days_per_week / s.distress.slow_decay.in_days())},
      weekly_exhaustion_keep{exact::exp(-days_per_week / s.exhaustion.reversion_time.in_days())},
      rotas{office_rota(), day_evening_rota(), round_the_clock_8h_rota(), round_the_clock_12h_rota()},
      meeting_hours{s.access.meeting_hours},
      protected_hours{s.supporters.protected_windows},
      longest_session{longest_window(s.access.meeting_hours)},
      coordinator_hours{s.program.coordinator_windows, s.run.holidays} {
  phase_begin = begin;
  clinical_rate = s.environment.exposure_rate.per_day * (1.0 - s.environment.personal_share.value);
  concerning_exhaustion = peer_support::concerning_exhaustion(s.exhaustion);
  for (const Profession& profession : s.organization.professions)
    weekly_turnover.push_back(profession.turnover.per_day * days_per_week);
  const double passing_variance = 1.0 - s.exhaustion.stable_share.value;
  passing_sd = std::sqrt(passing_variance);
  weekly_noise_sd = std::sqrt(passing_variance * (1.0 - weekly_exhaustion_keep * weekly_exhaustion_keep));
  for (std::size_t i = 0; i < rotas.size(); ++i) event_profiles[i] = make_profile(s.environment, rotas[i]);
  const double open_hours = s.program.coordinator_windows.open_per_week().in_hours();
  if (s.program.coordinator_hours.hours_per_week > 0.0)
    triage_open_time = duration_from_hours(s.program.triage_time.in_hours() * open_hours /
                                           s.program.coordinator_hours.hours_per_week);
  const auto latent_sd = [](const auto& scale) { return scale.observed_sd * std::sqrt(scale.reliability); };
  trauma_latent_sd = latent_sd(s.supporters.secondary_trauma);
  satisfaction_latent_sd = latent_sd(s.supporters.compassion_satisfaction);
  double recruits = 0.0;
  for (const CareerStage& stage : s.organization.career_stages) {
    const double weight = stage.share * stage.supporter_weight;
    recruits += weight;
    satisfaction_stage_center += weight * stage.satisfaction_shift;
  }
  if (recruits > 0.0) satisfaction_stage_center /= recruits;
  if (s.run.twin == Switch::on && s.program.enabled == Switch::on) {
    twin = make_variant(s, [](Scenario& variant) { variant.program.enabled = Switch::off; });
    if (s.loops.relief == Switch::on)
      without_effect = make_variant(s, [](Scenario& variant) { variant.loops.relief = Switch::off; });
  }
  if (s.phases == nullptr) return;
  Rules* before = this;
  for (const ScenarioPhase& phase : *s.phases) {
    Scenario present = phase.scenario;
    present.phases = nullptr;
    present.run.twin = Switch::off;
    later_phases_.push_back(std::make_unique<Rules>(present));
    before->phase_end = phase.begin;
    before->next_phase = later_phases_.back().get();
    later_phases_.back()->phase_begin = phase.begin;
    before = later_phases_.back().get();
  }
}

double Rules::weekly_events(const DepartmentEntry& department) const {
  return clinical_rate * days_per_week * department.event_factor *
         rota(department.shift_pattern).team_count() / scenario.environment.team_exposure.value;
}

bool Rules::visited_in(std::uint64_t week, const DepartmentEntry& department, std::uint32_t unit) const {
  const Rounding& rounding = scenario.activation.rounding;
  if (rounding.policy == RoundingPolicy::none) return false;
  if (rounding.policy == RoundingPolicy::high_risk && department.event_factor < rounding.high_risk_factor)
    return false;
  const auto interval = static_cast<std::uint64_t>(rounding.interval_weeks);
  return week % interval == unit % interval;
}

std::optional<std::uint32_t> Rules::survey_wave(SimTime tick) const {
  const std::int64_t interval = scenario.surveys.interval_weeks;
  if (interval == 0 || tick < start) return std::nullopt;
  const std::int64_t week = (tick - start) / weeks(1);
  if (week % interval != 0) return std::nullopt;
  return static_cast<std::uint32_t>(week / interval);
}

}  // namespace peercap::peer_support
