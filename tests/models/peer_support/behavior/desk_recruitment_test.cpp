// New supporters: cohorts, who joins, training.

#include <map>
#include <vector>

#include <gtest/gtest.h>

#include "tests/models/peer_support/desk_bench.h"

namespace peercap::peer_support {
namespace {

using testing::DeskBench;
using testing::FactLog;

constexpr DistressLevel long_lasting{0.0, 5.0};

/// Cohorts of one every two weeks; whoever is invited joins, and trains for three days.
Scenario recruiting() {
  Scenario s = DeskBench::quiet_scenario();
  s.supporters.recruitment = {.enabled = Switch::on,
                              .interval_weeks = 2,
                              .invited = 1,
                              .acceptance_logit = 20.0,
                              .trust_gain = 0.0,
                              .satisfaction_gain = 0.0};
  s.supporters.training.duration = days(3);
  s.supporters.training.drop_out = {0.0};
  return s;
}

/// The supporters that take on a role, in order of time.
std::vector<Fact> becoming(const FactLog& log, SupporterRole role) {
  std::vector<Fact> found;
  for (const Fact& f : log.of(PeerFact::supporter_role))
    if (f.small == static_cast<std::uint16_t>(role)) found.push_back(f);
  return found;
}

std::size_t joined(const Scenario& s) {
  DeskBench bench{s};
  bench.add_candidate(8, 0);
  return becoming(bench.run(), SupporterRole::training).size();
}

TEST(Recruitment, InvitesCohortsInOrderOfRankAndTrainsThem) {
  DeskBench bench{recruiting()};
  bench.add_candidate(6, 2);
  bench.add_candidate(7, 0);
  bench.add_candidate(8, 1);
  bench.request(0, hours(10), Channel::self_referral, long_lasting);
  const FactLog& log = bench.run();
  const auto training = becoming(log, SupporterRole::training);
  const auto active = becoming(log, SupporterRole::active);
  ASSERT_EQ(training.size(), 3U);
  ASSERT_EQ(active.size(), 3U);
  const std::vector<std::uint32_t> order{1, 2, 0};
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(training[i].subject, order[i]);
    EXPECT_EQ(training[i].time, bench.at(weeks(2 * static_cast<int>(i + 1))));
    EXPECT_EQ(active[i].subject, order[i]);
    EXPECT_EQ(active[i].time, training[i].time + days(3));
  }
  const auto time = log.of(PeerFact::program_time);
  ASSERT_EQ(time.size(), 3U);
  EXPECT_EQ(time[0].small, static_cast<std::uint16_t>(ProgramWork::training));
  EXPECT_EQ(time[0].a + time[0].b, hours(8).ticks());
  // Nobody is given a case before the training is over; then whoever has waited gets somebody.
  const auto assigned = log.of(PeerFact::supporter_assigned);
  ASSERT_EQ(assigned.size(), 1U);
  EXPECT_EQ(assigned[0].time, active[0].time);
}

TEST(Recruitment, SwitchedOffInvitesNobody) {
  Scenario s = recruiting();
  EXPECT_EQ(joined(s), 1U);
  s.supporters.recruitment.enabled = Switch::off;
  EXPECT_EQ(joined(s), 0U);
}

TEST(Recruitment, WithoutItsLoopInvitesNobody) {
  Scenario s = recruiting();
  s.loops.recruitment = Switch::off;
  EXPECT_EQ(joined(s), 0U);
}

TEST(Recruitment, InvitesNobodyTwice) {
  Scenario s = recruiting();
  s.supporters.recruitment.acceptance_logit = -20.0;
  s.supporters.recruitment.trust_gain = 80.0;
  DeskBench bench{s};
  bench.add_candidate(7, 1);
  bench.add_candidate(8, 0);
  bench.tell_trust(0, days(20), 1.0);  // after the first cohort, who has declined
  bench.tell_trust(1, days(20), 1.0);
  const auto training = becoming(bench.run(), SupporterRole::training);
  ASSERT_EQ(training.size(), 1U);
  EXPECT_EQ(training[0].subject, 0U);  // the second in rank
  EXPECT_EQ(training[0].time, bench.at(weeks(4)));
}

TEST(Recruitment, SucceedsWhereTheProgramIsTrusted) {
  Scenario s = recruiting();
  s.supporters.recruitment.acceptance_logit = -20.0;
  s.supporters.recruitment.trust_gain = 80.0;
  EXPECT_EQ(joined(s), 0U);  // at a trust of .6: -20 + 80 x .1
  DeskBench bench{s};
  bench.add_candidate(8, 0);
  bench.tell_trust(0, days(1), 0.8);
  bench.tell_trust(1, days(1), 1.0);
  EXPECT_EQ(becoming(bench.run(), SupporterRole::training).size(), 1U);
}

TEST(Recruitment, SucceedsWherePresentSupportersAreSatisfied) {
  Scenario s = recruiting();
  s.supporters.recruitment.acceptance_logit = 0.0;
  s.supporters.recruitment.satisfaction_gain = 1e4;
  std::size_t with = 0;
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    s.run.seed = seed;
    DeskBench bench{s};
    bench.add_supporter(9);
    bench.add_candidate(8, 0);
    const FactLog& log = bench.run();
    bool satisfied = false;
    for (const Fact& f : log.of(PeerFact::supporter_census))
      if (f.subject == 1) satisfied = f.b > 32'200'000;
    const std::size_t count = becoming(log, SupporterRole::training).size();
    EXPECT_EQ(count, satisfied ? 1U : 0U);
    with += count;
  }
  EXPECT_GT(with, 0U);
  EXPECT_LT(with, 12U);
}

