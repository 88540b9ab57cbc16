// Supporters' scores, time in the role and case loads: worlds made by hand.

#include <cmath>

#include <gtest/gtest.h>

#include "tests/models/peer_support/observation/hand_made.h"

namespace peercap::peer_support {
namespace {

using testing::HandMade;

Scenario four_supporters() {
  Scenario s = HandMade::small_world();
  s.supporters.count = 4;
  return s;
}

/// A supporter active at the end, with latent points and SD.
void census(HandMade& world, std::uint32_t supporter, double trauma, double satisfaction, double exhaustion,
            std::int64_t open_cases = 0) {
  const auto millionths = [](double value) { return static_cast<std::int64_t>(std::lround(value * 1e6)); };
  world.state(weeks(4), PeerFact::supporter_census, supporter, millionths(trauma), millionths(satisfaction));
  world.state(weeks(4), PeerFact::supporter_exhaustion, supporter, millionths(exhaustion), open_cases);
}

// 22.4 is rounded to 22 and low, 22.6 is not; 41.6 is rounded to 42 and high. Exhaustion of 27 points and
// more is concerning: 24.5 points are the mean, the latent SD is 10 x .8.
TEST(LatentScores, AreClassifiedAsRoundedPointsWithoutError) {
  Scenario s = four_supporters();
  s.exhaustion.observed_mean = 24.5;
  s.exhaustion.observed_sd = 10.0;
  s.exhaustion.reliability = 0.64;
  HandMade world{s};
  census(world, 0, 22.4, 22.4, 0.26);  // 26.58 points: 27
  census(world, 1, 22.6, 22.6, 0.24);  // 26.42 points: 26
  census(world, 2, 41.4, 41.6, 1.0);
  census(world, 3, 41.6, 50.0, -1.0);
  EXPECT_DOUBLE_EQ(world[Measure::latent_trauma_low_share], 0.25);
  EXPECT_DOUBLE_EQ(world[Measure::latent_trauma_moderate_share], 0.5);
  EXPECT_DOUBLE_EQ(world[Measure::latent_trauma_high_share], 0.25);
  EXPECT_DOUBLE_EQ(world[Measure::latent_satisfaction_low_share], 0.25);
  EXPECT_DOUBLE_EQ(world[Measure::latent_satisfaction_moderate_share], 0.25);
  EXPECT_DOUBLE_EQ(world[Measure::latent_satisfaction_high_share], 0.5);
  EXPECT_DOUBLE_EQ(world[Measure::latent_supporters_exhaustion_concerning_share], 0.5);
}

// With perfect instruments a survey reads the latent score.
TEST(SurveyedScores, AreTheLatentOnesWithoutError) {
  Scenario s = four_supporters();
  s.exhaustion.reliability = 1.0;
  s.supporters.secondary_trauma.reliability = 1.0;
  s.supporters.compassion_satisfaction.reliability = 1.0;
  s.supporters.check_ins = {.interval_weeks = 0, .exhaustion_cut = 40.0, .trauma_cut = 30.0};
  s.exhaustion.observed_mean = 24.5;
  s.exhaustion.observed_sd = 10.0;
  HandMade world{s};
  census(world, 0, 29.4, 20.0, 1.54);  // 39.9 points: 40, at the cut
  census(world, 1, 29.6, 30.0, 0.0);   // 30 points of trauma, at the cut
  census(world, 2, 29.4, 44.0, 1.49);  // 39.4 points: below both cuts
  census(world, 3, 42.0, 45.0, 2.0);   // above both
  EXPECT_DOUBLE_EQ(world[Measure::supporters_above_check_in_cut_share], 0.75);
  EXPECT_DOUBLE_EQ(world[Measure::trauma_moderate_share], 0.75);
  EXPECT_DOUBLE_EQ(world[Measure::trauma_high_share], 0.25);
  EXPECT_DOUBLE_EQ(world[Measure::satisfaction_low_share], 0.25);
  EXPECT_DOUBLE_EQ(world[Measure::satisfaction_moderate_share], 0.25);
  EXPECT_DOUBLE_EQ(world[Measure::satisfaction_high_share], 0.5);
  EXPECT_DOUBLE_EQ(world[Measure::satisfaction_moderate_high_share], 0.75);
  const HandMade nobody{s};
  EXPECT_TRUE(std::isnan(nobody[Measure::satisfaction_high_share]));
  EXPECT_TRUE(std::isnan(nobody[Measure::latent_trauma_low_share]));
}

// From the begin of the run, a week before the horizon, to its end: 5 weeks. From there to day 14: 3 weeks.
// Trained at day 7, then away and back: 3 weeks to the end. In training only, or gone before the horizon:
// none.
TEST(Tenure, RunsFromTheEndOfTrainingToTheExit) {
  Scenario s = four_supporters();
  s.supporters.count = 6;
  HandMade world{s};
  const auto role = [&](SimDuration at, std::uint32_t supporter, SupporterRole from, SupporterRole to) {
    world.state(at, PeerFact::supporter_role, supporter, static_cast<std::int64_t>(from), 0,
                static_cast<unsigned>(to));
  };
  using enum SupporterRole;
  role(-1 * weeks(1), 0, active, active);
  role(-1 * weeks(1), 1, active, active);
  world.state(days(14), PeerFact::supporter_left, 1, 0, 0, static_cast<unsigned>(ExitReason::role));
  role(-1 * days(3), 2, candidate, training);
  role(days(7), 2, training, active);
  role(days(10), 2, active, on_leave);
  role(days(20), 2, on_leave, active);
  role(days(1), 3, candidate, training);
  role(-1 * weeks(1), 4, active, active);
  world.state(-1 * days(2), PeerFact::supporter_left, 4, 0, 0, static_cast<unsigned>(ExitReason::role));
  EXPECT_NEAR(world[Measure::tenure_years_mean], 11.0 / 3.0 * 7.0 / 365.0, 1e-9);
  EXPECT_NEAR(world[Measure::tenure_years_median], 3 * 7.0 / 365.0, 1e-9);
}

TEST(CaseLoad, HasItsHighEndOverWeeksAndOverSupporters) {
  HandMade world{four_supporters()};
  const std::int64_t open[] = {1, 2, 3, 8};
  for (int week = 0; week < 4; ++week)
    world.state(weeks(week), PeerFact::desk_week, 0, 0, open[week], week == 2 ? 0U : 2U);
  // Loads .5, 1 and 4; week 2 has no supporters. Type 7: between the second and third, at .9 of the way.
  EXPECT_NEAR(world[Measure::caseload_p95], 1.0 + 0.9 * 3.0, 1e-12);
  census(world, 0, 20, 30, 0, 0);
  census(world, 1, 20, 30, 0, 2);
  census(world, 2, 20, 30, 0, 3);
  EXPECT_NEAR(world[Measure::caseload_at_end_p95], 2.9, 1e-12);
}

TEST(SupporterMix, CountsThoseActiveAtTheEnd) {
  HandMade world{four_supporters()};
  world.observer.count_people();
  census(world, 0, 20, 30, 0);
  census(world, 3, 20, 30, 0);
  const RunRecord& record = world.observer.record();
  for (const auto& grouping : record.groups) {
    std::int64_t supporters = 0;
    for (const GroupRow& row : grouping) supporters += row.supporters;
    EXPECT_EQ(supporters, 2);
  }
  const std::uint8_t profession =
      world.organization.professions[world.organization.supporters[3].clinician.index()];
  EXPECT_GE(record.groups[0][profession].supporters, 1);
}

}  // namespace
}  // namespace peercap::peer_support
