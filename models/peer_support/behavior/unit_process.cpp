#include "models/peer_support/behavior/unit_process.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

#include "models/peer_support/organization/draw_purpose.h"
#include "sim/random/distributions.h"

namespace peercap::peer_support {
namespace {

/// Personal events are drawn for each person in blocks of this many weeks.
constexpr std::uint64_t block_weeks = 52;
constexpr std::uint64_t max_personal_events = 1U << 10;

std::uint64_t week_number(SimTime monday) {
  return static_cast<std::uint64_t>((monday - SimTime{}) / weeks(1));
}

std::int64_t fixed_point(double value, double scale) {
  return static_cast<std::int64_t>(value * scale + (value < 0.0 ? -0.5 : 0.5));
}

}  // namespace

UnitProcess::UnitProcess(const Rules& rules, const Organization& organization, UnitId unit)
    : rules_{&rules},
      organization_{organization},
      unit_{organization.unit(unit)},
      department_{organization.department_of(unit_)},
      rota_{rules.rota(department_.shift_pattern)},
      id_{unit},
      people_(unit_.size) {
  const auto first = std::ranges::lower_bound(organization.supporters, ClinicianId{unit_.first_clinician}, {},
                                              &SupporterEntry::clinician);
  for (auto it = first; it != organization.supporters.end() && it->unit == unit; ++it)
    supporter_positions_.push_back(it->clinician.value() - unit_.first_clinician);
}

std::string UnitProcess::name() const {
  return "unit " + organization_.unit_name(id_);
}

EntityKey UnitProcess::person_key(std::uint32_t position) const {
  return organization_.person_keys[unit_.first_clinician + position];
}

std::uint32_t UnitProcess::clinician(std::uint32_t position) const {
  return unit_.first_clinician + position;
}

void UnitProcess::start(Context& context) {
  context.reserve_timers(unit_.size);
  const RandomSource& random = context.random();
  const std::uint64_t week = week_number(context.now());
  double sum = 0.0;
  for (std::uint32_t position = 0; position < unit_.size; ++position) {
    ClinicianState& state = people_[position];
    state.updated = context.now();
    draw_initial_distress(position, context);
    const double noise =
        standard_normal(random.draw(person_key(position), DrawPurpose::initial_exhaustion, 0).uniform());
    state.passing_exhaustion = static_cast<float>(rules_->scenario.exhaustion.workload_gain * unit_.workload +
                                                  rules_->passing_sd * noise);
    sum += exhaustion(position);
    // The block in progress; the following ones begin at weekly ticks.
    schedule_personal_events(position, (week + block_weeks - position % block_weeks) / block_weeks, context);
  }
  mean_exhaustion_ = sum / unit_.size;
  context.schedule(context.now(), Happening::weekly_tick, {}, EventPriority::early);
}

void UnitProcess::handle(const Event& event, Context& context) {
  rules_ = &rules_->at(context.now());
  switch (event.kind_as<Happening>()) {
    case Happening::weekly_tick:
      run_week(context);
      break;
    case Happening::clinical_event:
      happen_clinically(CandidateId{event.a}, context);
      break;
    case Happening::personal_event:
      happen_personally(event.small, event.a, context);
      break;
    case Happening::seek_help:
      seek_help(static_cast<std::uint32_t>(event.a), context);
      break;
    case Happening::recover:
      end_episode(static_cast<std::uint32_t>(event.a), context);
      break;
    case Happening::case_opened: {
      if (event.a != 0) break;  // belongs to no episode
      ClinicianState& state = people_[event.small];
      bring_up_to_date(state, context.now());
      state.case_open = true;
      state.case_channel = channel_to_desk(event.b);
      state.asked = true;
      state.effects_applied = 0;
      arm_next_step(event.small, context);
      send_view(event.small, context);
      break;
    }
    case Happening::case_closed: {
      ClinicianState& state = people_[event.small];
      bring_up_to_date(state, context.now());
      state.case_open = false;
      arm_next_step(event.small, context);
      break;
    }
    case Happening::contacted: {
      ClinicianState& state = people_[event.small];
      if (state.in_episode && state.episode == event.a) state.contacted = true;
      break;
    }
    case Happening::follow_up:
      follow_up(event.small, context);
      break;
    case Happening::session_effect:
      take_effect(EffectMessage::unpack(event), context);
      break;
    case Happening::supporter_debt:
      people_[event.small].overload_debt = static_cast<float>(std::bit_cast<double>(event.b));
      break;
    default:
      break;
  }
}

void UnitProcess::run_week(Context& context) {
  const SimTime now = context.now();
  step_exhaustion(now, context);
  publish_supporters(context);

  // Exhausted units see more events (loop R1); the mean is that of the last tick.
  const double factor = std::min(
      max_event_factor, exact::exp(rules_->scenario.environment.exhaustion_error_gain * mean_exhaustion_));
  week_events_.clear();
  draw_clinical_events(*rules_, context.random(), unit_, department_, now, factor, week_events_);
  for (const ClinicalEvent& event : week_events_)
    context.schedule(event.time, Happening::clinical_event, {0, event.candidate.value(), 0});

  const std::uint64_t week = week_number(now);
  for (std::uint32_t position = static_cast<std::uint32_t>(week % block_weeks); position < unit_.size;
       position += block_weeks)
    if (now > rules_->begin)
      schedule_personal_events(position, (week - position % block_weeks) / block_weeks + 1, context);

  context.schedule(now + weeks(1), Happening::weekly_tick, {}, EventPriority::early);
}

void UnitProcess::step_exhaustion(SimTime now, Context& context) {
  const Exhaustion& spec = rules_->scenario.exhaustion;
  const RandomSource& random = context.random();
  const std::uint64_t week = week_number(now);
  const bool first = now == rules_->begin;
  double sum = 0.0;
  std::int64_t distressed = 0;
  Draw noise{0, 0};
  for (std::uint32_t position = 0; position < unit_.size; ++position) {
    ClinicianState& state = people_[position];
    bring_up_to_date(state, now);
    distressed += state.in_episode ? 1 : 0;
    if (position % 2 == 0)
      noise = random.draw(unit_.key, DrawPurpose::weekly_noise, week << 16 | position / 2);
    if (!first) {
      // The exact step of dX = -(X - target)/tau dt + noise over one week.
      const double target =
          spec.workload_gain * unit_.workload + spec.unit_gain * mean_exhaustion_ +
          spec.distress_gain * (std::min(state.distress.total(), spec.distress_cap) - rules_->mean_distress) +
          spec.overload_gain * static_cast<double>(state.overload_debt);
      const double shock = standard_normal(position % 2 == 0 ? noise.uniform() : noise.second_uniform());
      const double keep = rules_->weekly_exhaustion_keep;
      state.passing_exhaustion =
          static_cast<float>(target + (static_cast<double>(state.passing_exhaustion) - target) * keep +
                             rules_->weekly_noise_sd * shock);
    }
    sum += exhaustion(position);
  }
  mean_exhaustion_ = sum / unit_.size;
  context.state(PeerFact::unit_week, id_.value(), distressed, fixed_point(sum, 1048576.0));
}

double UnitProcess::exhaustion(std::uint32_t position) const {
  return static_cast<double>(organization_.stable_exhaustions[clinician(position)]) +
         static_cast<double>(people_[position].passing_exhaustion);
}

void UnitProcess::publish_supporters(Context& context) {
  for (const std::uint32_t position : supporter_positions_)
    context.send(
        desk_channel, rules_->scenario.delays.unit_to_desk, Happening::supporter_state,
        {static_cast<std::uint16_t>(position), 0, std::bit_cast<std::uint64_t>(exhaustion(position))});
}

void UnitProcess::happen_clinically(CandidateId candidate, Context& context) {
  const SimTime now = context.now();
  const RandomSource& random = context.random();
  const Outreach& outreach = rules_->scenario.activation.outreach;
  int team_on_duty = 0;
  while (team_on_duty < rota_.team_count() && !rota_.on_duty(team_on_duty, now)) ++team_on_duty;

  named_.clear();
  std::int64_t affected = 0;
  for (std::uint32_t position = 0; position < unit_.size; ++position) {
    if (organization_.teams[clinician(position)] != team_on_duty) continue;
    const Draw draw = random.draw(unit_.key, DrawPurpose::exposure, candidate.for_position(position));
    if (draw.uniform() >= rules_->scenario.environment.team_exposure.value) continue;
    const Draw detail =
        random.draw(unit_.key, DrawPurpose::exposure_detail, candidate.for_position(position));
    ++affected;
    expose(position, draw.second_uniform(), detail.uniform(), Cause::clinical_event, candidate.value(),
           context);
    // Whoever is visibly distressed may be named to the program, if the event is reported at all.
    if (people_[position].in_episode && detail.second_uniform() < outreach.flag.value)
      named_.push_back(static_cast<std::uint16_t>(position));
  }

  const Draw report = random.draw(unit_.key, DrawPurpose::candidate_report, candidate.value());
  const bool reported = report.uniform() < outreach.report.value;
  context.state(PeerFact::clinical_event, id_.value(), static_cast<std::int64_t>(candidate.value()), affected,
                reported ? 1 : 0);
  if (!reported || outreach.enabled == Switch::off || rules_->scenario.program.enabled == Switch::off) return;
  const SimDuration delay =
      rules_->scenario.delays.unit_to_desk +
      duration_from_days(outreach.report_delay.in_days() * standard_exponential(report.second_uniform()));
  for (const std::uint16_t position : named_) {
    const RequestMessage message{position, people_[position].episode, Channel::outreach,
                                 Cause::clinical_event, now};
    context.send(desk_channel, delay, Happening::request, message.pack());
  }
}

void UnitProcess::follow_up(std::uint32_t position, Context& context) {
  ClinicianState& state = people_[position];
  if (!state.in_episode || state.case_open) return;
  state.asked = true;
  const RequestMessage message{static_cast<std::uint16_t>(position), state.episode, Channel::follow_up,
                               state.cause, state.last_exposure};
  context.send(desk_channel, rules_->scenario.delays.unit_to_desk, Happening::request, message.pack());
}

std::uint32_t UnitProcess::channel_to_desk(std::uint64_t site) const {
  const std::uint64_t own = unit_.site.value();
  if (site == own) return desk_channel;
  return static_cast<std::uint32_t>(site < own ? site + 1 : site);
}

void UnitProcess::schedule_personal_events(std::uint32_t position, std::uint64_t block, Context& context) {
  // Block b of a position covers 52 weeks; blocks of different positions begin in different weeks.
  const EntityKey key = person_key(position);
  const SimTime block_begin = SimTime{} +
                              weeks(static_cast<std::int64_t>(block * block_weeks + position % block_weeks)) -
                              weeks(static_cast<std::int64_t>(block_weeks));
  const double mean = rules_->scenario.environment.exposure_rate.per_day *
                      rules_->scenario.environment.personal_share.value * days_per_week *
                      static_cast<double>(block_weeks);
  const std::uint64_t count =
      std::min(max_personal_events, poisson(context.random(), key, DrawPurpose::personal_count, block, mean));
  for (std::uint64_t number = 0; number < count; ++number) {
    const std::uint64_t index = block * max_personal_events + number;
    const double part = context.random().draw(key, DrawPurpose::personal_event, index).uniform();
    const SimTime time =
        block_begin + duration_from_days(part * days_per_week * static_cast<double>(block_weeks));
    if (time >= context.now())
      context.schedule(time, Happening::personal_event, {static_cast<std::uint16_t>(position), index, 0});
  }
}

void UnitProcess::happen_personally(std::uint32_t position, std::uint64_t index, Context& context) {
  const EntityKey key = person_key(position);
  const double severity_uniform =
      context.random().draw(key, DrawPurpose::personal_event, index).second_uniform();
  const double slow_uniform = context.random().draw(key, DrawPurpose::personal_detail, index).uniform();
  expose(position, severity_uniform, slow_uniform, Cause::personal_event, index, context);
}

double UnitProcess::severity(double uniform) const {
  return rules_->scenario.distress.jump_mean * standard_exponential(uniform);
}

void UnitProcess::finish(Context& context) {
  const SimTime now = context.now();
  const Exhaustion& spec = rules_->scenario.exhaustion;
  const double latent_sd = spec.observed_sd * std::sqrt(spec.reliability);
  const double error_sd = spec.observed_sd * std::sqrt(1.0 - spec.reliability);
  std::int64_t concerning = 0;
  std::int64_t reached = 0;
  for (std::uint32_t position = 0; position < unit_.size; ++position) {
    ClinicianState& state = people_[position];
    const double error = standard_normal(
        context.random().draw(person_key(position), DrawPurpose::exhaustion_survey, 0).uniform());
    const double score =
        std::floor(spec.observed_mean + latent_sd * exhaustion(position) + error_sd * error + 0.5);
    concerning += score >= spec.concern_cutoff ? 1 : 0;
    if (state.in_episode) {
      distressed_ticks_ += (now - std::max(state.episode_begin, rules_->start)).ticks();
      const auto flags = static_cast<std::uint16_t>((state.asked ? 1 : 0) | (state.contacted ? 2 : 0));
      context.state(PeerFact::episode_open, clinician(position), state.episode, state.episode_begin.ticks(),
                    flags);
    }
    reached += state.reached || state.in_episode ? 1 : 0;
  }
  context.state(PeerFact::unit_census, id_.value(), concerning, distressed_ticks_);
  context.state(PeerFact::unit_reach, id_.value(), reached, unit_.size);
}

}  // namespace peercap::peer_support
