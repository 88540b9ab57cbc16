// What the editorial on supporting peer supporters (doi:10.1016/j.jcjq.2022.05.001) says happens, each as the
// difference between two worlds of common chance. docs/theory/claims.md lists claim, mechanism and test.

#include <cmath>
#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

#include "tests/models/peer_support/model/loop_effect.h"

namespace peercap::peer_support {
namespace {

using testing::Effect;
using testing::effect_between;
using testing::expect_lowered;
using testing::expect_raised;
using testing::measure;
using testing::reading_of;

constexpr auto exhausted_clinicians = Measure::clinicians_exhaustion_concerning_share;

/// 1,000 people with 40 supporters.
Scenario hospital() {
  Scenario s = testing::plain_scenario(40, 25, 40);
  s.surveys.interval_weeks = 0;
  return s;
}

/// 400 people, many requests, sessions of large effect; no path from exhaustion to events.
Scenario effective_program(int supporters) {
  Scenario s = testing::busy_scenario(20, 20, supporters);
  s.run.horizon = weeks(52);
  s.surveys.interval_weeks = 0;
  s.turnover.enabled = Switch::off;
  s.environment.exhaustion_error_gain = 0.0;
  s.activation.outreach.report = {1.0};
  s.activation.outreach.flag = {0.8};
  s.case_rules.effect_fast = {0.6};
  s.case_rules.effect_slow = {0.6};
  return s;
}

// "Workload and inefficiency are root causes; upstream first": an SD of workload moves exhaustion, a fivefold
// program hardly does.
TEST(Claims, WorkloadAndInefficiencyAreTheCauseAndUpstreamWorkHelpsMost) {
  const Scenario usual = hospital();
  Scenario relieved = usual;
  relieved.upstream.workload_relief = 1.0;
  const Effect upstream = effect_between(relieved, usual, reading_of(exhausted_clinicians));
  expect_lowered(upstream, 0.05);
  Scenario inefficient = usual;
  inefficient.upstream.inefficiency = 1.0;
  expect_raised(effect_between(inefficient, usual, reading_of(exhausted_clinicians)), 0.05);
  Scenario large_program = usual;
  large_program.supporters.count = 200;
  large_program.supporters.protected_time = {4.0};
  EXPECT_LT(upstream.mean,
            effect_between(large_program, usual, reading_of(exhausted_clinicians)).mean - 0.02);
}

// Events come without any workload, overload or feedback.
TEST(Claims, DistressOccursEvenInOptimalSettings) {
  Scenario s = hospital();
  s.organization.unit_workload_sd = 0.0;
  s.exhaustion.workload_gain = 0.0;
  testing::cut_feedback(s);
  s.environment.personal_share = {0.0};
  const auto outcome = testing::run_observed(s).outcome;
  EXPECT_GT(measure(outcome, Measure::clinical_events_per_year), 100.0);
  EXPECT_GT(measure(outcome, Measure::episodes_per_clinician_year), 0.2);
}

// A serious event or a personal one in a year: 79 % (Hu 2012, doi:10.1001/archsurg.2011.312). At 1.56 a year
// 1 - exp(-1.56) are hit; team events come to several at once, hence .03.
TEST(Claims, FourInFiveAreExposedInAYear) {
  Scenario s = testing::plain_scenario(80, 25, 0);
  s.program.enabled = Switch::off;
  s.turnover.enabled = Switch::off;
  const auto run = testing::run_observed(s);
  std::vector<bool> hit(run.organization.clinician_count());
  for (const Fact& f : run.log.of(PeerFact::exposure)) hit[f.subject] = true;
  double share = 0.0;
  for (const bool one : hit) share += one ? 1.0 / static_cast<double>(hit.size()) : 0.0;
  EXPECT_NEAR(share, 0.79, 0.03);
}

// "Available at all hours."
TEST(Claims, AtAllHoursPeopleAreReachedSooner) {
  Scenario office = testing::busy_scenario(10, 20, 20);
  office.access.release_from_shift = {1.0};
  office.program.coordinator_windows = WeeklyWindows::always();
  office.program.coordinator_hours = {168.0};
  office.access.meeting_hours = *WeeklyWindows::parse("Mon-Fri 09:00-17:00");
  Scenario open = office;
  open.access.meeting_hours = WeeklyWindows::always();
  expect_lowered(effect_between(open, office, reading_of(Measure::hours_to_contact_median)), 0.2);
  expect_raised(effect_between(open, office, reading_of(Measure::contact_within_target_share)), 0.1);
}

// "Destigmatized."
TEST(Claims, StigmaKeepsPeopleFromAsking) {
  Scenario stigma = testing::busy_scenario(10, 20, 20);
  stigma.activation.self_referral.stigma_mean = 1.0;
  Scenario none = stigma;
  none.activation.self_referral.stigma_mean = 0.0;
  expect_raised(effect_between(none, stigma, reading_of(Measure::self_referrals_per_year)), 0.2);
}

// "Confidential."
TEST(Claims, BreachesOfConfidentialityCostTrustAndRequests) {
  Scenario kept = testing::busy_scenario(10, 20, 20);
  kept.run.horizon = weeks(52);
  Scenario broken = kept;
  broken.activation.trust.breach = {0.5};
  broken.activation.trust.breach_loss = {0.5};
  expect_lowered(effect_between(broken, kept, reading_of(Measure::trust_mean)), 0.2);
  expect_lowered(effect_between(broken, kept, reading_of(Measure::self_referrals_per_year)), 0.05);
}

// "One to three sessions, followed by a referral": who may hold more sessions refers fewer at the cap.
TEST(Claims, ShortSupportIsFollowedByReferrals) {
  Scenario one = testing::busy_scenario(10, 20, 40);
  one.case_rules.closing_rule = ClosingRule::threshold;
  one.case_rules.unresolved_referral = {1.0};
  one.case_rules.early_referral = {0.0};
  one.case_rules.max_sessions = 1;
  Scenario three = one;
  three.case_rules.max_sessions = 3;
  expect_raised(effect_between(one, three, reading_of(Measure::referred_share)), 0.05);
  expect_raised(effect_between(three, one, reading_of(Measure::sessions_per_year)), 0.5);
}

// "Peers and professionals": places of the destinations decide how long referred people wait.
TEST(Claims, ReferredPeopleWaitForPlaces) {
  Scenario wide = testing::busy_scenario(10, 20, 40);
  wide.case_rules.early_referral = {0.4};
  for (ReferralDestination& d : wide.referrals.destinations) d.places = 100;
  Scenario narrow = wide;
  for (ReferralDestination& d : narrow.referrals.destinations) d.places = 1;
  const Effect wait = effect_between(narrow, wide, reading_of(Measure::referral_wait_days_mean));
  EXPECT_GT(wait.mean, 4 * wait.error);
  EXPECT_GT(wait.mean, 3.0);
}

// "May mitigate burnout": only through distress, and only as far as sessions lower it.
TEST(Claims, SupportMitigatesExhaustionIfSessionsLowerDistress) {
  Scenario s = effective_program(100);
  s.exhaustion.distress_gain = 0.3;
  s.exhaustion.overload_gain = 0.0;
  Scenario without = s;
  without.program.enabled = Switch::off;
  expect_lowered(effect_between(s, without, reading_of(exhausted_clinicians)), 0.02);
  s.exhaustion.distress_gain = without.exhaustion.distress_gain = 0.0;
  EXPECT_EQ(effect_between(s, without, reading_of(exhausted_clinicians)).mean, 0.0);
}

// "Exhaustion from clinical work, not from the role": of supporters, by many sessions against none, and by an
// SD of workload.
TEST(Claims, ClinicalWorkExhaustsSupportersNotTheRole) {
  Scenario with = testing::busy_scenario(20, 20, 40);
  with.run.horizon = weeks(52);
  with.turnover.enabled = Switch::off;
  with.exhaustion.distress_gain = 0.0;  // clients' relief is not the question
  with.environment.exhaustion_error_gain = 0.0;
  with.supporters.check_ins.interval_weeks = 0;
  with.supporters.exit.role_rate = {};
  Scenario without = with;
  without.activation.self_referral.enabled = Switch::off;
  without.activation.outreach.enabled = Switch::off;
  without.activation.manager.enabled = Switch::off;
  without.activation.peer.enabled = Switch::off;
  const auto exhausted_supporters = reading_of(Measure::supporters_exhaustion_concerning_share);
  const Effect role = effect_between(with, without, exhausted_supporters);
  EXPECT_LT(std::abs(role.mean), 0.03);
  Scenario relieved = with;
  relieved.upstream.workload_relief = 1.0;
  const Effect work = effect_between(relieved, with, exhausted_supporters);
  EXPECT_LT(work.mean, -0.03);
  EXPECT_LT(work.mean, -2 * work.error);
}

// "91 % name a challenge: time, isolation, own stress" and "half need training": each is named more where
// there is more of it.
TEST(Claims, SupportersNameWhatHindersThem) {
  Scenario usual = testing::plain_scenario(40, 25, 200);
  Scenario busy = testing::busy_scenario(20, 20, 40);
  busy.surveys.interval_weeks = 4;
  busy.surveys.response = {1.0};
  busy.supporters.protected_time = {2.0};
  Scenario without_time = busy;
  without_time.supporters.protected_time = {0.0};
  expect_raised(effect_between(without_time, busy, reading_of(Measure::challenge_time_share)), 0.02);

  Scenario isolated = usual;
  isolated.environment.isolation = 0.6;
  const Effect apart = effect_between(isolated, usual, reading_of(Measure::challenge_isolation_share));
  EXPECT_GT(apart.mean, 0.02);

  Scenario strained = usual;
  strained.exhaustion.observed_mean += 6.0;
  expect_raised(effect_between(strained, usual, reading_of(Measure::challenge_own_stress_share)), 0.1);

  Scenario refreshed = usual;
  refreshed.run.burn_in = weeks(156);
  refreshed.supporters.training.skill_decay = weeks(52);
  refreshed.supporters.training.refresher_interval_weeks = 13;
  Scenario stale = refreshed;
  stale.supporters.training.refresher_interval_weeks = 0;
  const Effect training = effect_between(stale, refreshed, reading_of(Measure::challenge_training_share));
  EXPECT_GT(training.mean, 4 * training.error);
  EXPECT_GT(training.mean, 0.02);
}

// "Protected time": without it every hour is beyond it.
TEST(Claims, WithoutProtectedTimeSupportersGiveTheirOwn) {
  Scenario granted = testing::busy_scenario(10, 20, 20);
  granted.supporters.protected_time = {2.0};
  Scenario none = granted;
  none.supporters.protected_time = {0.0};
  expect_raised(effect_between(none, granted, reading_of(Measure::overload_hours_per_week)), 0.5);
}

// Their own stress lowers what supporters can give.
TEST(Claims, ExhaustedSupportersHelpLess) {
  Scenario unharmed = effective_program(60);
  unharmed.supporters.quality.exhaustion_cut = -1.0;
  unharmed.supporters.quality.floor = 0.0;
  unharmed.supporters.quality.exhaustion_loss = 0.0;
  Scenario harmed = unharmed;
  harmed.supporters.quality.exhaustion_loss = 1.0;
  expect_raised(effect_between(harmed, unharmed, reading_of(Measure::distressed_days_per_clinician_year)),
                0.01);
}

// "Administrative support is essential."
TEST(Claims, WithoutCoordinationNobodyIsReachedInTime) {
  Scenario enough = testing::busy_scenario(10, 20, 40);
  enough.program.coordinator_hours = {20.0};
  Scenario little = enough;
  little.program.coordinator_hours = {1.0};
  expect_lowered(effect_between(little, enough, reading_of(Measure::contact_within_limit_share)), 0.2);
  expect_lowered(effect_between(little, enough, reading_of(Measure::contacted_per_year)), 0.05);
}

// "Regular meetings and check-ins": debriefs take strain away.
TEST(Claims, MeetingsOfSupportersTakeStrainAway) {
  Scenario alone = testing::loop_scenario();
  alone.supporters.secondary_trauma.points_per_session = 2.0;
  alone.supporters.debrief_groups.interval_weeks = 0;
  Scenario together = alone;
  together.supporters.debrief_groups.interval_weeks = 1;
  together.supporters.debrief_groups.trauma_relief = {0.3};
  const auto trauma = [](const ReplicationOutcome& outcome) {
    double sum = 0.0;
    double count = 0.0;
    for (const SupporterRow& row : outcome.record.supporters) {
      if (!row.active_at_end) continue;
      sum += static_cast<double>(row.trauma_millionths) * 1e-6;
      count += 1.0;
    }
    return sum / count;
  };
  expect_lowered(effect_between(together, alone, trauma), 0.01);
}

// "Younger supporters: more burnout, less satisfaction": the shift of a career stage is theirs by common
// chance.
TEST(Claims, EarlyCareerSupportersDifferByTheShiftOfTheirStage) {
  Scenario shifted = testing::plain_scenario(60, 25, 1500);
  shifted.program.enabled = Switch::off;
  shifted.turnover.enabled = Switch::off;
  shifted.surveys.interval_weeks = 0;
  shifted.run.horizon = weeks(4);
  for (CareerStage& stage : shifted.organization.career_stages) stage.supporter_weight = 1.0;
  Scenario equal = shifted;
  for (CareerStage& stage : equal.organization.career_stages)
    stage.exhaustion_shift = stage.satisfaction_shift = 0.0;
  struct Means {
    double satisfaction = 0.0;
    double exhaustion = 0.0;
  };
  // Of the early stage less the middle one.
  const auto differences = [](const Scenario& s) {
    const auto run = testing::run_observed(s);
    Means sums[2];
    double counts[2] = {};
    for (std::size_t i = 0; i < run.outcome.record.supporters.size(); ++i) {
      const std::size_t stage = run.organization.stages[run.organization.supporters[i].clinician.index()];
      if (stage > 1) continue;
      const SupporterRow& row = run.outcome.record.supporters[i];
      sums[stage].satisfaction += static_cast<double>(row.satisfaction_millionths) * 1e-6;
      sums[stage].exhaustion += static_cast<double>(row.exhaustion_millionths) * 1e-6;
      counts[stage] += 1.0;
    }
    return Means{sums[0].satisfaction / counts[0] - sums[1].satisfaction / counts[1],
                 sums[0].exhaustion / counts[0] - sums[1].exhaustion / counts[1]};
  };
  const Means with = differences(shifted);
  const Means without = differences(equal);
  EXPECT_NEAR(with.satisfaction - without.satisfaction, -2.0, 1e-3);
  EXPECT_NEAR(with.exhaustion - without.exhaustion, 0.3, 0.05);
}

// "Colleagues are preferred": to a mental-health professional, and that one to employee assistance (88, 48
// and 29 % in Hu 2012). Offers of colleagues are accepted more often than referrals are taken up.
TEST(Claims, ColleaguesArePreferred) {
  Scenario s = testing::busy_scenario(20, 20, 100);
  s.run.horizon = weeks(52);
  s.case_rules.early_referral = {0.5};
  const auto run = testing::run_observed(s);
  double made[2] = {};
  double taken[2] = {};
  for (const Fact& f : run.log.of(PeerFact::referral_made)) {
    if (f.subject > 1) continue;
    made[f.subject] += 1.0;
    taken[f.subject] += f.small == 1 ? 1.0 : 0.0;
  }
  ASSERT_GT(made[1], 100.0);
  const double mental_health = taken[0] / made[0];
  const double assistance = taken[1] / made[1];
  const double colleagues = 1.0 - measure(run.outcome, Measure::offers_declined_share);
  EXPECT_GT(colleagues, mental_health + 0.1);
  EXPECT_GT(mental_health, assistance + 0.05);
}

// Sessions of a case at a chance of .5 to continue, at most three: 1 + 1/2 + 1/4.
TEST(Claims, SessionsOfACaseAreWhatChanceAndCapGive) {
  Scenario s = testing::busy_scenario(20, 25, 100);
  s.run.horizon = weeks(52);
  s.turnover.enabled = Switch::off;
  s.supporters.exit.role_rate = {};
  s.supporters.leave.rate = {};
  s.supporters.check_ins.interval_weeks = 0;
  s.case_rules.continue_after_session = {0.5};
  s.case_rules.max_sessions = 3;
  s.case_rules.early_referral = {0.0};
  const auto counts = testing::run_observed(s).outcome.record.counts;
  ASSERT_GT(counts.sessions_by_number[0], 500);
  EXPECT_NEAR(static_cast<double>(counts.sessions) / static_cast<double>(counts.sessions_by_number[0]), 1.75,
              0.08);
}

// Acceptance can differ by profession; by default nothing does but turnover.
TEST(Claims, ProfessionsCanDifferInWhatTheyAccept) {
  for (const Profession& profession : Scenario{}.organization.professions) {
    EXPECT_EQ(profession.acceptance_shift, 0.0);
    EXPECT_EQ(profession.stigma_shift, 0.0);
  }
  Scenario usual = testing::busy_scenario(10, 20, 40);
  Scenario reserved = usual;
  for (Profession& profession : reserved.organization.professions) profession.acceptance_shift = -2.0;
  expect_raised(effect_between(reserved, usual, reading_of(Measure::offers_declined_share)), 0.5);
}

}  // namespace
}  // namespace peercap::peer_support
