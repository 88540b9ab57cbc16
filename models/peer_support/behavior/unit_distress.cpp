// Distress over time: how a unit's clinicians are hit, ask for help and recover.

#include <algorithm>
#include <cmath>
#include <limits>

#include "models/peer_support/behavior/unit_process.h"
#include "models/peer_support/organization/draw_purpose.h"
#include "sim/random/distributions.h"

namespace peercap::peer_support {
namespace {

constexpr double episode_threshold = 1.0;  // defines the unit of distress
constexpr double never_asks = Concern::never_asks;

}  // namespace

void UnitProcess::draw_initial_distress(std::uint32_t position, Context& context) {
  // The stationary law: exposures at the reference rate since the person came, each decayed to the present.
  // Beyond six decay times a jump is below 0.25 % of its size.
  constexpr double decay_times = 6.0;
  const Scenario& s = rules_->scenario;
  const RandomSource& random = context.random();
  const EntityKey key = person_key(position);
  WeeklyState& state = weekly_[position];
  const double susceptibility = static_cast<double>(traits(position).susceptibility);
  const double rate = s.environment.exposure_rate.per_day *
                      ((1.0 - s.environment.personal_share.value) * department_.event_factor +
                       s.environment.personal_share.value);
  const double leaving = rules_->turnover_law.rate(
      organization_.professions[clinician(position)],
      static_cast<double>(state.stable_exhaustion) + s.exhaustion.workload_gain * unit_.workload);
  const double stay_days =
      leaving > 0.0
          ? standard_exponential(random.draw(key, DrawPurpose::tenure, 0).second_uniform()) / leaving
          : std::numeric_limits<double>::infinity();
  double latest_age = std::numeric_limits<double>::infinity();
  double latest_jump = 0.0;
  Cause latest_cause = Cause::clinical_event;
  const auto add_past = [&](EntityKey source, double rate_of_source, double factor, Cause cause) {
    for (std::uint64_t component = 0; component < 2; ++component) {
      const bool slow = component == 1;
      const double decay_days = (slow ? s.distress.slow_decay : s.distress.fast_decay).in_days();
      const double span = std::min(decay_times * decay_days, stay_days);
      const std::uint64_t count =
          poisson(random, source, DrawPurpose::initial_shots, component, rate_of_source * span);
      for (std::uint64_t number = 0; number < count; ++number) {
        const std::uint64_t index = number << 1 | component;
        const Draw draw = random.draw(source, DrawPurpose::initial_shot, index);
        const double jump = susceptibility * factor * severity(draw.second_uniform());
        const bool severe = jump > s.distress.severe_threshold;
        const bool is_slow = severe && random.draw(source, DrawPurpose::initial_shots, 2 + index).uniform() <
                                           s.distress.slow_share.value;
        if (is_slow != slow) continue;
        const double age = span * draw.uniform();
        // The latest: which of those before began the episode is not known of the past.
        if (age < latest_age) {
          latest_jump = jump;
          latest_cause = cause;
        }
        latest_age = std::min(latest_age, age);
        (slow ? state.distress.slow : state.distress.fast) += jump * exact::exp(-age / decay_days);
      }
    }
  };
  add_past(key, rate, 1.0, Cause::clinical_event);
  const auto& causes = s.environment.causes;
  for (std::size_t i = 0; i < causes.size(); ++i)
    add_past(key.child("cause").child(causes[i].name), listed_exposures(i, position), causes[i].severity,
             listed_cause(i));
  if (state.distress.total() <= episode_threshold) return;
  Concern& its = begin_episode(position, latest_cause, context);
  its.last_exposure = context.now() - duration_from_days(latest_age);
  its.hardest_jump = static_cast<float>(latest_jump);
  arm_next_step(position, context);
}

DistressLevel UnitProcess::distress(std::uint32_t position, SimTime now) const {
  const DistressLevel& level = weekly_[position].distress;
  return now == tick_ ? level : rules_->distress_law.after(level, (now - tick_).in_days());
}

void UnitProcess::set_distress(std::uint32_t position, const DistressLevel& level, SimTime now) {
  weekly_[position].distress =
      now == tick_ ? level : rules_->distress_law.before(level, (now - tick_).in_days());
}

void UnitProcess::settle(std::uint32_t position, SimTime now) {
  if (!weekly_[position].in_episode) return;
  Concern& its = concern(position);
  if (!its.case_open && its.seek_rate > 0.0F && its.seek_remaining != never_asks) {
    // The hazard has run until now, but no longer than the seek window.
    const SelfReferral& seeking = rules_->scenario.activation.self_referral;
    const SimTime until = std::min(now, saturating_add(its.last_exposure, seeking.seek_window));
    if (until > its.settled)
      its.seek_remaining -=
          static_cast<double>(its.seek_rate) *
          rules_->distress_law.integral(distress(position, its.settled), (until - its.settled).in_days());
    its.seek_remaining = std::max(its.seek_remaining, 1e-12);
  }
  its.settled = now;
}

void UnitProcess::count_support(std::uint32_t position, SimTime now) {
  if (!has_concern(position)) return;
  Concern& its = concern(position);
  if (weekly_[position].in_episode && its.supported && now > rules_->start)
    supported_ticks_ += (now - std::max(its.support_mark, rules_->start)).ticks();
  its.support_mark = now;
}

Concern& UnitProcess::begin_episode(std::uint32_t position, Cause cause, Context& context) {
  count_support(position, context.now());
  Concern& its = open_concern(position, context.now());
  weekly_[position].in_episode = true;
  const std::uint32_t episode = ++people_[position].episode;
  its.cause = cause;
  its.asked = false;
  its.contacted = false;
  its.episode_begin = context.now();
  its.settled = context.now();
  set_seek_rate(position, seeking_leisure());
  its.seek_remaining = standard_exponential(
      context.random().draw(person_key(position), DrawPurpose::seek_threshold, episode).uniform());
  context.state(PeerFact::episode_began, clinician(position), episode, 0, static_cast<std::uint16_t>(cause));
  let_others_notice(position, context);
  return its;
}

unsigned UnitProcess::episode_flags(const Concern& its) {
  return (its.asked ? 1U : 0U) | (its.contacted ? 2U : 0U) | static_cast<unsigned>(its.cause) << cause_shift;
}

void UnitProcess::end_episode(std::uint32_t position, EpisodeEnd end, Context& context) {
  const SimTime now = context.now();
  WeeklyState& state = weekly_[position];
  settle(position, now);
  count_support(position, now);
  const Concern& its = concern(position);
  state.in_episode = false;
  if (now >= rules_->start) {
    state.reached = true;
    distressed_ticks_ += (now - std::max(its.episode_begin, rules_->start)).ticks();
  }
  const auto flags = static_cast<std::uint16_t>(episode_flags(its) | (end == EpisodeEnd::left ? 4U : 0U));
  context.state(PeerFact::episode_ended, clinician(position), people_[position].episode,
                its.episode_begin.ticks(), flags);
  drop_concern(position);
}

double UnitProcess::days_until_asking(const Concern& concern, const DistressLevel& level, SimTime now,
                                      double limit) const {
  if (concern.case_open || concern.seek_rate <= 0.0F || concern.seek_remaining == never_asks)
    return never_asks;
  const SelfReferral& seeking = rules_->scenario.activation.self_referral;
  const SimTime last = std::min(next_tick_, saturating_add(concern.last_exposure, seeking.seek_window));
  const double span = std::min(limit, (last - now).in_days());
  if (span <= 0.0) return never_asks;
  const double amount = concern.seek_remaining / static_cast<double>(concern.seek_rate);
  // Distress falls: the integral is at most the present level times the span.
  if (level.total() * span < amount) return never_asks;
  const double asks = rules_->distress_law.days_until_integral(level, amount, span);
  return asks < span ? asks : never_asks;
}

void UnitProcess::arm_next_step(std::uint32_t position, Context& context) {
  if (!weekly_[position].in_episode) {
    context.disarm(position);
    return;
  }
  const SimTime now = context.now();
  const DistressLevel level = distress(position, now);
  const double recovery = rules_->distress_law.days_until(level, episode_threshold);
  const double asks = days_until_asking(concern(position), level, now, recovery);
  if (asks != never_asks)
    context.arm(position, now + duration_from_days(asks), Happening::seek_help);
  else
    context.arm(position, now + duration_from_days(recovery), Happening::recover);
}

void UnitProcess::look_ahead(std::uint32_t position, double leisure, Context& context) {
  if (!weekly_[position].in_episode) return;
  set_seek_rate(position, leisure);
  // Recovery is set already; if it comes first, it ends the episode before anybody could ask.
  const SimTime now = context.now();
  if (days_until_asking(concern(position), distress(position, now), now, days_per_week) == never_asks) return;
  arm_next_step(position, context);
}

void UnitProcess::send_view(std::uint32_t position, Context& context) {
  const Concern& its = concern(position);
  const ViewMessage view{static_cast<std::uint16_t>(position), people_[position].episode, its.effects_applied,
                         distress(position, context.now())};
  context.send(its.case_channel, rules_->scenario.delays.unit_to_desk, Happening::distress_view, view.pack());
}

void UnitProcess::take_effect(const EffectMessage& message, Context& context) {
  if (has_concern(message.position)) concern(message.position).effects_applied = message.session;
  ease(message.position, static_cast<double>(message.keep_fast), static_cast<double>(message.keep_slow),
       context);
}

void UnitProcess::ease(std::uint32_t position, double keep_fast, double keep_slow, Context& context) {
  WeeklyState& state = weekly_[position];
  if (state.vacant) return;
  settle(position, context.now());
  state.distress.fast *= keep_fast;
  state.distress.slow *= keep_slow;
  if (state.in_episode && distress(position, context.now()).total() <= episode_threshold)
    end_episode(position, EpisodeEnd::recovered, context);
  arm_next_step(position, context);
}

}  // namespace peercap::peer_support
