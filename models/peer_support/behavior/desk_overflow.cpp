// Those who wait too long: to a professional, or to the supporters of another site; and clinicians who leave
// while they wait.

#include <algorithm>

#include "models/peer_support/behavior/desk_process.h"
#include "models/peer_support/organization/draw_purpose.h"
#include "sim/support/contract.h"

namespace peercap::peer_support {

void DeskProcess::arm_overflow(std::uint32_t index, Context& context) {
  const Overflow& rules = rules_->scenario.case_rules.overflow;
  const Case& the_case = cases_[index];
  const auto arm = [&](CaseTimer timer, SimDuration after) {
    context.arm(case_slot(index, timer),
                std::max(context.now(), saturating_add(the_case.waiting_since, after)), Happening::overflow);
  };
  if (!the_case.transferred) {
    // Merged, one's own supporters come first, whatever was wished for; without any, the others.
    if (is_merged(context.now()))
      arm(other_site_timer,
          supporters_.active_count() > 0 ? rules_->scenario.matching.relax_after : SimDuration{});
    else if (rules.to_other_site == Switch::on && helping_site_)
      arm(other_site_timer, rules.other_site_after);
  }
  if (rules.to_professional == Switch::on && rules_->scenario.loops.referral == Switch::on)
    arm(professional_timer, rules.professional_after);
}

std::optional<DeskProcess::Merger> DeskProcess::find_merger() const {
  const auto site_named = [this](const std::string& name) {
    return SiteId{static_cast<std::uint32_t>(std::ranges::find(organization_.site_names, name) -
                                             organization_.site_names.begin())};
  };
  for (const SiteMerger& merger : rules_->scenario.shocks.mergers) {
    const std::string& own = organization_.site_names[site_.index()];
    if (own == merger.name || own == merger.with)
      return Merger{site_named(own == merger.name ? merger.with : merger.name), merger.at.date->midnight()};
  }
  return std::nullopt;
}

std::optional<SiteId> DeskProcess::staffed_site() const {
  const std::vector<std::uint8_t>& serving = board_.serving(week_);
  const std::size_t sites = organization_.site_names.size();
  std::vector<std::uint64_t> supporters(sites, 0);
  std::vector<std::uint64_t> people(sites, 0);
  for (std::size_t id = 0; id < serving.size(); ++id)
    supporters[organization_.unit(organization_.supporters[id].unit).site.index()] += serving[id];
  for (const Unit& unit : organization_.units) people[unit.site.index()] += unit.size;
  std::optional<SiteId> best;
  for (std::size_t s = 0; s < sites; ++s) {
    if (s == site_.index() || supporters[s] == 0) continue;
    if (!best || supporters[s] * people[best->index()] > supporters[best->index()] * people[s])
      best = SiteId{s};
  }
  return best;
}

bool DeskProcess::is_staffed(SiteId site) const {
  const std::vector<std::uint8_t>& serving = board_.serving(week_);
  for (std::size_t id = 0; id < serving.size(); ++id)
    if (serving[id] != 0 && organization_.unit(organization_.supporters[id].unit).site == site) return true;
  return false;
}

void DeskProcess::merge(Context& context) {
  // Whoever had a supporter before waits for another one at home.
  for (std::uint32_t i = 0; i < cases_.entry_count(); ++i) {
    const Case& the_case = cases_[i];
    const bool is_new = the_case.supporter == Case::nobody && the_case.first_contact == SimTime::never();
    if (the_case.stage == CaseStage::awaiting_match && is_new) arm_overflow(i, context);
  }
}

void DeskProcess::overflow(std::uint64_t slot, Context& context) {
  const std::uint32_t index = case_of_slot(slot);
  if (slot == case_slot(index, other_site_timer)) {
    const bool merged = is_merged(context.now());
    if (merged && !is_staffed(merger_->partner))  // nobody is there now: another day
      context.arm(static_cast<std::uint32_t>(slot), context.now() + days(1), Happening::overflow);
    else
      transfer(index, merged ? merger_->partner : helping_site_.value(), context);
    return;
  }
  const Case& the_case = cases_[index];
  if (!make_referral(the_case, context)) return;  // nowhere fits the cause: the person waits on
  context.state(PeerFact::overflowed, the_case.client.value(), the_case.requested.ticks(), 0,
                static_cast<std::uint16_t>(the_case.channel));
  close_case(index, RequestEnd::overflow_referred, context);
}

void DeskProcess::hear_of_loss(const ReferralMessage& lost, Context& context) {
  for (std::uint32_t i = 0; i < supporters_.size(); ++i)
    if (supporters_[i].id == lost.supporter && supporters_[i].role != SupporterRole::left)
      supporters_.fail(supporters_[i], context.now());
  const ClinicianId client{lost.clinician};
  const double probability = rules_->scenario.referrals.return_after_loss.value;
  if (!is_of_site(client) || probability <= 0.0) return;
  const EntityKey key = organization_.person_keys[client.index()];
  if (context.random().draw(key, DrawPurpose::return_after_loss, lost.treatment_index()).uniform() >=
      probability)
    return;
  // Whether the client is still in the episode the unit knows; the desk does not.
  const std::uint32_t unit = organization_.unit_of[client.index()];
  const auto position =
      static_cast<std::uint16_t>(client.value() - organization_.units[unit].first_clinician);
  context.send(channel_to_unit(unit), rules_->scenario.delays.desk_to_unit, Happening::ask_again,
               {position, lost.draw_index / requests_per_episode, 0});
}

void DeskProcess::transfer(std::uint32_t index, SiteId to, Context& context) {
  const Case& the_case = cases_[index];
  const ClinicianId client = the_case.client;
  // The other desk does not know the calendar of a supporter of this site who has sessions to give.
  if (const std::uint32_t own = supporter_index_of(client);
      own != no_case && (supporters_[own].open_cases > 0 || !supporters_[own].bookings.empty()))
    return;
  ClientRecord& record = client_record(client);
  const bool contacted = the_case.has_episode && record.contacted_episode >= the_case.episode;
  const TransferMessage message{.clinician = client.value(),
                                .episode = the_case.episode,
                                .draw_index = the_case.draw_index,
                                .channel = the_case.channel,
                                .cause = the_case.cause,
                                .contacted = contacted,
                                .has_episode = the_case.has_episode,
                                .position = the_case.position,
                                .severity = the_case.severity,
                                .requested = the_case.requested,
                                .event_time = the_case.event_time,
                                .accepted = the_case.accepted_at,
                                .waiting_since = the_case.waiting_since};
  const SimDuration delay = rules_->scenario.delays.desk_to_desk;
  for (std::size_t part = 0; part < TransferMessage::parts; ++part)
    context.send(channel_to_desk(to), delay, part == 0 ? Happening::transfer : Happening::transfer_times,
                 message.pack(part));
  context.state(PeerFact::request_transferred, client.value(), the_case.requested.ticks(), to.value(),
                static_cast<std::uint16_t>(the_case.channel));
  transferred_[client.value()] = {to, context.now() + delay, the_case.requested, the_case.channel};
  record.open_case = no_case;
  for (std::uint32_t timer = 0; timer < timers_per_case; ++timer)
    context.disarm(case_slot(index, static_cast<CaseTimer>(timer)));
  cases_.close(index);
}

void DeskProcess::receive_transfer(const Event& event, Context& context) {
  if (event.kind_as<Happening>() == Happening::transfer) incoming_parts_ = 0;
  incoming_.unpack(incoming_parts_++, event);
  if (incoming_parts_ == TransferMessage::parts) open_transferred(context);
}

void DeskProcess::open_transferred(Context& context) {
  const ClinicianId client{incoming_.clinician};
  require(!foreign_clients_.contains(client.value()), "a client would be transferred twice");
  const std::uint32_t index = enter_case(client, incoming_.channel, context);
  Case& the_case = cases_[index];
  the_case.transferred = true;
  the_case.has_episode = incoming_.has_episode;
  the_case.accepted = true;
  the_case.cause = incoming_.cause;
  the_case.episode = incoming_.episode;
  the_case.draw_index = incoming_.draw_index;
  the_case.severity = incoming_.severity;
  the_case.requested = incoming_.requested;
  the_case.event_time = incoming_.event_time;
  the_case.accepted_at = incoming_.accepted;
  the_case.waiting_since = incoming_.waiting_since;
  if (incoming_.contacted) client_record(client).contacted_episode = incoming_.episode;
  tell_opening(index, context);
  const bool dropped = rules_->scenario.today.given == Switch::on && the_case.requested < rules_->start &&
                       context.now() >= rules_->start;
  if (dropped) {  // was on its way when the given state replaced all that went before
    close_case(index, RequestEnd::dropped, context);
    return;
  }
  arm_patience(index, the_case.accepted_at, context);
  await_match(index, context);
}

void DeskProcess::report_transferred_closing(const Case& the_case, Context& context) {
  const SiteId home = organization_.units[organization_.unit_of[the_case.client.index()]].site;
  const bool contacted = the_case.first_contact != SimTime::never();
  context.send(channel_to_desk(home), rules_->scenario.delays.desk_to_desk, Happening::transfer_closed,
               {static_cast<std::uint16_t>(contacted ? 1 : 0), the_case.client.value(), the_case.episode});
}

void DeskProcess::end_transfer(const Event& event, Context& context) {
  const ClinicianId client{event.a};
  transferred_.erase(client.value());
  ClientRecord& record = client_record(client);
  if (event.small != 0)
    record.contacted_episode = std::max(record.contacted_episode, static_cast<std::uint32_t>(event.b));
  // A supporter who was in support themselves can take cases again.
  if (supporter_index_of(client) != no_case) match_waiting(context);
}

void DeskProcess::finish_transfers(Context& context) {
  for (const auto& [clinician, request] : transferred_) {
    if (request.arrives < context.now()) continue;  // the other desk states its end
    context.state(PeerFact::request_ended, clinician, request.requested.ticks(), -1,
                  static_cast<std::uint16_t>(static_cast<unsigned>(request.channel) |
                                             static_cast<unsigned>(RequestEnd::open_waiting) << 8));
  }
}

void DeskProcess::end_membership(ClinicianId person, std::uint32_t last_episode, Context& context) {
  if (!is_of_site(person)) {
    const auto found = foreign_clients_.find(person.value());
    if (found == foreign_clients_.end()) return;
    if (cases_[found->second.open_case].stage == CaseStage::in_session)
      cases_[found->second.open_case].client_left = true;  // closed when the session is over
    else
      close_case(found->second.open_case, RequestEnd::left, context);
    return;
  }
  end_employment(person, context);
  // Whoever comes next to this position begins anew.
  ClientRecord& record = client_record(person);
  record = {.open_case = record.open_case,
            .supporter = record.supporter,
            .past_episode = last_episode,
            .incarnation = static_cast<std::uint16_t>(record.incarnation + 1U)};
  if (const auto elsewhere = transferred_.find(person.value()); elsewhere != transferred_.end())
    context.send(channel_to_desk(elsewhere->second.site), rules_->scenario.delays.desk_to_desk,
                 Happening::transferred_left, {0, person.value(), 0});
}

}  // namespace peercap::peer_support
