// Sessions, closing and referral.

#include <cmath>
#include <map>
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

FactLog run_one(const Scenario& s, DistressLevel level, Cause cause = Cause::clinical_event) {
  DeskBench bench{s};
  bench.add_supporter(9);
  bench.request(0, hours(10), Channel::self_referral, level, 1, cause);
  FactLog log;
  log.absorb(bench.run());
  return log;
}

TEST(Sessions, StopAtTheCapWithTheGapBetweenThem) {
  Scenario s = quiet();
  s.case_rules.continue_after_session = {1.0};
  s.case_rules.max_sessions = 4;
  const auto sessions = run_one(s, long_lasting).of(PeerFact::session_received);
  ASSERT_EQ(sessions.size(), 4U);
  for (std::size_t i = 1; i < sessions.size(); ++i) {
    EXPECT_GE(SimTime{sessions[i].a} - sessions[i - 1].time, days(7));
    EXPECT_LT(SimTime{sessions[i].a} - sessions[i - 1].time, days(7) + minutes(15));
  }
}

TEST(Sessions, TheThresholdRuleStopsWhenTheClientIsWell) {
  Scenario s = quiet();
  s.case_rules.closing_rule = ClosingRule::threshold;
  s.case_rules.max_sessions = 10;
  s.case_rules.effect_slow = {0.5};
  const FactLog log = run_one(s, {0.0, 3.0});  // 3 -> 1.5 -> .75
  EXPECT_EQ(log.count(PeerFact::session_held), 2U);
  EXPECT_EQ(testing::end_of(log.of(PeerFact::request_ended)[0]), RequestEnd::resolved);
}

TEST(Sessions, AnUnresolvedCaseIsReferredAtTheCap) {
  Scenario s = quiet();
  s.case_rules.unresolved_referral = {1.0};
  s.case_rules.max_sessions = 1;
  for (ReferralDestination& d : s.referrals.destinations) d.acceptance = {1.0};
  const FactLog log = run_one(s, long_lasting);
  EXPECT_EQ(testing::end_of(log.of(PeerFact::request_ended)[0]), RequestEnd::referred);
  EXPECT_EQ(log.count(PeerFact::referral_made), 1U);
  EXPECT_EQ(log.count(PeerFact::treatment_began), 1U);
  s.case_rules.effect_slow = {1.0};
  EXPECT_EQ(testing::end_of(run_one(s, long_lasting).of(PeerFact::request_ended)[0]), RequestEnd::resolved);
}

TEST(Sessions, ReferralsGoWhereTheCauseBelongs) {
  Scenario s = quiet();
  s.case_rules.early_referral = {1.0};
  ReferralDestination for_events{.name = "events", .weight_event = 1.0, .weight_personal = 0.0};
  ReferralDestination for_people{.name = "people", .weight_event = 0.0, .weight_personal = 2.0};
  s.referrals.destinations = {for_events, for_people};
  EXPECT_EQ(run_one(s, long_lasting, Cause::clinical_event).of(PeerFact::referral_made).at(0).subject, 0U);
  EXPECT_EQ(run_one(s, long_lasting, Cause::personal_event).of(PeerFact::referral_made).at(0).subject, 1U);
  s.referrals.destinations = {for_people};
  const FactLog log = run_one(s, long_lasting, Cause::clinical_event);
  EXPECT_EQ(log.count(PeerFact::referral_made), 0U);
  EXPECT_EQ(testing::end_of(log.of(PeerFact::request_ended)[0]), RequestEnd::closed_unresolved);
}

TEST(Sessions, TellTheUnitTheFactorOnDistress) {
  Scenario s = quiet();
  s.case_rules.effect_fast = {0.25};
  s.case_rules.effect_slow = {0.125};
  s.case_rules.continue_after_session = {1.0};
  s.case_rules.max_sessions = 2;
  DeskBench bench{s};
  bench.add_supporter(9);
  bench.request(2, hours(10), Channel::self_referral, long_lasting);
  bench.run();
  std::vector<std::uint64_t> numbers;
  for (const auto& heard : bench.heard(0)) {
    if (heard.kind != Happening::session_effect) continue;
    Event event;
    event.small = heard.position;
    event.a = heard.a;
    event.b = heard.b;
    const EffectMessage effect = EffectMessage::unpack(event);
    EXPECT_EQ(effect.position, 2);
    EXPECT_EQ(effect.keep_fast, 0.75F);
    EXPECT_EQ(effect.keep_slow, 0.875F);
    numbers.push_back(effect.session);
  }
  EXPECT_EQ(numbers, (std::vector<std::uint64_t>{1, 2}));
}

