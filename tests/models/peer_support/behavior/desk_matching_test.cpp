// Who is given whom.

#include <algorithm>
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

/// Everybody a nurse in the middle of their career, but for those named.
void make_equal(Organization& o) {
  std::ranges::fill(o.professions, std::uint8_t{0});
  std::ranges::fill(o.stages, std::uint8_t{1});
}

/// The clinician who took on the `number`th assignment.
std::uint32_t helper_of(const DeskBench& bench, const FactLog& log, std::size_t number = 0) {
  const auto& supporters = const_cast<DeskBench&>(bench).organization().supporters;
  return supporters[log.of(PeerFact::supporter_assigned).at(number).subject].clinician.value();
}

TEST(Matching, NobodySupportsThemselves) {
  DeskBench bench{quiet()};
  bench.add_supporter(0);
  bench.request(0, hours(10), Channel::self_referral, long_lasting);
  EXPECT_EQ(bench.run().count(PeerFact::supporter_assigned), 0U);
}

TEST(Matching, WhoeverIsInSupportGivesNone) {
  DeskBench bench{quiet()};
  bench.add_supporter(9);
  bench.request(9, hours(10), Channel::self_referral, long_lasting);  // waits for ever: there is nobody else
  bench.request(0, hours(12), Channel::self_referral, long_lasting);
  EXPECT_EQ(bench.run().count(PeerFact::supporter_assigned), 0U);
}

TEST(Matching, ARequiredOtherUnitIsNeverGivenUp) {
  Scenario s = quiet();
  s.matching.different_unit = MatchRule::required;
  DeskBench bench{s};
  bench.add_supporter(1);
  bench.request(0, hours(10), Channel::self_referral, long_lasting);
  EXPECT_EQ(bench.run().count(PeerFact::supporter_assigned), 0U);
}

TEST(Matching, AWishedForRuleIsDroppedWhenTimeRunsOut) {
  Scenario s = quiet();
  s.matching.different_unit = MatchRule::preferred;
  DeskBench bench{s};
  bench.add_supporter(1);
  bench.request(0, hours(10), Channel::self_referral, long_lasting);
  const auto assigned = bench.run().of(PeerFact::supporter_assigned);
  ASSERT_EQ(assigned.size(), 1U);
  EXPECT_EQ(assigned[0].time, bench.at(days(1) + hours(10) + minutes(20)));  // a day after triage
  EXPECT_EQ(assigned[0].small, 1);
  EXPECT_EQ(assigned[0].b, 0);  // the client
}

struct WishCase {
  MatchRule Matching::*rule;
  std::vector<std::uint8_t> Organization::*trait;
};

class Wish : public ::testing::TestWithParam<int> {
 protected:
  static WishCase wish() {
    return GetParam() == 0 ? WishCase{&Matching::same_profession, &Organization::professions}
                           : WishCase{&Matching::same_career_stage, &Organization::stages};
  }
};

TEST_P(Wish, IsMetWhereSomebodyMeetsIt) {
  Scenario s = quiet();
  s.matching.*wish().rule = MatchRule::preferred;
  DeskBench bench{s};
  make_equal(bench.organization());
  (bench.organization().*wish().trait)[5] = 2;  // the first supporter is another kind of person
  bench.add_supporter(5);
  bench.add_supporter(6);
  bench.request(0, hours(10), Channel::self_referral, long_lasting);
  const FactLog& log = bench.run();
  EXPECT_EQ(helper_of(bench, log), 6U);
  EXPECT_EQ(log.of(PeerFact::supporter_assigned)[0].small, 0);
  EXPECT_EQ(log.of(PeerFact::supporter_assigned)[0].time, bench.at(hours(10) + minutes(20)));
}

TEST_P(Wish, IsCountedWhereItIsBroken) {
  Scenario s = quiet();
  s.matching.*wish().rule = MatchRule::preferred;
  DeskBench bench{s};
  make_equal(bench.organization());
  (bench.organization().*wish().trait)[5] = 2;
  bench.add_supporter(5);
  bench.request(0, hours(10), Channel::self_referral, long_lasting);
  const auto assigned = bench.run().of(PeerFact::supporter_assigned);
  ASSERT_EQ(assigned.size(), 1U);
  EXPECT_EQ(assigned[0].small, 1);
}

