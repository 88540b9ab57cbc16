// What becomes of clients who give up waiting for a destination.

#include <algorithm>
#include <vector>

#include <gtest/gtest.h>

#include "models/peer_support/behavior/case_ledger.h"
#include "models/peer_support/organization/draw_purpose.h"
#include "sim/random/distributions.h"
#include "tests/models/peer_support/desk_bench.h"
#include "tests/models/peer_support/unit_bench.h"

namespace peercap::peer_support {
namespace {

using testing::DeskBench;
using testing::end_of;
using testing::FactLog;
using testing::UnitBench;

constexpr DistressLevel long_lasting{0.0, 5.0};

/// Every case ends with a referral to one destination that has no place, where patience is a week.
Scenario without_places() {
  Scenario s = DeskBench::quiet_scenario();
  s.run.horizon = weeks(30);
  s.case_rules.early_referral = {1.0};
  s.referrals.destinations = {{.name = "office", .places = 0, .acceptance = {1.0}, .patience = days(7)}};
  s.referrals.return_after_loss = {1.0};
  return s;
}

std::vector<testing::HeardMessage> heard(const DeskBench& bench, std::uint32_t unit, Happening kind) {
  std::vector<testing::HeardMessage> found;
  for (const testing::HeardMessage& message : bench.heard(unit))
    if (message.kind == kind) found.push_back(message);
  return found;
}

// An hour each way, and a quarter of an hour to the unit.
TEST(ReferralLoss, TheUnitHearsThatTheClientMayAskAgain) {
  DeskBench bench{without_places()};
  bench.add_supporter(9);
  bench.request(0, hours(10), Channel::self_referral, long_lasting, 7);
  const FactLog& log = bench.run();
  EXPECT_EQ(end_of(*DeskBench::end_of_request(log, 0)), RequestEnd::referred);
  const auto lost = log.of(PeerFact::referral_given_up);
  ASSERT_EQ(lost.size(), 1U);
  const auto told = heard(bench, 0, Happening::ask_again);
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].time, lost[0].time + hours(1) + minutes(15));
  EXPECT_EQ(told[0].position, 0);
  EXPECT_EQ(told[0].a, 7U);
}

// Forty clients, each decided by a draw of their own.
TEST(ReferralLoss, ReturnsHaveTheirProbability) {
  Scenario s = without_places();
  s.referrals.return_after_loss = {0.3};
  DeskBench bench{s};
  bench.add_supporter(9);
  std::size_t expected = 0;
  for (std::uint32_t i = 0; i < 40; ++i) {
    bench.request(0, days(static_cast<int>(2 * i)) + hours(10), Channel::self_referral, long_lasting, i + 1);
    const double uniform = bench.random()
                               .draw(bench.organization().person_keys[0], DrawPurpose::return_after_loss,
                                     (i + 1) * requests_per_episode)
                               .uniform();
    if (uniform < 0.3) ++expected;
  }
  EXPECT_EQ(bench.run().count(PeerFact::referral_given_up), 40U);
  EXPECT_EQ(heard(bench, 0, Happening::ask_again).size(), expected);
  EXPECT_NEAR(static_cast<double>(expected), 12.0, 4 * 2.9);
}

/// Satisfaction at the end of the one supporter, decay aside.
double satisfaction(Scenario s) {
  s.supporters.compassion_satisfaction.decay = days(3650);
  s.supporters.protected_time = {60.0};
  s.supporters.compassion_satisfaction.points_per_failure = 4.0;
  DeskBench bench{s};
  bench.add_supporter(9);
  bench.request(0, hours(10), Channel::self_referral, long_lasting);
  const FactLog& log = bench.run();
  return static_cast<double>(log.of(PeerFact::supporter_census).at(0).b) / 1e6;
}

TEST(ReferralLoss, IsAFailureToTheSupporterWhoReferred) {
  Scenario s = without_places();
  const double lost = satisfaction(s);
  s.referrals.destinations[0].places = 1;
  const double helped = satisfaction(s);
  EXPECT_NEAR(lost - helped, -4.0, 0.3);  // less what half a year of ten takes back
  s.referrals.destinations[0].places = 0;
  s.loops.powerlessness = Switch::off;
  EXPECT_EQ(satisfaction(s), helped);
}

