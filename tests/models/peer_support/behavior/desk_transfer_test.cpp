// A request on its way to another site's desk, message by message.

#include <optional>
#include <vector>

#include <gtest/gtest.h>

#include "tests/models/peer_support/desk_bench.h"

namespace peercap::peer_support {
namespace {

using testing::DeskBench;
using testing::end_of;
using testing::FactLog;
using testing::HeardMessage;

constexpr DistressLevel long_lasting{0.0, 5.0};
constexpr std::uint32_t helper = 15;  // in the second unit of the second site

/// Sites of ten people each: clinicians 0-9, 10-19, ... A request that is triaged at 10:20 leaves at 16:20
/// and arrives at 16:50.
Scenario sites(std::size_t count) {
  Scenario s = DeskBench::quiet_scenario();
  for (const char* name : {"north", "south"}) {
    if (s.organization.sites.size() == count) break;
    s.organization.sites.push_back(s.organization.sites[0]);
    s.organization.sites.back().name = name;
  }
  s.case_rules.overflow.to_other_site = Switch::on;
  s.case_rules.overflow.other_site_after = hours(6);
  return s;
}

/// The other site has a supporter who is never given a case.
Scenario without_capacity() {
  Scenario s = sites(2);
  s.supporters.unprotected_work = UnprotectedWork::refused;
  s.supporters.protected_time = {0.0};
  return s;
}

TEST(Transfer, TakesTheRequestToTheOtherSitesSupporters) {
  DeskBench bench{sites(2)};
  bench.add_supporter(helper);
  bench.request(0, hours(10), Channel::self_referral, long_lasting);
  const FactLog& log = bench.run();
  const auto moved = log.of(PeerFact::request_transferred);
  ASSERT_EQ(moved.size(), 1U);
  EXPECT_EQ(moved[0].time, bench.at(hours(16) + minutes(20)));
  EXPECT_EQ(moved[0].a, bench.at(hours(10)).ticks());
  EXPECT_EQ(moved[0].b, 1);
  EXPECT_EQ(log.count(PeerFact::request_made), 1U);
  EXPECT_EQ(log.count(PeerFact::request_accepted), 1U);
  const Fact end = *DeskBench::end_of_request(log, 0);
  EXPECT_EQ(end_of(end), RequestEnd::closed_unresolved);
  EXPECT_EQ(end.a, bench.at(hours(10)).ticks());
  EXPECT_EQ(end.b, bench.at(hours(18)).ticks());  // an hour of lead after 16:50, the next quarter

  std::vector<Happening> kinds;
  for (const HeardMessage& heard : bench.heard(0)) kinds.push_back(heard.kind);
  EXPECT_EQ(kinds, (std::vector{Happening::case_opened, Happening::case_opened, Happening::contacted,
                                Happening::session_effect, Happening::case_closed}));
  EXPECT_EQ(bench.heard(0)[0].b, 0U);
  EXPECT_EQ(bench.heard(0)[1].b, 1U);
  EXPECT_EQ(bench.heard(0)[1].time, bench.at(hours(17) + minutes(5)));
  EXPECT_EQ(bench.trust_signals(0), std::vector{TrustSignal::kept});
}

TEST(Transfer, GoesToTheSiteWithMostSupportersForEachClinician) {
  for (const std::uint32_t first_of_two : {11U, 21U}) {
    DeskBench bench{sites(3)};
    for (const std::uint32_t supporter : {first_of_two, first_of_two + 1, first_of_two == 11 ? 21U : 11U})
      bench.add_supporter(supporter);
    bench.request(0, hours(10), Channel::self_referral, long_lasting);
    const auto moved = bench.run().of(PeerFact::request_transferred);
    ASSERT_EQ(moved.size(), 1U);
    EXPECT_EQ(moved[0].b, first_of_two == 11 ? 1 : 2);
  }
}

TEST(Transfer, NeedsSupportersElsewhereAndHappensOnce) {
  {
    DeskBench bench{sites(2)};
    bench.request(0, hours(10), Channel::self_referral, long_lasting);
    EXPECT_EQ(bench.run().count(PeerFact::request_transferred), 0U);
  }
  DeskBench bench{without_capacity()};
  bench.add_supporter(5);  // the home site could be asked in turn
  bench.add_supporter(helper);
  bench.request(0, hours(10), Channel::self_referral, long_lasting);
  const FactLog& log = bench.run();
  EXPECT_EQ(log.count(PeerFact::request_transferred), 1U);
  EXPECT_EQ(end_of(*DeskBench::end_of_request(log, 0)), RequestEnd::open_waiting);
}

TEST(Transfer, LeavesPatienceAsItIs) {
  std::vector<SimTime> gave_up;
  for (const Switch overflow : {Switch::off, Switch::on}) {
    Scenario s = without_capacity();
    s.access.withdrawal_first_week = per_day(0.3);
    s.access.withdrawal_later = per_day(0.3);
    s.case_rules.overflow.to_other_site = overflow;
    DeskBench bench{s};
    bench.add_supporter(helper);
    bench.request(0, hours(10), Channel::self_referral, long_lasting);
    const Fact end = *DeskBench::end_of_request(bench.run(), 0);
    EXPECT_EQ(end_of(end), RequestEnd::withdrew);
    EXPECT_GT(end.time, bench.at(hours(17)));
    gave_up.push_back(end.time);
    EXPECT_EQ(bench.trust_signals(0), std::vector{TrustSignal::broken});
  }
  EXPECT_EQ(gave_up[0], gave_up[1]);
}

TEST(Transfer, TheOtherDeskHearsHowTheClientIs) {
  DeskBench bench{without_capacity()};
  bench.add_supporter(helper);
  bench.request(0, hours(10), Channel::self_referral, {1.0215, 0.0});  // well after .02127 * 40 days
  const Fact end = *DeskBench::end_of_request(bench.run(), 0);
  EXPECT_EQ(end_of(end), RequestEnd::recovered);
  // The unit of this bench answers the second opening with the same level again.
  EXPECT_NEAR((end.time - bench.at(hours(17) + minutes(20))).in_days(), 40 * 0.021272, 1e-3);
}

TEST(Transfer, MergesRequestsAtHomeUntilTheCaseIsOver) {
  Scenario s = sites(2);
  s.activation.outreach.acceptance_logit = 20.0;
  DeskBench bench{s};
  bench.add_supporter(helper);
  bench.request(0, hours(10), Channel::self_referral, long_lasting);
  bench.request(0, hours(16) + minutes(30), Channel::outreach, long_lasting);  // while it is on its way
  bench.request(0, hours(18) + minutes(45), Channel::outreach, long_lasting);  // closed, not yet reported
  bench.request(0, hours(19) + minutes(15), Channel::outreach, long_lasting);
  std::vector<RequestEnd> ends;
  std::vector<int> first_of_episode;
  const FactLog& log = bench.run();
  for (const Fact& f : log.of(PeerFact::request_ended)) ends.push_back(end_of(f));
  EXPECT_EQ(ends, (std::vector{RequestEnd::merged, RequestEnd::closed_unresolved, RequestEnd::merged,
                               RequestEnd::closed_unresolved}));
  // The second one goes the same way; both desks know that the episode has been contacted before.
  EXPECT_EQ(log.count(PeerFact::request_transferred), 2U);
  for (const Fact& f : log.of(PeerFact::first_contact)) first_of_episode.push_back(f.small >> 8);
  EXPECT_EQ(first_of_episode, (std::vector{1, 0}));
}

TEST(Transfer, EndsWhenTheClientLeavesTheOrganization) {
  for (const SimDuration at : {hours(16) + minutes(30), days(2)}) {  // on its way, and at the other desk
    DeskBench bench{without_capacity()};
    bench.add_supporter(helper);
    bench.request(0, hours(10), Channel::self_referral, long_lasting);
    bench.tell(0, at, Happening::employment_ended, {0, 0, 0});
    const Fact end = *DeskBench::end_of_request(bench.run(), 0);
    EXPECT_EQ(end_of(end), RequestEnd::left);
    EXPECT_EQ(end.time, bench.at(at + minutes(30)));
  }
}

// The word of it comes into the session, which is from 18:00 to 18:30: no other one follows.
TEST(Transfer, EndsAfterTheSessionInWhichTheClientHasLeft) {
  Scenario s = sites(2);
  s.case_rules.max_sessions = 3;
  s.case_rules.continue_after_session = {1.0};
  DeskBench bench{s};
  bench.add_supporter(helper);
  bench.request(0, hours(10), Channel::self_referral, long_lasting);
  bench.tell(0, hours(17) + minutes(45), Happening::employment_ended, {0, 0, 0});
  const FactLog& log = bench.run();
  EXPECT_EQ(log.count(PeerFact::session_held), 1U);
  const Fact end = *DeskBench::end_of_request(log, 0);
  EXPECT_EQ(end_of(end), RequestEnd::left);
  EXPECT_EQ(end.time, bench.at(hours(18) + minutes(30)));
}

TEST(Transfer, OnItsWayAtTheEndIsStillWaiting) {
  Scenario s = sites(2);
  s.run.horizon = days(7) + hours(16) + minutes(40);
  DeskBench bench{s};
  bench.add_supporter(helper);
  bench.request(0, days(7) + hours(10), Channel::self_referral, long_lasting);
  const FactLog& log = bench.run();
  EXPECT_EQ(log.count(PeerFact::request_transferred), 1U);
  EXPECT_EQ(end_of(*DeskBench::end_of_request(log, 0)), RequestEnd::open_waiting);
}

TEST(Transfer, OnItsWayAtAGivenStartIsDropped) {
  Scenario s = sites(2);
  s.run.burn_in = weeks(1);
  s.today.given = Switch::on;
  DeskBench bench{s};
  bench.add_supporter(helper);
  bench.request(0, days(6) + hours(17) + minutes(20), Channel::self_referral, long_lasting);
  const FactLog& log = bench.run();
  EXPECT_EQ(log.of(PeerFact::request_transferred).at(0).time, bench.at(days(6) + hours(23) + minutes(40)));
  const Fact end = *DeskBench::end_of_request(log, 0);
  EXPECT_EQ(end_of(end), RequestEnd::dropped);
  EXPECT_EQ(end.time, bench.at(days(7) + minutes(10)));
}

// The other desk does not know when a supporter of this site gives sessions.
TEST(Transfer, KeepsSupportersWithCasesAtHome) {
  for (const bool has_case : {false, true}) {
    Scenario s = sites(2);
    s.case_rules.continue_after_session = {1.0};
    s.case_rules.max_sessions = 50;
    DeskBench bench{s};
    bench.add_supporter(0);
    bench.add_supporter(helper);
    if (has_case) bench.request(1, hours(1), Channel::self_referral, long_lasting);
    bench.request(0, hours(10), Channel::self_referral, long_lasting);
    EXPECT_EQ(bench.run().count(PeerFact::request_transferred), has_case ? 0U : 1U);
  }
}

TEST(Transfer, WhoeverIsInSupportElsewhereGivesNone) {
  Scenario s = sites(2);
  s.case_rules.continue_after_session = {1.0};
  s.case_rules.max_sessions = 2;
  DeskBench bench{s};
  bench.add_supporter(0);
  bench.add_supporter(helper);
  bench.request(0, hours(10), Channel::self_referral, long_lasting);  // sessions elsewhere on days 1 and 8
  bench.request(1, days(1), Channel::self_referral, long_lasting);
  const FactLog& log = bench.run();
  for (const Fact& f : log.of(PeerFact::supporter_assigned)) {
    const auto giver = bench.organization().supporters[f.subject].clinician.value();
    if (giver == 0) {
      EXPECT_GT(f.time, bench.at(days(7)));
    }
  }
  EXPECT_EQ(log.count(PeerFact::supporter_assigned), 2U);
}

}  // namespace
}  // namespace peercap::peer_support