TEST_P(Wish, IsNeverBrokenWhenRequired) {
  Scenario s = quiet();
  s.matching.*wish().rule = MatchRule::required;
  DeskBench bench{s};
  make_equal(bench.organization());
  (bench.organization().*wish().trait)[5] = 2;
  bench.add_supporter(5);
  bench.request(0, hours(10), Channel::self_referral, long_lasting);
  EXPECT_EQ(bench.run().count(PeerFact::supporter_assigned), 0U);
}

INSTANTIATE_TEST_SUITE_P(ProfessionAndStage, Wish, ::testing::Values(0, 1));

TEST(Matching, EqualScoresGoToTheFirstInOrderOfClinicians) {
  Scenario s = quiet();
  s.matching.strain_weight = 0.0;
  DeskBench bench{s};
  make_equal(bench.organization());
  bench.add_supporter(8);
  bench.add_supporter(6);
  bench.request(0, hours(10), Channel::self_referral, long_lasting);
  EXPECT_EQ(helper_of(bench, bench.run()), 6U);
}

/// Clinicians who were given the cases of client 0, each of one session and two days after the last;
/// `distress` is the client's in each of them. Supporters are 5, 6, ...
std::vector<std::uint32_t> given_in_turn(const Scenario& s, const std::vector<double>& distress,
                                         std::uint32_t supporters) {
  DeskBench bench{s};
  make_equal(bench.organization());
  for (std::uint32_t clinician = 5; clinician < 5 + supporters; ++clinician) bench.add_supporter(clinician);
  for (std::size_t i = 0; i < distress.size(); ++i) {
    const SimDuration at = days(2 * static_cast<int>(i)) + hours(10);
    bench.request(0, at, Channel::self_referral, long_lasting, static_cast<std::uint32_t>(i + 1));
    bench.tell_distress(0, at + minutes(40), {0.0, distress[i]});
  }
  const FactLog& log = bench.run();
  std::vector<std::uint32_t> helpers;
  for (std::size_t i = 0; i < log.count(PeerFact::supporter_assigned); ++i)
    helpers.push_back(helper_of(bench, log, i));
  return helpers;
}

// Five supporters differ in nothing but the secondary trauma that they brought along, which nobody knows of.
TEST(Matching, EqualSupportersTakeTurns) {
  EXPECT_EQ(given_in_turn(quiet(), std::vector<double>(12, 2.0), 5),
            (std::vector<std::uint32_t>{5, 6, 7, 8, 9, 5, 6, 7, 8, 9, 5, 6}));
}

// One hard case weighs as much as three light ones.
TEST(Matching, WhoeverWasStrainedInTheRoleIsSpared) {
  Scenario s = quiet();
  s.matching.strain_weight = 10.0;
  // A session of distress 3 costs .61 of the score, one of 1.1 .22 of it; both fade by a third in 24 days.
  const std::vector distress{3.0, 1.1, 1.1, 1.1, 1.1};
  EXPECT_EQ(given_in_turn(s, distress, 2), (std::vector<std::uint32_t>{5, 6, 6, 6, 5}));
  s.matching.strain_weight = 0.0;
  EXPECT_EQ(given_in_turn(s, distress, 2), (std::vector<std::uint32_t>{5, 6, 5, 6, 5}));
}

// A wish worth .3 decides where steps are fine, and the order of clinicians where they are coarse.
TEST(Matching, ScoresWithinAStepAreEqual) {
  for (const double step : {0.1, 1.0}) {
    Scenario s = quiet();
    s.matching.score_step = step;
    s.matching.profession_weight = 0.3;
    s.matching.career_stage_weight = 0.0;
    s.matching.different_unit_weight = 0.0;
    DeskBench bench{s};
    make_equal(bench.organization());
    bench.organization().professions[5] = 2;
    bench.add_supporter(5);
    bench.add_supporter(6);
    bench.request(0, hours(10), Channel::self_referral, long_lasting);
    EXPECT_EQ(helper_of(bench, bench.run()), step < 0.5 ? 6U : 5U);
  }
}

