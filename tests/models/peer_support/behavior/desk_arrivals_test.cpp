// Direct requests, and the state that the scenario gives for the start.

#include <cmath>
#include <cstdint>
#include <memory>
#include <set>
#include <vector>

#include <gtest/gtest.h>

#include "tests/models/peer_support/desk_bench.h"

namespace peercap::peer_support {
namespace {

using testing::channel_of;
using testing::DeskBench;
using testing::end_of;
using testing::FactLog;
using testing::HeardMessage;

constexpr DistressLevel long_lasting{0.0, 5.0};

Scenario quiet() {
  return DeskBench::quiet_scenario();
}

TEST(DirectRequests, ThereAreNoneByDefault) {
  DeskBench bench{quiet()};
  bench.add_supporter(9);
  EXPECT_EQ(bench.run().count(PeerFact::request_made), 0U);
}

// Eight weeks at 50 a day: four standard errors of a count, of the mean and of the square of the gaps.
TEST(DirectRequests, AreAPoissonStream) {
  Scenario s = quiet();
  s.activation.direct_requests = per_day(50.0);
  DeskBench bench{s};
  const auto made = bench.run().of(PeerFact::request_made);
  const double expected = 50.0 * 56.0;
  const auto n = static_cast<double>(made.size());
  EXPECT_NEAR(n, expected, 4 * std::sqrt(expected));
  double square = 0.0;
  for (std::size_t i = 1; i < made.size(); ++i) {
    const double gap = (made[i].time - made[i - 1].time).in_days() * 50.0;
    square += gap * gap;
  }
  EXPECT_NEAR(square / (n - 1), 2.0, 4 * std::sqrt(20.0 / n));  // E X^2 = 2, Var X^2 = 20
}

TEST(DirectRequests, FollowTheRateOfThePhase) {
  Scenario s = quiet();
  s.activation.direct_requests = {};
  Scenario later = s;
  later.activation.direct_requests = per_day(20.0);
  Scenario last = s;
  const SimTime begin = s.run.start.midnight();
  s.phases = std::make_shared<const std::vector<ScenarioPhase>>(
      std::vector<ScenarioPhase>{{begin + weeks(2), later}, {begin + weeks(4), last}});
  DeskBench bench{s};
  const auto made = bench.run().of(PeerFact::request_made);
  EXPECT_NEAR(static_cast<double>(made.size()), 280.0, 4 * std::sqrt(280.0));
  for (const Fact& f : made) {
    EXPECT_GE(f.time, bench.at(weeks(2)));
    EXPECT_LT(f.time, bench.at(weeks(4)));
  }
}

// Four changes a day, 1 and 3 a day in turn: waiting for a request goes on over the changes, 2 a day on
// average.
TEST(DirectRequests, KeepWhatWasWaitedBeforeTheRateChanged) {
  Scenario s = quiet();
  s.activation.direct_requests = per_day(1.0);
  Scenario busy = s;
  busy.activation.direct_requests = per_day(3.0);
  const SimTime begin = s.run.start.midnight();
  std::vector<ScenarioPhase> phases;
  for (int change = 1; change < 4 * 56; ++change)
    phases.push_back({begin + hours(6 * change), change % 2 == 1 ? busy : s});
  s.phases = std::make_shared<const std::vector<ScenarioPhase>>(std::move(phases));
  DeskBench bench{s};
  EXPECT_NEAR(static_cast<double>(bench.run().count(PeerFact::request_made)), 112.0, 4 * std::sqrt(112.0));
}

TEST(DirectRequests, GoToPeopleWithoutACaseWhoAreNoSupporters) {
  Scenario s = quiet();
  s.activation.direct_requests = per_day(30.0);
  s.run.horizon = days(1);
  DeskBench bench{s};
  for (const std::uint32_t supporter : {2U, 3U}) bench.add_supporter(supporter);
  std::set<std::uint32_t> clients;
  bool all_open = false;
  std::set<std::uint32_t> open;
  for (const Fact& f : bench.run().facts()) {
    if (testing::kind_of(f) == PeerFact::request_made) {
      clients.insert(f.subject);
      all_open = open.size() == 8;
      if (!all_open) {
        EXPECT_TRUE(open.insert(f.subject).second);
      }
    }
    if (testing::kind_of(f) == PeerFact::request_ended) {
      EXPECT_EQ(end_of(f) == RequestEnd::merged,
                all_open && open.contains(f.subject) && f.a == f.time.ticks());
      if (end_of(f) != RequestEnd::merged) open.erase(f.subject);
    }
  }
  EXPECT_FALSE(clients.contains(2) || clients.contains(3));
  EXPECT_GE(clients.size(), 6U);
}

TEST(DirectRequests, AreMergedOnceEverybodyIsInSupport) {
  Scenario s = quiet();
  s.activation.direct_requests = per_day(20.0);
  s.run.horizon = days(3);
  DeskBench bench{s};  // ten people, nobody to help
  const FactLog& log = bench.run();
  std::size_t merged = 0;
  for (const Fact& f : log.of(PeerFact::request_ended)) merged += end_of(f) == RequestEnd::merged ? 1U : 0U;
  EXPECT_EQ(merged, log.count(PeerFact::request_made) - 10);
  EXPECT_GT(merged, 10U);
}

TEST(DirectRequests, BelongToNoEpisode) {
  Scenario s = quiet();
  s.activation.direct_requests = per_day(5.0);
  s.run.horizon = weeks(1);
  DeskBench bench{s};
  bench.add_supporter(9);
  const FactLog& log = bench.run();
  EXPECT_GT(log.count(PeerFact::session_held), 10U);
  for (const Fact& f : log.of(PeerFact::first_contact)) EXPECT_EQ(f.small >> 8, 0);
  for (std::uint32_t unit : {0U, 1U})
    for (const HeardMessage& heard : bench.heard(unit)) {
      if (heard.kind == Happening::case_opened) {
        EXPECT_EQ(heard.a, 1U);
      }
      if (heard.kind == Happening::contacted) {
        EXPECT_EQ(heard.a, 0U);
      }
    }
}

/// Two weeks of burn-in, then the given state.
Scenario given(Today today) {
  Scenario s = quiet();
  s.run.burn_in = weeks(2);
  s.case_rules.continue_after_session = {1.0};
  today.given = Switch::on;
  s.today = today;
  return s;
}

TEST(GivenStart, DropsWhatTheBurnInLeft) {
  Scenario s = given({});
  s.case_rules.session_length = hours(13);  // one session runs at the start, from noon before
  DeskBench bench{s};
  bench.add_supporter(9);
  bench.request(0, days(13) + hours(11), Channel::self_referral, long_lasting);
  bench.request(1, days(13) + hours(12), Channel::self_referral, long_lasting);
  bench.request(2, days(13) + hours(23) + minutes(50), Channel::self_referral, long_lasting);  // in triage
  bench.request(3, days(14) + hours(1), Channel::self_referral, long_lasting);  // finds the supporter free
  const FactLog& log = bench.run();
  std::size_t dropped = 0;
  for (const Fact& f : log.of(PeerFact::request_ended)) {
    if (end_of(f) != RequestEnd::dropped) continue;
    ++dropped;
    EXPECT_EQ(f.time, bench.at(weeks(2)));
    EXPECT_EQ(f.b >= 0, f.subject == 0);
  }
  EXPECT_EQ(dropped, 3U);
  std::vector<SimTime> began;
  for (const Fact& f : log.of(PeerFact::session_received)) began.push_back(SimTime{f.a});
  ASSERT_FALSE(began.empty());
  EXPECT_EQ(began[0], bench.at(days(14) + hours(2) + minutes(30)));
  const auto signals = bench.trust_signals(1);
  EXPECT_EQ(signals, std::vector{TrustSignal::none});
}

TEST(GivenStart, HasThoseWhoWaitAndThoseInACase) {
  DeskBench bench{given({.open_cases = 3, .waiting = 2})};
  for (const std::uint32_t supporter : {8U, 9U}) bench.add_supporter(supporter);
  const FactLog& log = bench.run();
  std::set<std::uint32_t> clients;
  std::size_t before = 0;
  for (const Fact& f : log.of(PeerFact::request_made)) {
    EXPECT_EQ(channel_of(f), Channel::inherited);
    EXPECT_EQ(f.time, bench.at(weeks(2)));
    before += SimTime{f.a} < f.time ? 1U : 0U;
    clients.insert(f.subject);
  }
  EXPECT_EQ(clients.size(), 5U);
  EXPECT_EQ(before, 3U);
  EXPECT_EQ(log.count(PeerFact::first_contact), 2U);  // those in a case had theirs before the start
  std::size_t assigned_at_start = 0;
  for (const Fact& f : log.of(PeerFact::supporter_assigned))
    assigned_at_start += f.time == bench.at(weeks(2)) ? 1U : 0U;
  EXPECT_EQ(assigned_at_start, 5U);  // six places for five
  for (const Fact& f : log.of(PeerFact::request_ended)) EXPECT_EQ(end_of(f), RequestEnd::closed_unresolved);
  EXPECT_EQ(log.count(PeerFact::session_held), 3U * 2U + 2U * 3U);  // of three sessions, one had been held
}

TEST(GivenStart, SharesWhatIsGivenBetweenSites) {
  Scenario s = testing::plain_scenario(4, 10, 30);
  s.organization.sites.push_back(s.organization.sites[0]);
  s.organization.sites[1].name = "north";
  s.organization.sites[1].departments[0].units = 12;
  s.environment.exposure_rate = {};
  s.run.burn_in = weeks(1);
  s.run.horizon = weeks(1);
  s.today = {.given = Switch::on, .open_cases = 6, .waiting = 9};
  const auto run = testing::run_observed(s);
  std::size_t at_north = 0;
  std::size_t inherited = 0;
  for (const Fact& f : run.log.of(PeerFact::request_made)) {
    if (channel_of(f) != Channel::inherited) continue;
    ++inherited;
    at_north += f.subject >= 40 ? 1U : 0U;
  }
  EXPECT_EQ(inherited, 15U);
  EXPECT_EQ(at_north, 15U - 1U - 2U);  // a quarter of each, rounded down
}

TEST(GivenStart, SetsWhatSupportersCarry) {
  Scenario s = given({.overload_debt = 6.0, .trauma_shift = 3.0, .satisfaction_shift = -2.0});
  s.run.horizon = days(1);
  DeskBench bench{s};
  bench.add_supporter(9);
  const Fact census = bench.run().of(PeerFact::supporter_census).at(0);
  Scenario plain = s;
  plain.today = {};
  DeskBench without{plain};
  without.add_supporter(9);
  const Fact before = without.run().of(PeerFact::supporter_census).at(0);
  EXPECT_NEAR(static_cast<double>(census.a - before.a) * 1e-6, 3.0 * std::exp(-1.0 / 60), 1e-5);
  EXPECT_NEAR(static_cast<double>(census.b - before.b) * 1e-6,
              -2.0 * std::exp(-1.0 / s.supporters.compassion_satisfaction.decay.in_days()), 1e-5);
}

}  // namespace
}  // namespace peercap::peer_support
