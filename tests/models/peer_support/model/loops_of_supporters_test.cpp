// The loops through supporters: what wears them out, what keeps them, what takes work from them. As in
// loops_test.cpp, gains are higher than the defaults, so that the directions are clear.

#include <cstdint>

#include <gtest/gtest.h>

#include "tests/models/peer_support/model/loop_effect.h"

namespace peercap::peer_support {
namespace {

using testing::Effect;
using testing::effect_between;
using testing::effect_of;
using testing::expect_lowered;
using testing::expect_raised;
using testing::Reading;
using testing::reading_of;

/// Mean latent score at the end, of supporters active then.
Reading mean_score(std::int64_t SupporterRow::*millionths) {
  return [millionths](const ReplicationOutcome& outcome) {
    double sum = 0.0;
    double active = 0.0;
    for (const SupporterRow& row : outcome.record.supporters) {
      if (!row.active_at_end) continue;
      sum += static_cast<double>(row.*millionths) / 1e6;
      active += 1.0;
    }
    return sum / active;
  };
}

/// 40 supporters who have much to do, without anybody who joins or rests.
Scenario supporter_scenario() {
  Scenario s = testing::loop_scenario();
  s.supporters.count = 40;
  s.activation.self_referral.hazard = per_day(0.1);
  s.supporters.recruitment.enabled = Switch::off;
  s.supporters.check_ins.interval_weeks = 0;
  s.supporters.leave.rate = {};
  return s;
}

// Hours beyond protected time make supporters leave, and those who stay have more of them.
TEST(Loops, OverloadDrivesSupportersOut) {
  Scenario s = supporter_scenario();
  s.supporters.protected_time = {0.0};
  s.supporters.exit.role_rate = per_year(0.1);
  s.supporters.exit.overload_effect = 0.3;
  s.loops.powerlessness = Switch::off;  // the hours act through the debt alone
  expect_raised(effect_of(s, &Loops::overload, reading_of(Measure::supporter_exits_per_year)), 0.5);
  expect_lowered(effect_of(s, &Loops::overload, reading_of(Measure::supporters_at_end)), 0.1);
  expect_raised(effect_of(s, &Loops::overload, reading_of(Measure::cases_per_supporter_year)), 0.05);
}

// The same hours tire those who stay, and tired supporters leave.
TEST(Loops, OverloadTiresSupporters) {
  Scenario s = supporter_scenario();
  s.supporters.protected_time = {0.0};
  s.exhaustion.overload_gain = 0.3;
  const Effect tired = effect_of(s, &Loops::overload, mean_score(&SupporterRow::exhaustion_millionths));
  EXPECT_GT(tired.mean, 4 * tired.error);
  EXPECT_GT(tired.mean, 0.2);
  s.supporters.exit = {.role_rate = per_year(0.3),
                       .exhaustion_effect = 1.0,
                       .trauma_effect = 0.0,
                       .satisfaction_effect = 0.0,
                       .overload_effect = 0.0};
  Scenario untiring = s;
  untiring.exhaustion.overload_gain = 0.0;
  expect_raised(effect_between(s, untiring, reading_of(Measure::supporter_exits_per_year)), 0.1);
}

TEST(Loops, MeaningKeepsSupporters) {
  Scenario s = supporter_scenario();
  s.supporters.exit.role_rate = per_year(1.0);
  s.supporters.exit.satisfaction_effect = 1.0;
  s.supporters.compassion_satisfaction.points_per_success = 3.0;
  expect_raised(effect_of(s, &Loops::meaning, mean_score(&SupporterRow::satisfaction_millionths)), 0.05);
  expect_lowered(effect_of(s, &Loops::meaning, reading_of(Measure::supporter_exits_per_year)), 0.2);
}

// Sessions without effect: cases end at the cap, unresolved.
TEST(Loops, PowerlessnessTakesSatisfactionAndDrivesSupportersOut) {
  Scenario s = supporter_scenario();
  s.case_rules.effect_fast = {0.0};
  s.case_rules.max_sessions = 1;
  s.case_rules.early_referral = {0.0};
  s.case_rules.unresolved_referral = {0.0};
  s.supporters.exit.role_rate = per_year(0.2);
  s.supporters.exit.satisfaction_effect = 1.0;
  s.supporters.compassion_satisfaction.points_per_failure = 3.0;
  expect_lowered(effect_of(s, &Loops::powerlessness, mean_score(&SupporterRow::satisfaction_millionths)),
                 0.05);
  expect_raised(effect_of(s, &Loops::powerlessness, reading_of(Measure::supporter_exits_per_year)), 0.2);
}

// A destination without places is no help either.
TEST(Loops, PowerlessnessComesFromReferralsThatFailToo) {
  Scenario s = supporter_scenario();
  s.case_rules.early_referral = {1.0};
  s.supporters.protected_time = {60.0};
  s.referrals.destinations = {{.name = "office", .places = 0, .acceptance = {1.0}, .patience = days(7)}};
  s.supporters.compassion_satisfaction.points_per_failure = 3.0;
  expect_lowered(effect_of(s, &Loops::powerlessness, mean_score(&SupporterRow::satisfaction_millionths)),
                 0.02);
}

TEST(Loops, CareLowersStrain) {
  Scenario s = supporter_scenario();
  s.supporters.secondary_trauma.points_per_session = 1.0;
  s.supporters.debrief_groups.interval_weeks = 1;
  s.supporters.debrief_groups.trauma_relief = {0.5};
  s.supporters.debrief_groups.debt_relief = {0.5};
  expect_lowered(effect_of(s, &Loops::care, mean_score(&SupporterRow::trauma_millionths)), 0.05);
}

// Debriefs take debt away, which would drive supporters out.
TEST(Loops, CareKeepsSupporters) {
  Scenario s = supporter_scenario();
  s.supporters.protected_time = {0.0};
  s.supporters.exit.role_rate = per_year(0.1);
  s.supporters.exit.overload_effect = 0.3;
  s.supporters.debrief_groups.interval_weeks = 1;
  s.supporters.debrief_groups.length = minutes(15);
  s.supporters.debrief_groups.debt_relief = {0.6};
  expect_lowered(effect_of(s, &Loops::care, reading_of(Measure::supporter_exits_per_year)), 0.2);
}

TEST(Loops, RecruitmentReplacesThoseWhoLeft) {
  Scenario s = supporter_scenario();
  s.supporters.exit.role_rate = per_year(0.7);
  s.supporters.recruitment = {
      .enabled = Switch::on, .interval_weeks = 13, .invited = 8, .acceptance_logit = 2.0};
  expect_raised(effect_of(s, &Loops::recruitment, reading_of(Measure::supporters_at_end)), 0.3);
}

// And the more supporters, the fewer wait.
TEST(Loops, RecruitmentLowersTheLoad) {
  Scenario s = testing::loop_scenario();
  s.supporters.count = 6;
  s.case_rules.max_cases = 2;
  s.supporters.exit.role_rate = per_year(1.0);
  s.supporters.recruitment = {
      .enabled = Switch::on, .interval_weeks = 8, .invited = 4, .acceptance_logit = 2.0};
  expect_lowered(effect_of(s, &Loops::recruitment, reading_of(Measure::waiting_mean)), 0.3);
  expect_lowered(effect_of(s, &Loops::recruitment, reading_of(Measure::unmet_episodes_share)), 0.1);
}

// Who is referred after the first session needs no more of them.
TEST(Loops, ReferralTakesWorkFromSupporters) {
  Scenario s = supporter_scenario();
  s.case_rules.early_referral = {0.5};
  s.case_rules.continue_after_session = {1.0};
  for (ReferralDestination& d : s.referrals.destinations) d.places = 1000;
  expect_lowered(effect_of(s, &Loops::referral, reading_of(Measure::sessions_per_year)), 0.2);
  expect_lowered(effect_of(s, &Loops::referral, reading_of(Measure::caseload_mean)), 0.2);
}

// As far as there are places: without them clients come back. Distress lasts, so that they are still in the
// episode.
TEST(Loops, ReferralWithoutPlacesSendsClientsBack) {
  Scenario s = supporter_scenario();
  s.distress.fast_decay = days(200);
  s.case_rules.early_referral = {1.0};
  s.referrals.destinations = {{.name = "office", .places = 0, .acceptance = {1.0}, .patience = days(7)}};
  s.referrals.return_after_loss = {0.0};
  Scenario returning = s;
  returning.referrals.return_after_loss = {1.0};
  expect_raised(effect_between(returning, s, reading_of(Measure::requests_per_year)), 0.2);
  expect_raised(effect_between(returning, s, reading_of(Measure::sessions_per_year)), 0.2);
}

}  // namespace
}  // namespace peercap::peer_support
