#include "models/peer_support/behavior/desk_process.h"

#include <algorithm>
#include <bit>

#include "models/peer_support/organization/draw_purpose.h"
#include "sim/random/distributions.h"

namespace peercap::peer_support {
namespace {

constexpr double episode_threshold = 1.0;  // defines the unit of distress
constexpr double unheard_trust = 0.6;      // of a unit that has not told its trust yet; assumed

}  // namespace

DeskProcess::DeskProcess(const Rules& rules, const Organization& organization, const RandomSource& random,
                         SiteId site)
    : rules_{&rules},
      organization_{organization},
      calendar_{rules, organization, random},
      site_{site},
      first_unit_{organization.first_unit_of_site[site.index()]},
      unit_count_{organization.first_unit_of_site[site.index() + 1] - first_unit_},
      first_clinician_{unit_count_ > 0 ? organization.units[first_unit_].first_clinician : 0},
      supporters_{rules} {
  std::size_t people = 0;
  for (std::uint32_t i = 0; i < unit_count_; ++i) people += organization.units[first_unit_ + i].size;
  clients_.resize(people);
  supporter_of_client_.resize(people, no_case);
  trust_.resize(unit_count_, unheard_trust);
  told_embedded_.resize(unit_count_, 0);
}

std::string DeskProcess::name() const {
  return "desk " + organization_.site_names[site_.index()];
}

DeskProcess::ClientRecord& DeskProcess::client_record(ClinicianId id) {
  return clients_[id.index() - first_clinician_];
}

std::uint32_t DeskProcess::unit_channel_of(ProcessId source) const {
  return source.value() - first_unit_;
}

bool DeskProcess::is_current(const CaseReference& reference) const {
  const Case& the_case = cases_[reference.index];
  return the_case.stage != CaseStage::free && the_case.generation == reference.generation;
}

std::uint32_t DeskProcess::supporter_slot(std::uint32_t index, SupporterTimer timer) const {
  return index * timers_per_supporter + timer;
}

std::uint32_t DeskProcess::case_slot(std::uint32_t index, CaseTimer timer) const {
  return static_cast<std::uint32_t>(supporters_.size()) * timers_per_supporter + index * timers_per_case +
         timer;
}

std::uint32_t DeskProcess::case_of_slot(std::uint64_t slot) const {
  return (static_cast<std::uint32_t>(slot) -
          static_cast<std::uint32_t>(supporters_.size()) * timers_per_supporter) /
         timers_per_case;
}

void DeskProcess::handle(const Event& event, Context& context) {
  if (const Rules* present = &rules_->at(context.now()); present != rules_) {
    rules_ = present;
    calendar_.follow(*present);
    supporters_.follow(*present);
  }
  switch (event.kind_as<Happening>()) {
    case Happening::request:
      receive_request(RequestMessage::unpack(event), unit_channel_of(event.tie.source()), context);
      break;
    case Happening::distress_view:
      receive_view(ViewMessage::unpack(event), unit_channel_of(event.tie.source()), context);
      break;
    case Happening::supporter_state: {
      const std::uint32_t clinician =
          organization_.units[first_unit_ + unit_channel_of(event.tie.source())].first_clinician +
          event.small;
      const std::uint32_t index = supporter_of_client_[clinician - first_clinician_];
      // Whoever has taken the place of a supporter is none.
      if (index != no_case) supporters_[index].exhaustion = std::bit_cast<double>(event.b);
      break;
    }
    case Happening::climate:
      trust_[unit_channel_of(event.tie.source())] = std::bit_cast<double>(event.a);
      break;
    case Happening::desk_tick:
      run_week(context);
      break;
    case Happening::triage_done:
      in_triage_.reset();
      if (is_current({static_cast<std::uint32_t>(event.a), event.b}))
        finish_triage(static_cast<std::uint32_t>(event.a), context);
      begin_next_triage(context);
      break;
    case Happening::give_up:
      close_case(case_of_slot(event.a), RequestEnd::withdrew, context);
      break;
    case Happening::recovered: {
      const std::uint32_t index = case_of_slot(event.a);
      close_case(index, cases_[index].accepted ? RequestEnd::recovered : RequestEnd::lapsed, context);
      break;
    }
    case Happening::relax:
      cases_[case_of_slot(event.a)].relaxed = true;
      try_match(case_of_slot(event.a), context);
      break;
    case Happening::session_begins:
      begin_session(case_of_slot(event.a), context);
      break;
    case Happening::session_ends:
      end_session(static_cast<std::uint32_t>(event.a), context);
      break;
    case Happening::rebook:
      book_next_session(case_of_slot(event.a), context.now(), context);
      break;
    case Happening::leave_role:
      leave(static_cast<std::uint32_t>(event.a) / timers_per_supporter, ExitReason::role, context);
      break;
    case Happening::leave_begins:
      go_on_leave(static_cast<std::uint32_t>(event.a) / timers_per_supporter, context);
      break;
    case Happening::leave_ends:
      come_back(static_cast<std::uint32_t>(event.a) / timers_per_supporter, context);
      break;
    case Happening::employment_ended: {
      const ClinicianId person{
          organization_.units[first_unit_ + unit_channel_of(event.tie.source())].first_clinician +
          event.small};
      end_employment(person, context);
      break;
    }
    default:
      break;
  }
}

void DeskProcess::receive_request(const RequestMessage& message, std::uint32_t unit_channel,
                                  Context& context) {
  const SimTime now = context.now();
  const ClinicianId client{organization_.units[first_unit_ + unit_channel].first_clinician +
                           message.position};
  ClientRecord& record = client_record(client);
  context.state(PeerFact::request_made, client.value(), now.ticks(), 0,
                static_cast<std::uint16_t>(message.channel));
  if (record.open_case != no_case) {
    context.state(PeerFact::request_ended, client.value(), now.ticks(), -1,
                  static_cast<std::uint16_t>(static_cast<unsigned>(message.channel) |
                                             static_cast<unsigned>(RequestEnd::merged) << 8));
    return;
  }
  if (record.last_episode != message.episode) {
    record.last_episode = message.episode;
    record.requests_in_episode = 0;
    record.contacted_in_episode = false;
  }
  constexpr std::uint64_t requests_per_episode = 16;
  const std::uint32_t index = cases_.open();
  context.reserve_timers(case_slot(cases_.entry_count(), patience_timer));
  Case& the_case = cases_[index];
  the_case.stage = CaseStage::in_triage;
  the_case.channel = message.channel;
  the_case.cause = message.cause;
  the_case.position = message.position;
  the_case.unit_channel = unit_channel;
  the_case.client = client;
  the_case.episode = message.episode;
  the_case.draw_index =
      message.episode * requests_per_episode + record.requests_in_episode % requests_per_episode;
  the_case.requested = now;
  the_case.event_time = message.event_time;
  ++record.requests_in_episode;
  record.open_case = index;
  context.send(unit_channel, rules_->scenario.delays.desk_to_unit, Happening::case_opened,
               {message.position, 0, 0});
  if (wants_support(message.channel)) accept(index, context);
  triage_queue_.push_back({index, the_case.generation});
  begin_next_triage(context);
}

void DeskProcess::begin_next_triage(Context& context) {
  if (in_triage_) return;
  while (!triage_queue_.empty() && !is_current(triage_queue_.front())) triage_queue_.pop_front();
  if (triage_queue_.empty()) return;
  in_triage_ = triage_queue_.front();
  triage_queue_.pop_front();
  const SimTime done = rules_->coordinator_hours.after_open_time(context.now(), rules_->triage_open_time);
  context.schedule(done, Happening::triage_done, {0, in_triage_->index, in_triage_->generation});
}

void DeskProcess::finish_triage(std::uint32_t index, Context& context) {
  Case& the_case = cases_[index];
  if (!wants_support(the_case.channel)) {
    const Outreach& outreach = rules_->scenario.activation.outreach;
    const double logit = outreach.acceptance_logit -
                         outreach.acceptance_loss_per_day * (context.now() - the_case.event_time).in_days();
    const double probability = 1.0 / (1.0 + exact::exp(-logit));
    const EntityKey key = organization_.person_keys[the_case.client.index()];
    if (context.random().draw(key, DrawPurpose::acceptance, the_case.draw_index).uniform() >= probability) {
      close_case(index, RequestEnd::declined, context);
      return;
    }
    accept(index, context);
  }
  if (goes_to_professional(the_case)) {
    refer(index, context);
    return;
  }
  the_case.stage = CaseStage::awaiting_match;
  waiting_.push_back({index, the_case.generation});
  context.arm(case_slot(index, relax_timer),
              saturating_add(context.now(), rules_->scenario.matching.relax_after), Happening::relax);
  try_match(index, context);
}

void DeskProcess::accept(std::uint32_t index, Context& context) {
  Case& the_case = cases_[index];
  the_case.accepted = true;
  context.state(PeerFact::request_accepted, the_case.client.value(), the_case.requested.ticks(), 0,
                static_cast<std::uint16_t>(the_case.channel));
  arm_patience(index, context);
}

void DeskProcess::arm_patience(std::uint32_t index, Context& context) {
  const Access& access = rules_->scenario.access;
  const Case& the_case = cases_[index];
  const EntityKey key = organization_.person_keys[the_case.client.index()];
  const double threshold =
      standard_exponential(context.random().draw(key, DrawPurpose::patience, the_case.draw_index).uniform());
  // Hazard: one rate for the first week, another from then on.
  const double first_week = access.withdrawal_first_week.per_day * days_per_week;
  double days_waited = 0.0;
  if (threshold < first_week) {
    days_waited = threshold / access.withdrawal_first_week.per_day;
  } else if (access.withdrawal_later.per_day > 0.0) {
    days_waited = days_per_week + (threshold - first_week) / access.withdrawal_later.per_day;
  } else {
    return;
  }
  context.arm(case_slot(index, patience_timer),
              saturating_add(context.now(), duration_from_days(days_waited)), Happening::give_up);
}

void DeskProcess::receive_view(const ViewMessage& message, std::uint32_t unit_channel, Context& context) {
  const ClinicianId client{organization_.units[first_unit_ + unit_channel].first_clinician +
                           message.position};
  const std::uint32_t index = client_record(client).open_case;
  if (index == no_case) return;
  Case& the_case = cases_[index];
  the_case.view = message.level;
  the_case.view_time = context.now();
  the_case.has_view = true;
  if (message.effects_applied < the_case.sessions) {
    the_case.view.fast *= static_cast<double>(the_case.keep_fast);
    the_case.view.slow *= static_cast<double>(the_case.keep_slow);
  }
  arm_recovery(index, context);
}

void DeskProcess::arm_recovery(std::uint32_t index, Context& context) {
  const Case& the_case = cases_[index];
  if (the_case.first_contact != SimTime::never()) return;
  const double left = rules_->distress_law.days_until(the_case.view, episode_threshold);
  context.arm(case_slot(index, recovery_timer), saturating_add(context.now(), duration_from_days(left)),
              Happening::recovered);
}

double DeskProcess::client_distress(const Case& the_case, SimTime now) const {
  // Before the first view arrives the desk knows no more than that the person was in an episode.
  if (!the_case.has_view) return episode_threshold;
  return rules_->distress_law.after(the_case.view, (now - the_case.view_time).in_days()).total();
}

void DeskProcess::close_case(std::uint32_t index, RequestEnd end, Context& context) {
  Case& the_case = cases_[index];
  const bool had_supporter = the_case.stage == CaseStage::booked || the_case.stage == CaseStage::in_session ||
                             the_case.stage == CaseStage::between_sessions;
  for (std::uint32_t timer = 0; timer < timers_per_case; ++timer)
    context.disarm(case_slot(index, static_cast<CaseTimer>(timer)));
  const std::int64_t contact =
      the_case.first_contact == SimTime::never() ? -1 : the_case.first_contact.ticks();
  context.state(
      PeerFact::request_ended, the_case.client.value(), the_case.requested.ticks(), contact,
      static_cast<std::uint16_t>(static_cast<unsigned>(the_case.channel) | static_cast<unsigned>(end) << 8));
  context.send(the_case.unit_channel, rules_->scenario.delays.desk_to_unit, Happening::case_closed,
               {the_case.position, 0, 0});
  client_record(the_case.client).open_case = no_case;
  if (had_supporter) release_supporter(the_case);
  if (had_supporter && the_case.sessions > 0) debrief_after_case(the_case.supporter, context);
  cases_.close(index);
  if (had_supporter) match_waiting(context);
}

}  // namespace peercap::peer_support
