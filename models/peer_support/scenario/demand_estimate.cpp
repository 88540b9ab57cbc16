#include "models/peer_support/scenario/demand_estimate.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>

#include "models/peer_support/scenario/cause_load.h"
#include "models/peer_support/scenario/turnover_law.h"

namespace peercap::peer_support {
namespace {

/// Colleagues whom a clinician trusts in a hospital of the default network.
constexpr double usual_ties = 6;

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

/// Four-point Gauss-Laguerre rule for an exponential variable of mean 1 (ibid., table 25.9).
struct StayPoint {
  double at;
  double weight;
};
constexpr std::array<StayPoint, 4> laguerre{{{0.322547689619, 0.603154104342},
                                             {1.745761101158, 0.357418692438},
                                             {4.536620296921, 0.0388879085150},
                                             {9.395070912301, 0.000539294705561}}};

/// The law of distress for people who have been there for `stay_days` without distress at their begin, and
/// whose exposures come at a constant rate with exponential jumps.
///
/// The sum of fast and slow shot noise is infinitely divisible with Levy density k(x)/x, where k(x) is the
/// rate of jumps that lie above x when they come and below it after the stay, times the decay time of their
/// kind. On a grid this is a compound Poisson law, whose masses follow one by one (Panjer 1981, Astin
/// Bulletin 12:22-26); those below the threshold of an episode are enough.
class DistressLaw {
 public:
  DistressLaw(const Distress& distress, double rate, double jump_mean, double stay_days)
      : rate_{rate},
        jump_mean_{jump_mean},
        severe_{distress.severe_threshold},
        slow_share_{distress.slow_share.value},
        fast_days_{distress.fast_decay.in_days()},
        slow_days_{distress.slow_decay.in_days()},
        fast_fall_{std::exp(stay_days / fast_days_)},
        slow_fall_{std::exp(stay_days / slow_days_)} {
    double total = 0;
    for (int i = 1; i <= cells; ++i) {
      measure_[index(i)] = k(i * width) * std::log((2.0 * i + 1) / (2.0 * i - 1));
      total += measure_[index(i)];
    }
    mass_[0] = std::exp(-total - measure_beyond());
    for (int i = 1; i <= cells; ++i) {
      double sum = 0;
      for (int j = 1; j <= i; ++j) sum += j * measure_[index(j)] * mass_[index(i - j)];
      mass_[index(i)] = sum / i;
    }
  }

  [[nodiscard]] double mean() const {
    const double severe_part = slow_share_ * std::exp(-severe_ / jump_mean_) * (severe_ + jump_mean_);
    return rate_ * (fast_days_ * (1 - 1 / fast_fall_) * (jump_mean_ - severe_part) +
                    slow_days_ * (1 - 1 / slow_fall_) * severe_part);
  }
  /// E[D; D > 1].
  [[nodiscard]] double mean_above() const {
    double below = 0;
    for (int i = 0; i <= cells; ++i) below += i * width * mass_[index(i)];
    return std::max(0.0, mean() - below);
  }
  /// The same of the slow part alone, for jumps that do not meet: from J down to 1 the integral is tau (J -
  /// 1), of which the stay leaves a part.
  [[nodiscard]] double slow_mean_above() const {
    const double floor = std::max(severe_, 1.0);
    return rate_ * slow_share_ * std::exp(-floor / jump_mean_) * slow_days_ * (1 - 1 / slow_fall_) *
           (floor - 1 + jump_mean_);
  }
  /// Probability that an exposure begins an episode, and that it finds or leaves the person in one.
  [[nodiscard]] double begins_episode() const {
    double sum = 0;
    for (int i = 0; i <= cells; ++i) sum += mass_[index(i)] * std::exp(-(1 - i * width) / jump_mean_);
    return sum;
  }
  [[nodiscard]] double in_episode_after() const {
    double below = 0;
    for (int i = 0; i <= cells; ++i) below += mass_[index(i)];
    return std::min(1.0, begins_episode() + std::max(0.0, 1 - below));
  }

