// The clinical side: workload, exhaustion, people who leave and those who take their places.

#include <algorithm>
#include <cmath>

#include "models/peer_support/behavior/supporter_survey.h"
#include "models/peer_support/behavior/unit_process.h"
#include "models/peer_support/organization/draw_purpose.h"
#include "sim/random/distributions.h"

namespace peercap::peer_support {
namespace {

std::int64_t fixed_point(double value, double scale) {
  return static_cast<std::int64_t>(value * scale + (value < 0.0 ? -0.5 : 0.5));
}

}  // namespace

double UnitProcess::workload() const {
  const Scenario& s = rules_->scenario;
  const double vacant = 1.0 - static_cast<double>(present_) / unit_.size;
  const double relief = s.loops.upstream == Switch::on ? s.upstream.workload_relief : 0.0;
  return unit_.workload + s.upstream.inefficiency - relief + s.turnover.vacancy_workload * vacant;
}

double UnitProcess::exhaustion_nearby(std::uint32_t position) const {
  if (surroundings_.network == nullptr) return mean_exhaustion_;
  const auto colleagues = surroundings_.network->neighbors(clinician(position));
  if (colleagues.empty()) return mean_exhaustion_;
  const auto& shown = surroundings_.board->exhaustion(week_);
  float sum = 0.0F;
  for (const std::uint32_t colleague : colleagues) sum += shown[colleague];
  return static_cast<double>(sum) / static_cast<double>(colleagues.size());
}

double UnitProcess::exhaustion(const ClinicianState& state) const {
  return static_cast<double>(state.traits.stable_exhaustion) + static_cast<double>(state.passing_exhaustion);
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
  double sum = 0.0;
  std::int64_t distressed = 0;
  Draw noise{0, 0};
  for (std::uint32_t position = 0; position < unit_.size; ++position) {
    ClinicianState& state = people_[position];
    if (position % 2 == 0)
      noise = random.draw(unit_.key, DrawPurpose::weekly_noise, week_ << 16 | position / 2);
    if (state.vacant) {
      surroundings_.board->show_exhaustion(week_, clinician(position), static_cast<float>(mean_exhaustion_));
      continue;
    }
    bring_up_to_date(state, now);
    distressed += state.in_episode ? 1 : 0;
    if (!first) {
      // The exact step of dX = -(X - target)/tau dt + noise over one week.
      const double target =
          from_work + (unit_gain > 0.0 ? unit_gain * exhaustion_nearby(position) : 0.0) +
          spec.distress_gain * (std::min(state.distress.total(), spec.distress_cap) - rules_->mean_distress) +
          overload_gain * static_cast<double>(state.overload_debt);
      const double shock = standard_normal(position % 2 == 0 ? noise.uniform() : noise.second_uniform());
      state.passing_exhaustion =
          static_cast<float>(target + (static_cast<double>(state.passing_exhaustion) - target) * keep +
                             rules_->weekly_noise_sd * shock);
    }
    const double level = exhaustion(state);
    surroundings_.board->show_exhaustion(week_, clinician(position), static_cast<float>(level));
    sum += level;
  }
  if (present_ > 0) mean_exhaustion_ = sum / present_;
  context.state(PeerFact::unit_week, id_.value(), distressed, fixed_point(sum, 1048576.0));
}

void UnitProcess::step_turnover(Context& context) {
  const Scenario& s = rules_->scenario;
  if (s.turnover.enabled == Switch::off) return;
  for (std::uint32_t position = 0; position < unit_.size; ++position) {
    ClinicianState& state = people_[position];
    if (state.vacant) continue;
    double hazard = rules_->weekly_turnover[organization_.professions[clinician(position)]];
    if (exhaustion(state) >= rules_->concerning_exhaustion) hazard *= s.turnover.burnout_ratio;
    if (state.incarnation == 0 && is_supporter(position)) hazard *= s.supporters.exit.employment_ratio;
    if (hazard < state.leave_remaining) {
      state.leave_remaining -= hazard;
      continue;
    }
    context.schedule(context.now() + duration_from_days(days_per_week * state.leave_remaining / hazard),
                     Happening::leave_unit, {static_cast<std::uint16_t>(position), state.incarnation, 0});
    state.leave_remaining = ClinicianState::never_asks;
  }
}

void UnitProcess::leave(std::uint32_t position, Context& context) {
  ClinicianState& state = people_[position];
  const Scenario& s = rules_->scenario;
  if (state.in_episode) end_episode(position, EpisodeEnd::left, context);
  context.disarm(position);
  context.state(PeerFact::clinician_left, clinician(position), state.incarnation, 0,
                exhaustion(state) >= rules_->concerning_exhaustion ? 1 : 0);
  if (s.program.enabled == Switch::on)
    context.send(desk_channel, s.delays.unit_to_desk, Happening::employment_ended,
                 {static_cast<std::uint16_t>(position), 0, 0});
  state.vacant = true;
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
  ClinicianState& state = people_[position];
  const std::uint32_t person = clinician(position);
  const RandomSource& random = context.random();
  const std::uint32_t episode = state.episode;
  const auto incarnation = static_cast<std::uint16_t>(state.incarnation + 1);
  const bool reached = state.reached;
  state = ClinicianState{};
  state.episode = episode;
  state.incarnation = incarnation;
  state.reached = reached;
  state.updated = context.now();
  state.support_mark = context.now();
  const EntityKey key = person_key(position).child(std::uint64_t{incarnation});
  state.traits =
      rules_->trait_law.draw(random, key, organization_.professions[person], organization_.stages[person]);
  const double noise = standard_normal(random.draw(key, DrawPurpose::initial_exhaustion, 0).uniform());
  state.passing_exhaustion = static_cast<float>(rules_->scenario.exhaustion.workload_gain * unit_.workload +
                                                rules_->passing_sd * noise);
  state.leave_remaining =
      standard_exponential(random.draw(person_key(position), DrawPurpose::turnover, incarnation).uniform());
  ++present_;
  context.state(PeerFact::clinician_hired, person, incarnation);
}

double UnitProcess::surveyed_exhaustion(std::uint32_t position, const Draw& error) const {
  const Exhaustion& spec = rules_->scenario.exhaustion;
  const double latent_sd = spec.observed_sd * std::sqrt(spec.reliability);
  const double error_sd = spec.observed_sd * std::sqrt(1.0 - spec.reliability);
  return std::floor(spec.observed_mean + latent_sd * exhaustion(people_[position]) +
                    error_sd * standard_normal(error.uniform()) + 0.5);
}

void UnitProcess::survey(Context& context) {
  const Surveys& spec = rules_->scenario.surveys;
  const auto wave = rules_->survey_wave(context.now());
  if (!wave) return;
  std::int64_t answered = 0;
  std::int64_t concerning = 0;
  for (std::uint32_t position = 0; position < unit_.size; ++position) {
    const ClinicianState& state = people_[position];
    if (state.vacant) continue;
    const Draw draw = context.random().draw(person_key(position), DrawPurpose::exhaustion_survey, *wave + 1);
    if (draw.second_uniform() >= response_probability(spec, exhaustion(state))) continue;
    ++answered;
    concerning += surveyed_exhaustion(position, draw) >= rules_->scenario.exhaustion.concern_cutoff ? 1 : 0;
  }
  context.state(PeerFact::unit_survey, id_.value(), answered, concerning, static_cast<std::uint16_t>(*wave));
}

}  // namespace peercap::peer_support
