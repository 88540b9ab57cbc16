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
constexpr double never_asks = ClinicianState::never_asks;

}  // namespace

void UnitProcess::draw_initial_distress(std::uint32_t position, Context& context) {
  // The stationary law: exposures at the reference rate since the person came, each decayed to the present.
  // Beyond six decay times a jump is below 0.25 % of its size.
  constexpr double decay_times = 6.0;
  const Scenario& s = rules_->scenario;
  const RandomSource& random = context.random();
  const EntityKey key = person_key(position);
  ClinicianState& state = people_[position];
  const double susceptibility = static_cast<double>(state.traits.susceptibility);
  const double rate = s.environment.exposure_rate.per_day *
                      ((1.0 - s.environment.personal_share.value) * department_.event_factor +
                       s.environment.personal_share.value);
  const double leaving = rules_->turnover_law.rate(
      organization_.professions[clinician(position)],
      static_cast<double>(state.traits.stable_exhaustion) + s.exhaustion.workload_gain * unit_.workload);
  const double stay_days =
      leaving > 0.0
          ? standard_exponential(random.draw(key, DrawPurpose::tenure, 0).second_uniform()) / leaving
          : std::numeric_limits<double>::infinity();
  double latest_age = std::numeric_limits<double>::infinity();
  for (std::uint64_t component = 0; component < 2; ++component) {
    const bool slow = component == 1;
    const double decay_days = (slow ? s.distress.slow_decay : s.distress.fast_decay).in_days();
    const double span = std::min(decay_times * decay_days, stay_days);
    const std::uint64_t count = poisson(random, key, DrawPurpose::initial_shots, component, rate * span);
    for (std::uint64_t number = 0; number < count; ++number) {
      const std::uint64_t index = number << 1 | component;
      const Draw draw = random.draw(key, DrawPurpose::initial_shot, index);
      const double jump = susceptibility * severity(draw.second_uniform());
      const bool severe = jump > s.distress.severe_threshold;
      const bool is_slow = severe && random.draw(key, DrawPurpose::initial_shots, 2 + index).uniform() <
                                         s.distress.slow_share.value;
      if (is_slow != slow) continue;
      const double age = span * draw.uniform();
      // The latest: which of those before began the episode is not known of the past.
      if (age < latest_age) state.hardest_jump = static_cast<float>(jump);
      latest_age = std::min(latest_age, age);
      (slow ? state.distress.slow : state.distress.fast) += jump * exact::exp(-age / decay_days);
    }
  }
  if (state.distress.total() <= episode_threshold) return;
  state.last_exposure = context.now() - duration_from_days(latest_age);
  begin_episode(position, Cause::clinical_event, context);
  arm_next_step(position, context);
}

void UnitProcess::bring_up_to_date(ClinicianState& state, SimTime now) {
  const SimDuration passed = now - state.updated;
  if (passed == SimDuration{}) return;
  if (state.in_episode && !state.case_open && state.seek_rate > 0.0 && state.seek_remaining != never_asks) {
    // The hazard has run from `updated` until now, but no longer than the seek window.
    const SelfReferral& seeking = rules_->scenario.activation.self_referral;
    const SimTime until = std::min(now, saturating_add(state.last_exposure, seeking.seek_window));
    if (until > state.updated)
      state.seek_remaining -=
          state.seek_rate * rules_->distress_law.integral(state.distress, (until - state.updated).in_days());
    state.seek_remaining = std::max(state.seek_remaining, 1e-12);
  }
  if (passed == weeks(1)) {
    state.distress.fast *= rules_->weekly_fast_keep;
    state.distress.slow *= rules_->weekly_slow_keep;
  } else {
    state.distress = rules_->distress_law.after(state.distress, passed.in_days());
  }
  state.updated = now;
}

void UnitProcess::count_support(ClinicianState& state, SimTime now) {
  if (state.in_episode && state.supported && now > rules_->start)
    supported_ticks_ += (now - std::max(state.support_mark, rules_->start)).ticks();
  state.support_mark = now;
}

