// Protected time as stretches of the week, and supporters' own access through another site.

#include <cstdint>
#include <stdexcept>

#include <gtest/gtest.h>

#include "tests/models/peer_support/desk_bench.h"

namespace peercap::peer_support {
namespace {

using testing::DeskBench;
using testing::end_of;
using testing::FactLog;

constexpr DistressLevel long_lasting{0.0, 5.0};

/// Ten hours a week, on Tuesdays and Thursdays from 10 to 15.
Scenario windows() {
  Scenario s = DeskBench::quiet_scenario();
  s.supporters.protected_time = {10.0};
  s.supporters.protected_time_form = ProtectedTimeForm::windows;
  s.supporters.protected_windows = *WeeklyWindows::parse("Tue 10:00-15:00, Thu 10:00-15:00");
  return s;
}

/// The one session that follows from a request at `asked`: half an hour, an hour of lead and 20 minutes of
/// triage later.
Fact session(const Scenario& scenario, SimDuration asked) {
  DeskBench bench{scenario};
  bench.add_supporter(5);
  bench.request(0, asked, Channel::self_referral, long_lasting);
  const auto held = bench.run().of(PeerFact::session_held);
  if (held.size() != 1) throw std::logic_error{"there is one session"};
  return held[0];
}

TEST(ProtectedWindows, CoverWhatLiesInThem) {
  const Fact within = session(windows(), days(1) + hours(10));  // Tuesday, 11:30 to 12:00
  EXPECT_EQ(within.a, hours(1).ticks());                        // with half an hour of administration
  EXPECT_EQ(within.b, 0);
}

TEST(ProtectedWindows, LeaveTheRestToOnesOwnTime) {
  const Fact outside = session(windows(), days(1) + hours(16));
  EXPECT_EQ(outside.a, minutes(30).ticks());  // administration has no hour of its own
  EXPECT_EQ(outside.b, minutes(30).ticks());
  Scenario budget = windows();
  budget.supporters.protected_time_form = ProtectedTimeForm::budget;
  EXPECT_EQ(session(budget, days(1) + hours(16)).b, 0);
}

TEST(ProtectedWindows, CoverAPart) {
  // From 14:45 to 15:15: the grid is a quarter of an hour.
  const Fact half = session(windows(), days(1) + hours(13) + minutes(20));
  EXPECT_EQ(half.time.ticks() % days(1).ticks(), (hours(15) + minutes(15)).ticks());
  EXPECT_EQ(half.b, minutes(15).ticks());
}

TEST(ProtectedWindows, ReleaseASupporterFromTheShift) {
  Scenario s = windows();
  s.access.release_from_shift = {0.0};
  s.access.meeting_hours = *WeeklyWindows::parse("Mon-Fri 08:30-16:30");  // everybody works then
  {
    DeskBench bench{s};
    bench.add_supporter(5);
    bench.request(0, hours(10), Channel::self_referral, long_lasting);
    EXPECT_EQ(bench.run().count(PeerFact::session_held), 0U);  // the client is not released
  }
  s.organization.sites[0].departments[0].shift_pattern = ShiftPattern::day_evening;
  const auto sessions = [](const Scenario& scenario) {
    DeskBench bench{scenario};
    bench.add_supporter(5);
    for (const std::uint32_t client : {0U, 1U, 2U, 3U, 4U})
      bench.request(client, hours(10), Channel::self_referral, long_lasting);
    return bench.run().of(PeerFact::session_held);
  };
  const auto with = sessions(s);
  Scenario budget = s;
  budget.supporters.protected_time_form = ProtectedTimeForm::budget;
  const auto without = sessions(budget);
  ASSERT_FALSE(with.empty());
  const SimTime last_with = with.back().time;
  EXPECT_TRUE(with.size() > without.size() || last_with < without.back().time);
}

TEST(ProtectedWindows, AreTheOnlyHoursWhereNothingElseIsDone) {
  Scenario s = windows();
  s.supporters.unprotected_work = UnprotectedWork::refused;
  const Fact held = session(s, hours(10));  // asked on Monday; the window is on Tuesday
  EXPECT_EQ(held.time.ticks() % days(7).ticks(),
            (DeskBench{s}.at(days(1) + hours(10) + minutes(30))).ticks() % days(7).ticks());
  EXPECT_EQ(held.b, 0);
}

/// Two sites; 5 gives support at home, 15 at the other site.
Scenario two_sites() {
  Scenario s = DeskBench::quiet_scenario();
  s.organization.sites.push_back(s.organization.sites[0]);
  s.organization.sites.back().name = "north";
  s.supporters.own_access = OwnAccess::other_site;
  return s;
}

TEST(OwnAccess, OfSupportersCanBeAnotherSite) {
  DeskBench bench{two_sites()};
  for (const std::uint32_t supporter : {4U, 5U, 15U}) bench.add_supporter(supporter);
  bench.request(4, hours(10), Channel::self_referral, long_lasting);  // a supporter
  bench.request(0, hours(10), Channel::self_referral, long_lasting);  // nobody of the program
  const FactLog& log = bench.run();
  const auto moved = log.of(PeerFact::request_transferred);
  ASSERT_EQ(moved.size(), 1U);
  EXPECT_EQ(moved[0].subject, 4U);
  EXPECT_EQ(end_of(*DeskBench::end_of_request(log, 4)), RequestEnd::closed_unresolved);
  EXPECT_EQ(end_of(*DeskBench::end_of_request(log, 0)), RequestEnd::closed_unresolved);
}

TEST(OwnAccess, IsAtHomeWhereNoOtherSiteHasSupporters) {
  DeskBench bench{two_sites()};
  for (const std::uint32_t supporter : {4U, 5U}) bench.add_supporter(supporter);
  bench.request(4, hours(10), Channel::self_referral, long_lasting);
  const FactLog& log = bench.run();
  EXPECT_EQ(log.count(PeerFact::request_transferred), 0U);
  EXPECT_EQ(end_of(*DeskBench::end_of_request(log, 4)), RequestEnd::closed_unresolved);
}

TEST(OwnAccess, IsAtHomeWhereTheOthersAreOnlyCandidates) {
  DeskBench bench{two_sites()};
  for (const std::uint32_t supporter : {4U, 5U}) bench.add_supporter(supporter);
  bench.add_candidate(15, 0);
  bench.request(4, hours(10), Channel::self_referral, long_lasting);
  EXPECT_EQ(bench.run().count(PeerFact::request_transferred), 0U);
}

}  // namespace
}  // namespace peercap::peer_support
