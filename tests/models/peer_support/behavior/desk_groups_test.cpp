// Group debriefs and follow-ups.

#include <bit>
#include <map>
#include <vector>

#include <gtest/gtest.h>

#include "tests/models/peer_support/desk_bench.h"

namespace peercap::peer_support {
namespace {

using testing::DeskBench;
using testing::FactLog;
using testing::HeardMessage;

constexpr DistressLevel long_lasting{0.0, 5.0};
constexpr std::uint64_t candidate = 77 << 14 | 3;

Scenario quiet() {
  return DeskBench::quiet_scenario();
}

std::vector<HeardMessage> heard_of(const DeskBench& bench, std::uint32_t unit, Happening kind) {
  std::vector<HeardMessage> found;
  for (const HeardMessage& heard : bench.heard(unit))
    if (heard.kind == kind) found.push_back(heard);
  return found;
}

std::vector<std::uint32_t> clinicians(DeskBench& bench, const std::vector<Fact>& facts) {
  std::vector<std::uint32_t> found;
  for (const Fact& f : facts) found.push_back(bench.organization().supporters[f.subject].clinician.value());
  return found;
}

TEST(GroupDebrief, IsHeldByTwoSupportersAfterTheDelay) {
  DeskBench bench{quiet()};
  for (const std::uint32_t supporter : {7U, 8U, 9U}) bench.add_supporter(supporter);
  bench.tell(0, hours(10) + minutes(5), Happening::group_debrief_wanted, {0, candidate, 5});
  const FactLog& log = bench.run();
  const auto held = heard_of(bench, 0, Happening::group_debrief_held);
  ASSERT_EQ(held.size(), 1U);
  EXPECT_EQ(held[0].a, candidate);
  EXPECT_EQ(std::bit_cast<double>(held[0].b), 1.0);
  // Two days later, up to the next quarter hour; an hour, and the way to the unit.
  EXPECT_EQ(held[0].time, bench.at(days(2) + hours(11) + minutes(30)));
  const auto work = log.of(PeerFact::program_time);
  ASSERT_EQ(work.size(), 2U);
  for (const Fact& f : work) {
    EXPECT_EQ(f.small, static_cast<std::uint16_t>(ProgramWork::group_debrief));
    EXPECT_EQ(f.time, bench.at(days(2) + hours(11) + minutes(15)));
    EXPECT_EQ(SimDuration{f.a + f.b}, minutes(90));  // with half an hour of administration
  }
}

TEST(GroupDebrief, IsNoneWherePeopleCannotMeet) {
  Scenario s = quiet();
  s.access.in_person = Switch::off;
  DeskBench bench{s};
  for (const std::uint32_t supporter : {7U, 8U, 9U}) bench.add_supporter(supporter);
  bench.tell(0, hours(10), Happening::group_debrief_wanted, {0, candidate, 5});
  EXPECT_EQ(bench.run().count(PeerFact::program_time), 0U);
  EXPECT_TRUE(heard_of(bench, 0, Happening::group_debrief_held).empty());
}

TEST(GroupDebrief, ByVideoHasThatEffect) {
  Scenario s = quiet();
  s.access.in_person = Switch::off;
  s.access.remote = Switch::on;
  s.access.remote_effect = 0.5;
  DeskBench bench{s};
  for (const std::uint32_t supporter : {7U, 8U, 9U}) bench.add_supporter(supporter);
  bench.tell(0, hours(10), Happening::group_debrief_wanted, {0, candidate, 5});
  (void)bench.run();
  const auto held = heard_of(bench, 0, Happening::group_debrief_held);
  ASSERT_EQ(held.size(), 1U);
  EXPECT_EQ(std::bit_cast<double>(held[0].b), 0.5);
}

TEST(GroupDebrief, TakesThoseWhoHaveWorkedLeast) {
  DeskBench bench{quiet()};
  for (const std::uint32_t supporter : {7U, 8U, 9U}) bench.add_supporter(supporter);
  bench.request(0, hours(1), Channel::self_referral, long_lasting);
  bench.tell(0, hours(10), Happening::group_debrief_wanted, {0, candidate, 5});
  const FactLog& log = bench.run();
  const auto helper = clinicians(bench, log.of(PeerFact::session_held)).at(0);
  auto facilitators = clinicians(bench, log.of(PeerFact::program_time));
  facilitators.push_back(helper);
  std::ranges::sort(facilitators);
  EXPECT_EQ(facilitators, (std::vector<std::uint32_t>{7, 8, 9}));
}

TEST(GroupDebrief, GoesAroundSessionsAndSessionsAroundIt) {
  Scenario s = quiet();
  s.activation.group_debrief.facilitators = 1;
  s.activation.group_debrief.delay = hours(1);
  s.access.lead_time = hours(2);
  DeskBench bench{s};
  bench.add_supporter(9);
  bench.request(0, hours(9) + minutes(40), Channel::self_referral, long_lasting);  // session 12:00-12:30
  bench.tell(0, hours(10) + minutes(45), Happening::group_debrief_wanted, {0, candidate, 5});
  bench.request(1, hours(10) + minutes(50), Channel::self_referral, long_lasting);  // would be at 13:15
  const FactLog& log = bench.run();
  EXPECT_EQ(log.of(PeerFact::program_time).at(0).time, bench.at(hours(13) + minutes(30)));  // from 12:30
  const auto sessions = log.of(PeerFact::session_received);
  ASSERT_EQ(sessions.size(), 2U);
  EXPECT_EQ(SimTime{sessions[0].a}, bench.at(hours(12)));
  EXPECT_EQ(SimTime{sessions[1].a}, bench.at(hours(13) + minutes(30)));
}

TEST(GroupDebrief, IsNotHeldWithoutEnoughSupporters) {
  DeskBench bench{quiet()};
  bench.add_supporter(9);
  bench.tell(0, hours(10), Happening::group_debrief_wanted, {0, candidate, 5});
  EXPECT_EQ(bench.run().count(PeerFact::program_time), 0U);
  EXPECT_TRUE(heard_of(bench, 0, Happening::group_debrief_held).empty());
}

TEST(GroupDebrief, IsHeldByThoseWhoAreStillThere) {
  DeskBench bench{quiet()};
  bench.add_supporter(8);
  bench.add_supporter(9);
  bench.tell(0, hours(10), Happening::group_debrief_wanted, {0, candidate, 5});
  bench.tell(1, days(1), Happening::employment_ended, {4, 0, 0});
  const FactLog& log = bench.run();
  EXPECT_EQ(clinicians(bench, log.of(PeerFact::program_time)), std::vector<std::uint32_t>{8});
  EXPECT_EQ(heard_of(bench, 0, Happening::group_debrief_held).size(), 1U);
}

TEST(GroupDebrief, StrainsItsFacilitators) {
  Scenario s = quiet();
  s.run.horizon = weeks(1);
  s.activation.group_debrief.facilitators = 1;
  s.supporters.secondary_trauma.decay = days(3650);
  std::vector<double> trauma;
  for (const bool wanted : {false, true}) {
    DeskBench bench{s};
    bench.add_supporter(9);
    if (wanted) bench.tell(0, hours(10), Happening::group_debrief_wanted, {0, candidate, 5});
    trauma.push_back(static_cast<double>(bench.run().of(PeerFact::supporter_census).at(0).a) * 1e-6);
  }
  EXPECT_NEAR(trauma[1] - trauma[0], 0.1, 1e-3);
}

TEST(FollowUp, TakesTheLastSupportersTimeAndAsksTheUnit) {
  Scenario s = quiet();
  for (const Switch enabled : {Switch::off, Switch::on}) {
    s.case_rules.follow_up.enabled = enabled;
    DeskBench bench{s};
    bench.add_supporter(9);
    bench.request(2, hours(10), Channel::self_referral, long_lasting);  // closed at 12:00
    const auto work = bench.run().of(PeerFact::program_time);
    const auto asked = heard_of(bench, 0, Happening::follow_up);
    ASSERT_EQ(work.size(), enabled == Switch::on ? 1U : 0U);
    ASSERT_EQ(asked.size(), work.size());
    if (work.empty()) continue;
    EXPECT_EQ(work[0].time, bench.at(days(28) + hours(12)));
    EXPECT_EQ(work[0].small, static_cast<std::uint16_t>(ProgramWork::follow_up));
    EXPECT_EQ(SimDuration{work[0].a + work[0].b}, minutes(15));
    EXPECT_EQ(asked[0].position, 2);
  }
}

TEST(FollowUp, TakesNobodysTimeWhenTheSupporterIsGone) {
  Scenario s = quiet();
  s.case_rules.follow_up.enabled = Switch::on;
  DeskBench bench{s};
  bench.add_supporter(9);
  bench.request(2, hours(10), Channel::self_referral, long_lasting);
  bench.tell(1, days(3), Happening::employment_ended, {4, 0, 0});
  EXPECT_EQ(bench.run().count(PeerFact::program_time), 0U);
  EXPECT_EQ(heard_of(bench, 0, Happening::follow_up).size(), 1U);
}

TEST(FollowUp, IsNotMadeToThoseWhoLeftOrWereReferred) {
  Scenario s = quiet();
  s.case_rules.follow_up.enabled = Switch::on;
  {
    DeskBench bench{s};
    bench.add_supporter(9);
    bench.request(2, hours(10), Channel::self_referral, long_lasting);
    bench.tell(0, days(3), Happening::employment_ended, {2, 0, 0});
    bench.run();
    EXPECT_TRUE(heard_of(bench, 0, Happening::follow_up).empty());
  }
  s.case_rules.early_referral = {1.0};
  DeskBench bench{s};
  bench.add_supporter(9);
  bench.request(2, hours(10), Channel::self_referral, long_lasting);
  bench.run();
  EXPECT_TRUE(heard_of(bench, 0, Happening::follow_up).empty());
}

// In the whole model: whoever is still distressed, and only they, is offered another case.
TEST(FollowUp, LeadsToAnotherOfferWhereThereIsNeed) {
  Scenario s = testing::busy_scenario(6, 12, 20);
  s.case_rules.follow_up = {.enabled = Switch::on, .after = days(7)};
  const auto run = testing::run_observed(s);
  std::map<std::uint32_t, bool> in_episode;
  std::size_t offers = 0;
  for (const Fact& f : run.log.facts()) {
    const PeerFact kind = testing::kind_of(f);
    if (kind == PeerFact::episode_began) in_episode[f.subject] = true;
    if (kind == PeerFact::request_made && testing::channel_of(f) == Channel::follow_up) {
      ++offers;
      EXPECT_TRUE(in_episode.contains(f.subject));
    }
  }
  std::size_t calls = 0;
  for (const Fact& f : run.log.of(PeerFact::program_time))
    calls += f.small == static_cast<std::uint16_t>(ProgramWork::follow_up) ? 1U : 0U;
  EXPECT_GT(offers, 5U);
  EXPECT_GT(calls, offers);
}

}  // namespace
}  // namespace peercap::peer_support
