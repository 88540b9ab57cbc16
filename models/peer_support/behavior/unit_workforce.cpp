// The clinical side: workload, exhaustion, people who leave and those who take their places.

#include <algorithm>
#include <array>
#include <cmath>

#include "models/peer_support/behavior/supporter_survey.h"
#include "models/peer_support/behavior/unit_process.h"
#include "models/peer_support/organization/draw_purpose.h"
#include "sim/random/distributions.h"
#include "sim/random/quick_normal.h"
#include "sim/support/checked_number.h"

namespace peercap::peer_support {
namespace {

constexpr double parts_of_exhaustion = 1048576.0;

}  // namespace

double UnitProcess::workload() const {
  const Scenario& s = rules_->scenario;
  const double vacant = 1.0 - static_cast<double>(present_) / unit_.size;
  const double relief =
      s.loops.upstream == Switch::on
          ? s.upstream.workload_relief + s.turnover.vacancy_workload * s.upstream.added_staff
          : 0.0;
  return unit_.workload + s.upstream.inefficiency - relief + s.turnover.vacancy_workload * vacant;
}

double UnitProcess::exhaustion(const WeeklyState& state) {
  return static_cast<double>(state.stable_exhaustion) + static_cast<double>(state.passing_exhaustion);
}

void UnitProcess::step_exhaustion(Context& context) {
  const Exhaustion& spec = rules_->scenario.exhaustion;
  const Loops& loops = rules_->scenario.loops;
  const RandomSource& random = context.random();
  const SimTime now = context.now();
  const bool first = now == rules_->begin;
  const double overload_gain = loops.overload == Switch::on ? spec.overload_gain : 0.0;
  const double unit_gain =
      loops.contagion == Switch::on ? spec.unit_gain * (1.0 - rules_->scenario.environment.isolation) : 0.0;
  const double from_work = spec.workload_gain * workload();
  const double keep = rules_->weekly_exhaustion_keep;
  const double fast_keep = rules_->weekly_fast_keep;
  const double slow_keep = rules_->weekly_slow_keep;
  const double usual = rules_->mean_distress;
  const double noise_sd = rules_->weekly_noise_sd;
  const ShownExhaustion* const seen = surroundings_.board->exhaustion(week_).data();
  ShownExhaustion* const shown = surroundings_.board->exhaustion_to_show(week_) + unit_.first_clinician;
  const auto nearby = [&](std::uint32_t position) {
    if (surroundings_.network == nullptr) return mean_exhaustion_;
    const auto colleagues = surroundings_.network->neighbors(clinician(position));
    if (colleagues.empty()) return mean_exhaustion_;
    std::int32_t total = 0;
    for (const std::uint32_t colleague : colleagues) total += seen[colleague].steps();
    return static_cast<double>(total) * ShownExhaustion::step / static_cast<double>(colleagues.size());
  };
  double sum = 0.0;
  std::int64_t distressed = 0;
  std::uint16_t supported = 0;
  Draw noise{0, 0};
  for (std::uint32_t position = 0; position < unit_.size; ++position) {
    WeeklyState& state = weekly_[position];
    if (position % 4 == 0)
      noise = random.draw(unit_.key, DrawPurpose::weekly_noise, week_ << 16 | position / 4);
    if (state.vacant) {
      shown[position] = ShownExhaustion{mean_exhaustion_};
      continue;
    }
    if (state.in_episode) {
      ++distressed;
      settle(position, now);
      if (concern(position).supported) ++supported;
    }
    if (!first) {
      state.distress.fast *= fast_keep;
      state.distress.slow *= slow_keep;
      // The exact step of dX = -(X - target)/tau dt + noise over one week.
      double target =
          from_work + spec.distress_gain * (std::min(state.distress.total(), spec.distress_cap) - usual);
      if (unit_gain > 0.0) target += unit_gain * nearby(position);
      if (state.supporter) target += overload_gain * static_cast<double>(overload_debt(position));
      state.passing_exhaustion =
          static_cast<float>(target + (static_cast<double>(state.passing_exhaustion) - target) * keep +
                             noise_sd * quick_normal(noise.quarter(position % 4)));
    }
    const double level = exhaustion(state);
    shown[position] = ShownExhaustion{level};
    sum += level;
  }
  tick_ = now;
  if (present_ > 0) mean_exhaustion_ = sum / present_;
  context.state(PeerFact::unit_week, id_.value(), distressed,
                fixed_point(sum, parts_of_exhaustion, "exhaustion is not a number"), supported);
}

void UnitProcess::step_turnover(Context& context) {
  const Scenario& s = rules_->scenario;
  if (s.turnover.enabled == Switch::off) return;
  const std::uint8_t* const professions = organization_.professions.data() + unit_.first_clinician;
  const double* const turnover = rules_->weekly_turnover.data();
  const double concerning = rules_->concerning_exhaustion;
  // Selected, not branched to: which of the two cannot be guessed.
  const std::array<double, 2> factors{1.0, s.turnover.burnout_ratio};
  for (std::uint32_t position = 0; position < unit_.size; ++position) {
    WeeklyState& state = weekly_[position];
    if (state.vacant) continue;
    double hazard = turnover[professions[position]] * factors[exhaustion(state) >= concerning ? 1 : 0];
    if (state.supporter && state.incarnation == 0) hazard *= s.supporters.exit.employment_ratio;
    const auto remaining = static_cast<double>(state.leave_remaining);
    if (hazard < remaining) {
      state.leave_remaining = static_cast<float>(remaining - hazard);
      continue;
    }
    context.schedule(context.now() + duration_from_days(days_per_week * remaining / hazard),
                     Happening::leave_unit, {static_cast<std::uint16_t>(position), state.incarnation, 0});
    state.leave_remaining = WeeklyState::never_leaves;
  }
}

void UnitProcess::leave(std::uint32_t position, Departure departure, Context& context) {
  WeeklyState& state = weekly_[position];
  const Scenario& s = rules_->scenario;
  if (state.in_episode) end_episode(position, EpisodeEnd::left, context);
  context.disarm(position);
  context.state(
      PeerFact::clinician_left, clinician(position), state.incarnation, 0,
      static_cast<std::uint16_t>((exhaustion(state) >= rules_->concerning_exhaustion ? left_concerning : 0) |
                                 (departure == Departure::closing ? left_with_site : 0)));
  if (s.program.enabled == Switch::on)
    context.send(desk_channel, s.delays.unit_to_desk, Happening::employment_ended,
                 {static_cast<std::uint16_t>(position), people_[position].episode, 0});
  if (has_open_case(position)) concern(position).case_open = false;
  drop_concern(position);
  state.vacant = true;
  state.distress = {};
  --present_;
  for (PendingGroup& group : groups_) std::erase(group.positions, static_cast<std::uint16_t>(position));
  const double uniform =
      context.random().draw(person_key(position), DrawPurpose::turnover, state.incarnation).second_uniform();
  // Nobody begins before the desk has heard that the one before has gone.
  const SimDuration least = s.delays.unit_to_desk + s.delays.desk_to_unit + days(1);
  context.schedule(context.now() + least +
                       duration_from_days(s.turnover.vacancy.in_days() * standard_exponential(uniform)),
                   Happening::hire, {static_cast<std::uint16_t>(position), 0, 0});
}

void UnitProcess::hire(std::uint32_t position, Context& context) {
  WeeklyState& state = weekly_[position];
  const std::uint32_t person = clinician(position);
  const RandomSource& random = context.random();
  const std::uint16_t incarnation = ++state.incarnation;
  const EntityKey key = person_key(position).child(std::uint64_t{incarnation});
  state.vacant = false;
  if (state.supporter) overload_debt(position) = 0.0F;
  auto place = std::ranges::lower_bound(hired_, position, {}, &Hired::position);
  if (place == hired_.end() || place->position != position)
    place = hired_.insert(place, {static_cast<std::uint16_t>(position), {}});
  place->traits =
      rules_->trait_law.draw(random, key, organization_.professions[person], organization_.stages[person]);
  state.stable_exhaustion = place->traits.stable_exhaustion;
  const double noise = standard_normal(random.draw(key, DrawPurpose::initial_exhaustion, 0).uniform());
  state.passing_exhaustion = static_cast<float>(rules_->scenario.exhaustion.workload_gain * unit_.workload +
                                                rules_->passing_sd * noise);
  state.leave_remaining = static_cast<float>(
      standard_exponential(random.draw(person_key(position), DrawPurpose::turnover, incarnation).uniform()));
  ++present_;
  context.state(PeerFact::clinician_hired, person, incarnation);
}

double UnitProcess::surveyed_exhaustion(std::uint32_t position, const Draw& error) const {
  const Exhaustion& spec = rules_->scenario.exhaustion;
  const double latent_sd = spec.observed_sd * std::sqrt(spec.reliability);
  const double error_sd = spec.observed_sd * std::sqrt(1.0 - spec.reliability);
  return std::floor(spec.observed_mean + latent_sd * exhaustion(weekly_[position]) +
                    error_sd * standard_normal(error.uniform()) + 0.5);
}

void UnitProcess::survey(Context& context) {
  const Surveys& spec = rules_->scenario.surveys;
  const auto wave = rules_->survey_wave(context.now());
  if (!wave) return;
  std::int64_t answered = 0;
  std::int64_t concerning = 0;
  for (std::uint32_t position = 0; position < unit_.size; ++position) {
    const WeeklyState& state = weekly_[position];
    if (state.vacant) continue;
    const Draw draw = context.random().draw(person_key(position), DrawPurpose::exhaustion_survey, *wave + 1);
    if (draw.second_uniform() >= response_probability(spec, exhaustion(state))) continue;
    ++answered;
    concerning += surveyed_exhaustion(position, draw) >= rules_->scenario.exhaustion.concern_cutoff ? 1 : 0;
  }
  context.state(PeerFact::unit_survey, id_.value(), answered, concerning, static_cast<std::uint16_t>(*wave));
}

}  // namespace peercap::peer_support
