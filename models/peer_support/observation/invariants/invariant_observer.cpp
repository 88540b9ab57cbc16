#include "models/peer_support/observation/invariants/invariant_observer.h"

#include "models/peer_support/behavior/happening.h"
#include "models/peer_support/observation/invariants/fact_bounds.h"
#include "models/peer_support/observation/invariants/judgment.h"
#include "sim/support/state_archive.h"

namespace peercap::peer_support {

InvariantObserver::InvariantObserver(const CheckedRun& run)
    : run_{run}, trail_{run.organization.units.size()} {}

void InvariantObserver::on_fact(const Fact& fact) {
  if (!check_fact(run_, fact, broken_)) return;
  switch (static_cast<PeerFact>(fact.kind)) {
    case PeerFact::clinical_event:
      trail_.tallies[fact.subject].people_hit += fact.b;
      return;
    case PeerFact::exposure:
      if ((fact.small & 0xff) == static_cast<unsigned>(Cause::clinical_event))
        ++trail_.tallies[run_.organization.unit_of[fact.subject]].exposures;
      return;
    case PeerFact::unit_week:
      trail_.tallies[fact.subject].weekly_people += fact.a;
      return;
    case PeerFact::episode_began:
    case PeerFact::episode_ended:
    case PeerFact::episode_open:
    case PeerFact::clinician_left:
    case PeerFact::clinician_hired:
      trail_.people.push_back(fact);
      return;
    case PeerFact::unit_census:
    case PeerFact::unit_scores:
    case PeerFact::unit_reach:
    case PeerFact::unit_support:
      trail_.units.push_back(fact);
      return;
    case PeerFact::request_made:
    case PeerFact::request_accepted:
    case PeerFact::supporter_assigned:
    case PeerFact::first_contact:
    case PeerFact::handover:
    case PeerFact::request_transferred:
    case PeerFact::overflowed:
      trail_.requests.push_back(fact);
      return;
    case PeerFact::request_ended:
      end_request(fact);
      return;
    case PeerFact::session_held:
      held_ = fact;
      return;
    case PeerFact::session_received:
      end_session(fact);
      return;
    case PeerFact::supporter_role:
    case PeerFact::supporter_left:
    case PeerFact::program_time:
    case PeerFact::turn_on_call:
    case PeerFact::supporter_exhaustion:
      trail_.supporters.push_back(fact);
      return;
    case PeerFact::desk_week:
      trail_.offices.push_back(fact);
      return;
    case PeerFact::referral_made:
    case PeerFact::treatment_began:
    case PeerFact::referral_given_up:
    case PeerFact::referral_waiting:
    case PeerFact::referral_onward:
      trail_.referrals.push_back(fact);
      return;
    default:
      return;
  }
}

void InvariantObserver::end_request(const Fact& fact) {
  if (static_cast<RequestEnd>(fact.small >> 8) != RequestEnd::merged) {
    trail_.requests.push_back(fact);
    return;
  }
  // Both facts come from one handler: what came last is the request.
  const std::uint16_t channel = fact.small & 0xff;
  const Fact* made = trail_.requests.empty() ? nullptr : &trail_.requests.back();
  if (made == nullptr || static_cast<PeerFact>(made->kind) != PeerFact::request_made ||
      made->subject != fact.subject || made->time != fact.time || (made->small & 0xff) != channel ||
      fact.b != -1) {
    broken_.add(fact.time, Party::clinician, fact.subject, "a request is merged that was not made just then");
    return;
  }
  trail_.requests.pop_back();
  trail_.merged.push_back({fact.subject, fact.time, channel});
}

void InvariantObserver::end_session(const Fact& fact) {
  if (!held_ || held_->time != fact.time || held_->subject != fact.b) {
    broken_.add(fact.time, Party::clinician, fact.subject, "receives a session that nobody has given");
    return;
  }
  trail_.sessions.push_back({.supporter = held_->subject,
                             .end = fact.time,
                             .begin = SimTime{fact.a},
                             .client = fact.subject,
                             .number = held_->small,
                             .protected_ticks = held_->a,
                             .ticks_beyond = held_->b});
  held_.reset();
}

std::unique_ptr<Observer> InvariantObserver::fork() const {
  return std::make_unique<InvariantObserver>(run_);
}

void InvariantObserver::absorb(const Observer& other) {
  const auto& part = dynamic_cast<const InvariantObserver&>(other);
  trail_.absorb(part.trail_);
  broken_.absorb(part.broken_);
}

void InvariantObserver::save(StateWriter& state) const {
  FactTrail trail = trail_;
  trail.put_in_order();
  state(trail, broken_);
}

void InvariantObserver::restore(StateReader& state) {
  FactTrail trail{trail_.tallies.size()};
  ViolationList broken;
  state(trail, broken);
  trail_ = std::move(trail);
  broken_ = std::move(broken);
}

ViolationList InvariantObserver::judge() {
  if (held_)
    broken_.add(held_->time, Party::supporter, held_->subject, "gives a session that nobody receives");
  trail_.put_in_order();
  judge_trail(run_, trail_, broken_);
  return broken_;
}

}  // namespace peercap::peer_support
