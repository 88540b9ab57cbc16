// Requests that come whatever anybody's distress: the direct stream, and the state that the scenario gives
// for the start.

#include <algorithm>

#include "models/peer_support/behavior/desk_process.h"
#include "models/peer_support/organization/draw_purpose.h"
#include "sim/random/distributions.h"

namespace peercap::peer_support {
namespace {

// Draws about requests without an episode are addressed beside those of all episodes.
constexpr std::uint64_t direct_draws = std::uint64_t{1} << 35;
constexpr std::uint64_t inherited_draws = direct_draws | std::uint64_t{1} << 34;

/// This site's part of a whole, in proportion to its people; the parts of all sites make up the whole.
std::uint64_t share_of_site(const Organization& organization, SiteId site, std::uint64_t whole) {
  std::uint64_t before = 0;
  std::uint64_t own = 0;
  std::uint64_t all = 0;
  for (const Unit& unit : organization.units) {
    all += unit.size;
    if (unit.site < site) before += unit.size;
    if (unit.site == site) own += unit.size;
  }
  return all == 0 ? 0 : whole * (before + own) / all - whole * before / all;
}

}  // namespace

void DeskProcess::arm_direct_request(std::uint64_t number, Context& context) {
  // An Exp(1) threshold is consumed at the rate of each phase in turn.
  const Draw draw =
      context.random().draw(organization_.site_keys[site_.index()], DrawPurpose::direct_request, number);
  double remaining = standard_exponential(draw.uniform());
  SimTime from = context.now();
  for (const Rules* rules = &rules_->at(from);; rules = rules->next_phase) {
    const double rate = rules->scenario.activation.direct_requests.per_day;
    const SimTime at =
        rate > 0.0 ? saturating_add(from, duration_from_days(remaining / rate)) : SimTime::never();
    if (at < rules->phase_end) {
      context.schedule(at, Happening::direct_request, {0, number, 0});
      return;
    }
    if (rules->next_phase == nullptr) return;
    remaining = std::max(0.0, remaining - rate * (rules->phase_end - from).in_days());
    from = rules->phase_end;
  }
}

void DeskProcess::receive_direct_request(std::uint64_t number, Context& context) {
  arm_direct_request(number + 1, context);
  if (clients_.people() == 0) return;
  const SimTime now = context.now();
  const double uniform =
      context.random()
          .draw(organization_.site_keys[site_.index()], DrawPurpose::direct_request, number)
          .second_uniform();
  const std::optional<ClinicianId> client = find_client(uniform);
  if (!client) {  // everybody is in support: the request joins the open one of the person drawn
    const auto drawn =
        first_clinician_ + static_cast<std::uint32_t>(uniform * static_cast<double>(clients_.people()));
    context.state(PeerFact::request_made, drawn, now.ticks(), 0, static_cast<std::uint16_t>(Channel::direct));
    context.state(PeerFact::request_ended, drawn, now.ticks(), -1,
                  static_cast<std::uint16_t>(static_cast<unsigned>(Channel::direct) |
                                             static_cast<unsigned>(RequestEnd::merged) << 8));
    return;
  }
  const std::uint32_t index =
      enter_without_episode(*client, Channel::direct, direct_draws | number, now, context);
  accept(index, context);
  triage_queue_.push_back({index, cases_[index].generation});
  begin_next_triage(context);
}

std::optional<ClinicianId> DeskProcess::find_client(double uniform) const {
  const std::size_t people = clients_.people();
  const auto drawn = static_cast<std::size_t>(uniform * static_cast<double>(people));
  for (std::size_t step = 0; step < people; ++step) {
    const std::size_t place = (drawn + step) % people;
    const ClinicianId person{first_clinician_ + place};
    const std::uint32_t as_supporter = clients_[place].supporter;
    if (as_supporter != no_case && supporters_[as_supporter].is_active()) continue;
    if (!is_in_support(person)) return person;
  }
  return std::nullopt;
}

std::uint32_t DeskProcess::enter_without_episode(ClinicianId client, Channel channel,
                                                 std::uint64_t draw_index, SimTime requested,
                                                 Context& context) {
  const std::uint32_t index = enter_case(client, channel, context);
  Case& the_case = cases_[index];
  the_case.has_episode = false;
  the_case.draw_index = draw_index;
  the_case.requested = requested;
  the_case.event_time = requested;
  context.state(PeerFact::request_made, client.value(), requested.ticks(), 0,
                static_cast<std::uint16_t>(channel));
  tell_opening(index, context);
  return index;
}

void DeskProcess::take_over(Context& context) {
  const Today& today = rules_->scenario.today;
  for (std::uint32_t i = 0; i < cases_.entry_count(); ++i)
    if (cases_[i].stage != CaseStage::free) drop_case(i, context);
  for (std::uint32_t i = 0; i < supporters_.size(); ++i) {
    SupporterState& supporter = supporters_[i];
    if (!supporter.is_active()) continue;
    supporters_.bring_up_to_date(supporter, context.now());
    supporter.overload_debt = today.overload_debt;
    supporter.trauma_strain = today.trauma_shift;
    supporter.satisfaction_change = today.satisfaction_shift;
  }
  const auto part = [this](int whole) {
    return share_of_site(organization_, site_, static_cast<std::uint64_t>(whole));
  };
  const std::uint64_t open = part(today.open_cases);
  for (std::uint64_t number = 0; number < open; ++number) inherit_case(number, context);
  const std::uint64_t waiting = part(today.waiting);
  for (std::uint64_t number = 0; number < waiting; ++number)
    inherit_waiting(static_cast<std::uint64_t>(today.open_cases) + number, context);
}

void DeskProcess::drop_case(std::uint32_t index, Context& context) {
  Case& the_case = cases_[index];
  if (the_case.stage == CaseStage::in_session) {  // broken off, as if it had only been booked
    the_case.stage = CaseStage::booked;
    supporters_[the_case.supporter].in_session = false;
    if (const std::uint32_t own = supporter_index_of(the_case.client); own != no_case)
      supporters_[own].in_session = false;
  }
  // What the supporter can take instead is given out below, once all are gone.
  if (the_case.stage == CaseStage::booked || the_case.stage == CaseStage::between_sessions)
    release_supporter(the_case);
  the_case.stage = CaseStage::awaiting_match;
  close_case(index, RequestEnd::dropped, context);
}

void DeskProcess::inherit_waiting(std::uint64_t number, Context& context) {
  const Draw draw =
      context.random().draw(organization_.site_keys[site_.index()], DrawPurpose::inherited_case, 2 * number);
  const std::optional<ClinicianId> client = find_client(draw.uniform());
  if (!client) return;
  const std::uint32_t index =
      enter_without_episode(*client, Channel::inherited, inherited_draws | number, context.now(), context);
  cases_[index].waiting_since = context.now();
  accept(index, context);
  await_match(index, context);
}

void DeskProcess::inherit_case(std::uint64_t number, Context& context) {
  const SimTime now = context.now();
  const CaseRules& rules = rules_->scenario.case_rules;
  const EntityKey key = organization_.site_keys[site_.index()];
  const Draw draw = context.random().draw(key, DrawPurpose::inherited_case, 2 * number);
  const std::optional<ClinicianId> client = find_client(draw.uniform());
  if (!client) return;
  // The first session was at some time within the last gap, the next one comes as long after it.
  const double passed = context.random().draw(key, DrawPurpose::inherited_case, 2 * number + 1).uniform();
  const SimDuration since =
      std::max(microseconds(1), duration_from_days(passed * rules.session_gap.in_days()));
  const std::uint32_t index =
      enter_without_episode(*client, Channel::inherited, inherited_draws | number, now - since, context);
  Case& the_case = cases_[index];
  the_case.accepted = true;
  the_case.accepted_at = the_case.requested;
  the_case.waiting_since = the_case.requested;
  the_case.first_contact = the_case.requested;
  the_case.waits = false;
  the_case.relaxed = true;
  the_case.sessions = rules.max_sessions > 1 ? 1 : 0;
  context.state(PeerFact::request_accepted, client->value(), the_case.requested.ticks(), 0,
                static_cast<std::uint16_t>(Channel::inherited));
  const std::size_t count = supporters_.size();
  const auto first = static_cast<std::size_t>(draw.second_uniform() * static_cast<double>(count));
  for (std::size_t step = 0; step < count; ++step) {
    const auto supporter = static_cast<std::uint32_t>((first + step) % count);
    if (!may_be_matched(the_case, supporters_[supporter], context.random())) continue;
    assign(index, supporter, context);
    book_next_session(index, now + (rules.session_gap - since), context);
    return;
  }
  the_case.stage = CaseStage::awaiting_match;  // nobody has a place: like somebody handed over
  the_case.waits = true;
  waiting_.push_back({index, the_case.generation});
  arm_patience(index, now, context);
}

}  // namespace peercap::peer_support
