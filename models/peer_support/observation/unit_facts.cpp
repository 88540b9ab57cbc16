// What units and referral destinations tell.

#include "models/peer_support/observation/run_observer.h"

namespace peercap::peer_support {

void RunObserver::on_unit_fact(const Fact& fact) {
  RunCounts& counts = record_.counts;
  switch (static_cast<PeerFact>(fact.kind)) {
    case PeerFact::unit_support:
      counts.supported_ticks += fact.a;
      counts.present_at_end += fact.b;
      return;
    case PeerFact::unit_scores: {
      UnitRow& unit = record_.units[fact.subject];
      unit.surveyed += fact.small;
      unit.exhaustion_points += fact.a;
      unit.exhaustion_squares += fact.b;
      return;
    }
    case PeerFact::unit_climate:
      if (WeekRow* week = week_of(fact.time)) {
        week->awareness += fact.a * organization_.units[fact.subject].size;
        week->trust += fact.b * organization_.units[fact.subject].size;
      }
      return;
    case PeerFact::clinician_left:
      if (!measured(fact.time) || (fact.small & left_with_site) != 0) return;  // no turnover
      ++counts.clinicians_left;
      counts.clinicians_left_concerning += fact.small & left_concerning;
      ++record_.leavers_by_profession[organization_.professions[fact.subject]];
      if (WeekRow* week = week_of(fact.time)) ++week->clinicians_left;
      return;
    case PeerFact::clinician_hired:
      if (measured(fact.time)) ++counts.clinicians_hired;
      return;
    case PeerFact::group_debrief:
      if (!measured(fact.time)) return;
      ++counts.group_debriefs;
      counts.group_debrief_people += fact.b;
      return;
    default:
      return;
  }
}

void RunObserver::on_referral_fact(const Fact& fact) {
  DestinationRow& row = record_.destinations[fact.subject];
  if (!measured(fact.time)) return;
  switch (static_cast<PeerFact>(fact.kind)) {
    case PeerFact::referral_made:
      ++row.referrals;
      row.taken_up += fact.small;
      return;
    case PeerFact::treatment_began:
      ++row.begun;
      row.begun_wait_ticks += fact.a;
      row.begun_treatment_ticks += fact.b;
      record_.referral_waits[fact.subject].add({fact.a, static_cast<int>(ReferralEnd::begun)});
      return;
    case PeerFact::referral_given_up:
      ++row.given_up;
      record_.referral_waits[fact.subject].add({fact.a, static_cast<int>(ReferralEnd::gave_up)});
      return;
    case PeerFact::referral_waiting:
      row.waiting_at_end += fact.a;
      row.in_treatment_at_end += fact.b;
      return;
    default:
      return;
  }
}

}  // namespace peercap::peer_support
