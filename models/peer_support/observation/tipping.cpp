#include "models/peer_support/observation/tipping.h"

#include <cmath>

#include "models/peer_support/observation/outcomes.h"
#include "sim/random/exact_math.h"

namespace peercap::peer_support {
namespace {

constexpr double weeks_per_year = days_per_year / days_per_week;

/// Lambert's W for q >= 0: the y with y e^y = q. Newton's method from log(1 + q), which is not below it,
/// falls to it without passing it, since y e^y is convex.
double lambert_w(double q) {
  double y = exact::log(1.0 + q);
  for (int step = 0; step < 40; ++step) {
    const double power = exact::exp(y);
    y -= (y * power - q) / (power * (1.0 + y));
  }
  return y;
}

/// What one weekly hour beyond protected time adds to the log hazard of leaving the role, once strain has
/// followed.
double effect_of_overload(const Rules& rules) {
  const Scenario& s = rules.scenario;
  const Supporters& spec = s.supporters;
  const SupporterExit& exit = spec.exit;
  double effect = 0.0;
  if (s.loops.overload == Switch::on) {
    // Debt fades and is taken off by debriefs: rates a week.
    double fading = days_per_week * spec.self_care / spec.overload_decay.in_days();
    if (s.loops.care == Switch::on && spec.debrief_groups.interval_weeks > 0)
      fading -= exact::log(1.0 - spec.debrief_groups.debt_relief.value) / spec.debrief_groups.interval_weeks;
    effect += (exit.overload_effect + exit.exhaustion_effect * s.exhaustion.overload_gain) / fading;
  }
  if (s.loops.powerlessness == Switch::on) {
    const CompassionSatisfaction& satisfaction = spec.compassion_satisfaction;
    const double fading = days_per_week * spec.self_care / satisfaction.decay.in_days();
    effect += exit.satisfaction_effect * satisfaction.points_per_overload_hour / fading /
              rules.satisfaction_latent_sd;
  }
  return effect;
}

double recruits_per_year(const Scenario& s, double trust) {
  const Recruitment& spec = s.supporters.recruitment;
  if (spec.enabled == Switch::off || s.loops.recruitment == Switch::off) return 0.0;
  constexpr double neutral_trust = 0.5;
  const double logit = spec.acceptance_logit + spec.trust_gain * (trust - neutral_trust);
  return spec.invited * weeks_per_year / spec.interval_weeks / (1.0 + exact::exp(-logit)) *
         (1.0 - s.supporters.training.drop_out.value);
}

/// Exits from employment and at the end of terms, a supporter and year.
double other_exits(const Scenario& s, const Organization& organization, double concerning) {
  double exits = 0.0;
  if (s.turnover.enabled == Switch::on) {
    for (const std::uint8_t profession : organization.professions)
      exits += s.organization.professions[profession].turnover.per_day * days_per_year;
    exits *= s.supporters.exit.employment_ratio * (1.0 + (s.turnover.burnout_ratio - 1.0) * concerning) /
             static_cast<double>(organization.professions.size());
  }
  const Terms& terms = s.supporters.terms;
  if (terms.weeks > 0) exits += (1.0 - terms.renewal.value) * weeks_per_year / terms.weeks;
  return exits;
}

}  // namespace

double tipping_load(const TippingTerms& terms) {
  if (!(terms.recruits > 0.0) || !(terms.role_exits > 0.0) || !(terms.effect > 0.0))
    return MeasureSheet::undefined;
  const double without_overload =
      terms.recruits * terms.protected_hours / (terms.other_exits + terms.role_exits);
  const double relative = terms.effect * terms.protected_hours;
  if (relative >= 1.0 + terms.other_exits / terms.role_exits) return without_overload;
  const double q = terms.other_exits / terms.role_exits * exact::exp(relative - 1.0);
  const double hours_each = (1.0 + lambert_w(q)) / terms.effect;
  const double exits =
      terms.other_exits + terms.role_exits * exact::exp(terms.effect * (hours_each - terms.protected_hours));
  const double load = terms.recruits * hours_each / exits;
  return std::isfinite(load) ? load : MeasureSheet::undefined;
}

TippingTerms tipping_terms(const Rules& rules, const Organization& organization, double trust,
                           double concerning) {
  const Scenario& s = rules.scenario;
  return {recruits_per_year(s, trust), s.supporters.exit.role_rate.per_day * days_per_year,
          other_exits(s, organization, concerning), effect_of_overload(rules),
          s.supporters.protected_time.hours_per_week};
}

void evaluate_tipping(MeasureSheet& sheet, const Rules& rules, const Organization& organization) {
  if (rules.scenario.program.enabled == Switch::off) return;
  const double load = tipping_load(tipping_terms(rules, organization, sheet[Measure::trust_mean],
                                                 sheet[Measure::clinicians_exhaustion_concerning_share]));
  sheet[Measure::tipping_load] = load;
  sheet[Measure::load_over_tipping] = ratio(sheet[Measure::work_hours_per_week], load);
}

}  // namespace peercap::peer_support
