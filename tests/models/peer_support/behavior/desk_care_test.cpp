// What supporters do beside their cases, and what is done for them.

#include <algorithm>
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

std::vector<Fact> time_of(const FactLog& log, ProgramWork work) {
  std::vector<Fact> found;
  for (const Fact& f : log.of(PeerFact::program_time))
    if (f.small == static_cast<std::uint16_t>(work)) found.push_back(f);
  return found;
}

/// One supporter with one case at once, and all they leave behind.
FactLog run_one(const Scenario& s, double exhaustion = 0.0) {
  DeskBench bench{s};
  bench.add_supporter(9);
  bench.request(0, hours(10), Channel::self_referral, long_lasting);
  bench.tell_exhaustion(9, hours(1), exhaustion);
  FactLog log;
  log.absorb(bench.run());
  return log;
}

/// Latent secondary trauma at the end.
double trauma(const FactLog& log) {
  return static_cast<double>(log.of(PeerFact::supporter_census).at(0).a) / 1e6;
}

TEST(Debriefs, TakeTimeAndRelieveAllSupportersInTheSameWeeks) {
  Scenario s = DeskBench::quiet_scenario();
  s.supporters.secondary_trauma.points_per_session = 10.0;
  const double baseline = [&] {
    Scenario still = s;
    still.supporters.secondary_trauma.points_per_session = 0.0;
    return trauma(run_one(still));
  }();
  const double strained = trauma(run_one(s)) - baseline;
  s.supporters.debrief_groups.interval_weeks = 3;
  const FactLog with = run_one(s);
  const auto time = time_of(with, ProgramWork::debrief);
  ASSERT_EQ(time.size(), 2U);  // in weeks 3 and 6 of 8
  EXPECT_EQ(time[0].time, Rules{s}.begin + weeks(3));
  EXPECT_EQ(time[0].a + time[0].b, hours(1).ticks());
  EXPECT_GT(strained, 1.0);
  EXPECT_NEAR(trauma(with) - baseline, strained * 0.8 * 0.8, 1e-5);
  s.loops.care = Switch::off;
  const FactLog idle = run_one(s);
  EXPECT_EQ(time_of(idle, ProgramWork::debrief).size(), 2U);  // the time is spent, to no effect
  EXPECT_NEAR(trauma(idle) - baseline, strained, 1e-5);
}

TEST(Debriefs, CanFollowEveryCase) {
  Scenario s = DeskBench::quiet_scenario();
  s.supporters.secondary_trauma.points_per_session = 10.0;
  EXPECT_TRUE(time_of(run_one(s), ProgramWork::debrief).empty());
  s.supporters.debrief_groups.after_each_case = Switch::on;
  const FactLog log = run_one(s);
  const auto time = time_of(log, ProgramWork::debrief);
  ASSERT_EQ(time.size(), 1U);
  EXPECT_EQ(time[0].time, log.of(PeerFact::session_held).at(0).time);
}

TEST(ProgramTime, BeyondProtectedTimeIsDebt) {
  Scenario s = DeskBench::quiet_scenario();
  s.supporters.debrief_groups = {.interval_weeks = 1, .length = hours(3), .debt_relief = {0.0}};
  DeskBench bench{s};
  bench.add_supporter(9);
  const auto time = time_of(bench.run(), ProgramWork::debrief);
  ASSERT_EQ(time.size(), 7U);
  EXPECT_EQ(time[0].a, hours(1).ticks());  // two weeks' protected time
  EXPECT_EQ(time[0].b, hours(2).ticks());
  std::vector<double> debts;
  for (const auto& message : bench.heard(1))
    if (message.kind == Happening::supporter_debt) debts.push_back(std::bit_cast<double>(message.b));
  ASSERT_EQ(debts.size(), 6U);
  EXPECT_NEAR(debts[0], 2 * std::exp(-0.25), 1e-9);
  EXPECT_NEAR(debts[1], (debts[0] + 2.5) * std::exp(-0.25), 1e-9);
}

TEST(ProgramTime, WithoutTheOverloadLoopNoDebtIsToldToUnits) {
  Scenario s = DeskBench::quiet_scenario();
  s.supporters.debrief_groups = {.interval_weeks = 1, .length = hours(3)};
  s.loops.overload = Switch::off;
  DeskBench bench{s};
  bench.add_supporter(9);
  bench.run();
  for (const auto& message : bench.heard(1)) EXPECT_NE(message.kind, Happening::supporter_debt);
}

