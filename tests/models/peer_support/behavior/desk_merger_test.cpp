// Two sites' programs that become one on a day.

#include <vector>

#include <gtest/gtest.h>

#include "tests/models/peer_support/desk_bench.h"

namespace peercap::peer_support {
namespace {

using testing::DeskBench;
using testing::end_of;
using testing::FactLog;

constexpr DistressLevel long_lasting{0.0, 5.0};
constexpr std::uint32_t of_north = 15;
constexpr std::uint32_t of_south = 25;

/// Sites main, north and south of ten people each; main and north merge on Thursday, 2026-01-08.
Scenario merging_sites() {
  Scenario s = DeskBench::quiet_scenario();
  for (const char* name : {"north", "south"}) {
    s.organization.sites.push_back(s.organization.sites[0]);
    s.organization.sites.back().name = name;
  }
  s.shocks.mergers = {{.name = "north", .at = {CivilDate::parse("2026-01-08")}, .with = "main"}};
  return s;
}

TEST(Merger, SendsWhoeverWaitsAndWhoeverAsksLater) {
  DeskBench bench{merging_sites()};
  bench.add_supporter(of_north);
  bench.add_supporter(of_south);  // of a site that stays by itself
  bench.request(0, hours(10), Channel::self_referral, long_lasting);
  bench.request(1, days(4), Channel::self_referral, long_lasting);
  const auto moved = bench.run().of(PeerFact::request_transferred);
  ASSERT_EQ(moved.size(), 2U);
  EXPECT_EQ(moved[0].subject, 0U);
  EXPECT_EQ(moved[0].time, bench.at(days(3)));
  EXPECT_EQ(moved[0].b, 1);
  EXPECT_EQ(moved[1].subject, 1U);
  EXPECT_EQ(moved[1].time, bench.at(days(4) + minutes(20)));  // as soon as the coordinator has looked at it
  EXPECT_EQ(moved[1].b, 1);
}

TEST(Merger, WorksBothWays) {
  DeskBench bench{merging_sites()};
  bench.add_supporter(5);
  bench.request(10, days(4), Channel::self_referral, long_lasting);
  bench.request(20, days(4), Channel::self_referral, long_lasting);  // of the third site
  const FactLog& log = bench.run();
  const auto moved = log.of(PeerFact::request_transferred);
  ASSERT_EQ(moved.size(), 1U);
  EXPECT_EQ(moved[0].subject, 10U);
  EXPECT_EQ(moved[0].b, 0);
  EXPECT_EQ(end_of(*DeskBench::end_of_request(log, 10)), RequestEnd::closed_unresolved);
  EXPECT_EQ(end_of(*DeskBench::end_of_request(log, 20)), RequestEnd::open_waiting);
}

TEST(Merger, LeavesThoseWithASupporterAtHome) {
  DeskBench bench{merging_sites()};
  bench.add_supporter(5);
  bench.add_supporter(of_north);
  bench.request(0, days(4), Channel::self_referral, long_lasting);
  EXPECT_EQ(bench.run().count(PeerFact::request_transferred), 0U);
}

// Nobody is at north for whom the request could wait there.
TEST(Merger, LeavesThoseAtHomeWhomTheOtherSiteCouldNotMeet) {
  Scenario s = merging_sites();
  s.supporters.unprotected_work = UnprotectedWork::refused;
  s.supporters.protected_time = {0.0};  // so that nobody is met at home
  DeskBench bench{s};
  bench.add_supporter(5);
  bench.add_candidate(of_north, 0);
  bench.request(0, days(4), Channel::self_referral, long_lasting);
  EXPECT_EQ(bench.run().count(PeerFact::request_transferred), 0U);
}

// One's own supporters come first: they are asked again without wishes before anybody goes to the other site.
TEST(Merger, AsksAtHomeWithoutWishesFirst) {
  Scenario s = merging_sites();
  s.supporters.unprotected_work = UnprotectedWork::refused;
  s.supporters.protected_time = {0.0};
  s.matching.relax_after = hours(24);
  DeskBench bench{s};
  bench.add_supporter(5);
  bench.add_supporter(of_north);
  bench.request(0, days(4), Channel::self_referral, long_lasting);
  const auto moved = bench.run().of(PeerFact::request_transferred);
  ASSERT_EQ(moved.size(), 1U);
  EXPECT_EQ(moved[0].time, bench.at(days(5) + minutes(20)));
}

}  // namespace
}  // namespace peercap::peer_support
