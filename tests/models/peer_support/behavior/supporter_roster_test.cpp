#include "models/peer_support/behavior/supporter_roster.h"

#include <cmath>
#include <memory>
#include <set>

#include <gtest/gtest.h>

#include "tests/models/peer_support/world.h"

namespace peercap::peer_support {
namespace {

using testing::plain_scenario;

struct RosterWorld {
  explicit RosterWorld(Scenario s)
      : rules{s}, random{s.run.seed, 0}, organization{build(s, random)}, roster{rules} {
    for (std::uint32_t i = 0; i < organization.supporters.size(); ++i)
      roster.add(organization, i, 0, rules.begin, random);
  }
  /// All of them supporters.
  static Organization build(Scenario& s, const RandomSource& random) {
    s.supporters.recruitment.enabled = Switch::off;
    return build_organization(s, random);
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
  s.relieved = true;
  EXPECT_FALSE(world.roster.has_capacity(s));
  s.relieved = false;
  s.role = SupporterRole::resting;
  EXPECT_FALSE(world.roster.has_capacity(s));
  EXPECT_EQ(world.roster.active_count(), 0U);
}

TEST(SupporterRoster, TheHazardOfLeavingIsLogLinear) {
  RosterWorld world{plain_scenario(1, 4, 1)};
  SupporterState& s = world.roster[0];
  s.trauma_baseline =
      world.rules.scenario.supporters.secondary_trauma.observed_mean + 2 * world.rules.trauma_latent_sd;
  s.satisfaction_baseline = world.rules.scenario.supporters.compassion_satisfaction.observed_mean -
                            world.rules.satisfaction_latent_sd;
  s.exhaustion = 1.5;
  s.overload_debt = 3.0;
  EXPECT_NEAR(world.roster.trauma_z(s), 2.0, 1e-12);
  EXPECT_NEAR(world.roster.exit_hazard(s),
              world.rules.scenario.supporters.exit.role_rate.per_day *
                  std::exp(0.2 * 1.5 + 0.1 * 2 + 0.2 * 1 + 0.1 * 3),
              1e-12);
}

TEST(SupporterRoster, WithoutTheOverloadLoopTirednessMakesNobodyLeave) {
  Scenario scenario = plain_scenario(1, 4, 1);
  scenario.loops.overload = Switch::off;
  RosterWorld world{scenario};
  SupporterState& s = world.roster[0];
  s.trauma_baseline = scenario.supporters.secondary_trauma.observed_mean;
  s.satisfaction_baseline = scenario.supporters.compassion_satisfaction.observed_mean;
  s.exhaustion = 1.5;
  s.overload_debt = 3.0;
  EXPECT_NEAR(world.roster.exit_hazard(s), scenario.supporters.exit.role_rate.per_day, 1e-12);
}

TEST(SupporterRoster, WithoutTheMeaningLoopSuccessGivesNothing) {
  Scenario scenario = plain_scenario(1, 4, 1);
  scenario.loops.meaning = Switch::off;
  RosterWorld world{scenario};
  SupporterState& s = world.roster[0];
  world.roster.succeed(s, world.rules.begin);
  EXPECT_EQ(s.satisfaction_change, 0.0);
  world.roster.fail(s, world.rules.begin);
  EXPECT_NEAR(s.satisfaction_change, -0.2, 1e-15);
}

TEST(SupporterRoster, WithoutThePowerlessnessLoopFailureAndOverloadTakeNothing) {
  Scenario scenario = plain_scenario(1, 4, 1);
  scenario.loops.powerlessness = Switch::off;
  RosterWorld world{scenario};
  SupporterState& s = world.roster[0];
  world.roster.fail(s, world.rules.begin);
  EXPECT_EQ(world.roster.work(s, hours(2), world.rules.begin).beyond, hours(2));
  EXPECT_EQ(s.satisfaction_change, 0.0);
  EXPECT_DOUBLE_EQ(s.overload_debt, 2.0);
}

TEST(SupporterRoster, SelfCareLetsAllStrainFadeFaster) {
  Scenario scenario = plain_scenario(1, 4, 1);
  scenario.supporters.self_care = 2.0;
  RosterWorld world{scenario};
  SupporterState& s = world.roster[0];
  s.trauma_strain = 1.0;
  s.satisfaction_change = -1.0;
  s.overload_debt = 1.0;
  world.roster.bring_up_to_date(s, world.rules.begin + days(30));
  EXPECT_NEAR(s.trauma_strain, std::exp(-1.0), 1e-14);
  EXPECT_NEAR(s.satisfaction_change, -std::exp(-1.0), 1e-14);
  EXPECT_NEAR(s.overload_debt, std::exp(-60.0 / 28), 1e-14);
}

TEST(SupporterRoster, MentoringKeepsStrainAwayFromEarlyCareers) {
  Scenario scenario = plain_scenario(1, 4, 1);
  const auto strain = [&scenario](bool first_stage) {
    RosterWorld world{scenario};
    SupporterState& s = world.roster[0];
    s.first_stage = first_stage;
    world.roster.strain(s, 2.0, world.rules.begin);
    return s.trauma_strain;
  };
  EXPECT_DOUBLE_EQ(strain(true), 0.2);
  scenario.supporters.early_career.supplement = Switch::on;
  EXPECT_DOUBLE_EQ(strain(true), 0.7 * 0.2);
  EXPECT_DOUBLE_EQ(strain(false), 0.2);
  scenario.loops.care = Switch::off;
  EXPECT_DOUBLE_EQ(strain(true), 0.2);
}

TEST(SupporterRoster, TrainingKeepsStrainAwayAsFarAsSkillLasts) {
  Scenario scenario = plain_scenario(1, 4, 1);
  scenario.supporters.training.strain_relief = {0.4};
  scenario.supporters.training.skill_floor = 0.0;
  RosterWorld world{scenario};
  SupporterState& s = world.roster[0];
  s.last_training = world.rules.begin;
  world.roster.strain(s, 2.0, world.rules.begin);
  EXPECT_DOUBLE_EQ(s.trauma_strain, 0.2 * 0.6);
  s.trauma_strain = 0.0;
  world.roster.strain(s, 2.0, world.rules.begin + weeks(156));
  EXPECT_NEAR(s.trauma_strain, 0.2 * (1 - 0.4 * std::exp(-1.0)), 1e-14);
}

TEST(SupporterRoster, SkillFadesTowardsItsFloor) {
  RosterWorld world{plain_scenario(1, 4, 1)};
  SupporterState& s = world.roster[0];
  s.last_training = world.rules.begin;
  EXPECT_DOUBLE_EQ(world.roster.skill(s, world.rules.begin), 1.0);
  EXPECT_NEAR(world.roster.skill(s, world.rules.begin + weeks(156)), 0.5 + 0.5 * std::exp(-1.0), 1e-14);
}

TEST(SupporterRoster, QualityIsSkillLessWhatExhaustionTakes) {
  RosterWorld world{plain_scenario(1, 4, 1)};
  SupporterState& s = world.roster[0];
  s.last_training = world.rules.begin;
  const SimTime later = world.rules.begin + weeks(156);
  s.exhaustion = 0.9;
  EXPECT_DOUBLE_EQ(world.roster.session_quality(s, later), world.roster.skill(s, later));
  s.exhaustion = 2.5;
  EXPECT_NEAR(world.roster.session_quality(s, later), (0.5 + 0.5 * std::exp(-1.0)) * std::exp(-0.2 * 1.5),
              1e-14);
  s.exhaustion = 20.0;
  EXPECT_DOUBLE_EQ(world.roster.session_quality(s, later), 0.3);
}

TEST(SupporterRoster, ADebriefTakesPartsOfStrainAndDebt) {
  RosterWorld world{plain_scenario(1, 4, 1)};
  SupporterState& s = world.roster[0];
  s.trauma_strain = 10.0;
  s.overload_debt = 10.0;
  world.roster.relieve(s, world.rules.begin);
  EXPECT_DOUBLE_EQ(s.trauma_strain, 8.0);
  EXPECT_DOUBLE_EQ(s.overload_debt, 9.0);
}

TEST(RecentWork, CoversAQuarter) {
  RecentWork work;
  work.add(3.0, 1.3);
  for (int week = 0; week < 12; ++week) work.begin_week();
  work.add(2.0, 0.0);
  EXPECT_DOUBLE_EQ(work.worked(), 5.0);
  EXPECT_DOUBLE_EQ(work.weekly_hours_beyond(), 0.1);
  work.begin_week();
  EXPECT_DOUBLE_EQ(work.worked(), 2.0);
  EXPECT_DOUBLE_EQ(work.weekly_hours_beyond(), 0.0);
}

// 2,000 supporters: the time since training and the part of the term are uniform (standard error of the mean
// .0065, four of them), and not the same draw.
TEST(SupporterRoster, BeginsSomewhereBetweenTwoRefreshersAndWithinATerm) {
  Scenario scenario = plain_scenario(80, 25, 2000);
  scenario.supporters.terms.weeks = 100;
  const RosterWorld world{scenario};
  double trained = 0, served = 0, both = 0;
  for (std::size_t i = 0; i < world.roster.size(); ++i) {
    const double x = (world.rules.begin - world.roster[i].last_training).in_days() / (7.0 * 52);
    const double y = (world.rules.begin - world.roster[i].term_began).in_days() / (7.0 * 100);
    ASSERT_TRUE(x >= 0 && x <= 1 && y >= 0 && y <= 1);
    trained += x / 2000;
    served += y / 2000;
    both += (x - 0.5) * (y - 0.5) * 12 / 2000;
  }
  EXPECT_NEAR(trained, 0.5, 0.026);
  EXPECT_NEAR(served, 0.5, 0.026);
  EXPECT_NEAR(both, 0.0, 0.09);
}

// A session strains everybody by as much, and nobody's career stage or profession moves the trauma they began
// with: each person's is the same in a workforce of early and in one of late careers.
TEST(SupporterRoster, SecondaryTraumaKnowsNeitherStageNorProfession) {
  const auto workforce_of = [](std::size_t stage) {
    Scenario s = plain_scenario(20, 25, 500);
    s.turnover.enabled = Switch::off;
    for (std::size_t i = 0; i < s.organization.career_stages.size(); ++i) {
      s.organization.career_stages[i].share = i == stage ? 1.0 : 0.0;
      s.organization.career_stages[i].supporter_weight = 1.0;
    }
    return s;
  };
  RosterWorld early{workforce_of(0)};
  RosterWorld late{workforce_of(2)};
  ASSERT_EQ(early.roster.size(), 500U);
  ASSERT_EQ(late.roster.size(), 500U);
  std::set<std::size_t> professions;
  for (std::size_t i = 0; i < 500; ++i) {
    professions.insert(early.organization.professions[early.organization.supporters[i].clinician.index()]);
    EXPECT_EQ(early.roster[i].trauma_baseline, late.roster[i].trauma_baseline);
    for (RosterWorld* world : {&early, &late}) {
      world->roster.strain(world->roster[i], 2.0, world->rules.begin);
      EXPECT_EQ(world->roster[i].trauma_strain, early.roster[0].trauma_strain);
    }
  }
  EXPECT_GT(early.roster[0].trauma_strain, 0.0);
  EXPECT_EQ(professions.size(), 4U);
}

// All 5,000 people of a workforce as supporters; means within four standard errors.
TEST(SupporterRoster, BaselinesFollowTheLatentLaws) {
  Scenario scenario = plain_scenario(200, 25, 5000);
  for (CareerStage& stage : scenario.organization.career_stages) stage.satisfaction_shift = 0.0;
  const RosterWorld world{scenario};
  double trauma = 0, trauma_square = 0, satisfaction = 0;
  for (std::size_t i = 0; i < world.roster.size(); ++i) {
    const double x = world.roster[i].trauma_baseline - scenario.supporters.secondary_trauma.observed_mean;
    trauma += x / 5000;
    trauma_square += x * x / 5000;
    satisfaction +=
        (world.roster[i].satisfaction_baseline - scenario.supporters.compassion_satisfaction.observed_mean) /
        5000;
  }
  EXPECT_DOUBLE_EQ(world.rules.trauma_latent_sd, 5.5 * std::sqrt(0.8));
  EXPECT_NEAR(trauma, 0.0, 4 * 4.92 / std::sqrt(5000));
  EXPECT_NEAR(std::sqrt(trauma_square), 4.919, 4 * 4.92 / std::sqrt(10000));
  EXPECT_NEAR(satisfaction, 0.0, 4 * 5.64 / std::sqrt(5000));
}

}  // namespace
}  // namespace peercap::peer_support
