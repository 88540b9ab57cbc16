// What supporters do, and what survey waves tell.

#include <algorithm>

#include "models/peer_support/observation/run_observer.h"

namespace peercap::peer_support {

void RunObserver::on_supporter_fact(const Fact& fact) {
  SupporterRow& row = record_.supporters[fact.subject];
  RunCounts& counts = record_.counts;
  const bool in_horizon = measured(fact.time);
  switch (static_cast<PeerFact>(fact.kind)) {
    case PeerFact::supporter_assigned:
      if (!in_horizon) return;
      ++row.cases;
      ++counts.assignments;
      counts.assignments_against_wish += fact.small;
      return;
    case PeerFact::session_held:
      if (!in_horizon) return;
      ++row.sessions;
      row.protected_ticks += fact.a;
      row.overload_ticks += fact.b;
      ++counts.sessions;
      ++counts
            .sessions_by_number[std::clamp<std::size_t>(fact.small, 1, counts.sessions_by_number.size()) - 1];
      counts.protected_ticks += fact.a;
      counts.overload_ticks += fact.b;
      if (WeekRow* week = week_of(fact.time)) {
        week->protected_ticks += fact.a;
        week->overload_ticks += fact.b;
        add_hours(fact.subject, *week, fact.a, fact.b);
      }
      return;
    case PeerFact::supporter_census:
      row.active_at_end = true;
      for_groups_of(organization_.supporters[fact.subject].clinician.value(),
                    [](GroupRow& group) { ++group.supporters; });
      row.trauma_millionths = fact.a;
      row.satisfaction_millionths = fact.b;
      return;
    case PeerFact::supporter_exhaustion:
      row.exhaustion_millionths = fact.a;
      row.open_cases = fact.b;
      return;
    case PeerFact::supporter_left:
      row.exit = static_cast<ExitReason>(fact.small);
      row.exit_ticks = (fact.time - rules_.start).ticks();
      row.left_before_start = !in_horizon;
      if (in_horizon) ++counts.exits[fact.small];
      return;
    case PeerFact::handover:
      if (in_horizon) ++counts.handovers;
      return;
    case PeerFact::supporter_role: {
      const auto role = static_cast<SupporterRole>(fact.small);
      row.invited = true;
      if (role == SupporterRole::active && !in_horizon) row.joined_before_start = true;
      const auto before = static_cast<SupporterRole>(fact.a);
      if (role == SupporterRole::active && before == SupporterRole::training && in_horizon)
        ++counts.supporters_joined;
      // Who is a supporter from the begin of the run comes from no other role.
      if (role == SupporterRole::active && (before == SupporterRole::training || before == role)) {
        row.joined = true;
        row.joined_ticks = (fact.time - rules_.start).ticks();
      }
      return;
    }
    case PeerFact::turn_on_call:
      if (in_horizon) ++counts.turns_on_call;
      return;
    case PeerFact::program_time:
      if (!in_horizon) return;
      row.program_ticks += fact.a + fact.b;
      row.program_beyond_ticks += fact.b;
      counts.program_ticks[fact.small] += fact.a + fact.b;
      counts.program_beyond_ticks[fact.small] += fact.b;
      if (WeekRow* week = week_of(fact.time)) {
        week->program_ticks += fact.a + fact.b;
        week->program_beyond_ticks += fact.b;
        add_hours(fact.subject, *week, fact.a, fact.b);
      }
      return;
    default:
      return;
  }
}

void RunObserver::add_hours(std::uint32_t supporter, const WeekRow& week, std::int64_t protected_ticks,
                            std::int64_t beyond_ticks) {
  if (record_.supporter_weeks.empty()) return;
  const auto index = static_cast<std::size_t>(&week - record_.weeks.data());
  SupporterWeek& cell = record_.supporter_weeks[supporter * record_.weeks.size() + index];
  cell.protected_ticks += protected_ticks;
  cell.beyond_ticks += beyond_ticks;
}

WaveRow* RunObserver::wave_of(SimTime t) {
  const int interval = rules_.scenario.surveys.interval_weeks;
  if (interval == 0 || t < rules_.start) return nullptr;
  const auto wave = static_cast<std::size_t>((t - rules_.start) / weeks(interval));
  return wave < record_.waves.size() ? &record_.waves[wave] : nullptr;
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
      wave->satisfaction_high +=
          static_cast<double>(fact.b) >= s.supporters.compassion_satisfaction.high_cutoff ? 1 : 0;
      wave->supporters_concerning +=
          static_cast<std::int16_t>(fact.small) >= s.exhaustion.concern_cutoff ? 1 : 0;
      add_scores(fact);
      return;
    case PeerFact::supporter_challenge:
      ++wave->challenges[fact.small];
      return;
    default:
      return;
  }
}

void RunObserver::add_scores(const Fact& fact) {
  const std::uint32_t clinician = organization_.supporters[fact.subject].clinician.value();
  const Unit& unit = organization_.units[organization_.unit_of[clinician]];
  const auto shift = static_cast<std::size_t>(organization_.department_of(unit).shift_pattern);
  const bool low = static_cast<double>(fact.a) <= rules_.scenario.supporters.secondary_trauma.low_cutoff;
  const auto add = [&](Grouping grouping, std::size_t index) {
    ScoreRow& row = record_.supporter_scores[static_cast<std::size_t>(grouping)][index];
    ++row.answers;
    row.trauma += fact.a;
    row.satisfaction += fact.b;
    row.exhaustion += fact.small;
    row.trauma_low += low ? 1 : 0;
  };
  add(Grouping::profession, organization_.professions[clinician]);
  add(Grouping::career_stage, organization_.stages[clinician]);
  add(Grouping::shift_pattern, shift);
  add(Grouping::site, unit.site.index());
}

}  // namespace peercap::peer_support
