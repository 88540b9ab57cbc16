#include "models/peer_support/behavior/unit_process.h"

#include <algorithm>
#include <bit>

#include "models/peer_support/organization/draw_purpose.h"
#include "sim/random/distributions.h"
#include "sim/support/checked_number.h"

namespace peercap::peer_support {
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
      weekly_(unit_.size),
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
  overload_debts_.resize(supporter_positions_.size());
  for (const std::uint32_t position : supporter_positions_) weekly_[position].supporter = true;
  weigh_causes();
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

float& UnitProcess::overload_debt(std::uint32_t supporter_position) {
  const auto it = std::ranges::lower_bound(supporter_positions_, supporter_position);
  require(it != supporter_positions_.end() && *it == supporter_position, "only supporters have debts");
  return overload_debts_[static_cast<std::size_t>(it - supporter_positions_.begin())];
}

bool UnitProcess::has_concern(std::uint32_t position) const {
  return people_[position].concern != ClinicianState::none;
}

Concern& UnitProcess::concern(std::uint32_t position) {
  require(has_concern(position), "a concern is opened before it is used");
  return concerns_[people_[position].concern];
}

const Concern& UnitProcess::concern(std::uint32_t position) const {
  require(has_concern(position), "a concern is opened before it is used");
  return concerns_[people_[position].concern];
}

bool UnitProcess::has_open_case(std::uint32_t position) const {
  return has_concern(position) && concern(position).case_open;
}

bool UnitProcess::is_unsupported(std::uint32_t position) const {
  return weekly_[position].in_episode && !concern(position).case_open;
}

Concern& UnitProcess::open_concern(std::uint32_t position, SimTime now) {
  if (has_concern(position)) return concern(position);
  if (free_concerns_.empty()) {
    // A few at a time: doubling would leave many unused in a large organization.
    constexpr std::size_t more = 4;
    if (concerns_.size() == concerns_.capacity()) concerns_.reserve(concerns_.size() + more);
    free_concerns_.push_back(static_cast<std::uint16_t>(concerns_.size()));
    concerns_.emplace_back();
  }
  people_[position].concern = free_concerns_.back();
  free_concerns_.pop_back();
  Concern& opened = concern(position);
  opened = Concern{};
  opened.settled = now;
  opened.support_mark = now;
  return opened;
}

void UnitProcess::drop_concern(std::uint32_t position) {
  if (!has_concern(position) || weekly_[position].in_episode || concern(position).case_open) return;
  free_concerns_.push_back(people_[position].concern);
  people_[position].concern = ClinicianState::none;
}

const Traits& UnitProcess::traits(std::uint32_t position) const {
  if (weekly_[position].incarnation == 0) return organization_.traits[clinician(position)];
  const auto it = std::ranges::lower_bound(hired_, position, {}, &Hired::position);
  require(it != hired_.end() && it->position == position, "whoever was hired has traits");
  return it->traits;
}

UnitProcess::Scratch& UnitProcess::scratch() {
  static thread_local Scratch lists;
  return lists;
}

void UnitProcess::start(Context& context) {
  context.reserve_timers(unit_.size);
  const RandomSource& random = context.random();
  const Scenario& s = rules_->scenario;
  week_ = week_number(context.now());
  tick_ = context.now();
  next_tick_ = context.now();
  trust_ = s.activation.trust.initial;
  double sum = 0.0;
  for (std::uint32_t position = 0; position < unit_.size; ++position) {
    WeeklyState& state = weekly_[position];
    state.stable_exhaustion = traits(position).stable_exhaustion;
    state.leave_remaining = static_cast<float>(
        standard_exponential(random.draw(person_key(position), DrawPurpose::turnover, 0).uniform()));
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
  for (std::size_t cause = 0; cause < cause_weights_.size(); ++cause) arm_cause(cause, 0, context);
  schedule_incidents(context);
  if (const SimTime closing = closing_time(); closing < rules_->end)
    context.schedule(std::max(closing, context.now()), Happening::closing);
  context.schedule(context.now(), Happening::weekly_tick, {}, EventPriority::early);
}

void UnitProcess::handle(const Event& event, Context& context) {
  rules_ = &rules_->at(context.now());
  switch (event.kind_as<Happening>()) {
    case Happening::weekly_tick:
      run_week(context);
      break;
    case Happening::clinical_event:
      if (context.now() < closing_time()) happen_clinically(CandidateId{event.a}, context);
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
      if (!weekly_[event.small].vacant) leave(event.small, Departure::own, context);
      break;
    case Happening::caused_event:
      happen_by_cause(event.small, event.a, context);
      break;
    case Happening::incident_hits:
      suffer_incident(event.small, event.a, context);
      break;
    case Happening::closing:
      close_site(context);
      break;
    case Happening::ask_again:
      ask_again(event.small, static_cast<std::uint32_t>(event.a), context);
      break;
    case Happening::follow_up:
      follow_up(event.small, context);
      break;
    case Happening::hire:
      if (context.now() < closing_time()) hire(event.small, context);
      break;
    case Happening::supporter_debt:
      overload_debt(event.small) = static_cast<float>(std::bit_cast<double>(event.b));
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
  const std::uint32_t position = event.small;
  const SimTime now = context.now();
  switch (event.kind_as<Happening>()) {
    case Happening::case_opened: {
      if (weekly_[position].vacant || event.a != 0) return;  // nobody there, or it belongs to no episode
      settle(position, now);
      Concern& its = open_concern(position, now);
      its.case_open = true;
      its.case_channel = channel_to_desk(event.b);
      its.asked = true;
      its.effects_applied = 0;
      arm_next_step(position, context);
      send_view(position, context);
      break;
    }
    case Happening::case_closed:
      learn(static_cast<TrustSignal>(event.a));
      if (!has_open_case(position)) return;
      settle(position, now);
      count_support(position, now);
      concern(position).case_open = false;
      concern(position).supported = false;
      arm_next_step(position, context);
      drop_concern(position);
      break;
    case Happening::contacted:
      ++users_;
      if (!has_open_case(position)) return;
      count_support(position, now);
      concern(position).supported = true;
      if (weekly_[position].in_episode && people_[position].episode == event.a)
        concern(position).contacted = true;
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
  const double leisure = seeking_leisure();
  for (std::uint32_t position = 0; position < unit_.size; ++position) look_ahead(position, leisure, context);
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
  Scratch& lists = scratch();
  lists.week_events.clear();
  lists.week_intensity.clear();
  for (const Rules* phase = rules_; phase != nullptr; phase = phase->next_phase) {
    const Scenario& s = phase->scenario;
    double factor =
        first_rules_.clinical_rate > 0.0 ? phase->clinical_rate / first_rules_.clinical_rate : 0.0;
    if (s.loops.error == Switch::on)
      factor *= exact::exp(s.environment.exhaustion_error_gain * mean_exhaustion_);
    if (s.loops.upstream == Switch::on) factor *= 1.0 - s.upstream.event_reduction.value;
    lists.week_intensity.push_back({phase == rules_ ? context.now() : phase->phase_begin, factor});
    if (phase->phase_end >= next_tick_) break;
  }
  draw_clinical_events(first_rules_, context.random(), unit_, department_, context.now(),
                       lists.week_intensity, lists.week_events);
  for (const ClinicalEvent& event : lists.week_events)
    context.schedule(event.time, Happening::clinical_event, {0, event.candidate.value(), 0});
}

void UnitProcess::publish_supporters(Context& context) {
  for (const std::uint32_t position : supporter_positions_)
    if (weekly_[position].incarnation == 0 && !weekly_[position].vacant)
      context.send(desk_channel, rules_->scenario.delays.unit_to_desk, Happening::supporter_state,
                   {static_cast<std::uint16_t>(position), 0,
                    std::bit_cast<std::uint64_t>(exhaustion(weekly_[position]))});
}

void UnitProcess::finish(Context& context) {
  const SimTime now = context.now();
  std::int64_t concerning = 0;
  std::int64_t reached = 0;
  std::int64_t points = 0;
  std::int64_t squares = 0;
  for (std::uint32_t position = 0; position < unit_.size; ++position) {
    const WeeklyState& state = weekly_[position];
    count_support(position, now);
    reached += state.reached || state.in_episode ? 1 : 0;
    if (state.vacant) continue;
    const Draw error = context.random().draw(person_key(position), DrawPurpose::exhaustion_survey, 0);
    const double score = surveyed_exhaustion(position, error);
    concerning += score >= rules_->scenario.exhaustion.concern_cutoff ? 1 : 0;
    points += fixed_point(score, 1.0, "a score is not a number");
    squares += fixed_point(score * score, 1.0, "a score is not a number");
    if (!state.in_episode) continue;
    const Concern& its = concern(position);
    distressed_ticks_ += (now - std::max(its.episode_begin, rules_->start)).ticks();
    context.state(PeerFact::episode_open, clinician(position), people_[position].episode,
                  its.episode_begin.ticks(), static_cast<std::uint16_t>(episode_flags(its)));
  }
  context.state(PeerFact::unit_census, id_.value(), concerning, distressed_ticks_);
  context.state(PeerFact::unit_scores, id_.value(), points, squares, static_cast<std::uint16_t>(present_));
  context.state(PeerFact::unit_reach, id_.value(), reached, unit_.size);
  context.state(PeerFact::unit_support, id_.value(), supported_ticks_, present_);
}

}  // namespace peercap::peer_support
