#include "models/peer_support/behavior/supporter_roster.h"

#include <cmath>
#include <memory>

#include <gtest/gtest.h>

#include "tests/models/peer_support/world.h"

namespace peercap::peer_support {
namespace {

using testing::plain_scenario;

struct RosterWorld {
  explicit RosterWorld(const Scenario& s)
      : rules{s}, random{s.run.seed, 0}, organization{build_organization(s, random)}, roster{rules} {
    for (std::uint32_t i = 0; i < organization.supporters.size(); ++i)
      roster.add(organization, i, 0, rules.begin, random);
  }
  Rules rules;
  RandomSource random;
  Organization organization;
  SupporterRoster roster;
};

TEST(SupporterRoster, StrainAddsDistressUpToTheCapAndDecays) {
  RosterWorld world{plain_scenario(1, 4, 1)};
  SupporterState& s = world.roster[0];
  const SimTime t = world.rules.begin;
  world.roster.strain(s, 2.0, t);
  EXPECT_DOUBLE_EQ(s.trauma_strain, 0.1 * 2.0);
  world.roster.strain(s, 50.0, t + days(60));
  EXPECT_NEAR(s.trauma_strain, 0.2 * std::exp(-1.0) + 0.1 * 3.0, 1e-14);
  world.roster.bring_up_to_date(s, t + days(180));
  EXPECT_NEAR(s.trauma_strain, (0.2 * std::exp(-1.0) + 0.3) * std::exp(-2.0), 1e-14);
}

TEST(SupporterRoster, SatisfactionRisesAndFallsByWhatHappens) {
  RosterWorld world{plain_scenario(1, 4, 1)};
  SupporterState& s = world.roster[0];
  const SimTime t = world.rules.begin;
  world.roster.succeed(s, t);
  world.roster.fail(s, t);
  EXPECT_NEAR(s.satisfaction_change, 0.3 - 0.2, 1e-15);
  EXPECT_EQ(world.roster.work(s, hours(2), t).beyond, hours(2));  // nothing has been granted yet
  EXPECT_NEAR(s.satisfaction_change, 0.1 - 0.1 * 2, 1e-15);
  world.roster.bring_up_to_date(s, t + days(60));
  EXPECT_NEAR(s.satisfaction_change, -0.1 * std::exp(-1.0), 1e-15);
}

TEST(SupporterRoster, ProtectedTimeIsBankedUpToTheCarry) {
  RosterWorld world{plain_scenario(1, 4, 1)};
  SupporterState& s = world.roster[0];
  for (int week = 0; week < 10; ++week) world.roster.grant_protected_time(s);
  EXPECT_DOUBLE_EQ(s.protected_balance, 4 * 0.5);
  const WorkedTime first = world.roster.work(s, minutes(90), world.rules.begin);
  EXPECT_EQ(first.covered, minutes(90));
  EXPECT_EQ(first.beyond, SimDuration{});
  const WorkedTime second = world.roster.work(s, minutes(90), world.rules.begin);
  EXPECT_EQ(second.covered, minutes(30));
  EXPECT_EQ(second.beyond, minutes(60));
  EXPECT_DOUBLE_EQ(s.overload_debt, 1.0);
  EXPECT_DOUBLE_EQ(s.protected_balance, 0.0);
  world.roster.bring_up_to_date(s, world.rules.begin + days(28));
  EXPECT_NEAR(s.overload_debt, std::exp(-1.0), 1e-15);
}

TEST(SupporterRoster, CapacityEndsAtTheCapWithTheTimeOrWithTheRole) {
  Scenario scenario = plain_scenario(1, 4, 1);
  scenario.supporters.unprotected_work = UnprotectedWork::refused;
  RosterWorld world{scenario};
  SupporterState& s = world.roster[0];
  EXPECT_FALSE(world.roster.has_capacity(s));
  world.roster.grant_protected_time(s);
  EXPECT_TRUE(world.roster.has_capacity(s));
  s.open_cases = 3;
  EXPECT_FALSE(world.roster.has_capacity(s));
  s.open_cases = 2;
  s.exit = ExitReason::role;
  EXPECT_FALSE(world.roster.has_capacity(s));
  EXPECT_EQ(world.roster.active_count(), 0U);
}

TEST(SupporterRoster, TheHazardOfLeavingIsLogLinear) {
  RosterWorld world{plain_scenario(1, 4, 1)};
  SupporterState& s = world.roster[0];
  s.trauma_baseline = 17.4 + 2 * world.rules.trauma_latent_sd;
  s.satisfaction_baseline = 32.2 - world.rules.satisfaction_latent_sd;
  s.exhaustion = 1.5;
  s.overload_debt = 3.0;
  EXPECT_NEAR(world.roster.trauma_z(s), 2.0, 1e-12);
  EXPECT_NEAR(world.roster.exit_hazard(s), 0.053 / 365 * std::exp(0.2 * 1.5 + 0.1 * 2 + 0.2 * 1 + 0.1 * 3),
              1e-12);
}

// All 5,000 people of a workforce as supporters; means within four standard errors.
TEST(SupporterRoster, BaselinesFollowTheLatentLaws) {
  Scenario scenario = plain_scenario(200, 25, 5000);
  for (CareerStage& stage : scenario.organization.career_stages) stage.satisfaction_shift = 0.0;
  const RosterWorld world{scenario};
  double trauma = 0, trauma_square = 0, satisfaction = 0;
  for (std::size_t i = 0; i < world.roster.size(); ++i) {
    const double x = world.roster[i].trauma_baseline - 17.4;
    trauma += x / 5000;
    trauma_square += x * x / 5000;
    satisfaction += (world.roster[i].satisfaction_baseline - 32.2) / 5000;
  }
  EXPECT_DOUBLE_EQ(world.rules.trauma_latent_sd, 5.5 * std::sqrt(0.8));
  EXPECT_NEAR(trauma, 0.0, 4 * 4.92 / std::sqrt(5000));
  EXPECT_NEAR(std::sqrt(trauma_square), 4.919, 4 * 4.92 / std::sqrt(10000));
  EXPECT_NEAR(satisfaction, 0.0, 4 * 5.64 / std::sqrt(5000));
}

}  // namespace
}  // namespace peercap::peer_support
