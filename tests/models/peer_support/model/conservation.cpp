#include "tests/models/peer_support/model/conservation.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "models/peer_support/observation/measure_sheet.h"

namespace peercap::peer_support::testing {
namespace {

constexpr std::uint32_t nobody = ~std::uint32_t{0};

/// What is known of a client's open case.
struct OpenCase {
  std::uint32_t supporter = nobody;
  SimTime assigned;
  SimTime last_session_end;
  int sessions = 0;
};

std::uint32_t clinician_of(const ObservedRun& run, std::uint32_t supporter) {
  return run.organization.supporters[supporter].clinician.value();
}

/// Of the facts about a case only its own request's end closes it.
bool closes_case(const Fact& fact) {
  return kind_of(fact) == PeerFact::request_ended && end_of(fact) != RequestEnd::merged;
}

}  // namespace

void expect_episodes_to_end_once(const ObservedRun& run) {
  std::map<std::pair<std::uint32_t, std::int64_t>, SimTime> open;
  std::size_t ended = 0;
  for (const Fact& f : run.log.facts()) {
    const std::pair key{f.subject, f.a};
    if (kind_of(f) == PeerFact::episode_began) {
      EXPECT_TRUE(open.emplace(key, f.time).second);
    } else if (kind_of(f) == PeerFact::episode_ended || kind_of(f) == PeerFact::episode_open) {
      const auto found = open.find(key);
      ASSERT_NE(found, open.end()) << "an episode ends that has not begun, or twice";
      EXPECT_EQ(found->second.ticks(), f.b);
      open.erase(found);
      ++ended;
    }
  }
  EXPECT_TRUE(open.empty());
  EXPECT_EQ(ended, run.log.count(PeerFact::episode_began));
  const RunCounts& c = run.outcome.record.counts;
  EXPECT_EQ(c.episodes, c.episodes_recovered + c.episodes_left + c.episodes_open);
}

void expect_requests_to_end_once(const ObservedRun& run) {
  using Key = std::tuple<std::uint32_t, std::int64_t, Channel>;
  std::map<Key, int> balance;
  std::set<Key> transferred;
  for (const Fact& f : run.log.facts()) {
    const Key key{f.subject, f.a, channel_of(f)};
    switch (kind_of(f)) {
      case PeerFact::request_made:
        ++balance[key];
        break;
      case PeerFact::request_ended: {
        const auto found = balance.find(key);
        ASSERT_NE(found, balance.end()) << "an end without a request";
        EXPECT_GE(--found->second, 0) << "a request that ends twice";
        const RequestEnd end = end_of(f);
        const bool needs_contact = end == RequestEnd::resolved || end == RequestEnd::closed_unresolved ||
                                   end == RequestEnd::referred || end == RequestEnd::referral_declined ||
                                   end == RequestEnd::open_in_case;
        // A supporter's own request can go to a professional at once.
        const bool straight_on = run.rules->scenario.supporters.own_access == OwnAccess::professional &&
                                 (end == RequestEnd::referred || end == RequestEnd::referral_declined);
        if (end != RequestEnd::dropped && end != RequestEnd::left) {
          EXPECT_TRUE(straight_on || (f.b >= 0) == needs_contact) << static_cast<int>(end);
        }
        EXPECT_TRUE(end != RequestEnd::declined || !wants_support(channel_of(f)));
        EXPECT_TRUE(end != RequestEnd::lapsed || !wants_support(channel_of(f)));
        break;
      }
      case PeerFact::request_transferred:
        EXPECT_EQ(balance.at(key), 1);
        EXPECT_TRUE(transferred.insert(key).second) << "a request is transferred twice";
        break;
      case PeerFact::first_contact:
      case PeerFact::request_accepted:
        EXPECT_EQ(balance.at(key), 1);
        break;
      default:
        break;
    }
  }
  for (const auto& [key, count] : balance) EXPECT_EQ(count, 0);
  EXPECT_EQ(run.log.count(PeerFact::request_made), run.log.count(PeerFact::request_ended));
  const RunCounts& c = run.outcome.record.counts;
  for (std::size_t channel = 0; channel < channel_count; ++channel) {
    std::int64_t ended = 0;
    for (const std::int64_t count : c.ended[channel]) ended += count;
    EXPECT_EQ(c.requests[channel], ended);
  }
  std::int64_t taken_up = 0;
  std::int64_t finished = 0;
  for (const Fact& f : run.log.facts()) {
    if (kind_of(f) == PeerFact::referral_made) taken_up += f.small;
    if (kind_of(f) == PeerFact::referral_onward) ++taken_up;
    if (kind_of(f) == PeerFact::treatment_began || kind_of(f) == PeerFact::referral_given_up) ++finished;
    if (kind_of(f) == PeerFact::referral_waiting) finished += f.a;
  }
  EXPECT_GE(taken_up, finished);  // some may still be on their way at the end
  EXPECT_LE(taken_up - finished, 2);
}

void expect_sessions_to_fit(const ObservedRun& run) {
  const CaseRules& rules = run.rules->scenario.case_rules;
  std::map<std::uint32_t, OpenCase> cases;                                 // by client
  std::map<std::uint32_t, std::vector<std::pair<SimTime, SimTime>>> busy;  // by person
  for (const Fact& f : run.log.facts()) {
    if (kind_of(f) == PeerFact::supporter_assigned) {
      OpenCase& open = cases[static_cast<std::uint32_t>(f.b)];
      open.supporter = f.subject;
      open.assigned = f.time;
    } else if (closes_case(f)) {
      cases.erase(f.subject);
    } else if (kind_of(f) == PeerFact::session_received) {
      OpenCase& open = cases[f.subject];
      const SimTime begin{f.a};
      EXPECT_EQ(open.supporter, static_cast<std::uint32_t>(f.b));
      EXPECT_LT(begin, f.time);
      // After a handover the next supporter comes as soon as possible.
      if (open.sessions > 0 && open.assigned < open.last_session_end) {
        EXPECT_GE(begin - open.last_session_end, rules.session_gap);
      }
      EXPECT_LE(++open.sessions, rules.max_sessions);
      open.last_session_end = f.time;
      busy[f.subject].emplace_back(begin, f.time);
      busy[clinician_of(run, static_cast<std::uint32_t>(f.b))].emplace_back(begin, f.time);
    }
  }
  for (auto& [person, sessions] : busy) {
    std::ranges::sort(sessions);
    for (std::size_t i = 1; i < sessions.size(); ++i)
      EXPECT_LE(sessions[i - 1].second, sessions[i].first)
          << "person " << person << " in two sessions at once";
  }
  EXPECT_EQ(run.log.count(PeerFact::session_held), run.log.count(PeerFact::session_received));
}

void expect_assignments_to_be_allowed(const ObservedRun& run) {
  const Scenario& s = run.rules->scenario;
  const Organization& o = run.organization;
  std::map<std::uint32_t, std::uint32_t> supporter_of;  // by client
  std::map<std::uint32_t, int> load;                    // by supporter
  std::map<std::uint32_t, SupporterRole> roles;         // by supporter
  std::map<std::uint32_t, SiteId> taken_over;           // by client: the site that has their request
  for (const Fact& f : run.log.facts()) {
    switch (kind_of(f)) {
      case PeerFact::supporter_assigned: {
        const auto client = static_cast<std::uint32_t>(f.b);
        const std::uint32_t giver = clinician_of(run, f.subject);
        EXPECT_NE(giver, client);
        EXPECT_EQ(roles.at(f.subject), SupporterRole::active);
        EXPECT_FALSE(supporter_of.contains(client));
        const auto elsewhere = taken_over.find(client);
        EXPECT_EQ(o.units[o.unit_of[giver]].site,
                  elsewhere != taken_over.end() ? elsewhere->second : o.units[o.unit_of[client]].site);
        if (s.matching.different_unit == MatchRule::required) {
          EXPECT_NE(o.unit_of[giver], o.unit_of[client]);
        }
        if (s.matching.same_profession == MatchRule::required) {
          EXPECT_EQ(o.professions[giver], o.professions[client]);
        }
        if (s.matching.same_career_stage == MatchRule::required) {
          EXPECT_EQ(o.stages[giver], o.stages[client]);
        }
        EXPECT_LE(++load[f.subject], s.case_rules.max_cases);
        supporter_of[client] = f.subject;
        break;
      }
      case PeerFact::handover: {
        const auto found = supporter_of.find(static_cast<std::uint32_t>(f.b));
        ASSERT_NE(found, supporter_of.end());
        EXPECT_EQ(found->second, f.subject);
        EXPECT_NE(roles.at(f.subject), SupporterRole::active);
        --load[f.subject];
        supporter_of.erase(found);
        break;
      }
      case PeerFact::supporter_role: {
        const auto role = static_cast<SupporterRole>(f.small);
        SupporterRole& known = roles[f.subject];  // of whom nothing is known is a candidate
        EXPECT_NE(known, SupporterRole::left);
        EXPECT_NE(known, role);
        EXPECT_TRUE(role != SupporterRole::training || known == SupporterRole::candidate);
        known = role;
        break;
      }
      case PeerFact::supporter_left:
        EXPECT_EQ(roles.at(f.subject), SupporterRole::left);
        break;
      case PeerFact::program_time:
        EXPECT_TRUE(roles.at(f.subject) == SupporterRole::active ||
                    roles.at(f.subject) == SupporterRole::training);
        break;
      case PeerFact::request_transferred:
        EXPECT_FALSE(supporter_of.contains(f.subject)) << "somebody with a supporter is transferred";
        EXPECT_NE(SiteId{static_cast<std::uint32_t>(f.b)}, o.units[o.unit_of[f.subject]].site);
        taken_over[f.subject] = SiteId{static_cast<std::uint32_t>(f.b)};
        break;
      case PeerFact::request_ended:
        if (!closes_case(f) || f.time == run.rules->end) break;
        taken_over.erase(f.subject);
        if (const auto found = supporter_of.find(f.subject); found != supporter_of.end()) {
          --load[found->second];
          supporter_of.erase(found);
        }
        break;
      case PeerFact::supporter_exhaustion:  // at the end: the cases the supporter still has
        EXPECT_EQ(f.b, load[f.subject]);
        break;
      default:
        break;
    }
  }
}

void expect_hours_to_add_up(const ObservedRun& run) {
  const RunRecord& record = run.outcome.record;
  const std::int64_t week = weeks(1).ticks();
  const SimTime first_monday{(run.rules->start.ticks() + week - 1) / week * week};
  SupporterRow facts, rows, weeks_sum, facts_in_weeks;
  for (const Fact& f : run.log.of(PeerFact::session_held)) {
    if (f.time < run.rules->start) continue;
    ++facts.sessions;
    facts.protected_ticks += f.a;
    facts.overload_ticks += f.b;
    EXPECT_GE(f.a, 0);
    EXPECT_GE(f.b, 0);
    if (f.time < first_monday) continue;
    facts_in_weeks.protected_ticks += f.a;
    facts_in_weeks.overload_ticks += f.b;
  }
  for (const Fact& f : run.log.of(PeerFact::program_time)) {
    if (f.time < run.rules->start) continue;
    facts.program_ticks += f.a + f.b;
    facts.program_beyond_ticks += f.b;
    if (f.time < first_monday) continue;
    facts_in_weeks.program_ticks += f.a + f.b;
    facts_in_weeks.program_beyond_ticks += f.b;
  }
  for (const SupporterRow& row : record.supporters) {
    rows.program_ticks += row.program_ticks;
    rows.program_beyond_ticks += row.program_beyond_ticks;
    rows.sessions += row.sessions;
    rows.protected_ticks += row.protected_ticks;
    rows.overload_ticks += row.overload_ticks;
  }
  for (const WeekRow& row : record.weeks) {
    weeks_sum.program_ticks += row.program_ticks;
    weeks_sum.program_beyond_ticks += row.program_beyond_ticks;
    weeks_sum.protected_ticks += row.protected_ticks;
    weeks_sum.overload_ticks += row.overload_ticks;
  }
  EXPECT_EQ(facts.sessions, rows.sessions);
  EXPECT_EQ(facts.sessions, record.counts.sessions);
  EXPECT_EQ(facts.protected_ticks, rows.protected_ticks);
  EXPECT_EQ(facts.protected_ticks, record.counts.protected_ticks);
  EXPECT_EQ(facts.overload_ticks, rows.overload_ticks);
  EXPECT_EQ(facts.overload_ticks, record.counts.overload_ticks);
  EXPECT_EQ(facts.program_ticks, rows.program_ticks);
  EXPECT_EQ(facts.program_ticks, total(record.counts.program_ticks));
  EXPECT_EQ(facts.program_beyond_ticks, rows.program_beyond_ticks);
  EXPECT_EQ(facts.program_beyond_ticks, total(record.counts.program_beyond_ticks));
  EXPECT_EQ(facts_in_weeks.program_ticks, weeks_sum.program_ticks);
  EXPECT_EQ(facts_in_weeks.program_beyond_ticks, weeks_sum.program_beyond_ticks);
  EXPECT_EQ(facts_in_weeks.protected_ticks, weeks_sum.protected_ticks);
  EXPECT_EQ(facts_in_weeks.overload_ticks, weeks_sum.overload_ticks);
}

void expect_measures_to_make_sense(const ObservedRun& run) {
  for (std::size_t i = 0; i < measure_count; ++i) {
    const std::string_view name = measure_infos()[i].name;
    const double value = run.outcome.measures[i];
    EXPECT_FALSE(std::isinf(value)) << name;
    if (std::isnan(value)) continue;
    if (name.ends_with("_autocorrelation")) {
      EXPECT_LE(std::abs(value), 1.0) << name;
      continue;
    }
    EXPECT_GE(value, 0.0) << name;
    if (name.ends_with("_share") || name == "distress_point_prevalence") {
      // Protected time carried over from before the horizon can be used within it.
      const double carried = run.rules->scenario.supporters.protected_time_carry.in_days() /
                             run.rules->scenario.run.horizon.in_days();
      EXPECT_LE(value, 1.0 + (name == "protected_hours_used_share" ? carried : 0.0)) << name;
    }
  }
  for (const auto& series : run.outcome.series)
    for (const double value : series) EXPECT_TRUE(std::isfinite(value));
  for (const Fact& f : run.log.facts()) {
    if (kind_of(f) == PeerFact::exposure) {
      EXPECT_GT(f.b, 0);
    }
    if (kind_of(f) != PeerFact::unit_week) continue;
    EXPECT_GE(f.a, 0);
    const double size = run.organization.units[f.subject].size;
    EXPECT_LE(static_cast<double>(f.a), size);
    EXPECT_LT(std::abs(static_cast<double>(f.b)) / 1048576.0 / size, 8.0);  // SD: farther than chance goes
  }
}

void expect_conservation(const ObservedRun& run) {
  expect_episodes_to_end_once(run);
  expect_requests_to_end_once(run);
  expect_sessions_to_fit(run);
  expect_assignments_to_be_allowed(run);
  expect_hours_to_add_up(run);
  expect_measures_to_make_sense(run);
}

}  // namespace peercap::peer_support::testing
