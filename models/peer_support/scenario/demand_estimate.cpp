#include "models/peer_support/scenario/demand_estimate.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace peercap::peer_support {
namespace {

/// Five-point Gauss-Hermite rule for a standard normal variable (Abramowitz & Stegun, table 25.10, rescaled).
struct HermitePoint {
  double at;
  double weight;
};
constexpr std::array<HermitePoint, 5> hermite{{{-2.8569700138728056, 0.011257411327720689},
                                               {-1.3556261799742659, 0.22207592200561266},
                                               {0.0, 0.53333333333333333},
                                               {1.3556261799742659, 0.22207592200561266},
                                               {2.8569700138728056, 0.011257411327720689}}};

struct DistressLevels {
  double episodes = 0;    // per day
  double in_episode = 0;  // probability of being in an episode just after an exposure
  double fast_above = 0;  // E[D; D > 1] of the fast part
  double slow_above = 0;  // the same of the slow part
  double mean = 0;
};

/// Lentz's evaluation of the continued fraction of the incomplete gamma function: with it
/// Gamma(a, x) = e^{-x} x^a * fraction, and e^x E1(x) is the fraction at a = 0.
double gamma_fraction(double a, double x) {
  constexpr int most_terms = 100000;
  constexpr double precision = 1e-14;
  constexpr double tiny = 1e-300;
  double b = x + 1 - a;
  double c = 1 / tiny;
  double d = 1 / b;
  double fraction = d;
  for (int n = 1; n < most_terms; ++n) {
    const double numerator = -n * (n - a);
    b += 2;
    d = numerator * d + b;
    if (std::abs(d) < tiny) d = tiny;
    c = b + numerator / c;
    if (std::abs(c) < tiny) c = tiny;
    d = 1 / d;
    const double factor = d * c;
    fraction *= factor;
    if (std::abs(factor - 1) < precision) break;
  }
  return fraction;
}

/// Levels for people whose exposures come at `rate` a day with exponential jumps of this mean.
DistressLevels stationary_levels(const Distress& distress, double rate, double jump_mean) {
  DistressLevels levels;
  const double fast_days = distress.fast_decay.in_days();
  const double slow_days = distress.slow_decay.in_days();
  const double severe = distress.severe_threshold;
  const double slow_rate = rate * distress.slow_share.value * std::exp(-severe / jump_mean);
  const double shape = (rate - slow_rate) * fast_days;
  double fast_after = std::exp(-1.0 / jump_mean);
  if (shape > 0) {
    const double log_density = -1.0 / jump_mean - shape * std::log(jump_mean) - std::lgamma(shape);
    levels.episodes = std::exp(log_density) / fast_days;
    // A Gamma variable and one more jump are a Gamma variable of one shape more.
    fast_after = upper_gamma_share(shape + 1, 1.0 / jump_mean);
    levels.fast_above = shape * jump_mean * fast_after;
  }
  // A severe jump is the severe threshold plus an exponential rest (no memory); so is one beyond 1 where that
  // is higher.
  const double floor = std::max(severe, 1.0);
  const double crossing_rate = slow_rate * std::exp(-(floor - severe) / jump_mean);
  levels.episodes += crossing_rate;
  // From J down to 1 it takes tau ln J, and the integral of the distress on the way is tau (J - 1).
  const double mean_log = std::log(floor) + gamma_fraction(0, floor / jump_mean);
  levels.slow_above = crossing_rate * slow_days * (floor - 1 + jump_mean);
  levels.in_episode = 1 - (1 - fast_after) * std::exp(-crossing_rate * slow_days * mean_log);
  levels.mean = shape * jump_mean + slow_rate * slow_days * (severe + jump_mean);
  return levels;
}

}  // namespace

double upper_gamma_share(double a, double x) {
  if (x <= 0) return 1;
  const double scale = std::exp(a * std::log(x) - x - std::lgamma(a));
  if (x >= a + 1) return scale * gamma_fraction(a, x);
  constexpr int most_terms = 10000;
  constexpr double precision = 1e-14;
  double term = 1 / a;
  double sum = term;
  for (int n = 1; n < most_terms && term > precision * sum; ++n) {
    term *= x / (a + n);
    sum += term;
  }
  return std::max(0.0, 1 - sum * scale);
}

double expected_sessions(const CaseRules& rules) {
  if (rules.closing_rule == ClosingRule::threshold) return rules.max_sessions;
  const double another = (1 - rules.early_referral.value) * rules.continue_after_session.value;
  if (another >= 1) return rules.max_sessions;
  return (1 - std::pow(another, rules.max_sessions)) / (1 - another);
}

DemandEstimate estimate_demand(const Scenario& scenario, double event_factor) {
  const Environment& environment = scenario.environment;
  const double personal = environment.exposure_rate.per_day * environment.personal_share.value;
  const double clinical =
      environment.exposure_rate.per_day * (1 - environment.personal_share.value) * event_factor;
  const double rate = personal + clinical;
  DemandEstimate estimate;
  if (rate <= 0) return estimate;

  double episodes_per_day = 0;
  double in_episode = 0;
  double fast_above = 0;
  double slow_above = 0;
  const double log_sd = scenario.distress.susceptibility_log_sd;
  for (const auto& [at, weight] : hermite) {
    const double susceptibility = std::exp(log_sd * at - log_sd * log_sd / 2);
    const auto levels =
        stationary_levels(scenario.distress, rate, scenario.distress.jump_mean * susceptibility);
    episodes_per_day += weight * levels.episodes;
    in_episode += weight * levels.in_episode;
    fast_above += weight * levels.fast_above;
    slow_above += weight * levels.slow_above;
    estimate.mean_distress += weight * levels.mean;
  }
  estimate.mean_distress = std::min(estimate.mean_distress, scenario.exhaustion.distress_cap);
  estimate.episodes = episodes_per_day * days_per_year;

  const SelfReferral& self = scenario.activation.self_referral;
  if (self.enabled == Switch::on) {
    // Fast distress is gone before the window ends; slow distress asks only in the window after each new
    // exposure.
    const double in_window = 1 - std::exp(-rate * self.seek_window.in_days());
    estimate.requests += self.hazard.per_year() * (fast_above + slow_above * in_window);
  }
  estimate.triaged = estimate.requests;
  const Outreach& outreach = scenario.activation.outreach;
  if (outreach.enabled == Switch::on) {
    // Whoever is in an episode after a clinical exposure may be named, whether it began just then or before.
    const double named = clinical * days_per_year * in_episode * outreach.report.value * outreach.flag.value;
    const double log_odds =
        outreach.acceptance_logit - outreach.acceptance_loss_per_day * outreach.report_delay.in_days();
    estimate.triaged += named;
    estimate.requests += named / (1 + std::exp(-log_odds));
  }
  return estimate;
}

}  // namespace peercap::peer_support
