// The weekly life of a site's supporters: protected time, strain told to their units, absences, leaving.

#include <algorithm>
#include <bit>

#include "models/peer_support/behavior/desk_process.h"
#include "models/peer_support/organization/draw_purpose.h"
#include "sim/random/distributions.h"
#include "sim/support/checked_number.h"

namespace peercap::peer_support {
namespace {

constexpr double per_million = 1e6;

std::int64_t in_millionths(double value) {
  return fixed_point(value, per_million, "the strain of a supporter is not a number");
}

}  // namespace

void DeskProcess::start(Context& context) {
  for (std::uint32_t id = 0; id < organization_.supporters.size(); ++id) {
    const SupporterEntry& entry = organization_.supporters[id];
    if (entry.unit.value() < first_unit_ || entry.unit.value() >= first_unit_ + unit_count_) continue;
    clients_.entry(entry.clinician.index() - first_clinician_).supporter =
        static_cast<std::uint32_t>(supporters_.size());
    supporters_.add(organization_, id, entry.unit.value() - first_unit_, context.now(), context.random());
    if (entry.initial)
      context.state(PeerFact::supporter_role, id, static_cast<std::int64_t>(SupporterRole::active), 0,
                    static_cast<std::uint16_t>(SupporterRole::active));
  }
  line_up_candidates();
  context.reserve_timers(supporters_.size() * timers_per_supporter);
  if (rules_->scenario.program.enabled == Switch::off) return;
  context.schedule(context.now(), Happening::desk_tick, {}, EventPriority::early);
  if (rules_->scenario.today.given == Switch::on)
    context.schedule(rules_->start, Happening::take_over, {}, EventPriority::early);
  arm_direct_request(0, context);
  if (merger_ && merger_->at < rules_->end)
    context.schedule(std::max(merger_->at, context.now()), Happening::merging);
  schedule_on_call(context);
}

void DeskProcess::run_week(Context& context) {
  const SimTime now = context.now();
  for (std::uint32_t i = 0; i < supporters_.size(); ++i) {
    SupporterState& supporter = supporters_[i];
    supporters_.bring_up_to_date(supporter, now);
    supporter.recent_work.begin_week();
    publish_debt(i, context);  // of those who left too: their units have to hear that the debt fades
    if (supporter.is_active() || supporter.role == SupporterRole::training)
      supporters_.grant_protected_time(supporter);
  }
  invite_cohort(context);
  end_terms(context);
  survey_supporters(context);  // before check-ins of the same day relieve those who score high
  care_for_supporters(context);
  for (std::uint32_t i = 0; i < supporters_.size(); ++i)
    if (supporters_[i].is_active()) run_countdowns(i, context);
  tell_all_embedded(context);
  week_ = week_number(now);
  show_supporters(week_);
  match_waiting(context);

  std::int64_t waiting = 0;
  std::int64_t open = 0;
  for (std::uint32_t i = 0; i < cases_.entry_count(); ++i) {
    if (cases_[i].stage == CaseStage::free) continue;
    ++open;
    if (cases_[i].first_contact == SimTime::never()) ++waiting;
  }
  const auto active = std::min<std::size_t>(supporters_.active_count(), 0xffff);
  context.state(PeerFact::desk_week, site_.value(), waiting, open, static_cast<std::uint16_t>(active));
  context.schedule(now + weeks(1), Happening::desk_tick, {}, EventPriority::early);
}

void DeskProcess::show_supporters(std::uint64_t week) const {
  for (std::uint32_t i = 0; i < supporters_.size(); ++i)
    board_.show_supporter(week, supporters_[i].id, supporters_[i].is_active());
}

std::int64_t DeskProcess::week_of_run(SimTime now) const {
  return (now - rules_->begin) / weeks(1);
}

EntityKey DeskProcess::supporter_key(const SupporterState& supporter) const {
  return organization_.person_keys[supporter.clinician.index()];
}

void DeskProcess::publish_debt(std::uint32_t index, Context& context) {
  SupporterState& supporter = supporters_[index];
  if (supporter.exit == ExitReason::employment) return;  // somebody else may have the place by now
  const double debt = rules_->scenario.loops.overload == Switch::on ? supporter.overload_debt : 0.0;
  if (debt == 0.0 && supporter.published_debt == 0.0) return;
  supporter.published_debt = debt;
  context.send(supporter.unit_channel, rules_->scenario.delays.desk_to_unit, Happening::supporter_debt,
               {supporter.position, 0, std::bit_cast<std::uint64_t>(debt)});
}

void DeskProcess::spend_program_time(std::uint32_t index, ProgramWork work, SimDuration time,
                                     Context& context) {
  if (time <= SimDuration{}) return;
  SupporterState& supporter = supporters_[index];
  const WorkedTime worked = supporters_.work(supporter, time, context.now());
  context.state(PeerFact::program_time, supporter.id, worked.covered.ticks(), worked.beyond.ticks(),
                static_cast<std::uint16_t>(work));
}

void DeskProcess::set_role(std::uint32_t index, SupporterRole role, Context& context) {
  SupporterState& supporter = supporters_[index];
  if (supporter.is_active()) stop_countdowns(index, context);
  const SupporterRole before = supporter.role;
  supporter.role = role;
  supporter.relieved = false;
  context.disarm(supporter_slot(index, return_timer));
  context.state(PeerFact::supporter_role, supporter.id, static_cast<std::int64_t>(before), 0,
                static_cast<std::uint16_t>(role));
  if (supporter.is_active()) run_countdowns(index, context);
  tell_embedded_of(supporter.unit_channel, context);
}

void DeskProcess::run_countdowns(std::uint32_t index, Context& context) {
  SupporterState& supporter = supporters_[index];
  const SimTime now = context.now();
  supporters_.bring_up_to_date(supporter, now);
  // A hazard is held until the next week, or until the supporter is away.
  const auto run = [&](Countdown& countdown, double hazard, SupporterTimer timer, Happening what) {
    countdown.settle(now);
    countdown.hazard = hazard;
    if (hazard * days_per_week <= countdown.remaining)
      context.disarm(supporter_slot(index, timer));
    else
      context.arm(supporter_slot(index, timer), now + duration_from_days(countdown.remaining / hazard), what);
  };
  run(supporter.role_exit, supporters_.exit_hazard(supporter), role_timer, Happening::leave_role);
  run(supporter.next_leave, rules_->scenario.supporters.leave.rate.per_day, leave_timer,
      Happening::leave_begins);
}

void DeskProcess::stop_countdowns(std::uint32_t index, Context& context) {
  SupporterState& supporter = supporters_[index];
  supporter.role_exit.settle(context.now());
  supporter.next_leave.settle(context.now());
  context.disarm(supporter_slot(index, role_timer));
  context.disarm(supporter_slot(index, leave_timer));
}

void DeskProcess::go_on_leave(std::uint32_t index, Context& context) {
  SupporterState& supporter = supporters_[index];
  const EntityKey key = supporter_key(supporter);
  const auto draw = [&] {
    return context.random().draw(key, DrawPurpose::supporter_leave, supporter.leaves);
  };
  const double days_away =
      rules_->scenario.supporters.leave.length.in_days() * standard_exponential(draw().second_uniform());
  suspend(index, SupporterRole::on_leave, duration_from_days(days_away), context);
  ++supporter.leaves;
  supporter.next_leave.remaining = standard_exponential(draw().uniform());
}

void DeskProcess::suspend(std::uint32_t index, SupporterRole role, SimDuration time, Context& context) {
  set_role(index, role, context);
  context.arm(supporter_slot(index, return_timer), saturating_add(context.now(), time),
              Happening::leave_ends);
  hand_over_cases(index, context);
}

void DeskProcess::come_back(std::uint32_t index, Context& context) {
  SupporterState& supporter = supporters_[index];
  if (supporter.role == SupporterRole::training)
    finish_training(index, context);
  else if (supporter.is_active())
    supporter.relieved = false;
  else
    set_role(index, SupporterRole::active, context);
  match_waiting(context);
}

void DeskProcess::end_terms(Context& context) {
  const Terms& terms = rules_->scenario.supporters.terms;
  if (terms.weeks == 0) return;
  for (std::uint32_t i = 0; i < supporters_.size(); ++i) {
    SupporterState& supporter = supporters_[i];
    const bool serves = supporter.is_active() || supporter.role == SupporterRole::resting ||
                        supporter.role == SupporterRole::on_leave;
    if (!serves || context.now() < supporter.term_began + weeks(terms.weeks)) continue;
    const double uniform =
        context.random().draw(supporter_key(supporter), DrawPurpose::term_renewal, supporter.terms).uniform();
    ++supporter.terms;
    supporter.term_began = context.now();
    if (uniform >= terms.renewal.value) leave(i, ExitReason::term, context);
  }
}

void DeskProcess::leave(std::uint32_t index, ExitReason reason, Context& context) {
  SupporterState& supporter = supporters_[index];
  if (supporter.role == SupporterRole::left) return;
  const bool served = supporter.role != SupporterRole::candidate;
  supporter.exit = reason;
  set_role(index, SupporterRole::left, context);
  if (served) context.state(PeerFact::supporter_left, supporter.id, 0, 0, static_cast<std::uint16_t>(reason));
  hand_over_cases(index, context);
}

void DeskProcess::hand_over_cases(std::uint32_t index, Context& context) {
  for (std::uint32_t i = 0; i < cases_.entry_count(); ++i) {
    Case& the_case = cases_[i];
    const bool theirs = the_case.stage == CaseStage::booked || the_case.stage == CaseStage::between_sessions;
    if (!theirs || the_case.supporter != index) continue;  // a running session is finished first
    hand_over(i, context);
  }
  match_waiting(context);
}

void DeskProcess::end_employment(ClinicianId person, Context& context) {
  const std::uint32_t as_supporter = supporter_index_of(person);
  if (as_supporter != no_case) leave(as_supporter, ExitReason::employment, context);
  const std::uint32_t index = open_case_of(person);
  if (index != no_case) {
    if (cases_[index].stage == CaseStage::in_session)
      cases_[index].client_left = true;  // closed when the session is over
    else
      close_case(index, RequestEnd::left, context);
  }
  if (as_supporter != no_case) client_record(person).supporter = no_case;  // whoever gets the place is none
}

void DeskProcess::finish(Context& context) {
  for (std::uint32_t i = 0; i < cases_.entry_count(); ++i) {
    const Case& the_case = cases_[i];
    if (the_case.stage == CaseStage::free) continue;
    const bool contacted = the_case.first_contact != SimTime::never();
    const RequestEnd end = contacted           ? RequestEnd::open_in_case
                           : the_case.accepted ? RequestEnd::open_waiting
                                               : RequestEnd::open_unanswered;
    context.state(PeerFact::request_ended, the_case.client.value(), the_case.requested.ticks(),
                  contacted ? the_case.first_contact.ticks() : -1,
                  static_cast<std::uint16_t>(static_cast<unsigned>(the_case.channel) |
                                             static_cast<unsigned>(end) << 8));
  }
  finish_transfers(context);
  for (std::uint32_t i = 0; i < supporters_.size(); ++i) {
    SupporterState& supporter = supporters_[i];
    if (!supporter.is_active()) continue;
    supporters_.bring_up_to_date(supporter, context.now());
    const SurveyedState state = SupporterRoster::surveyed_state(supporter);
    context.state(PeerFact::supporter_census, supporter.id, in_millionths(state.trauma),
                  in_millionths(state.satisfaction));
    context.state(PeerFact::supporter_exhaustion, supporter.id, in_millionths(supporter.exhaustion),
                  supporter.open_cases);
  }
}

}  // namespace peercap::peer_support