 private:
  static constexpr int cells = 256;
  static constexpr double width = 1.0 / cells;
  static constexpr std::size_t index(int i) { return static_cast<std::size_t>(i); }

  [[nodiscard]] double k(double x) const {
    return rate_ * (fast_days_ * (fast_jumps_above(x) - fast_jumps_above(x * fast_fall_)) +
                    slow_days_ * (slow_jumps_above(x) - slow_jumps_above(x * slow_fall_)));
  }
  [[nodiscard]] double slow_jumps_above(double x) const {
    return slow_share_ * std::exp(-std::max(x, severe_) / jump_mean_);
  }
  [[nodiscard]] double fast_jumps_above(double x) const {
    return std::exp(-x / jump_mean_) - slow_jumps_above(x);
  }
  /// The integral of k(x)/x above the grid, by the midpoint rule in log x.
  [[nodiscard]] double measure_beyond() const {
    constexpr int steps = 200;
    const double from = std::log(1 + width / 2);
    const double to = std::log(1 + severe_ + 40 * jump_mean_);
    const double step = (to - from) / steps;
    double sum = 0;
    for (int i = 0; i < steps; ++i) sum += k(std::exp(from + (i + 0.5) * step)) * step;
    return sum;
  }

  double rate_;
  double jump_mean_;
  double severe_;
  double slow_share_;
  double fast_days_;
  double slow_days_;
  double fast_fall_;  ///< factor by which distress falls during the stay
  double slow_fall_;
  std::array<double, cells + 1> measure_{};
  std::array<double, cells + 1> mass_{};
};

/// What an estimate asks of the law of distress: averages over susceptibility and the stay.
class LawQuestion {
 public:
  LawQuestion(const Scenario& scenario, double rate)
      : distress_{scenario.distress},
        rate_{rate},
        leaving_{TurnoverLaw{scenario}.mean_rate()},
        seek_days_{scenario.activation.self_referral.seek_window.in_days()} {}

  [[nodiscard]] DemandMemory::Key key() const {
    return {rate_,
            leaving_,
            seek_days_,
            distress_.jump_mean,
            distress_.severe_threshold,
            distress_.slow_share.value,
            distress_.fast_decay.in_days(),
            distress_.slow_decay.in_days(),
            distress_.susceptibility_log_sd};
  }

  [[nodiscard]] DemandMemory::Law answer() const {
    DemandMemory::Law sum;
    const double log_sd = distress_.susceptibility_log_sd;
    for (const auto& [at, weight] : hermite) {
      const double susceptibility = std::exp(log_sd * at - log_sd * log_sd / 2);
      if (leaving_ <= 0.0) {
        add(sum, susceptibility, std::numeric_limits<double>::infinity(), weight);
        continue;
      }
      for (const StayPoint& stay : laguerre)
        add(sum, susceptibility, stay.at / leaving_, weight * stay.weight);
    }
    return sum;
  }

 private:
  void add(DemandMemory::Law& sum, double susceptibility, double stay_days, double weight) const {
    const DistressLaw law{distress_, rate_, distress_.jump_mean * susceptibility, stay_days};
    sum.begins += weight * law.begins_episode();
    sum.in_episode += weight * law.in_episode_after();
    // When the window ends fast distress is gone; slow distress asks again only after the next exposure.
    const double beyond_window = std::exp(-rate_ * seek_days_);
    sum.asking += weight * std::max(0.0, law.mean_above() - beyond_window * law.slow_mean_above());
    sum.distress += weight * law.mean();
  }

