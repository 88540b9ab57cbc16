// A case from its first booking to its end: sessions in calendar time, then closing or referral.

#include <algorithm>
#include <cmath>

#include "models/peer_support/behavior/desk_process.h"
#include "models/peer_support/organization/draw_purpose.h"
#include "sim/random/distributions.h"
#include "sim/support/contract.h"

namespace peercap::peer_support {
namespace {

void enter_session(SupporterState& supporter) {
  require(!supporter.in_session, "a supporter would be in two sessions at once");
  supporter.in_session = true;
}

/// The index of draws about one session of a request.
std::uint64_t session_index(const Case& the_case, std::uint32_t session) {
  return the_case.draw_index << 12 | session;
}

}  // namespace

SimDuration DeskProcess::draw_session_length(const Case& the_case, const RandomSource& random) const {
  const CaseRules& rules = rules_->scenario.case_rules;
  const EntityKey key = organization_.person_keys[the_case.client.index()];
  const Draw draw =
      random.draw(key, DrawPurpose::session_length, session_index(the_case, the_case.sessions + 1U));
  const double uniform = draw.uniform();
  const double mean = rules.session_length.in_days();
  double length = mean;
  switch (rules.session_law) {
    case ServiceLaw::fixed:
      break;
    case ServiceLaw::exponential:
      length = mean * standard_exponential(uniform);
      break;
    case ServiceLaw::lognormal:
      length = lognormal(mean, rules.session_length_cv, standard_normal(uniform));
      break;
    case ServiceLaw::two_phases:
      length = two_phases(mean, uniform, draw.second_uniform());
      break;
    case ServiceLaw::hyperexponential:
      length = balanced_hyperexponential(mean, rules.session_length_cv, uniform, draw.second_uniform());
      break;
  }
  return std::clamp(duration_from_days(length), microseconds(1), rules_->longest_session);
}

bool DeskProcess::others_wait(std::uint32_t index) const {
  return std::ranges::any_of(waiting_, [&](const CaseReference& r) {
    return r.index != index && is_current(r) && cases_[r.index].stage == CaseStage::awaiting_match;
  });
}

SimDuration DeskProcess::adapt_length(SimDuration length, std::uint32_t index, std::uint32_t supporter,
                                      SimTime now) {
  const Adaptation& adaptation = rules_->scenario.case_rules.adaptation;
  double factor = 1.0;
  if (adaptation.speed_up.value > 0.0 && others_wait(index)) factor -= adaptation.speed_up.value;
  if (adaptation.slow_down > 0.0) {
    supporters_.bring_up_to_date(supporters_[supporter], now);
    if (supporters_[supporter].overload_debt > adaptation.debt) factor += adaptation.slow_down;
  }
  if (factor == 1.0) return length;
  return std::clamp(duration_from_days(length.in_days() * factor), microseconds(1), rules_->longest_session);
}

void DeskProcess::book_session(std::uint32_t index, SimTime begin, SimDuration length, Context& context) {
  Case& the_case = cases_[index];
  the_case.stage = CaseStage::booked;
  the_case.session_begin = begin;
  the_case.session_length = length;
  const Booking booking{begin, begin + length};
  supporters_[the_case.supporter].bookings.push_back(booking);
  const std::uint32_t as_supporter = supporter_index_of(the_case.client);
  if (as_supporter != no_case) supporters_[as_supporter].bookings.push_back(booking);
  context.arm(case_slot(index, progress_timer), begin, Happening::session_begins);
}

void DeskProcess::book_next_session(std::uint32_t index, SimTime earliest, Context& context) {
  Case& the_case = cases_[index];
  const SimDuration length =
      adapt_length(draw_session_length(the_case, context.random()), index, the_case.supporter, context.now());
  const auto begin = find_session(the_case, supporters_[the_case.supporter], earliest, length, context.now());
  if (begin) {
    book_session(index, *begin, length, context);
  } else {
    the_case.stage = CaseStage::between_sessions;
    context.arm(case_slot(index, progress_timer), context.now() + days(1), Happening::rebook);
  }
}

void DeskProcess::begin_session(std::uint32_t index, Context& context) {
  Case& the_case = cases_[index];
  if (!people_can_meet()) {  // it was booked when they could
    drop_booking(the_case);
    book_next_session(index, context.now(), context);
    return;
  }
  the_case.stage = CaseStage::in_session;
  enter_session(supporters_[the_case.supporter]);
  const std::uint32_t as_supporter = supporter_index_of(the_case.client);
  if (as_supporter != no_case) enter_session(supporters_[as_supporter]);
  if (the_case.waits) {
    the_case.waits = false;
    context.disarm(case_slot(index, patience_timer));
    context.disarm(case_slot(index, recovery_timer));
  }
  if (the_case.first_contact == SimTime::never()) {
    the_case.first_contact = context.now();
    ClientRecord& record = client_record(the_case.client);
    const bool first_of_episode = the_case.has_episode && the_case.episode > record.contacted_episode;
    if (first_of_episode) record.contacted_episode = the_case.episode;
    context.state(
        PeerFact::first_contact, the_case.client.value(), the_case.requested.ticks(),
        the_case.event_time.ticks(),
        static_cast<std::uint16_t>(origin_code(the_case.channel, the_case.cause, contact_cause_shift) |
                                   (first_of_episode ? 1U << 8 : 0U)));
    context.send(the_case.unit_channel, rules_->scenario.delays.desk_to_unit, Happening::contacted,
                 {the_case.position, the_case.episode, 0});
  }
  // Early, so that a session that begins at this very moment finds both people free.
  context.schedule(context.now() + the_case.session_length, Happening::session_ends,
                   {0, index, the_case.generation}, EventPriority::early);
}

void DeskProcess::end_session(std::uint32_t index, Context& context) {
  Case& the_case = cases_[index];
  SupporterState& supporter = supporters_[the_case.supporter];
  const SimTime now = context.now();
  const CaseRules& rules = rules_->scenario.case_rules;
  ++the_case.sessions;
  supporter.in_session = false;
  supporter.last_session = now;
  drop_booking(the_case);
  const std::uint32_t as_supporter = supporter_index_of(the_case.client);
  if (as_supporter != no_case) supporters_[as_supporter].in_session = false;

  const WorkedTime worked =
      supporters_.work(supporter, the_case.session_length + rules.administration,
                       rules_->coverable(the_case.session_begin, now) + rules.administration, now);
  supporters_.strain(supporter, client_distress(the_case, now), now);
  context.state(PeerFact::session_held, supporter.id, worked.covered.ticks(), worked.beyond.ticks(),
                the_case.sessions);
  context.state(PeerFact::session_received, the_case.client.value(), the_case.session_begin.ticks(),
                supporter.id);

  if (the_case.client_left) {
    close_case(index, RequestEnd::left, context);
    return;
  }
  double quality =
      rules_->scenario.loops.relief == Switch::on ? supporters_.session_quality(supporter, now) : 0.0;
  const Access& access = rules_->scenario.access;
  if (access.in_person == Switch::off) quality = std::min(1.0, quality * access.remote_effect);
  the_case.keep_fast = static_cast<float>(1.0 - rules.effect_fast.value * quality);
  the_case.keep_slow = static_cast<float>(1.0 - rules.effect_slow.value * quality);
  the_case.view.fast *= static_cast<double>(the_case.keep_fast);
  the_case.view.slow *= static_cast<double>(the_case.keep_slow);
  const EffectMessage effect{the_case.position, the_case.sessions, the_case.keep_fast, the_case.keep_slow};
  context.send(the_case.unit_channel, rules_->scenario.delays.desk_to_unit, Happening::session_effect,
               effect.pack());
  decide_after_session(index, context);
}

void DeskProcess::decide_after_session(std::uint32_t index, Context& context) {
  Case& the_case = cases_[index];
  const CaseRules& rules = rules_->scenario.case_rules;
  const SimTime now = context.now();
  const EntityKey key = organization_.person_keys[the_case.client.index()];
  const Draw decision =
      context.random().draw(key, DrawPurpose::session_decision, session_index(the_case, the_case.sessions));
  const bool resolved = client_distress(the_case, now) < rules.close_threshold;

  const bool refers = rules_->scenario.loops.referral == Switch::on;

  const bool severe = rules.severe_referral == Switch::on && the_case.sessions == 1 &&
                      the_case.severity >= rules.severe_distress;
  if (refers && (severe || decision.uniform() < rules.early_referral.value)) {
    refer(index, context);
    return;
  }
  const bool at_cap = the_case.sessions >= rules.max_sessions;
  const bool another = !at_cap && (rules.closing_rule == ClosingRule::threshold
                                       ? !resolved
                                       : decision.second_uniform() < rules.continue_after_session.value);
  if (!another) {
    if (refers && at_cap && !resolved && decision.second_uniform() < rules.unresolved_referral.value) {
      refer(index, context);
      return;
    }
    SupporterState& supporter = supporters_[the_case.supporter];
    if (resolved || !at_cap)  // well again, or ended by agreement
      supporters_.succeed(supporter, now);
    else
      supporters_.fail(supporter, now);
    close_case(index, resolved ? RequestEnd::resolved : RequestEnd::closed_unresolved, context);
    return;
  }
  if (!supporters_[the_case.supporter].is_active()) {
    // The supporter left during the session, or for a time: somebody else goes on.
    hand_over(index, context);
    try_match(index, context);
    return;
  }
  book_next_session(index, now + rules.session_gap, context);
}

void DeskProcess::hand_over(std::uint32_t index, Context& context) {
  Case& the_case = cases_[index];
  context.state(PeerFact::handover, supporters_[the_case.supporter].id, the_case.requested.ticks(),
                the_case.client.value());
  context.disarm(case_slot(index, progress_timer));
  release_supporter(the_case);
  the_case.stage = CaseStage::awaiting_match;
  the_case.relaxed = true;  // whoever was promised somebody does not wait for a perfect match again
  waiting_.push_back({index, the_case.generation});
  if (the_case.waits) return;
  the_case.waits = true;
  ++the_case.handovers;
  arm_patience(index, context.now(), context);
  arm_recovery(index, context);
}

void DeskProcess::refer(std::uint32_t index, Context& context) {
  const std::optional<bool> goes = make_referral(cases_[index], context);
  close_case(index,
             !goes   ? RequestEnd::closed_unresolved
             : *goes ? RequestEnd::referred
                     : RequestEnd::referral_declined,
             context);
}

double DeskProcess::referral_weight(Cause cause, const ReferralDestination& destination) const {
  if (cause == Cause::clinical_event || cause == Cause::incident) return destination.weight_event;
  if (is_listed(cause)) {
    const Shares& own = rules_->scenario.environment.causes[index_of_listed(cause)].destinations;
    if (!own.empty()) return factor_of(own, destination.name, 0.0);
  }
  return destination.weight_personal;
}

std::optional<bool> DeskProcess::make_referral(const Case& the_case, Context& context) {
  const auto& destinations = rules_->scenario.referrals.destinations;
  std::vector<double> weights;
  double total = 0.0;
  for (const ReferralDestination& d : destinations) {
    weights.push_back(referral_weight(the_case.cause, d));
    total += weights.back();
  }
  if (total <= 0.0) return std::nullopt;
  const EntityKey key = organization_.person_keys[the_case.client.index()];
  const Draw draw = context.random().draw(key, DrawPurpose::destination, the_case.draw_index);
  const auto destination = static_cast<std::uint32_t>(weighted_choice(weights, draw.uniform()));
  const bool goes = draw.second_uniform() < destinations[destination].acceptance.value;
  context.state(PeerFact::referral_made, destination, 0, 0, goes ? 1 : 0);
  if (goes) {
    // During a case it is the supporter who refers, else the office.
    const bool by_supporter = the_case.stage == CaseStage::in_session;
    const ReferralMessage message{
        .clinician = the_case.client.value(),
        .draw_index = the_case.draw_index,
        .supporter = by_supporter ? supporters_[the_case.supporter].id : ReferralMessage::nobody};
    context.send(unit_count_ + destination, rules_->scenario.delays.desk_to_referral, Happening::referral,
                 message.pack());
  }
  return goes;
}

void DeskProcess::release_supporter(const Case& the_case) {
  SupporterState& supporter = supporters_[the_case.supporter];
  --supporter.open_cases;
  if (the_case.stage == CaseStage::booked) drop_booking(the_case);
}

void DeskProcess::drop_booking(const Case& the_case) {
  const auto drop_from = [&the_case](std::vector<Booking>& bookings) {
    std::erase_if(bookings, [&](const Booking& b) { return b.begin == the_case.session_begin; });
  };
  drop_from(supporters_[the_case.supporter].bookings);
  const std::uint32_t as_supporter = supporter_index_of(the_case.client);
  if (as_supporter != no_case) drop_from(supporters_[as_supporter].bookings);
}

}  // namespace peercap::peer_support
