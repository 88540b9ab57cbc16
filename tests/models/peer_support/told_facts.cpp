#include "tests/models/peer_support/told_facts.h"

#include <algorithm>

namespace peercap::peer_support::testing {

std::uint64_t supporter_key(const Organization& o, std::size_t supporter) {
  return o.person_keys[o.supporters[supporter].clinician.index()].value();
}

Told tell(const Organization& o, const Fact& f) {
  const auto person = [&o](std::int64_t clinician) {
    return static_cast<std::int64_t>(o.person_keys[static_cast<std::size_t>(clinician)].value());
  };
  Told told{f.time.ticks(), kind_of(f), f.subject, f.a, f.b, f.small};
  auto& [time, kind, subject, a, b, small] = told;
  switch (kind) {
    case PeerFact::clinical_event:
    case PeerFact::unit_week:
    case PeerFact::unit_census:
    case PeerFact::unit_reach:
    case PeerFact::unit_support:
    case PeerFact::unit_climate:
    case PeerFact::unit_survey:
    case PeerFact::unit_scores:
    case PeerFact::group_debrief:
      subject = o.units[f.subject].key.value();
      break;
    case PeerFact::supporter_assigned:
    case PeerFact::handover:
      subject = supporter_key(o, f.subject);
      b = person(f.b);
      break;
    case PeerFact::session_held:
    case PeerFact::supporter_census:
    case PeerFact::supporter_exhaustion:
    case PeerFact::supporter_left:
    case PeerFact::supporter_role:
    case PeerFact::program_time:
    case PeerFact::turn_on_call:
    case PeerFact::supporter_survey:
    case PeerFact::supporter_challenge:
      subject = supporter_key(o, f.subject);
      break;
    case PeerFact::session_received:
      subject = o.person_keys[f.subject].value();
      b = static_cast<std::int64_t>(supporter_key(o, static_cast<std::size_t>(f.b)));
      break;
    case PeerFact::desk_week:
      subject = o.site_keys[f.subject].value();
      small = 0;
      break;  // the number of supporters
    case PeerFact::referral_made:
    case PeerFact::treatment_began:
    case PeerFact::referral_given_up:
    case PeerFact::referral_waiting:
    case PeerFact::referral_onward:
      break;
    case PeerFact::request_transferred:
      subject = o.person_keys[f.subject].value();
      b = static_cast<std::int64_t>(o.site_keys[static_cast<std::size_t>(f.b)].value());
      break;
    default:
      subject = o.person_keys[f.subject].value();
      break;
  }
  return told;
}

std::vector<Told> tell_all(const ObservedRun& run, const std::set<PeerFact>& kinds, SimTime end,
                           std::optional<std::uint32_t> newcomer) {
  const auto is_of_newcomer = [newcomer](const Fact& f) {
    return newcomer == f.subject &&
           (kind_of(f) == PeerFact::supporter_role || kind_of(f) == PeerFact::supporter_survey ||
            kind_of(f) == PeerFact::supporter_challenge);
  };
  std::vector<Told> all;
  for (const Fact& f : run.log.facts())
    if (f.time < end && (kinds.empty() || kinds.contains(kind_of(f))) && !is_of_newcomer(f))
      all.push_back(tell(run.organization, f));
  std::ranges::sort(all);
  return all;
}

std::set<std::uint64_t> subjects_of(const Organization& o) {
  std::set<std::uint64_t> keys;
  for (const Unit& unit : o.units) keys.insert(unit.key.value());
  for (const EntityKey key : o.person_keys) keys.insert(key.value());
  return keys;
}

}  // namespace peercap::peer_support::testing
