// The weekly life of a site's supporters: protected time, strain told to their units, leaving.

#include <algorithm>
#include <bit>

#include "models/peer_support/behavior/desk_process.h"
#include "models/peer_support/organization/draw_purpose.h"
#include "sim/random/distributions.h"

namespace peercap::peer_support {
namespace {

constexpr double per_million = 1e6;

std::int64_t in_millionths(double value) {
  return static_cast<std::int64_t>(value * per_million + (value < 0.0 ? -0.5 : 0.5));
}

}  // namespace

void DeskProcess::start(Context& context) {
  for (std::uint32_t id = 0; id < organization_.supporters.size(); ++id) {
    const SupporterEntry& entry = organization_.supporters[id];
    if (entry.unit.value() < first_unit_ || entry.unit.value() >= first_unit_ + unit_count_) continue;
    supporter_of_client_[entry.clinician.index() - first_clinician_] =
        static_cast<std::uint32_t>(supporters_.size());
    supporters_.add(organization_, id, entry.unit.value() - first_unit_, context.now(), context.random());
  }
  context.reserve_timers(supporters_.size() * timers_per_supporter);
  if (rules_->scenario.program.enabled == Switch::off) return;
  context.schedule(context.now(), Happening::desk_tick, {}, EventPriority::early);
  if (rules_->scenario.today.given == Switch::on)
    context.schedule(rules_->start, Happening::take_over, {}, EventPriority::early);
  arm_direct_request(0, context);
}

void DeskProcess::run_week(Context& context) {
  const SimTime now = context.now();
  for (std::uint32_t i = 0; i < supporters_.size(); ++i) {
    SupporterState& supporter = supporters_[i];
    supporters_.bring_up_to_date(supporter, now);
    publish_debt(i, context);  // of those who left too: their units have to hear that the debt fades
    if (supporter.exit != ExitReason::none) continue;
    supporters_.grant_protected_time(supporter);
    arm_role_exit(i, context);
  }
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

void DeskProcess::publish_debt(std::uint32_t index, Context& context) {
  const SupporterState& supporter = supporters_[index];
  if (supporter.overload_debt == 0.0) return;
  context.send(supporter.unit_channel, rules_->scenario.delays.desk_to_unit, Happening::supporter_debt,
               {supporter.position, 0, std::bit_cast<std::uint64_t>(supporter.overload_debt)});
}

void DeskProcess::arm_role_exit(std::uint32_t index, Context& context) {
  // The hazard is held for the coming week; the threshold is consumed piecewise.
  SupporterState& supporter = supporters_[index];
  const double hazard = supporters_.exit_hazard(supporter);
  const double consumed = hazard * days_per_week;
  if (consumed < supporter.exit_remaining) {
    supporter.exit_remaining -= consumed;
    return;
  }
  context.arm(supporter_slot(index, role_timer),
              context.now() + duration_from_days(supporter.exit_remaining / hazard), Happening::leave_role);
  supporter.exit_remaining = 0.0;
}

void DeskProcess::leave(std::uint32_t index, ExitReason reason, Context& context) {
  SupporterState& supporter = supporters_[index];
  if (supporter.exit != ExitReason::none) return;
  supporter.exit = reason;
  context.disarm(supporter_slot(index, role_timer));
  context.state(PeerFact::supporter_left, supporter.id, 0, 0, static_cast<std::uint16_t>(reason));
  for (std::uint32_t i = 0; i < cases_.entry_count(); ++i) {
    Case& the_case = cases_[i];
    const bool theirs = the_case.stage == CaseStage::booked || the_case.stage == CaseStage::between_sessions;
    if (!theirs || the_case.supporter != index) continue;  // a running session is finished first
    hand_over(i, context);
  }
  match_waiting(context);
}

void DeskProcess::end_employment(ClinicianId person, Context& context) {
  const std::uint32_t as_supporter = supporter_of_client_[person.index() - first_clinician_];
  if (as_supporter != no_case) leave(as_supporter, ExitReason::employment, context);
  const std::uint32_t index = client_record(person).open_case;
  if (index != no_case && cases_[index].stage != CaseStage::in_session)
    close_case(index, RequestEnd::left, context);
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
    if (supporter.exit != ExitReason::none) continue;
    supporters_.bring_up_to_date(supporter, context.now());
    context.state(PeerFact::supporter_census, supporter.id,
                  in_millionths(supporter.trauma_baseline + supporter.trauma_strain),
                  in_millionths(supporter.satisfaction_baseline + supporter.satisfaction_change));
    context.state(PeerFact::supporter_exhaustion, supporter.id, in_millionths(supporter.exhaustion),
                  supporter.open_cases);
  }
}

}  // namespace peercap::peer_support