void UnitProcess::begin_episode(std::uint32_t position, Cause cause, Context& context) {
  ClinicianState& state = people_[position];
  count_support(state, context.now());
  state.in_episode = true;
  ++state.episode;
  state.cause = cause;
  state.asked = false;
  state.contacted = false;
  state.episode_begin = context.now();
  set_seek_rate(state);
  state.seek_remaining = standard_exponential(
      context.random().draw(person_key(position), DrawPurpose::seek_threshold, state.episode).uniform());
  context.state(PeerFact::episode_began, clinician(position), state.episode);
  let_others_notice(position, context);
}

void UnitProcess::end_episode(std::uint32_t position, EpisodeEnd end, Context& context) {
  ClinicianState& state = people_[position];
  bring_up_to_date(state, context.now());
  count_support(state, context.now());
  state.in_episode = false;
  if (context.now() >= rules_->start) {
    state.reached = true;
    distressed_ticks_ += (context.now() - std::max(state.episode_begin, rules_->start)).ticks();
  }
  const auto flags = static_cast<std::uint16_t>((state.asked ? 1 : 0) | (state.contacted ? 2 : 0) |
                                                (end == EpisodeEnd::left ? 4 : 0));
  context.state(PeerFact::episode_ended, clinician(position), state.episode, state.episode_begin.ticks(),
                flags);
}

double UnitProcess::days_until_asking(const ClinicianState& state, double limit) const {
  if (state.case_open || state.seek_rate <= 0.0 || state.seek_remaining == never_asks) return never_asks;
  const SelfReferral& seeking = rules_->scenario.activation.self_referral;
  const SimTime last = std::min(next_tick_, saturating_add(state.last_exposure, seeking.seek_window));
  const double span = std::min(limit, (last - state.updated).in_days());
  if (span <= 0.0) return never_asks;
  const double amount = state.seek_remaining / state.seek_rate;
  // Distress falls: the integral is at most the present level times the span.
  if (state.distress.total() * span < amount) return never_asks;
  const double asks = rules_->distress_law.days_until_integral(state.distress, amount, span);
  return asks < span ? asks : never_asks;
}

void UnitProcess::arm_next_step(std::uint32_t position, Context& context) {
  ClinicianState& state = people_[position];
  if (!state.in_episode) {
    context.disarm(position);
    return;
  }
  const double recovery = rules_->distress_law.days_until(state.distress, episode_threshold);
  const double asks = days_until_asking(state, recovery);
  if (asks != never_asks)
    context.arm(position, context.now() + duration_from_days(asks), Happening::seek_help);
  else
    context.arm(position, context.now() + duration_from_days(recovery), Happening::recover);
}

void UnitProcess::look_ahead(std::uint32_t position, Context& context) {
  ClinicianState& state = people_[position];
  if (state.vacant || !state.in_episode) return;
  set_seek_rate(state);
  // Recovery is set already; if it comes first, it ends the episode before anybody could ask.
  const double asks = days_until_asking(state, days_per_week);
  if (asks == never_asks) return;
  arm_next_step(position, context);
}

void UnitProcess::send_view(std::uint32_t position, Context& context) {
  const ClinicianState& state = people_[position];
  const ViewMessage view{static_cast<std::uint16_t>(position), state.episode, state.effects_applied,
                         state.distress};
  context.send(state.case_channel, rules_->scenario.delays.unit_to_desk, Happening::distress_view,
               view.pack());
}

void UnitProcess::take_effect(const EffectMessage& message, Context& context) {
  people_[message.position].effects_applied = message.session;
  ease(message.position, static_cast<double>(message.keep_fast), static_cast<double>(message.keep_slow),
       context);
}

void UnitProcess::ease(std::uint32_t position, double keep_fast, double keep_slow, Context& context) {
  ClinicianState& state = people_[position];
  if (state.vacant) return;
  bring_up_to_date(state, context.now());
  state.distress.fast *= keep_fast;
  state.distress.slow *= keep_slow;
  if (state.in_episode && state.distress.total() <= episode_threshold)
    end_episode(position, EpisodeEnd::recovered, context);
  arm_next_step(position, context);
}

}  // namespace peercap::peer_support
