// Supporters on leave, resting or at the end of their term.

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "models/peer_support/organization/draw_purpose.h"
#include "sim/random/distributions.h"
#include "tests/models/peer_support/desk_bench.h"

namespace peercap::peer_support {
namespace {

using testing::DeskBench;
using testing::FactLog;

constexpr DistressLevel long_lasting{0.0, 5.0};

/// The roles of supporter 0 after the first, with their times.
std::vector<Fact> later_roles(const FactLog& log) {
  std::vector<Fact> roles;
  for (const Fact& f : log.of(PeerFact::supporter_role))
    if (f.subject == 0) roles.push_back(f);
  if (!roles.empty()) roles.erase(roles.begin());
  return roles;
}

SupporterRole role_of(const Fact& fact) {
  return static_cast<SupporterRole>(fact.small);
}

TEST(Leave, ComesAtItsRateLastsItsLengthAndComesAgain) {
  Scenario s = DeskBench::quiet_scenario();
  s.run.horizon = weeks(40);
  s.supporters.leave = {.rate = per_day(0.05), .length = days(10)};
  DeskBench bench{s};
  bench.add_supporter(9);
  const auto roles = later_roles(bench.run());
  ASSERT_GE(roles.size(), 6U);
  const EntityKey key = bench.organization().person_keys[9];
  SimTime expected = bench.at(SimDuration{});
  for (std::size_t i = 0; i + 1 < roles.size(); i += 2) {
    const Draw draw = bench.random().draw(key, DrawPurpose::supporter_leave, i / 2);
    expected = expected + duration_from_days(standard_exponential(draw.uniform()) / 0.05);
    EXPECT_EQ(role_of(roles[i]), SupporterRole::on_leave);
    EXPECT_NEAR((roles[i].time - expected).in_days(), 0.0, 1e-6);
    expected = roles[i].time + duration_from_days(10 * standard_exponential(draw.second_uniform()));
    EXPECT_EQ(role_of(roles[i + 1]), SupporterRole::active);
    EXPECT_EQ(roles[i + 1].time, expected);
  }
}

TEST(Leave, AtRateZeroNobodyIsAway) {
  DeskBench bench{DeskBench::quiet_scenario()};
  bench.add_supporter(9);
  EXPECT_TRUE(later_roles(bench.run()).empty());
}

TEST(Leave, HandsOverCasesAndTakesOnNone) {
  Scenario s = DeskBench::quiet_scenario();
  s.case_rules.continue_after_session = {1.0};
  s.case_rules.max_sessions = 7;
  s.supporters.leave = {.rate = per_day(0.1), .length = days(3650)};
  s.run.horizon = weeks(20);
  DeskBench bench{s};
  bench.add_supporter(9);
  bench.request(0, hours(10), Channel::self_referral, long_lasting);
  bench.request(1, weeks(19), Channel::self_referral, long_lasting);
  const FactLog& log = bench.run();
  const auto roles = later_roles(log);
  ASSERT_EQ(roles.size(), 1U);
  EXPECT_EQ(log.count(PeerFact::supporter_assigned), 1U);
  EXPECT_EQ(log.count(PeerFact::supporter_left), 0U);
  EXPECT_EQ(log.count(PeerFact::supporter_census), 0U);  // only of those who are active
  const auto handed = log.of(PeerFact::handover);
  ASSERT_EQ(handed.size(), 1U);
  EXPECT_EQ(handed[0].time, roles[0].time);
}

TEST(Leave, PutsOffLeavingTheRole) {
  // The threshold of leaving is consumed while active only.
  Scenario s = DeskBench::quiet_scenario();
  s.run.horizon = weeks(100);
  s.supporters.exit = {.role_rate = per_day(0.01),
                       .exhaustion_effect = 0.0,
                       .trauma_effect = 0.0,
                       .satisfaction_effect = 0.0,
                       .overload_effect = 0.0};
  s.supporters.leave = {.rate = per_day(0.05), .length = days(10)};
  DeskBench bench{s};
  bench.add_supporter(9);
  const auto roles = later_roles(bench.run());
  ASSERT_GE(roles.size(), 3U);
  double active_days = 0.0;
  SimTime since = bench.at(SimDuration{});
  for (const Fact& role : roles) {
    if (role_of(role) == SupporterRole::active)
      since = role.time;
    else if (since != SimTime::never())
      active_days += (role.time - since).in_days(), since = SimTime::never();
  }
  EXPECT_EQ(role_of(roles.back()), SupporterRole::left);
  const Draw draw = bench.random().draw(bench.organization().person_keys[9], DrawPurpose::role_exit, 0);
  EXPECT_NEAR(active_days, standard_exponential(draw.uniform()) / 0.01, 1e-6);
}

Scenario checked_in() {
  Scenario s = DeskBench::quiet_scenario();
  s.case_rules.continue_after_session = {1.0};
  s.case_rules.max_sessions = 7;
  s.supporters.check_ins = {
      .interval_weeks = 3, .exhaustion_cut = 54.0, .trauma_cut = 50.0, .rest = weeks(2)};
  return s;
}

/// One supporter, exhausted beyond doubt from the second week to the fourth, with a case from the first day.
FactLog run_exhausted(const Scenario& s, double exhaustion = 10.0) {
  DeskBench bench{s};
  bench.add_supporter(9);
  bench.request(0, hours(10), Channel::self_referral, long_lasting);
  bench.request(1, weeks(3) + days(1), Channel::self_referral, long_lasting);
  bench.tell_exhaustion(9, weeks(1), exhaustion);
  bench.tell_exhaustion(9, weeks(4), 0.0);
  FactLog log;
  log.absorb(bench.run());
  return log;
}

TEST(CheckIns, GiveARestToWhoeverScoresAboveTheCut) {
  const FactLog log = run_exhausted(checked_in());
  const auto roles = later_roles(log);
  ASSERT_EQ(roles.size(), 2U);
  EXPECT_EQ(role_of(roles[0]), SupporterRole::resting);
  EXPECT_EQ(role_of(roles[1]), SupporterRole::active);
  const SimTime begin = Rules{checked_in()}.begin;
  EXPECT_EQ(roles[0].time, begin + weeks(3));
  EXPECT_EQ(roles[1].time, begin + weeks(5));
  EXPECT_EQ(log.count(PeerFact::handover), 1U);
  const auto assigned = log.of(PeerFact::supporter_assigned);
  ASSERT_EQ(assigned.size(), 3U);  // the first once more, and the second
  EXPECT_EQ(assigned[1].time, roles[1].time);
  EXPECT_EQ(assigned[2].time, roles[1].time);
}

TEST(CheckIns, LetARunningSessionFinish) {
  Scenario s = checked_in();
  s.case_rules.session_length = hours(23);
  s.case_rules.session_gap = SimDuration{};
  s.case_rules.max_sessions = 60;
  const FactLog log = run_exhausted(s);
  const auto handed = log.of(PeerFact::handover);
  ASSERT_GE(handed.size(), 1U);
  const SimTime resting = Rules{s}.begin + weeks(3);
  EXPECT_GT(handed[0].time, resting);
  EXPECT_LT(handed[0].time, resting + days(1));
  std::size_t after = 0;
  for (const Fact& f : log.of(PeerFact::session_held))
    after += f.time > resting && f.time < resting + weeks(2) ? 1U : 0U;
  EXPECT_EQ(after, 1U);
}

TEST(CheckIns, SendNobodyToRestBelowTheCutOrWithoutTheirLoop) {
  EXPECT_TRUE(later_roles(run_exhausted(checked_in(), 0.0)).empty());
  Scenario s = checked_in();
  s.loops.care = Switch::off;
  EXPECT_TRUE(later_roles(run_exhausted(s)).empty());
  s = checked_in();
  s.supporters.check_ins.interval_weeks = 0;
  EXPECT_TRUE(later_roles(run_exhausted(s)).empty());
}

TEST(CheckIns, ReadSecondaryTraumaAsWell) {
  Scenario s = checked_in();
  s.supporters.check_ins.trauma_cut = 10.0;
  s.supporters.secondary_trauma.observed_mean = 40.0;
  EXPECT_EQ(later_roles(run_exhausted(s, 0.0)).size(), 3U);  // rests, comes back, rests again
}

TEST(CheckIns, CanKeepNewCasesAwayInstead) {
  Scenario s = checked_in();
  s.supporters.check_ins.action = CheckInAction::no_new_cases;
  const FactLog log = run_exhausted(s);
  EXPECT_TRUE(later_roles(log).empty());
  EXPECT_EQ(log.count(PeerFact::handover), 0U);
  const auto assigned = log.of(PeerFact::supporter_assigned);
  ASSERT_EQ(assigned.size(), 2U);
  EXPECT_EQ(assigned[1].time, Rules{s}.begin + weeks(5));
}

Scenario with_terms(double renewal) {
  Scenario s = DeskBench::quiet_scenario();
  s.run.horizon = weeks(30);
  s.supporters.terms = {.weeks = 10, .renewal = {renewal}};
  return s;
}

TEST(Terms, EndForInitialSupportersWithinOne) {
  DeskBench bench{with_terms(0.0)};
  bench.add_supporter(8);
  bench.add_supporter(9);
  const auto left = bench.run().of(PeerFact::supporter_left);
  ASSERT_EQ(left.size(), 2U);
  for (const Fact& f : left) {
    EXPECT_EQ(f.small, static_cast<std::uint16_t>(ExitReason::term));
    const double served =
        bench.random()
            .draw(bench.organization().person_keys[8 + f.subject], DrawPurpose::recruitment_answer, 1)
            .second_uniform();
    EXPECT_EQ(f.time, bench.at(weeks(static_cast<int>(std::ceil(10 * (1 - served))))));
  }
}

TEST(Terms, GoOnWhereTheyAreRenewedOrDoNotExist) {
  Scenario s = with_terms(1.0);
  for (const int length : {10, 0}) {
    s.supporters.terms.weeks = length;
    s.supporters.terms.renewal = {length == 0 ? 0.0 : 1.0};
    DeskBench bench{s};
    bench.add_supporter(9);
    EXPECT_EQ(bench.run().count(PeerFact::supporter_left), 0U);
  }
}

TEST(Terms, OfNewSupportersBeginAfterTraining) {
  Scenario s = with_terms(0.0);
  s.supporters.recruitment = {.interval_weeks = 5, .invited = 1, .acceptance_logit = 20.0};
  s.supporters.training.duration = weeks(2);
  s.supporters.training.drop_out = {0.0};
  DeskBench bench{s};
  bench.add_candidate(9, 0);
  const auto left = bench.run().of(PeerFact::supporter_left);
  ASSERT_EQ(left.size(), 1U);
  EXPECT_EQ(left[0].time, bench.at(weeks(17)));
}

}  // namespace
}  // namespace peercap::peer_support
