// Requests: their way through triage, what ends them while nobody has come yet, and what is told of the end.

#include <algorithm>

#include "models/peer_support/behavior/desk_process.h"
#include "models/peer_support/organization/draw_purpose.h"
#include "sim/random/distributions.h"
#include "sim/support/checked_number.h"

namespace peercap::peer_support {
namespace {

constexpr double episode_threshold = 1.0;  // defines the unit of distress

std::uint16_t end_code(Channel channel, RequestEnd end) {
  return static_cast<std::uint16_t>(static_cast<unsigned>(channel) | static_cast<unsigned>(end) << 8);
}

}  // namespace

void DeskProcess::receive_request(const RequestMessage& message, ClinicianId client, Context& context) {
  const SimTime now = context.now();
  // A report can take longer than the person it names stays: nobody is there to be offered anything, or
  // somebody else is. Episodes of a position are numbered on.
  if (is_of_site(client) && message.episode <= clients_[client.index() - first_clinician_].past_episode)
    return;
  context.state(PeerFact::request_made, client.value(), now.ticks(), 0,
                origin_code(message.channel, message.cause));
  if (is_in_support(client)) {
    context.state(PeerFact::request_ended, client.value(), now.ticks(), -1,
                  end_code(message.channel, RequestEnd::merged));
    return;
  }
  ClientRecord& record = client_record(client);
  // A report of an episode that has passed can come late; its request is named apart from the others.
  std::uint64_t number = requests_per_episode - 1;
  if (message.episode >= record.last_episode) {
    if (message.episode > record.last_episode) record.requests_in_episode = 0;
    record.last_episode = message.episode;
    number = record.requests_in_episode++ % (requests_per_episode - 1);
  }
  const std::uint32_t index = enter_case(client, message.channel, context);
  Case& the_case = cases_[index];
  the_case.cause = message.cause;
  the_case.trust = message.trust;
  the_case.severity = message.severity;
  the_case.episode = message.episode;
  the_case.draw_index = message.episode * requests_per_episode + number;
  the_case.requested = now;
  the_case.event_time = message.event_time;
  tell_opening(index, context);
  if (wants_support(message.channel)) accept(index, context);
  triage_queue_.push_back({index, the_case.generation});
  begin_next_triage(context);
}

std::uint32_t DeskProcess::enter_case(ClinicianId client, Channel channel, Context& context) {
  const std::uint32_t index = cases_.open();
  context.reserve_timers(case_slot(cases_.entry_count(), patience_timer));
  const std::uint32_t unit = organization_.unit_of[client.index()];
  Case& the_case = cases_[index];
  the_case.stage = CaseStage::in_triage;
  the_case.channel = channel;
  the_case.client = client;
  the_case.position = static_cast<std::uint16_t>(client.value() - organization_.units[unit].first_clinician);
  the_case.unit_channel = channel_to_unit(unit);
  client_record(client).open_case = index;
  return index;
}

void DeskProcess::tell_opening(std::uint32_t index, Context& context) {
  const Case& the_case = cases_[index];
  context.send(the_case.unit_channel, rules_->scenario.delays.desk_to_unit, Happening::case_opened,
               {the_case.position, the_case.has_episode ? 0U : 1U, site_.value()});
}

void DeskProcess::begin_next_triage(Context& context) {
  if (in_triage_) return;
  while (!triage_queue_.empty() && !is_current(triage_queue_.front())) triage_queue_.pop_front();
  if (triage_queue_.empty()) return;
  in_triage_ = triage_queue_.front();
  triage_queue_.pop_front();
  // Nobody looks at a request before the office opens, even where looking at it takes no time.
  const SimTime opens = rules_->coordinator_hours.next_open(context.now());
  const SimTime done = rules_->coordinator_hours.after_open_time(opens, rules_->triage_open_time);
  context.schedule(done, Happening::triage_done, {0, in_triage_->index, in_triage_->generation});
}

void DeskProcess::finish_triage(std::uint32_t index, Context& context) {
  Case& the_case = cases_[index];
  if (!wants_support(the_case.channel)) {
    const Outreach& outreach = rules_->scenario.activation.outreach;
    const Profession& profession =
        rules_->scenario.organization.professions[organization_.professions[the_case.client.index()]];
    const double logit = outreach.acceptance_logit + profession.acceptance_shift +
                         outreach.acceptance_trust_gain * (the_case.trust - 0.5) -
                         outreach.acceptance_loss_per_day * (context.now() - the_case.event_time).in_days();
    const double accepts =
        probability(1.0 / (1.0 + exact::exp(-logit)), "accepting an offer has no probability");
    const EntityKey key = organization_.person_keys[the_case.client.index()];
    if (context.random().draw(key, DrawPurpose::acceptance, the_case.draw_index).uniform() >= accepts) {
      close_case(index, RequestEnd::declined, context);
      return;
    }
    accept(index, context);
  }
  the_case.waiting_since = context.now();
  if (goes_to_professional(the_case)) {
    refer(index, context);
    return;
  }
  await_match(index, context);
}

void DeskProcess::accept(std::uint32_t index, Context& context) {
  Case& the_case = cases_[index];
  the_case.accepted = true;
  the_case.accepted_at = context.now();
  context.state(PeerFact::request_accepted, the_case.client.value(), the_case.requested.ticks(), 0,
                origin_code(the_case.channel, the_case.cause));
  arm_patience(index, the_case.accepted_at, context);
}

void DeskProcess::await_match(std::uint32_t index, Context& context) {
  Case& the_case = cases_[index];
  the_case.stage = CaseStage::awaiting_match;
  waiting_.push_back({index, the_case.generation});
  const SimTime relaxes = saturating_add(the_case.waiting_since, rules_->scenario.matching.relax_after);
  context.arm(case_slot(index, relax_timer), std::max(context.now(), relaxes), Happening::relax);
  arm_overflow(index, context);
  // Who goes to another site is not met at home before that, unless nobody there can take them.
  if (const auto to = site_of_own_access(the_case)) transfer(index, *to, context);
  if (cases_[index].stage == CaseStage::awaiting_match) try_match(index, context);
}

void DeskProcess::arm_patience(std::uint32_t index, SimTime since, Context& context) {
  if (rules_->scenario.loops.delay == Switch::off) return;
  const Access& access = rules_->scenario.access;
  const Case& the_case = cases_[index];
  const EntityKey key = organization_.person_keys[the_case.client.index()];
  // Who is handed over waits again, with patience of its own.
  const std::uint64_t draw_index = the_case.draw_index | static_cast<std::uint64_t>(the_case.handovers) << 36;
  const double threshold =
      standard_exponential(context.random().draw(key, DrawPurpose::patience, draw_index).uniform());
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
  const SimTime over = saturating_add(since, duration_from_days(days_waited));
  context.arm(case_slot(index, patience_timer), std::max(context.now(), over), Happening::give_up);
}

void DeskProcess::receive_view(const ViewMessage& message, ClinicianId client, Context& context) {
  const std::uint32_t index = open_case_of(client);
  if (index == no_case || !cases_[index].has_episode) return;
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
  if (!the_case.waits || !the_case.has_view || rules_->scenario.loops.recovery == Switch::off) return;
  const DistressLevel level =
      rules_->distress_law.after(the_case.view, (context.now() - the_case.view_time).in_days());
  const double left = rules_->distress_law.days_until(level, episode_threshold);
  context.arm(case_slot(index, recovery_timer), saturating_add(context.now(), duration_from_days(left)),
              Happening::recovered);
}

double DeskProcess::client_distress(const Case& the_case, SimTime now) const {
  // Before the first view arrives the desk knows no more than that the person was in an episode.
  if (!the_case.has_view) return episode_threshold;
  return rules_->distress_law.after(the_case.view, (now - the_case.view_time).in_days()).total();
}

void DeskProcess::give_up(std::uint32_t index, Context& context) {
  const bool contacted = cases_[index].first_contact != SimTime::never();
  close_case(index, contacted ? RequestEnd::closed_unresolved : RequestEnd::withdrew, context);
}

void DeskProcess::recover(std::uint32_t index, Context& context) {
  const Case& the_case = cases_[index];
  const bool contacted = the_case.first_contact != SimTime::never();
  close_case(index,
             contacted           ? RequestEnd::resolved
             : the_case.accepted ? RequestEnd::recovered
                                 : RequestEnd::lapsed,
             context);
}

void DeskProcess::close_case(std::uint32_t index, RequestEnd end, Context& context) {
  Case& the_case = cases_[index];
  const bool had_supporter = the_case.stage == CaseStage::booked || the_case.stage == CaseStage::in_session ||
                             the_case.stage == CaseStage::between_sessions;
  for (std::uint32_t timer = 0; timer < timers_per_case; ++timer)
    context.disarm(case_slot(index, static_cast<CaseTimer>(timer)));
  const std::int64_t contact =
      the_case.first_contact == SimTime::never() ? -1 : the_case.first_contact.ticks();
  context.state(PeerFact::request_ended, the_case.client.value(), the_case.requested.ticks(), contact,
                end_code(the_case.channel, end));
  context.send(the_case.unit_channel, rules_->scenario.delays.desk_to_unit, Happening::case_closed,
               {the_case.position, static_cast<std::uint64_t>(trust_signal(the_case, end, context)), 0});
  if (end == RequestEnd::resolved || end == RequestEnd::closed_unresolved) plan_follow_up(the_case, context);
  if (the_case.transferred) {
    report_transferred_closing(the_case, context);
    foreign_clients_.erase(the_case.client.value());
  } else {
    client_record(the_case.client).open_case = no_case;
  }
  if (had_supporter) release_supporter(the_case);
  if (had_supporter && the_case.sessions > 0) debrief_after_case(the_case.supporter, context);
  cases_.close(index);
  if (had_supporter) match_waiting(context);
}

TrustSignal DeskProcess::trust_signal(const Case& the_case, RequestEnd end, const Context& context) const {
  if (!the_case.accepted || end == RequestEnd::dropped) return TrustSignal::none;
  const bool contacted = the_case.first_contact != SimTime::never();
  if (contacted && is_breached(the_case, context.random())) return TrustSignal::breached;
  if (end == RequestEnd::left) return TrustSignal::none;
  const SimTime answered = contacted ? the_case.first_contact : context.now();
  const bool late = answered - the_case.requested > rules_->scenario.access.contact_limit;
  // Who gives up waiting is lost: before the first contact, or after it for somebody to go on with the case.
  const bool lost = the_case.waits && (end == RequestEnd::withdrew || end == RequestEnd::closed_unresolved);
  if (contacted && !late && !lost) return TrustSignal::kept;
  const bool broken = late || lost;
  return broken && rules_->scenario.loops.delay == Switch::on ? TrustSignal::broken : TrustSignal::none;
}

bool DeskProcess::is_breached(const Case& the_case, const RandomSource& random) const {
  const double probability = rules_->scenario.activation.trust.breach.value;
  const EntityKey key = organization_.person_keys[the_case.client.index()];
  return probability > 0.0 &&
         random.draw(key, DrawPurpose::breach, the_case.draw_index).uniform() < probability;
}

}  // namespace peercap::peer_support
