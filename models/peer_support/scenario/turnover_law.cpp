#include "models/peer_support/scenario/turnover_law.h"

#include <algorithm>
#include <cmath>

#include "sim/random/normal_tail.h"

namespace peercap::peer_support {
namespace {

/// P(lasting + passing part >= cut), also where nothing passes.
double exhausted_share(double cut, double lasting, double passing_sd) {
  if (passing_sd <= 0.0) return lasting >= cut ? 1.0 : 0.0;
  return normal_tail((cut - lasting) / passing_sd);
}

}  // namespace

double concerning_exhaustion(const Exhaustion& exhaustion) {
  return (exhaustion.concern_cutoff - 0.5 - exhaustion.observed_mean) /
         (exhaustion.observed_sd * std::sqrt(exhaustion.reliability));
}

TurnoverLaw::TurnoverLaw(const Scenario& scenario)
    : burnout_ratio_{scenario.turnover.enabled == Switch::on ? scenario.turnover.burnout_ratio : 1.0},
      cut_{concerning_exhaustion(scenario.exhaustion)},
      passing_sd_{std::sqrt(1.0 - scenario.exhaustion.stable_share.value)} {
  const bool on = scenario.turnover.enabled == Switch::on;
  double total = 0.0;
  for (const Profession& profession : scenario.organization.professions) {
    professions_.push_back({profession.share, on ? profession.turnover.per_day : 0.0});
    total += profession.share;
  }
  for (Part& part : professions_)
    part.share = total > 0.0 ? part.share / total : 1.0 / static_cast<double>(professions_.size());
}

double TurnoverLaw::rate(std::size_t profession, double lasting) const {
  return professions_[profession].rate / presence(profession, lasting);
}

double TurnoverLaw::presence(std::size_t profession, double lasting) const {
  if (professions_[profession].rate <= 0.0) return 1.0;
  return 1.0 / (1.0 + (burnout_ratio_ - 1.0) * exhausted_share(cut_, lasting, passing_sd_));
}

double TurnoverLaw::usual_factor() const {
  return 1.0 + (burnout_ratio_ - 1.0) * normal_tail(cut_);
}

double TurnoverLaw::days_left_of(double decay_days) const {
  double days = 0.0;
  for (const Part& part : professions_)
    days += part.share * decay_days / (1.0 + part.rate * usual_factor() * decay_days);
  return days;
}

double TurnoverLaw::mean_rate() const {
  double rate = 0.0;
  for (const Part& part : professions_) rate += part.share * part.rate;
  return rate * usual_factor();
}

double TurnoverLaw::mean_rate_slope() const {
  constexpr double inverse_root_two_pi = 0.3989422804014327;
  return mean_rate() / usual_factor() * (burnout_ratio_ - 1.0) * inverse_root_two_pi *
         exact::exp(-0.5 * cut_ * cut_);
}

}  // namespace peercap::peer_support
