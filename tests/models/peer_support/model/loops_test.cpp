// Each loop has its switch: cutting it changes what the loop is about, in the direction that the loop says.
// Gains are higher than the defaults, so that the directions are clear. Loops of supporters are tested in
// loops_of_supporters_test.cpp.

#include <gtest/gtest.h>

#include "tests/models/peer_support/model/loop_effect.h"

namespace peercap::peer_support {
namespace {

using testing::Effect;
using testing::effect_of;
using testing::expect_lowered;
using testing::expect_raised;
using testing::loop_scenario;
using testing::reading_of;

double last_of(const ReplicationOutcome& outcome, Series which) {
  return outcome.series[static_cast<std::size_t>(which)].back();
}

// The more exhausted, the more events, which exhaust.
TEST(Loops, ErrorBringsEventsAndExhaustion) {
  Scenario s = loop_scenario();
  s.environment.exhaustion_error_gain = 1.0;
  s.exhaustion.distress_gain = 0.3;
  s.exhaustion.overload_gain = 0.0;  // distress alone leads on
  s.organization.sites[0].departments[0].workload = 2.0;
  expect_raised(effect_of(s, &Loops::error, reading_of(Measure::clinical_events_per_year)), 0.2);
  const Effect exhaustion = effect_of(
      s, &Loops::error, [](const ReplicationOutcome& o) { return last_of(o, Series::exhaustion_mean); });
  EXPECT_GT(exhaustion.mean, 4 * exhaustion.error);
}

// People who were supported tell others, who then ask.
TEST(Loops, VisibilityMakesTheProgramKnownTrustedAndUsed) {
  Scenario s = loop_scenario();
  s.activation.awareness = {.initial = 0.2, .campaign = {}, .word_of_mouth = 10.0, .forgetting = {}};
  s.activation.trust = {.initial = 0.4, .learning = 0.1};
  expect_raised(effect_of(s, &Loops::visibility, reading_of(Measure::awareness_mean)), 0.3);
  expect_raised(effect_of(s, &Loops::visibility, reading_of(Measure::trust_mean)), 0.1);
  expect_raised(effect_of(s, &Loops::visibility, reading_of(Measure::self_referrals_per_year)), 0.3);
}

// Equal work lifts the mean to l / (1 - b).
TEST(Loops, ContagionSpreadsExhaustion) {
  Scenario s = loop_scenario();
  s.exhaustion.unit_gain = 0.5;
  s.organization.sites[0].departments[0].workload = 2.0;
  expect_raised(effect_of(s, &Loops::contagion,
                          [](const ReplicationOutcome& o) { return last_of(o, Series::exhaustion_mean); }),
                0.5);
}

TEST(Loops, ReliefShortensDistress) {
  Scenario s = loop_scenario();
  s.environment.exhaustion_error_gain = 0.0;  // the same events in both worlds
  s.activation.outreach.report = {1.0};
  s.activation.outreach.flag = {0.8};
  s.supporters.count = 60;
  s.case_rules.effect_fast = {0.6};
  s.case_rules.effect_slow = {0.6};
  expect_lowered(effect_of(s, &Loops::relief, reading_of(Measure::distressed_days_per_clinician_year)), 0.1);
  // Who is relieved does not ask again.
  expect_lowered(effect_of(s, &Loops::relief, reading_of(Measure::requests_per_year)), 0.1);
}

// Two supporters for 200 people: those who wait give up and lose trust, and ask less; the fewer wait.
TEST(Loops, DelayDrivesPeopleAwayAndHidesNeed) {
  Scenario s = loop_scenario();
  s.supporters.count = 2;
  s.case_rules.max_cases = 2;
  s.supporters.recruitment.enabled = Switch::off;
  s.access.withdrawal_later = per_week(0.3);
  s.activation.trust = {.initial = 0.6, .learning = 0.2};
  const Effect withdrawn = effect_of(s, &Loops::delay, reading_of(Measure::withdrawn_share));
  EXPECT_EQ(withdrawn.without, 0.0);
  EXPECT_GT(withdrawn.mean, 0.1);
  expect_lowered(effect_of(s, &Loops::delay, reading_of(Measure::trust_mean)), 0.2);
  expect_lowered(effect_of(s, &Loops::delay, reading_of(Measure::waiting_mean)), 0.2);
  // Fewer ask, and those who are contacted waited less, since the others are gone.
  expect_lowered(effect_of(s, &Loops::delay, reading_of(Measure::self_referrals_per_year)), 0.1);
  const Effect wait = effect_of(s, &Loops::delay, reading_of(Measure::hours_to_contact_median));
  EXPECT_LT(wait.mean, -3 * wait.error);
}

// Who recovers while waiting leaves the queue.
TEST(Loops, RecoveryShortensTheQueue) {
  Scenario s = loop_scenario();
  s.supporters.count = 2;
  s.case_rules.max_cases = 2;
  s.supporters.recruitment.enabled = Switch::off;
  s.access.withdrawal_first_week = {};
  s.access.withdrawal_later = {};
  const Effect recovered = effect_of(s, &Loops::recovery, reading_of(Measure::recovered_waiting_share));
  EXPECT_EQ(recovered.without, 0.0);
  EXPECT_GT(recovered.mean, 0.1);
  expect_lowered(effect_of(s, &Loops::recovery, reading_of(Measure::waiting_mean)), 0.1);
}

// Better conditions: less work and fewer events, hence less exhaustion.
TEST(Loops, UpstreamLowersEventsAndExhaustion) {
  Scenario s = loop_scenario();
  s.environment.exhaustion_error_gain = 0.0;
  s.upstream.workload_relief = 1.0;
  s.upstream.event_reduction = {0.3};
  const Effect events = effect_of(s, &Loops::upstream, reading_of(Measure::clinical_events_per_year));
  EXPECT_NEAR(events.mean / events.without, -0.3, 0.03);
  const Effect exhaustion = effect_of(
      s, &Loops::upstream, [](const ReplicationOutcome& o) { return last_of(o, Series::exhaustion_mean); });
  EXPECT_LT(exhaustion.mean, -4 * exhaustion.error);
  EXPECT_LT(exhaustion.mean, -0.15);  // a gain of 0.2 for one SD of workload
}

}  // namespace
}  // namespace peercap::peer_support