// Who was referred because nobody came is nobody's failure: the supporter came later.
TEST(ReferralLoss, OfAReferralByTheOfficeIsNobodysFailure) {
  Scenario s = without_places();
  s.case_rules.overflow.to_professional = Switch::on;
  s.case_rules.overflow.professional_after = days(1);
  s.supporters.compassion_satisfaction.points_per_failure = 4.0;
  s.supporters.training.duration = days(30);
  s.supporters.training.drop_out = {0.0};
  s.supporters.recruitment = {
      .enabled = Switch::on, .interval_weeks = 1, .invited = 10, .acceptance_logit = 20.0};
  DeskBench bench{s};
  bench.add_candidate(9, 0);
  bench.request(0, hours(10), Channel::self_referral, long_lasting);
  const FactLog& log = bench.run();
  EXPECT_EQ(end_of(*DeskBench::end_of_request(log, 0)), RequestEnd::overflow_referred);
  EXPECT_EQ(log.count(PeerFact::referral_given_up), 1U);
  EXPECT_EQ(heard(bench, 0, Happening::ask_again).size(), 1U);
  const auto census = log.of(PeerFact::supporter_census);
  ASSERT_EQ(census.size(), 1U);
  s.loops.powerlessness = Switch::off;
  DeskBench without{s};
  without.add_candidate(9, 0);
  without.request(0, hours(10), Channel::self_referral, long_lasting);
  EXPECT_NEAR(static_cast<double>(census[0].b),
              static_cast<double>(without.run().of(PeerFact::supporter_census).at(0).b), 1e6);
}

/// Each second person is told, in every week, that they may ask again in their first episode.
TEST(AskingAgain, IsLeftToThoseWhoAreStillInTheEpisode) {
  Scenario s = testing::single_shot_scenario();
  s.run.horizon = weeks(12);
  s.activation.outreach.enabled = Switch::off;
  s.activation.self_referral.enabled = Switch::off;
  s.organization.sites[0].departments[0].units = 40;
  s.distress.fast_decay = duration_from_days(30);
  s.environment.exposure_rate = per_year(6.0);  // so that many are in a later episode by then
  UnitBench bench{s};
  for (int week = 1; week < 12; ++week)
    for (std::uint32_t unit = 0; unit < 40; ++unit)
      for (std::uint16_t position = 0; position < 25; position += 2)
        bench.tell(unit, weeks(week), Happening::ask_again, {position, 1, 0});
  std::size_t expected = 0;
  for (const Fact& f : bench.run().facts()) {
    const PeerFact kind = testing::kind_of(f);
    if ((kind != PeerFact::episode_ended && kind != PeerFact::episode_open) || f.a != 1) continue;
    if (f.subject % 25 % 2 != 0) continue;
    for (int week = 1; week < 12; ++week) {
      const SimTime told = bench.rules().begin + weeks(week);
      if (SimTime{f.b} <= told && told < f.time) ++expected;
    }
  }
  EXPECT_GT(expected, 100U);
  EXPECT_EQ(bench.requests(Channel::self_referral).size(), expected);
  EXPECT_EQ(bench.heard(Happening::request).size(), expected);
}

TEST(AskingAgain, ComesToNothingWhileACaseIsOpen) {
  Scenario s = testing::single_shot_scenario();
  s.run.horizon = weeks(12);
  s.activation.outreach.enabled = Switch::off;
  s.activation.self_referral.enabled = Switch::off;
  s.distress.fast_decay = duration_from_days(300);
  UnitBench bench{s};
  bench.open_cases();
  for (int day = 14; day < 80; ++day)
    for (std::uint32_t unit = 0; unit < 160; ++unit)
      for (std::uint16_t position = 0; position < 25; ++position)
        bench.tell(unit, days(day), Happening::ask_again, {position, 1, 0});
  bench.run();
  std::vector<std::uint32_t> asked;
  for (const testing::SentRequest& request : bench.requests(Channel::self_referral))
    asked.push_back(request.clinician);
  EXPECT_GT(asked.size(), 100U);
  std::ranges::sort(asked);
  EXPECT_TRUE(std::ranges::adjacent_find(asked) == asked.end());
}

}  // namespace
}  // namespace peercap::peer_support