TEST(Refreshers, ComeInTheirIntervalForEverySupporter) {
  Scenario s = DeskBench::quiet_scenario();
  s.supporters.training.refresher_interval_weeks = 3;
  DeskBench bench{s};
  bench.add_supporter(8);
  bench.add_supporter(9);
  const FactLog& log = bench.run();
  for (const std::uint32_t supporter : {0U, 1U}) {
    std::vector<Fact> time;
    for (const Fact& f : time_of(log, ProgramWork::refresher))
      if (f.subject == supporter) time.push_back(f);
    ASSERT_GE(time.size(), 2U);
    EXPECT_EQ(time[0].a + time[0].b, hours(2).ticks());
    EXPECT_LE(time[0].time, bench.at(weeks(3)));
    for (std::size_t i = 1; i < time.size(); ++i) EXPECT_EQ(time[i].time - time[i - 1].time, weeks(3));
  }
  EXPECT_TRUE(time_of(run_one(DeskBench::quiet_scenario()), ProgramWork::refresher).empty());
}

TEST(Mentoring, TakesEarlyCareersTime) {
  Scenario s = DeskBench::quiet_scenario();
  s.run.horizon = weeks(13);
  s.supporters.early_career.supplement = Switch::on;
  DeskBench bench{s};
  bench.add_supporter(8);
  bench.add_supporter(9);
  bench.organization().stages[8] = 1;
  bench.organization().stages[9] = 0;
  const auto time = time_of(bench.run(), ProgramWork::mentoring);
  ASSERT_EQ(time.size(), 3U);
  for (const Fact& f : time) EXPECT_EQ(f.subject, 1U);
  EXPECT_EQ(time[0].time, bench.at(weeks(4)));
}

/// What is left of the fast distress after the one session of a supporter with this exhaustion.
float kept(const Scenario& s, double exhaustion) {
  DeskBench bench{s};
  bench.add_supporter(9);
  bench.request(0, hours(10), Channel::self_referral, long_lasting);
  bench.tell_exhaustion(9, hours(1), exhaustion);
  bench.run();
  for (const auto& message : bench.heard(0))
    if (message.kind == Happening::session_effect)
      return std::bit_cast<float>(static_cast<std::uint32_t>(message.b));
  return -1.0F;
}

TEST(Quality, OfASessionIsAFactorOnItsEffect) {
  Scenario s = DeskBench::quiet_scenario();
  s.case_rules.effect_fast = {0.4};
  s.supporters.quality.exhaustion_loss = 0.2;
  EXPECT_FLOAT_EQ(kept(s, 0.0), 0.6F);
  EXPECT_FLOAT_EQ(kept(s, 3.0), static_cast<float>(1 - 0.4 * std::exp(-0.4)));
  s.loops.relief = Switch::off;
  EXPECT_FLOAT_EQ(kept(s, 0.0), 1.0F);
}

Scenario with_rounds() {
  Scenario s = DeskBench::quiet_scenario();
  s.activation.rounding = {.policy = RoundingPolicy::all, .interval_weeks = 2};
  return s;
}

TEST(Rounds, AreMadeByWhoeverWorkedLeast) {
  DeskBench bench{with_rounds()};
  bench.add_supporter(8);
  bench.add_supporter(9);
  const auto time = time_of(bench.run(), ProgramWork::rounding);
  ASSERT_EQ(time.size(), 8U);  // of two units one each week
  for (std::size_t i = 0; i < time.size(); ++i) {
    EXPECT_EQ(time[i].time, bench.at(weeks(static_cast<int>(i))));
    EXPECT_EQ(time[i].subject, i % 2);
    EXPECT_EQ(time[i].a + time[i].b, hours(1).ticks());
  }
}

/// Times at which the unit was visited.
std::vector<SimTime> visits(const DeskBench& bench, std::uint32_t unit) {
  std::vector<SimTime> times;
  for (const auto& message : bench.heard(unit)) {
    if (message.kind != Happening::round) continue;
    EXPECT_EQ(message.a, static_cast<std::uint64_t>((message.time - SimTime{}) / weeks(1)));
    times.push_back(message.time);
  }
  return times;
}

// Units are visited in turn, and only as long as there is somebody who comes.
TEST(Rounds, NeedASupporter) {
  DeskBench nobody{with_rounds()};
  nobody.run();
  EXPECT_TRUE(visits(nobody, 0).empty() && visits(nobody, 1).empty());
  DeskBench leaves{with_rounds()};
  leaves.add_supporter(9);
  leaves.end_employment(9, days(24));
  leaves.run();
  std::vector<SimTime> all = visits(leaves, 0);
  for (const SimTime time : visits(leaves, 1)) all.push_back(time);
  std::ranges::sort(all);
  ASSERT_EQ(all.size(), 4U);
  for (int week = 0; week < 4; ++week)
    EXPECT_EQ(all[static_cast<std::size_t>(week)], leaves.at(weeks(week) + minutes(15)));
  EXPECT_EQ(visits(leaves, 0).size(), 2U);
}

