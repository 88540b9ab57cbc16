#include "models/peer_support/memory_need.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "models/peer_support/behavior/client_book.h"
#include "models/peer_support/behavior/clinician_state.h"
#include "models/peer_support/behavior/supporter_roster.h"
#include "models/peer_support/behavior/unit_process.h"
#include "models/peer_support/behavior/weekly_board.h"
#include "models/peer_support/network/trust_network.h"
#include "models/peer_support/observation/measures.h"
#include "models/peer_support/observation/run_record.h"
#include "models/peer_support/organization/organization.h"
#include "models/peer_support/scenario/staffing.h"
#include "sim/kernel/context.h"
#include "sim/kernel/topology.h"

namespace peercap::peer_support {
namespace {

/// What the allocator adds to each block.
constexpr double block = 16;
/// A vector that grew: on average half as much again as it holds.
constexpr double slack = 1.25;

/// Of everybody in Organization.
constexpr double bytes_of_a_person_drawn =
    sizeof(EntityKey) + 2 * sizeof(std::uint32_t) + 4 * sizeof(std::uint8_t) + sizeof(Traits);

/// Units of one department at one site.
struct UnitGroup {
  std::string site;
  double units = 0;
  double people = 0;
  double pairs_in_team = 0;
  double pairs_in_unit = 0;  ///< of two teams
};

std::vector<UnitGroup> unit_groups(const Rules& rules) {
  const Scenario& s = rules.scenario;
  std::vector<UnitGroup> groups;
  const auto add_unit = [&](UnitGroup& group, ShiftPattern pattern, double size, double count) {
    const double teams = std::max(1, rules.rota(pattern).team_count());
    const double in_team = size * std::max(0.0, size / teams - 1) / 2;
    group.units += count;
    group.people += count * size;
    group.pairs_in_team += count * in_team;
    group.pairs_in_unit += count * (size * (size - 1) / 2 - in_team);
  };
  if (s.roster_data != nullptr) {
    const Roster& roster = *s.roster_data;
    for (const RosterDepartment& department : roster.departments)
      groups.push_back({.site = roster.sites[department.site]});
    for (const RosterUnit& unit : roster.units)
      add_unit(groups[unit.department], unit.shift_pattern, static_cast<double>(unit.people.size()), 1);
    return groups;
  }
  for (const Site& site : s.organization.sites)
    for (const Department& department : site.departments) {
      groups.push_back({.site = site.name});
      add_unit(groups.back(), department.shift_pattern, department.unit_size, department.units);
    }
  return groups;
}

struct Ties {
  double all = 0;
  double unit_pairs = 0;  ///< ordered pairs of units with at least one tie, and each unit with itself
};

/// Expected ties: pairs of people at each distance times their probability.
Ties expected_ties(const Scenario& s, const std::vector<UnitGroup>& groups) {
  const TrustNetworkSpec& spec = s.organization.network;
  if (spec.enabled == Switch::off) return {};
  double shares = 0;
  double squares = 0;
  for (const Profession& profession : s.organization.professions) {
    shares += profession.share;
    squares += profession.share * profession.share;
  }
  const double same = shares > 0 ? squares / (shares * shares) : 1.0;
  const double mixed = same + (1 - same) / spec.homophily;
  Ties ties;
  const auto add = [&](double probability, double people_pairs, double unit_pairs) {
    const double count = mixed * probability * std::max(0.0, people_pairs);
    ties.all += count;
    if (unit_pairs > 0) ties.unit_pairs += 2 * unit_pairs * (1 - std::exp(-count / unit_pairs));
  };
  /// People and units of what lies within something, and the sums of their squares over its parts.
  struct Sums {
    double people = 0;
    double units = 0;
    double people_squares = 0;
    double unit_squares = 0;
    void take(double more_people, double more_units) {
      people += more_people;
      units += more_units;
      people_squares += more_people * more_people;
      unit_squares += more_units * more_units;
    }
    [[nodiscard]] double people_pairs() const { return (people * people - people_squares) / 2; }
    [[nodiscard]] double unit_pairs() const { return (units * units - unit_squares) / 2; }
  };
  std::map<std::string, Sums> sites;
  for (const UnitGroup& group : groups) {
    add(spec.same_team.value, group.pairs_in_team, 0);
    add(spec.same_unit.value, group.pairs_in_unit, 0);
    ties.unit_pairs += group.units;
    add(spec.same_department.value,
        group.people * (group.people - 1) / 2 - group.pairs_in_team - group.pairs_in_unit,
        group.units * (group.units - 1) / 2);
    sites[group.site].take(group.people, group.units);
  }
  Sums all;
  for (const auto& [site, sums] : sites) {
    add(spec.same_site.value, sums.people_pairs(), sums.unit_pairs());
    all.take(sums.people, sums.units);
  }
  add(spec.same_organization.value, all.people_pairs(), all.unit_pairs());
  return ties;
}

/// People who are in an episode of distress at a time, and those with a case beside it.
double share_of_concerns(const Rules& rules) {
  // Distress is roughly exponential above its mean; an episode is above 1.
  return rules.mean_distress > 0.0 ? std::min(0.6, 1.1 * std::exp(-1.0 / rules.mean_distress)) : 0.0;
}

double people_bytes(const Rules& rules, double people, double units, double supporters) {
  constexpr double timer = sizeof(std::uint64_t);
  constexpr double channels = 2 * sizeof(peercap::Channel);
  const double years = (rules.end - rules.begin).in_days() / days_per_year;
  double hired = 0.0;
  if (rules.scenario.turnover.enabled == Switch::on)
    hired = std::min(1.0, rules.turnover_law.mean_rate() * days_per_year * years);
  // Who has asked for support or left a position has a record at the office.
  constexpr double asking_a_year = 0.05;
  const double client =
      sizeof(std::uint32_t) + std::min(1.0, hired + asking_a_year * years) * sizeof(ClientRecord);
  const double of_a_person = bytes_of_a_person_drawn + sizeof(WeeklyState) + sizeof(ClinicianState) +
                             3 * sizeof(ShownExhaustion) + client + timer +
                             share_of_concerns(rules) * (sizeof(Concern) + sizeof(std::uint16_t)) * slack +
                             hired * sizeof(Hired) * slack;
  constexpr double of_a_unit =
      sizeof(Unit) + sizeof(UnitProcess) + sizeof(ProcessRecord) + channels + 6 * sizeof(float) + 8 * block;
  constexpr double of_a_supporter = sizeof(SupporterState) + sizeof(SupporterEntry) + 20 * block;
  return people * of_a_person + units * of_a_unit + supporters * of_a_supporter;
}

/// What there is while ties are drawn: the people, and each tie once, as two arcs, and as two arcs of the
/// network.
double drawing_bytes(double people, const Ties& ties) {
  const double of_a_person = bytes_of_a_person_drawn + 2 * sizeof(std::uint64_t) + sizeof(std::uint32_t);
  return people * of_a_person + ties.all * (3 * sizeof(ClinicianPair) + 2 * sizeof(std::uint32_t));
}

double event_bytes(const Rules& rules, double people, double units, double supporters, bool windows) {
  const Environment& environment = rules.scenario.environment;
  const double personal = environment.exposure_rate.per_day * environment.personal_share.value *
                          days_per_week * static_cast<double>(personal_block_weeks) / 2;
  const double clinical = environment.exposure_rate.per_day * days_per_week;  // shared by whoever is hit
  // Of somebody in an episode: recovery or asking, what was set before it, and those who notice.
  const double of_a_person = personal + 0.5 * clinical + 2.0 * share_of_concerns(rules);
  constexpr double timers_and_sessions = 8;
  const double count = people * of_a_person + units * 2 + supporters * timers_and_sessions;
  const double queues = windows ? people / 6000.0 * 8000.0 : 0.0;
  return count * (sizeof(Event) + sizeof(std::uint32_t)) * slack + queues;
}

double record_bytes(const Rules& rules, double units, double supporters, double people) {
  const double years = (rules.end - rules.start).in_days() / days_per_year;
  constexpr double contacts_a_year = 0.02;  // first contacts a clinician, with their waits and episodes
  constexpr double grids = 200'000;         // waits, recoveries and destinations
  const double weeks_count = (rules.end - rules.start).in_days() / days_per_week;
  const double cells = supporters * weeks_count;
  const double by_week =
      cells <= static_cast<double>(most_supporter_weeks) ? cells * sizeof(SupporterWeek) : 0.0;
  return units * sizeof(UnitRow) + supporters * sizeof(SupporterRow) + by_week +
         weeks_count * sizeof(WeekRow) + grids +
         people * contacts_a_year * years * 2 *
             (sizeof(EpisodeContact) + sizeof(ContactedEpisode) + sizeof(std::int64_t));
}

/// Facts that checks keep until the end of the run, and once more while they are put in order.
double checks_bytes(const Rules& rules, double people) {
  const double years = (rules.end - rules.begin).in_days() / days_per_year;
  constexpr double facts_a_year = 1.3;  // begins and ends of episodes, people who leave and come, requests
  return 2 * people * facts_a_year * years * sizeof(Fact);
}

/// Candidates with their weights and names while a network is drawn to nominate by: lists grow by doubling.
double choosing_bytes(const Scenario& s, double people) {
  constexpr double candidate = 24.0;
  if (s.supporters.selection != Selection::nominated) return 0.0;
  return people * (2 * (candidate + sizeof(double)) + sizeof(std::uint32_t));
}

}  // namespace

MemoryNeed estimate_memory(const Rules& rules, const MemoryPlan& plan) {
  const Scenario& s = rules.scenario;
  const std::vector<UnitGroup> groups = unit_groups(rules);
  double people = 0;
  double units = 0;
  for (const UnitGroup& group : groups) {
    people += group.people;
    units += group.units;
  }
  const Ties ties = expected_ties(s, groups);
  const double reserve = s.supporters.recruitment.invited;
  const double supporters = std::min(people, count_supporters(s) + std::max(0.0, reserve));

  MemoryNeed need;
  need.program = 8e6;
  need.replications = static_cast<double>(plan.side_by_side);
  need.people = people_bytes(rules, people, units, supporters);
  if (s.organization.network.enabled == Switch::on) {
    need.network =
        (2 * ties.all + people) * sizeof(std::uint32_t) + ties.unit_pairs * sizeof(UnitTies::Entry);
  }
  need.events = event_bytes(rules, people, units, supporters, plan.windows);
  const auto observers = static_cast<double>(std::max<std::size_t>(1, plan.threads_each));
  need.records = observers * record_bytes(rules, units, supporters, people);
  if (rules.check_invariants) need.records += checks_bytes(rules, people);
  const double while_running = need.people + need.network + need.events + need.records;
  if (s.organization.network.enabled == Switch::on)
    need.building = std::max(0.0, drawing_bytes(people, ties) + choosing_bytes(s, people) - while_running);
  if (plan.saved) need.saving = 0.8 * (need.people + need.events) + need.records;

  const double weeks_count = (rules.end - rules.start).in_days() / days_per_week;
  const double kept = (static_cast<double>(measure_count) + static_cast<double>(series_count) * weeks_count) *
                          sizeof(double) +
                      sizeof(RunCounts) + supporters * (sizeof(SupporterRow) + 4 * sizeof(double));
  need.results = 2 * kept * std::max(1, s.run.replications);  // and once more in the file that is written
  return need;
}

}  // namespace peercap::peer_support