  const Distress& distress_;
  double rate_;
  double leaving_;
  double seek_days_;
};

/// Part of the time of asking that is left before people have turned to somebody else: who would be
/// distressed for an integral of I asks over (1 - exp(-h I)) / h of it.
double share_before_elsewhere(const Activation& activation, double mean_asking, double episodes_a_year) {
  if (activation.elsewhere.hazard.per_day <= 0 || episodes_a_year <= 0 || mean_asking <= 0) return 1;
  const double x = activation.elsewhere.hazard.per_year() * mean_asking / episodes_a_year;
  return -std::expm1(-x) / x;
}

constexpr std::size_t most_remembered = 4096;

}  // namespace

DemandMemory::Law DemandMemory::find(const Key& key, const std::function<Law()>& compute) {
  {
    const std::scoped_lock lock{mutex_};
    if (const auto known = laws_.find(key); known != laws_.end()) return known->second;
  }
  const Law law = compute();
  const std::scoped_lock lock{mutex_};
  if (laws_.size() >= most_remembered) laws_.clear();
  laws_.emplace(key, law);
  ++computed_;
  return law;
}

std::size_t DemandMemory::computed() const {
  const std::scoped_lock lock{mutex_};
  return computed_;
}

double expected_sessions(const CaseRules& rules) {
  if (rules.closing_rule == ClosingRule::threshold) return rules.max_sessions;
  const double another = (1 - rules.early_referral.value) * rules.continue_after_session.value;
  if (another >= 1) return rules.max_sessions;
  return (1 - std::pow(another, rules.max_sessions)) / (1 - another);
}

DemandEstimate estimate_demand(const Scenario& scenario, double event_factor, DemandMemory* memory) {
  const Environment& environment = scenario.environment;
  const double personal = environment.exposure_rate.per_day * environment.personal_share.value;
  const double clinical =
      environment.exposure_rate.per_day * (1 - environment.personal_share.value) * event_factor;
  const double rate = personal + clinical + cause_load(scenario);
  DemandEstimate estimate;
  if (rate <= 0) return estimate;

  const SelfReferral& self = scenario.activation.self_referral;
  const LawQuestion question{scenario, rate};
  const DemandMemory::Law law =
      memory == nullptr ? question.answer() : memory->find(question.key(), [&] { return question.answer(); });
  const double in_episode = law.in_episode;
  const double mean_asking = law.asking;
  estimate.mean_distress = law.distress;
  estimate.mean_distress = std::min(estimate.mean_distress, scenario.exhaustion.distress_cap);
  estimate.episodes = rate * law.begins * days_per_year;

  const Activation& activation = scenario.activation;
  const double awareness = activation.awareness.initial;
  if (self.enabled == Switch::on) {
    // exp(-stigma) has a log-normal law.
    const double openness = std::exp(-self.stigma_mean + self.stigma_sd * self.stigma_sd / 2);
    estimate.requests += self.hazard.per_year() * awareness * activation.trust.initial * openness *
                         std::exp(self.stigma_relief) * mean_asking *
                         share_before_elsewhere(activation, mean_asking, estimate.episodes);
  }
  estimate.triaged = estimate.requests;
  const Outreach& outreach = activation.outreach;
  double noticed = 0;  // per episode, by managers and colleagues
  if (activation.manager.enabled == Switch::on) noticed += activation.manager.notice.value;
  if (activation.peer.enabled == Switch::on)
    noticed += std::min(1.0, usual_ties * activation.peer.notice.value * awareness);
  const double accepted =
      1 / (1 + std::exp(-outreach.acceptance_logit -
                        outreach.acceptance_trust_gain * (activation.trust.initial - 0.5) +
                        outreach.acceptance_loss_per_day * outreach.report_delay.in_days()));
  estimate.triaged += estimate.episodes * noticed;
  estimate.requests += estimate.episodes * noticed * accepted;
  if (outreach.enabled == Switch::on) {
    // Whoever is in an episode after a clinical exposure may be named, whether it began just then or before.
    const double named = clinical * days_per_year * in_episode * outreach.report.value * outreach.flag.value;
    estimate.triaged += named;
    estimate.requests += named * accepted;
  }
  return estimate;
}

}  // namespace peercap::peer_support