TEST(Rounds, OfHighRiskUnitsLeaveOutTheOthers) {
  Scenario s = with_rounds();
  s.activation.rounding.policy = RoundingPolicy::high_risk;
  for (const double factor : {1.4, 1.5}) {
    s.organization.sites[0].departments[0].event_factor = factor;
    EXPECT_EQ(time_of(run_one(s), ProgramWork::rounding).size(), factor == 1.5 ? 8U : 0U);
  }
  s.activation.rounding.policy = RoundingPolicy::none;
  EXPECT_TRUE(time_of(run_one(s), ProgramWork::rounding).empty());
}

/// Counts of embedded supporters that a unit has heard.
std::vector<std::uint64_t> embedded(const DeskBench& bench, std::uint32_t unit) {
  std::vector<std::uint64_t> counts;
  for (const auto& message : bench.heard(unit))
    if (message.kind == Happening::embedded_support) counts.push_back(message.a);
  return counts;
}

TEST(EmbeddedSupport, IsToldToUnitsWheneverItChanges) {
  for (const bool enabled : {true, false}) {
    Scenario s = DeskBench::quiet_scenario();
    s.activation.embedded.enabled = enabled ? Switch::on : Switch::off;
    DeskBench bench{s};
    bench.add_supporter(7);
    bench.add_supporter(9);
    bench.end_employment(7, days(10));
    bench.run();
    EXPECT_EQ(embedded(bench, 1),
              enabled ? (std::vector<std::uint64_t>{2, 1}) : std::vector<std::uint64_t>{});
    EXPECT_TRUE(embedded(bench, 0).empty());
  }
}

TEST(SurveyWaves, AskActiveSupportersFromTheStartOn) {
  Scenario s = DeskBench::quiet_scenario();
  s.run.burn_in = weeks(3);
  s.surveys = {.interval_weeks = 4, .response = {1.0}};
  const FactLog log = run_one(s, 1.0);
  const auto answers = log.of(PeerFact::supporter_survey);
  ASSERT_EQ(answers.size(), 2U);
  const SimTime start = Rules{s}.start;
  EXPECT_EQ(answers[0].time, start);
  EXPECT_EQ(answers[1].time, start + weeks(4));
  EXPECT_NE(answers[0].small, answers[1].small);  // another error each time
  EXPECT_EQ(log.count(PeerFact::supporter_challenge), 2U);
  s.surveys.response = {0.0};
  const FactLog silent = run_one(s, 1.0);
  EXPECT_EQ(silent.count(PeerFact::supporter_survey), 0U);
  EXPECT_EQ(silent.count(PeerFact::supporter_challenge), 2U);
  s.surveys.interval_weeks = 0;
  EXPECT_EQ(run_one(s, 1.0).count(PeerFact::supporter_challenge), 0U);
}

TEST(SurveyWaves, MissTheExhaustedWhereTheyDoNotAnswer) {
  Scenario s = DeskBench::quiet_scenario();
  s.surveys = {.interval_weeks = 1, .response = {0.5}, .exhaustion_nonresponse = 5.0};
  EXPECT_GE(run_one(s, -5.0).count(PeerFact::supporter_survey), 7U);  // of 8, the first before it is told
  EXPECT_LE(run_one(s, 5.0).count(PeerFact::supporter_survey), 1U);
}

TEST(OwnAccess, OfSupportersCanBeAProfessional) {
  Scenario s = DeskBench::quiet_scenario();
  s.supporters.own_access = OwnAccess::professional;
  for (ReferralDestination& d : s.referrals.destinations) d.acceptance = {1.0};
  DeskBench bench{s};
  bench.add_supporter(8);
  bench.add_supporter(9);
  bench.add_candidate(7, 0);
  bench.request(9, hours(10), Channel::self_referral, long_lasting);
  bench.request(7, hours(10), Channel::self_referral, long_lasting);  // no supporter yet
  const FactLog& log = bench.run();
  const Fact own = DeskBench::end_of_request(log, 9).value();
  EXPECT_EQ(testing::end_of(own), RequestEnd::referred);
  EXPECT_EQ(own.b, -1);
  EXPECT_EQ(own.time, bench.at(hours(10) + minutes(20)));  // when it has been sorted
  EXPECT_GE(DeskBench::end_of_request(log, 7).value().b, 0);
  EXPECT_EQ(log.count(PeerFact::referral_made), 1U);
}

TEST(OwnAccess, OfSupportersIsAColleagueByDefault) {
  DeskBench bench{DeskBench::quiet_scenario()};
  bench.add_supporter(8);
  bench.add_supporter(9);
  bench.request(9, hours(10), Channel::self_referral, long_lasting);
  EXPECT_GE(DeskBench::end_of_request(bench.run(), 9).value().b, 0);
}

}  // namespace
}  // namespace peercap::peer_support
