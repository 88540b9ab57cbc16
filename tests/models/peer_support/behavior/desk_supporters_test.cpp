// Supporters over time: protected time, overload, leaving and handing over.

#include <bit>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "tests/models/peer_support/desk_bench.h"

namespace peercap::peer_support {
namespace {

using testing::DeskBench;
using testing::FactLog;

constexpr DistressLevel long_lasting{0.0, 5.0};

Scenario quiet() {
  return DeskBench::quiet_scenario();
}

TEST(Supporters, SavedProtectedTimeCoversALaterSession) {
  DeskBench bench{quiet()};
  bench.add_supporter(9);
  bench.request(0, days(15), Channel::self_referral, long_lasting);  // after three grants of half an hour
  const auto held = bench.run().of(PeerFact::session_held);
  ASSERT_EQ(held.size(), 1U);
  EXPECT_EQ(held[0].a, hours(1).ticks());
  EXPECT_EQ(held[0].b, 0);
}

TEST(Supporters, SavedProtectedTimeIsLostBeyondTheCarry) {
  Scenario s = quiet();
  s.supporters.protected_time_carry = weeks(1);
  DeskBench bench{s};
  bench.add_supporter(9);
  bench.request(0, days(29), Channel::self_referral, long_lasting);
  const auto held = bench.run().of(PeerFact::session_held);
  ASSERT_EQ(held.size(), 1U);
  EXPECT_EQ(held[0].a, minutes(30).ticks());
  EXPECT_EQ(held[0].b, minutes(30).ticks());
}

/// Hours of debt that a unit has heard of, by week.
std::vector<double> debts(const DeskBench& bench, std::uint32_t unit) {
  std::vector<double> heard;
  for (const auto& message : bench.heard(unit))
    if (message.kind == Happening::supporter_debt) heard.push_back(std::bit_cast<double>(message.b));
  return heard;
}

TEST(Supporters, OverloadIsToldToTheUnitAndFades) {
  DeskBench bench{quiet()};
  bench.add_supporter(9);
  bench.request(0, hours(10), Channel::self_referral, long_lasting);
  bench.run();
  const auto heard = debts(bench, 1);
  ASSERT_GE(heard.size(), 3U);
  EXPECT_NEAR(heard[0], 0.5 * std::exp(-(7.0 - 0.5) / 28), 1e-9);  // from Monday noon on
  for (std::size_t i = 1; i < heard.size(); ++i) EXPECT_NEAR(heard[i], heard[i - 1] * std::exp(-0.25), 1e-9);
}

TEST(Supporters, OverloadFadesAlsoOfThoseWhoLeft) {
  Scenario s = quiet();
  for (std::uint64_t seed = 1; seed < 40; ++seed) {
    s.run.seed = seed;
    DeskBench bench{s};
    bench.add_supporter(9);
    bench.request(0, hours(10), Channel::self_referral, long_lasting);
    const FactLog& log = bench.run();
    if (log.count(PeerFact::session_held) != 1 || log.count(PeerFact::supporter_left) != 1) continue;
    EXPECT_EQ(debts(bench, 1).size(), 7U);  // every Monday after the session
    return;
  }
  FAIL() << "no seed gave the world that was wanted";
}

TEST(Supporters, ACaseIsHandedOverWhenItsSupporterLeaves) {
  Scenario s = quiet();
  s.case_rules.continue_after_session = {1.0};
  s.case_rules.max_sessions = 7;
  // Among the first seeds, one at which the first supporter leaves during the case and the second stays.
  for (std::uint64_t seed = 1; seed < 40; ++seed) {
    s.run.seed = seed;
    DeskBench bench{s};
    bench.add_supporter(8);
    bench.add_supporter(9);
    bench.request(0, hours(10), Channel::self_referral, long_lasting);
    const FactLog& log = bench.run();
    const auto left = log.of(PeerFact::supporter_left);
    const auto handed = log.of(PeerFact::handover);
    if (left.size() != 1 || handed.size() != 1) continue;
    EXPECT_EQ(left[0].small, static_cast<std::uint16_t>(ExitReason::employment));
    EXPECT_EQ(handed[0].subject, left[0].subject);
    const auto assigned = log.of(PeerFact::supporter_assigned);
    ASSERT_EQ(assigned.size(), 2U);
    EXPECT_EQ(assigned[0].subject, left[0].subject);
    EXPECT_NE(assigned[1].subject, left[0].subject);
    EXPECT_EQ(assigned[1].time, left[0].time);  // the other is free at once
    for (const Fact& f : log.of(PeerFact::session_held)) {
      EXPECT_EQ(f.subject, (f.time <= left[0].time ? assigned[0] : assigned[1]).subject);
    }
    EXPECT_EQ(log.count(PeerFact::first_contact), 1U);
    return;
  }
  FAIL() << "no seed gave the world that was wanted";
}

TEST(Supporters, ARunningSessionIsFinishedAndItsCaseThenHandedOver) {
  Scenario s = quiet();
  s.access.meeting_hours = WeeklyWindows::always();
  s.case_rules.session_length = hours(23);  // so that leaving falls into a session
  s.case_rules.session_gap = SimDuration{};
  s.case_rules.continue_after_session = {1.0};
  s.case_rules.max_sessions = 50;
  for (std::uint64_t seed = 1; seed < 40; ++seed) {
    s.run.seed = seed;
    DeskBench bench{s};
    bench.add_supporter(8);
    bench.add_supporter(9);
    bench.request(0, hours(10), Channel::self_referral, long_lasting);
    const FactLog& log = bench.run();
    const auto left = log.of(PeerFact::supporter_left);
    const auto handed = log.of(PeerFact::handover);
    if (left.size() != 1 || handed.empty() || handed[0].time == left[0].time) continue;
    EXPECT_EQ(handed.size(), 1U);
    EXPECT_EQ(handed[0].subject, left[0].subject);
    bool ended_then = false;
    for (const Fact& f : log.of(PeerFact::session_held))
      ended_then = ended_then || (f.time == handed[0].time && f.subject == left[0].subject);
    EXPECT_TRUE(ended_then);
    EXPECT_EQ(log.of(PeerFact::supporter_assigned).at(1).time, handed[0].time);
    return;
  }
  FAIL() << "no seed gave the world that was wanted";
}

TEST(Supporters, ExhaustionRaisesTheHazardOfLeaving) {
  Scenario s = quiet();
  s.supporters.exit.role_rate = per_year(1.0);
  s.supporters.exit.exhaustion_effect = 3.0;
  s.run.horizon = weeks(3);
  const auto leavers = [&s](double exhaustion) {
    std::size_t count = 0;
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
      s.run.seed = seed;
      DeskBench bench{s};
      bench.add_supporter(9);
      bench.tell_exhaustion(9, hours(1), exhaustion);
      count += bench.run().count(PeerFact::supporter_left);
    }
    return count;
  };
  EXPECT_GE(leavers(3.0), 19U);  // hazards of a day's length from the second week on
  EXPECT_LE(leavers(-3.0), 3U);  // only the first week counts
}

// 2,000 supporters over a year, rates .3 and .2 and no effect of strain: a share 1 - e^{-.5} leaves, 60 % of
// them the role (alpha 1e-3 each: 3.29 standard errors). The run has 52 weeks of 7 days.
TEST(Supporters, LeaveAtTheirTwoRates) {
  Scenario s = testing::plain_scenario(80, 25, 2000);
  s.environment.exposure_rate = {};
  s.supporters.exit = {.role_rate = per_year(0.3)};
  const auto run = testing::run_observed(s);
  double role = 0, all = 0;
  for (const Fact& f : run.log.of(PeerFact::supporter_left)) {
    ++all;
    role += f.small == static_cast<std::uint16_t>(ExitReason::role) ? 1 : 0;
  }
  const double p = 1 - std::exp(-0.5 * 364 / 365);
  EXPECT_NEAR(all / 2000, p, 3.29 * std::sqrt(p * (1 - p) / 2000));
  EXPECT_NEAR(role / all, 0.6, 3.29 * std::sqrt(0.24 / all));
  EXPECT_NEAR(testing::measure(run.outcome, Measure::supporter_exit_rate), 0.5,
              3.29 * 0.5 / std::sqrt(all) + 0.01);
}

TEST(Supporters, AtRateZeroNobodyLeaves) {
  Scenario s = testing::busy_scenario(4, 10, 10);
  s.supporters.exit.role_rate = {};
  EXPECT_EQ(testing::run_observed(s).log.count(PeerFact::supporter_left), 0U);
}

}  // namespace
}  // namespace peercap::peer_support
