#include "models/peer_support/behavior/unit_process.h"

#include <algorithm>
#include <bit>

#include "models/peer_support/organization/draw_purpose.h"
#include "sim/random/distributions.h"

namespace peercap::peer_support {
namespace {

std::uint64_t week_number(SimTime monday) {
  return static_cast<std::uint64_t>((monday - SimTime{}) / weeks(1));
}

}  // namespace

UnitProcess::UnitProcess(const Rules& rules, const Organization& organization, UnitId unit,
                         const Surroundings& surroundings)
    : rules_{&rules},
      first_rules_{rules},
      organization_{organization},
      unit_{organization.unit(unit)},
      department_{organization.department_of(unit_)},
      rota_{rules.rota(department_.shift_pattern)},
      surroundings_{surroundings},
      id_{unit},
      people_(unit_.size),
      awareness_{rules.scenario.activation.awareness.initial},
      present_{unit_.size} {
  // Colleagues of other units can read it before this unit starts.
  surroundings_.board->show_unit(week_number(rules.begin) + 2, id_.value(), static_cast<float>(awareness_),
                                 0.0F);
  const auto first = std::ranges::lower_bound(organization.supporters, ClinicianId{unit_.first_clinician}, {},
                                              &SupporterEntry::clinician);
  for (auto it = first; it != organization.supporters.end() && it->unit == unit; ++it)
    supporter_positions_.push_back(it->clinician.value() - unit_.first_clinician);
}

std::string UnitProcess::name() const {
  return "unit " + organization_.unit_name(id_);
}

EntityKey UnitProcess::person_key(std::uint32_t position) const {
  return organization_.person_keys[clinician(position)];
}

std::uint32_t UnitProcess::clinician(std::uint32_t position) const {
  return unit_.first_clinician + position;
}

bool UnitProcess::is_supporter(std::uint32_t position) const {
  return std::ranges::binary_search(supporter_positions_, position);
}

void UnitProcess::start(Context& context) {
  context.reserve_timers(unit_.size);
  const RandomSource& random = context.random();
  const Scenario& s = rules_->scenario;
  week_ = week_number(context.now());
  next_tick_ = context.now();
  trust_ = s.activation.trust.initial;
  double sum = 0.0;
  for (std::uint32_t position = 0; position < unit_.size; ++position) {
    ClinicianState& state = people_[position];
    state.updated = context.now();
    state.support_mark = context.now();
    state.traits = organization_.traits[clinician(position)];
    state.leave_remaining =
        standard_exponential(random.draw(person_key(position), DrawPurpose::turnover, 0).uniform());
    draw_initial_distress(position, context);
    const double noise =
        standard_normal(random.draw(person_key(position), DrawPurpose::initial_exhaustion, 0).uniform());
    state.passing_exhaustion =
        static_cast<float>(s.exhaustion.workload_gain * unit_.workload + rules_->passing_sd * noise);
    const double level = exhaustion(state);
    sum += level;
    // The block in progress; the following ones begin at weekly ticks.
    schedule_personal_events(
        position, (week_ + personal_block_weeks - position % personal_block_weeks) / personal_block_weeks,
        context);
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
      end_episode(static_cast<std::uint32_t>(event.a), EpisodeEnd::recovered, context);
      break;
    case Happening::noticed:
      be_noticed(event.small, static_cast<std::uint32_t>(event.a), static_cast<Channel>(event.b), context);
      break;
    case Happening::leave_unit:
      leave(event.small, context);
      break;
    case Happening::ask_again:
      ask_again(event.small, static_cast<std::uint32_t>(event.a), context);
      break;
    case Happening::follow_up:
      follow_up(event.small, context);
      break;
    case Happening::hire:
      hire(event.small, context);
      break;
    case Happening::supporter_debt:
      people_[event.small].overload_debt = static_cast<float>(std::bit_cast<double>(event.b));
      break;
    case Happening::embedded_support:
      embedded_ = static_cast<std::uint32_t>(event.a);
      break;
    case Happening::round:
      meet_on_round(event.a, context);
      break;
    case Happening::group_debrief_held:
      hold_group_debrief(CandidateId{event.a}, std::bit_cast<double>(event.b), context);
      break;
    default:
      hear_of_case(event, context);
      break;
  }
}

void UnitProcess::hear_of_case(const Event& event, Context& context) {
  ClinicianState& state = people_[event.small];
  switch (event.kind_as<Happening>()) {
    case Happening::case_opened:
      if (state.vacant || event.a != 0) return;  // nobody there, or it belongs to no episode
      bring_up_to_date(state, context.now());
      state.case_open = true;
      state.case_channel = channel_to_desk(event.b);
      state.asked = true;
      state.effects_applied = 0;
      arm_next_step(event.small, context);
      send_view(event.small, context);
      break;
    case Happening::case_closed:
      learn(static_cast<TrustSignal>(event.a));
      if (state.vacant || !state.case_open) return;
      bring_up_to_date(state, context.now());
      count_support(state, context.now());
      state.case_open = false;
      state.supported = false;
      arm_next_step(event.small, context);
      break;
    case Happening::contacted:
      ++users_;
      if (state.vacant || !state.case_open) return;
      count_support(state, context.now());
      state.supported = true;
      if (state.in_episode && state.episode == event.a) state.contacted = true;
      break;
    case Happening::session_effect:
      take_effect(EffectMessage::unpack(event), context);
      break;
    default:
      break;
  }
}

std::uint32_t UnitProcess::channel_to_desk(std::uint64_t site) const {
  const std::uint64_t own = unit_.site.value();
  if (site == own) return desk_channel;
  return static_cast<std::uint32_t>(site < own ? site + 1 : site);
}

void UnitProcess::run_week(Context& context) {
  const SimTime now = context.now();
  week_ = week_number(now);
  next_tick_ = now + weeks(1);
  survey(context);
  step_exhaustion(context);
  publish_supporters(context);
  step_awareness(context);
  for (std::uint32_t position = 0; position < unit_.size; ++position) look_ahead(position, context);
  step_turnover(context);
  draw_week_events(context);

  for (auto position = static_cast<std::uint32_t>(week_ % personal_block_weeks); position < unit_.size;
       position += personal_block_weeks)
    if (now > rules_->begin)
      schedule_personal_events(position, (week_ - position % personal_block_weeks) / personal_block_weeks + 1,
                               context);

  constexpr SimDuration forgotten_after = days(90);
  std::erase_if(groups_, [&](const PendingGroup& group) { return group.event_time + forgotten_after < now; });
  context.schedule(next_tick_, Happening::weekly_tick, {}, EventPriority::early);
}

void UnitProcess::draw_week_events(Context& context) {
  // Exhausted units see more events (loop R1); the mean is that of the last tick. Scheduled parameters change
  // the intensity within the week.
  week_events_.clear();
  week_intensity_.clear();
  for (const Rules* phase = rules_; phase != nullptr; phase = phase->next_phase) {
    const Scenario& s = phase->scenario;
    double factor =
        first_rules_.clinical_rate > 0.0 ? phase->clinical_rate / first_rules_.clinical_rate : 0.0;
    if (s.loops.error == Switch::on)
      factor *= exact::exp(s.environment.exhaustion_error_gain * mean_exhaustion_);
    if (s.loops.upstream == Switch::on) factor *= 1.0 - s.upstream.event_reduction.value;
    week_intensity_.push_back({phase == rules_ ? context.now() : phase->phase_begin, factor});
    if (phase->phase_end >= next_tick_) break;
  }
  draw_clinical_events(first_rules_, context.random(), unit_, department_, context.now(), week_intensity_,
                       week_events_);
  for (const ClinicalEvent& event : week_events_)
    context.schedule(event.time, Happening::clinical_event, {0, event.candidate.value(), 0});
}

void UnitProcess::publish_supporters(Context& context) {
  for (const std::uint32_t position : supporter_positions_)
    if (people_[position].incarnation == 0 && !people_[position].vacant)
      context.send(desk_channel, rules_->scenario.delays.unit_to_desk, Happening::supporter_state,
                   {static_cast<std::uint16_t>(position), 0,
                    std::bit_cast<std::uint64_t>(exhaustion(people_[position]))});
}

void UnitProcess::finish(Context& context) {
  const SimTime now = context.now();
  std::int64_t concerning = 0;
  std::int64_t reached = 0;
  std::int64_t points = 0;
  std::int64_t squares = 0;
  for (std::uint32_t position = 0; position < unit_.size; ++position) {
    ClinicianState& state = people_[position];
    count_support(state, now);
    reached += state.reached || state.in_episode ? 1 : 0;
    if (state.vacant) continue;
    const Draw error = context.random().draw(person_key(position), DrawPurpose::exhaustion_survey, 0);
    const double score = surveyed_exhaustion(position, error);
    concerning += score >= rules_->scenario.exhaustion.concern_cutoff ? 1 : 0;
    points += static_cast<std::int64_t>(score);
    squares += static_cast<std::int64_t>(score * score);
    if (!state.in_episode) continue;
    distressed_ticks_ += (now - std::max(state.episode_begin, rules_->start)).ticks();
    const auto flags = static_cast<std::uint16_t>((state.asked ? 1 : 0) | (state.contacted ? 2 : 0));
    context.state(PeerFact::episode_open, clinician(position), state.episode, state.episode_begin.ticks(),
                  flags);
  }
  context.state(PeerFact::unit_census, id_.value(), concerning, distressed_ticks_);
  context.state(PeerFact::unit_scores, id_.value(), points, squares, static_cast<std::uint16_t>(present_));
  context.state(PeerFact::unit_reach, id_.value(), reached, unit_.size);
  context.state(PeerFact::unit_support, id_.value(), supported_ticks_, present_);
}

}  // namespace peercap::peer_support