// A view that the unit sent before it knew of the session must not undo the session at the desk.
TEST(Sessions, AViewFromBeforeTheEffectDoesNotUndoIt) {
  Scenario s = quiet();
  s.case_rules.closing_rule = ClosingRule::threshold;
  s.case_rules.effect_slow = {0.8};
  s.case_rules.max_sessions = 5;
  for (const std::uint16_t effects_applied : {std::uint16_t{0}, std::uint16_t{1}}) {
    DeskBench bench{s};
    bench.add_supporter(9);
    bench.request(0, hours(10), Channel::self_referral, {0.0, 40.0});  // 8 after the session of 11:30
    bench.tell_distress(0, hours(12) + minutes(5), {0.0, 24.0}, effects_applied);
    const FactLog& log = bench.run();
    // 24 * .2 = 4.8 -> .96 with the view corrected; 24 -> 4.8 -> .96 takes one more session.
    EXPECT_EQ(log.count(PeerFact::session_held), effects_applied == 0 ? 2U : 3U);
  }
}

TEST(Sessions, StrainTheSupporterByTheClientsDistress) {
  Scenario s = quiet();
  s.run.horizon = weeks(1);
  s.supporters.secondary_trauma.decay = days(3650);
  const auto trauma_after = [&s](DistressLevel level) {
    return static_cast<double>(run_one(s, level).of(PeerFact::supporter_census).at(0).a) * 1e-6;
  };
  const double without = trauma_after({0.0, 0.0});  // well again before anybody comes: no session
  EXPECT_NEAR(trauma_after({0.0, 2.0}) - without, 0.1 * 2.0, 2e-3);
  EXPECT_NEAR(trauma_after({0.0, 9.0}) - without, 0.1 * 3.0, 2e-3);  // the cap
}

TEST(Sessions, SuccessAndFailureMoveSatisfaction) {
  Scenario s = quiet();
  s.run.horizon = weeks(1);
  s.supporters.compassion_satisfaction.decay = days(3650);
  s.supporters.protected_time = {10.0};
  const auto satisfaction_after = [&s](DistressLevel level) {
    return static_cast<double>(run_one(s, level).of(PeerFact::supporter_census).at(0).b) * 1e-6;
  };
  const double without = satisfaction_after({0.0, 0.0});
  EXPECT_NEAR(satisfaction_after(long_lasting) - without, 0.3, 2e-3);  // ended by agreement before the cap
  s.case_rules.max_sessions = 1;
  EXPECT_NEAR(satisfaction_after(long_lasting) - without, -0.2, 2e-3);  // unresolved at the cap
  s.case_rules.effect_slow = {1.0};
  EXPECT_NEAR(satisfaction_after(long_lasting) - without, 0.3, 2e-3);
}

TEST(Sessions, OfOneSupporterDoNotOverlap) {
  Scenario s = quiet();
  s.case_rules.max_cases = 10;
  DeskBench bench{s};
  bench.add_supporter(9);
  for (std::uint32_t person = 0; person < 5; ++person)
    bench.request(person, hours(10) + minutes(person), Channel::self_referral, long_lasting);
  const auto sessions = bench.run().of(PeerFact::session_received);
  ASSERT_EQ(sessions.size(), 5U);
  for (std::size_t i = 1; i < sessions.size(); ++i) EXPECT_GE(sessions[i].a, sessions[i - 1].time.ticks());
}

// Draws of the laws of length: four standard errors at n = 600 sessions, half an hour in the mean.
TEST(Sessions, LengthsFollowTheirLaw) {
  for (const auto& [law, spread] :
       {std::pair{ServiceLaw::fixed, 0.0}, {ServiceLaw::exponential, 1.0}, {ServiceLaw::lognormal, 0.3}}) {
    Scenario s = quiet();
    s.run.horizon = weeks(60);
    s.case_rules.session_law = law;
    s.case_rules.continue_after_session = {1.0};
    s.case_rules.max_sessions = 200;
    s.case_rules.max_cases = 100;
    s.case_rules.session_gap = days(3);
    DeskBench bench{s};
    bench.add_supporter(9);
    for (std::uint32_t person = 0; person < 5; ++person)
      bench.request(person, hours(10 + person), Channel::self_referral, long_lasting);
    double n = 0, mean = 0, square = 0;
    for (const Fact& f : bench.run().of(PeerFact::session_received)) {
      const double length = (f.time - SimTime{f.a}).in_hours();
      ++n;
      mean += length;
      square += length * length;
    }
    mean /= n;
    ASSERT_GT(n, 550.0);
    EXPECT_NEAR(mean, 0.5, 4 * 0.5 * spread / std::sqrt(n) + 1e-9);
    EXPECT_NEAR(std::sqrt(std::max(0.0, square / n - mean * mean)), 0.5 * spread, 0.2 * 0.5 * spread + 1e-6);
  }
}

}  // namespace
}  // namespace peercap::peer_support
