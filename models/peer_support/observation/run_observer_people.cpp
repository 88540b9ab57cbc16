// What the observer gathers of people over time: how waits end, who leaves, what surveys see.

#include "models/peer_support/observation/run_observer.h"

namespace peercap::peer_support {

WaveRow* RunObserver::wave_of(SimTime t) {
  const int interval = rules_.scenario.surveys.interval_weeks;
  if (interval == 0 || t < rules_.start) return nullptr;
  const auto wave = static_cast<std::size_t>((t - rules_.start) / weeks(interval));
  return wave < record_.waves.size() ? &record_.waves[wave] : nullptr;
}

void RunObserver::on_wait_end(const Fact& fact, RequestEnd end) {
  const SimTime requested{fact.a};
  if (end == RequestEnd::merged || end == RequestEnd::declined || end == RequestEnd::lapsed ||
      end == RequestEnd::open_unanswered || end == RequestEnd::dropped)
    return;  // never wanted support, or not known to
  if (fact.b >= 0) {
    record_.waits.add({(SimTime{fact.b} - requested).ticks(), static_cast<int>(WaitEnd::contacted)});
    return;
  }
  int cause = static_cast<int>(WaitEnd::other);
  if (end == RequestEnd::withdrew) cause = static_cast<int>(WaitEnd::gave_up);
  if (end == RequestEnd::recovered) cause = static_cast<int>(WaitEnd::recovered);
  if (end == RequestEnd::open_waiting) cause = peercap::FollowUp::censored;
  record_.waits.add({(fact.time - requested).ticks(), cause});
}

void RunObserver::on_unit_fact(const Fact& fact) {
  RunCounts& counts = record_.counts;
  switch (static_cast<PeerFact>(fact.kind)) {
    case PeerFact::unit_support:
      counts.supported_ticks += fact.a;
      counts.present_at_end += fact.b;
      return;
    case PeerFact::unit_climate:
      if (WeekRow* week = week_of(fact.time)) {
        week->awareness += fact.a * organization_.units[fact.subject].size;
        week->trust += fact.b * organization_.units[fact.subject].size;
      }
      return;
    case PeerFact::clinician_left:
      if (!measured(fact.time)) return;
      ++counts.clinicians_left;
      counts.clinicians_left_concerning += fact.small;
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

void RunObserver::on_survey_fact(const Fact& fact) {
  WaveRow* wave = wave_of(fact.time);
  if (wave == nullptr) return;
  const Scenario& s = rules_.scenario;
  switch (static_cast<PeerFact>(fact.kind)) {
    case PeerFact::unit_survey:
      wave->clinicians += fact.a;
      wave->clinicians_concerning += fact.b;
      return;
    case PeerFact::supporter_survey:
      ++wave->supporters;
      wave->trauma_low += static_cast<double>(fact.a) <= s.supporters.secondary_trauma.low_cutoff ? 1 : 0;
      wave->trauma_high += static_cast<double>(fact.a) >= s.supporters.secondary_trauma.high_cutoff ? 1 : 0;
      wave->satisfied +=
          static_cast<double>(fact.b) > s.supporters.compassion_satisfaction.low_cutoff ? 1 : 0;
      wave->supporters_concerning +=
          static_cast<std::int16_t>(fact.small) >= s.exhaustion.concern_cutoff ? 1 : 0;
      return;
    case PeerFact::supporter_challenge:
      ++wave->challenges[fact.small];
      return;
    default:
      return;
  }
}

}  // namespace peercap::peer_support