TEST(Recruitment, LosesThoseWhoDropOutOfTraining) {
  Scenario s = recruiting();
  s.supporters.training.drop_out = {1.0};
  DeskBench bench{s};
  bench.add_candidate(8, 0);
  const FactLog& log = bench.run();
  EXPECT_TRUE(becoming(log, SupporterRole::active).empty());
  const auto left = log.of(PeerFact::supporter_left);
  ASSERT_EQ(left.size(), 1U);
  EXPECT_EQ(left[0].small, static_cast<std::uint16_t>(ExitReason::training));
  EXPECT_EQ(left[0].time, bench.at(weeks(2) + days(3)));
  EXPECT_EQ(log.count(PeerFact::program_time), 1U);
}

TEST(Recruitment, WaitsForThoseWhoAreInSupport) {
  Scenario s = recruiting();
  s.run.horizon = weeks(5);
  DeskBench bench{s};
  bench.add_candidate(7, 1);
  bench.add_candidate(8, 0);
  bench.request(8, hours(10), Channel::self_referral, long_lasting);  // waits until somebody is trained
  const auto training = becoming(bench.run(), SupporterRole::training);
  ASSERT_EQ(training.size(), 2U);
  EXPECT_EQ(training[0].subject, 0U);
  EXPECT_EQ(training[1].subject, 1U);
  EXPECT_EQ(training[1].time, bench.at(weeks(4)));
}

TEST(Recruitment, CandidatesWhoLeaveTheOrganizationAreNotInvited) {
  DeskBench bench{recruiting()};
  bench.add_candidate(8, 0);
  bench.end_employment(8, days(3));
  const FactLog& log = bench.run();
  EXPECT_TRUE(becoming(log, SupporterRole::training).empty());
  EXPECT_EQ(becoming(log, SupporterRole::left).size(), 1U);
  EXPECT_EQ(log.count(PeerFact::supporter_left), 0U);  // no supporter yet
}

// 30 and 10 clinicians, 5 invitations: 3.75 and 1.25, the one that is left over to the first site.
TEST(Recruitment, DividesACohortBySizeOfSites) {
  Scenario s = testing::plain_scenario(3, 10, 0);
  s.organization.sites.push_back(s.organization.sites[0]);
  s.organization.sites[1].name = "north";
  s.organization.sites[1].departments[0].units = 1;
  s.organization.career_stages[0].supporter_weight = 1.0;
  s.environment.exposure_rate = {};
  s.turnover.enabled = Switch::off;
  s.run.horizon = weeks(3);
  s.supporters.recruitment = {.interval_weeks = 2, .invited = 5, .acceptance_logit = 20.0};
  // Twice as many in the reserve, so that both sites have enough.
  s.phases = std::make_shared<const std::vector<ScenarioPhase>>(
      std::vector<ScenarioPhase>{{s.run.start.midnight() + days(20), [&] {
                                    Scenario later = s;
                                    later.supporters.recruitment.invited = 40;
                                    return later;
                                  }()}});
  const auto run = testing::run_observed(s);
  EXPECT_EQ(run.organization.supporters.size(), 40U);
  std::map<std::uint32_t, int> invited;
  for (const Fact& f : becoming(run.log, SupporterRole::training))
    ++invited[run.organization.supporters[f.subject].unit.value() < 3 ? 0 : 1];
  EXPECT_EQ(invited[0], 4);
  EXPECT_EQ(invited[1], 1);
}

}  // namespace
}  // namespace peercap::peer_support
