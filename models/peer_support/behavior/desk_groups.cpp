// Group debriefs with their facilitators, and the call some time after a case.

#include <algorithm>
#include <bit>

#include "models/peer_support/behavior/desk_process.h"

namespace peercap::peer_support {
namespace {

constexpr SimDuration quarter_hour = minutes(15);
constexpr double group_distress =
    1.0;  // what a group debrief is to its facilitator, as one client's distress

}  // namespace

void DeskProcess::plan_group_debrief(std::uint64_t candidate, std::uint32_t unit_channel, Context& context) {
  if (rules_->scenario.program.enabled == Switch::off || !people_can_meet()) return;
  const GroupDebrief& rules = rules_->scenario.activation.group_debrief;
  const SimTime now = context.now();
  const auto wanted = static_cast<std::size_t>(rules.facilitators);
  // Those come first who have worked least of late, beyond and within their protected time.
  std::vector<std::uint32_t> by_hours;
  for (std::uint32_t i = 0; i < supporters_.size(); ++i) {
    if (!supporters_[i].is_active() || is_in_support(supporters_[i].clinician)) continue;
    supporters_.bring_up_to_date(supporters_[i], now);
    by_hours.push_back(i);
  }
  std::ranges::stable_sort(by_hours, {}, [this](std::uint32_t i) {
    return supporters_[i].overload_debt - supporters_[i].protected_balance;
  });
  if (by_hours.size() < wanted) return;
  std::vector<std::uint32_t> chosen;
  const auto blocked_until = [&](SimTime begin, SimTime end) -> std::optional<SimTime> {
    chosen.clear();
    for (std::size_t n = 0; n < by_hours.size() && chosen.size() < wanted; ++n) {
      const SupporterState& supporter = supporters_[by_hours[n]];
      if (calendar_.is_supporter_free(supporter.clinician, supporter.bookings, begin, end))
        chosen.push_back(by_hours[n]);
    }
    if (chosen.size() == wanted) return std::nullopt;
    return begin;  // try the next quarter hour
  };
  const auto begin = calendar_.first_begin(now + rules.delay, now + rules_->scenario.access.booking_horizon,
                                           rules.length, quarter_hour, blocked_until);
  if (!begin) return;
  const Booking booking{*begin, *begin + rules.length};
  for (const std::uint32_t i : chosen) supporters_[i].bookings.push_back(booking);
  group_meetings_.push_back({candidate, unit_channel, *begin, chosen});
  context.schedule(booking.end, Happening::group_debrief_ends, {0, candidate, unit_channel},
                   EventPriority::early);
}

void DeskProcess::end_group_debrief(std::uint64_t candidate, std::uint32_t unit_channel, Context& context) {
  const auto meeting = std::ranges::find_if(group_meetings_, [&](const GroupMeeting& m) {
    return m.candidate == candidate && m.unit_channel == unit_channel;
  });
  if (meeting == group_meetings_.end()) return;
  const SimTime now = context.now();
  const SimDuration worked = (now - meeting->begin) + rules_->scenario.case_rules.administration;
  double quality = 0.0;
  double held_by = 0.0;
  for (const std::uint32_t i : meeting->facilitators) {
    SupporterState& supporter = supporters_[i];
    std::erase_if(supporter.bookings, [&](const Booking& b) { return b.begin == meeting->begin; });
    if (!supporter.is_active() || !people_can_meet()) continue;  // left meanwhile, or put off for good
    quality += supporters_.session_quality(supporter, now);
    held_by += 1.0;
    const WorkedTime time = supporters_.work(
        supporter, worked,
        rules_->coverable(meeting->begin, now) + rules_->scenario.case_rules.administration, now);
    supporters_.strain(supporter, group_distress, now);
    context.state(PeerFact::program_time, supporter.id, time.covered.ticks(), time.beyond.ticks(),
                  static_cast<std::uint16_t>(ProgramWork::group_debrief));
  }
  group_meetings_.erase(meeting);
  if (held_by == 0.0) return;
  if (rules_->scenario.access.in_person == Switch::off)
    quality = std::min(held_by, quality * rules_->scenario.access.remote_effect);
  context.send(unit_channel, rules_->scenario.delays.desk_to_unit, Happening::group_debrief_held,
               {0, candidate, std::bit_cast<std::uint64_t>(quality / held_by)});
}

void DeskProcess::plan_follow_up(const Case& the_case, Context& context) {
  const FollowUp& rules = rules_->scenario.case_rules.follow_up;
  // Once: whoever was taken up again at a follow-up would else be called after each case, for years.
  if (rules.enabled == Switch::off || the_case.channel == Channel::follow_up) return;
  const std::uint16_t incarnation = is_of_site(the_case.client)
                                        ? clients_[the_case.client.index() - first_clinician_].incarnation
                                        : std::uint16_t{0};
  context.schedule(saturating_add(context.now(), rules.after), Happening::follow_up,
                   {incarnation, the_case.client.value(), the_case.supporter});
}

void DeskProcess::follow_up(const Event& event, Context& context) {
  const ClinicianId client{event.a};
  if (is_of_site(client) && clients_[client.index() - first_clinician_].incarnation != event.small)
    return;  // not here any more
  const auto last = static_cast<std::uint32_t>(event.b);
  if (last != Case::nobody && supporters_[last].is_active()) {
    SupporterState& supporter = supporters_[last];
    const WorkedTime time =
        supporters_.work(supporter, rules_->scenario.case_rules.follow_up.time, context.now());
    context.state(PeerFact::program_time, supporter.id, time.covered.ticks(), time.beyond.ticks(),
                  static_cast<std::uint16_t>(ProgramWork::follow_up));
  }
  // The desk does not know how the person is: their unit answers with a request where there is a need.
  const std::uint32_t unit = organization_.unit_of[client.index()];
  const auto position =
      static_cast<std::uint16_t>(client.value() - organization_.units[unit].first_clinician);
  context.send(channel_to_unit(unit), rules_->scenario.delays.desk_to_unit, Happening::follow_up,
               {position, 0, 0});
}

}  // namespace peercap::peer_support