TEST(Matching, LoadSpreadsCases) {
  Scenario s = quiet();
  s.matching.strain_weight = 0.0;
  DeskBench bench{s};
  make_equal(bench.organization());
  bench.add_supporter(6);
  bench.add_supporter(8);
  bench.request(0, hours(10), Channel::self_referral, long_lasting);
  bench.request(1, hours(10) + minutes(1), Channel::self_referral, long_lasting);
  const FactLog& log = bench.run();
  EXPECT_EQ(helper_of(bench, log, 0), 6U);
  EXPECT_EQ(helper_of(bench, log, 1), 8U);
}

TEST(Matching, AnEarlierMeetingOutweighsAnEqualUnit) {
  // The supporter of the other unit is on duty and not released until 17:00; the wait of a quarter of a day
  // costs .25.
  for (const double different_unit_weight : {0.1, 1.0}) {
    Scenario s = quiet();
    s.access.release_from_shift = {0.0};
    s.matching.strain_weight = 0.0;
    s.matching.different_unit_weight = different_unit_weight;
    DeskBench bench{s};
    make_equal(bench.organization());
    bench.organization().departments.push_back(bench.organization().departments[0]);
    bench.organization().departments[1].shift_pattern = ShiftPattern::round_the_clock_12h;
    bench.organization().units[0].department = 1;
    // In unit 0 the client and one supporter are of a team that is off this Monday.
    const Rota& rota = bench.rules().rota(ShiftPattern::round_the_clock_12h);
    int off = 0;
    while (rota.on_duty(off, bench.at(hours(12))) || rota.on_duty(off, bench.at(hours(22))) ||
           rota.on_duty(off, bench.at(hours(3))))
      ++off;
    bench.organization().teams[0] = bench.organization().teams[1] = static_cast<std::uint8_t>(off);
    bench.add_supporter(1);
    bench.add_supporter(6);
    bench.request(0, hours(10), Channel::self_referral, long_lasting);
    EXPECT_EQ(helper_of(bench, bench.run()), different_unit_weight < 0.5 ? 1U : 6U);
  }
}

TEST(Matching, ACaseLoadIsNeverExceeded) {
  Scenario s = quiet();
  s.case_rules.max_cases = 2;
  s.case_rules.max_sessions = 2;
  s.case_rules.continue_after_session = {1.0};
  DeskBench bench{s};
  bench.add_supporter(9);
  for (std::uint32_t person = 0; person < 5; ++person)
    bench.request(person, hours(10) + minutes(person), Channel::self_referral, long_lasting);
  const FactLog& log = bench.run();
  int open = 0;
  int most = 0;
  for (const Fact& f : log.facts()) {
    if (testing::kind_of(f) == PeerFact::supporter_assigned) most = std::max(most, ++open);
    if (testing::kind_of(f) == PeerFact::request_ended) --open;
  }
  EXPECT_EQ(most, 2);
  EXPECT_EQ(log.count(PeerFact::first_contact), 5U);
  // The third comes in order, when the first is closed.
  const auto assigned = log.of(PeerFact::supporter_assigned);
  ASSERT_EQ(assigned.size(), 5U);
  for (std::int64_t i = 0; i < 5; ++i) EXPECT_EQ(assigned[static_cast<std::size_t>(i)].b, i);
}

TEST(Matching, WithoutProtectedTimeARefusedSupporterWaitsForTheNextWeek) {
  Scenario s = quiet();
  s.supporters.unprotected_work = UnprotectedWork::refused;
  DeskBench bench{s};
  bench.add_supporter(9);
  // Half an hour a week: the first session uses it up and half an hour beyond.
  bench.request(0, hours(10), Channel::self_referral, long_lasting);
  bench.request(1, days(2), Channel::self_referral, long_lasting);
  const FactLog& log = bench.run();
  const auto assigned = log.of(PeerFact::supporter_assigned);
  ASSERT_EQ(assigned.size(), 2U);
  EXPECT_EQ(assigned[1].time, bench.at(days(7)));
  const auto held = log.of(PeerFact::session_held);
  ASSERT_EQ(held.size(), 2U);
  EXPECT_EQ(held[0].a, minutes(30).ticks());
  EXPECT_EQ(held[0].b, minutes(30).ticks());
}

}  // namespace
}  // namespace peercap::peer_support
