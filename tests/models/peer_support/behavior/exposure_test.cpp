// Who is exposed, how often, how severely.

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>

#include "tests/models/peer_support/world.h"

namespace peercap::peer_support {
namespace {

using testing::ObservedRun;
using testing::plain_scenario;
using testing::run_observed;

Cause cause_of(const Fact& exposure) {
  return static_cast<Cause>(exposure.small & 0xff);
}

/// Nobody asks on their own or is named by managers and colleagues.
void leave_only_outreach(Scenario& s) {
  s.activation.self_referral.enabled = Switch::off;
  s.activation.manager.enabled = Switch::off;
  s.activation.peer.enabled = Switch::off;
}

struct ExposureCase {
  ShiftPattern pattern;
  int unit_size;
};

class ExposureRate : public ::testing::TestWithParam<ExposureCase> {};

// 56 weeks are whole cycles of every rota. About 22,000 exposures; members of a team are hit together, which
// multiplies the variance by at most 1 + 0.35 * 12: four standard errors are below 6 %.
TEST_P(ExposureRate, IsWhatTheScenarioSays) {
  const auto [pattern, unit_size] = GetParam();
  const int units = 400 / unit_size;
  Scenario s = plain_scenario(units, unit_size, 0);
  testing::cut_feedback(s);
  s.program.enabled = Switch::off;
  s.run.horizon = weeks(56);
  s.environment.exposure_rate = per_year(52.0);
  s.organization.sites[0].departments[0].shift_pattern = pattern;
  const ObservedRun run = run_observed(s);
  const double expected = 52.0 * units * unit_size * 56 * 7 / 365;
  double clinical = 0.0;
  std::map<std::uint8_t, double> by_team;
  const auto exposures = run.log.of(PeerFact::exposure);
  for (const Fact& f : exposures) {
    if (cause_of(f) == Cause::personal_event) continue;
    ++clinical;
    ++by_team[run.organization.teams[f.subject]];
  }
  const auto all = static_cast<double>(exposures.size());
  const double inflation = 1.0 + 0.35 * unit_size / static_cast<double>(by_team.size());
  EXPECT_NEAR(clinical / (0.75 * expected), 1.0, 4 * std::sqrt(inflation / (0.75 * expected)));
  EXPECT_NEAR((all - clinical) / (0.25 * expected), 1.0, 4 / std::sqrt(0.25 * expected));
  EXPECT_NEAR(testing::measure(run.outcome, Measure::exposures_per_clinician_year), 52.0, 52.0 * 0.06);
}

INSTANTIATE_TEST_SUITE_P(AllPatterns, ExposureRate,
                         ::testing::Values(ExposureCase{ShiftPattern::office, 1},
                                           ExposureCase{ShiftPattern::office, 25},
                                           ExposureCase{ShiftPattern::day_evening, 1},
                                           ExposureCase{ShiftPattern::day_evening, 10},
                                           ExposureCase{ShiftPattern::round_the_clock_8h, 2},
                                           ExposureCase{ShiftPattern::round_the_clock_8h, 25},
                                           ExposureCase{ShiftPattern::round_the_clock_12h, 1},
                                           ExposureCase{ShiftPattern::round_the_clock_12h, 10}));

TEST(Exposures, ADepartmentsFactorScalesClinicalOnesAlone) {
  Scenario s = plain_scenario(16, 25, 0);
  testing::cut_feedback(s);
  s.program.enabled = Switch::off;
  s.environment.exposure_rate = per_year(20.0);
  const auto personal_exposures = [](const ObservedRun& run) {
    std::vector<std::tuple<std::int64_t, std::uint32_t, std::int64_t>> list;
    for (const Fact& f : run.log.of(PeerFact::exposure))
      if (cause_of(f) == Cause::personal_event) list.emplace_back(f.time.ticks(), f.subject, f.b);
    return list;
  };
  const ObservedRun plain = run_observed(s);
  s.organization.sites[0].departments[0].event_factor = 2.0;
  const ObservedRun doubled = run_observed(s);
  EXPECT_EQ(personal_exposures(plain), personal_exposures(doubled));
  const auto clinical = [&](const ObservedRun& run) {
    return static_cast<double>(run.log.count(PeerFact::exposure) - personal_exposures(run).size());
  };
  EXPECT_NEAR(clinical(doubled) / clinical(plain), 2.0, 0.25);  // 6,000 and 12,000, batches of about two
}

TEST(Exposures, HitOnlyTheTeamOnDuty) {
  Scenario s = testing::busy_scenario(4, 12, 0);
  s.program.enabled = Switch::off;
  const ObservedRun run = run_observed(s);
  const Rota& rota = run.rules->rota(ShiftPattern::round_the_clock_8h);
  int judged = 0;
  for (const Fact& f : run.log.of(PeerFact::exposure)) {
    if (cause_of(f) == Cause::personal_event) continue;
    EXPECT_TRUE(rota.on_duty(run.organization.teams[f.subject], f.time));
    ++judged;
  }
  EXPECT_GT(judged, 100);
}

// Susceptibility one: jumps are exponential; a slow one is severe, and the slow share of the severe are slow.
// Four standard errors each.
TEST(Exposures, JumpsAreExponentialAndOnlySevereOnesSlow) {
  Scenario s = plain_scenario(80, 25, 0);
  testing::cut_feedback(s);
  s.program.enabled = Switch::off;
  s.environment.exposure_rate = per_year(10.0);
  s.distress.susceptibility_log_sd = 0.0;
  const ObservedRun run = run_observed(s);
  double n = 0, sum = 0, severe = 0, slow = 0;
  for (const Fact& f : run.log.of(PeerFact::exposure)) {
    const double jump = static_cast<double>(f.b) * 1e-9;
    const bool is_slow = (f.small >> 8) != 0;
    ASSERT_TRUE(std::isfinite(jump) && jump > 0.0);
    ++n;
    sum += jump;
    severe += jump > 1.0 ? 1 : 0;
    slow += is_slow ? 1 : 0;
    EXPECT_TRUE(!is_slow || jump > 1.0);
  }
  const double mean = s.distress.jump_mean;
  const double share = s.distress.slow_share.value;
  const double p = std::exp(-1 / mean);
  EXPECT_NEAR(sum / n, mean, 4 * mean / std::sqrt(n));
  EXPECT_NEAR(severe / n, p, 4 * std::sqrt(p * (1 - p) / n));
  EXPECT_NEAR(slow / severe, share, 4 * std::sqrt(share * (1 - share) / severe));
}

TEST(Exposures, AnUnreportedEventNamesNobody) {
  Scenario s = testing::busy_scenario(4, 12, 2);
  leave_only_outreach(s);
  s.activation.outreach.report = {0.0};
  const ObservedRun run = run_observed(s);
  EXPECT_EQ(run.log.count(PeerFact::request_made), 0U);
  for (const Fact& f : run.log.of(PeerFact::clinical_event)) EXPECT_EQ(f.small, 0);
}

TEST(Exposures, AReportedEventNamesEveryDistressedMemberOfItsTeamAtFlagOne) {
  Scenario s = testing::busy_scenario(4, 12, 2);
  leave_only_outreach(s);
  s.activation.outreach.report = {1.0};
  s.activation.outreach.report_delay = SimDuration{};
  s.activation.outreach.flag = {1.0};
  const ObservedRun run = run_observed(s);
  // Replays who is in an episode: each clinical exposure of such a person makes one request a quarter of an
  // hour later.
  std::vector<bool> in_episode(run.organization.clinician_count());
  std::vector<std::pair<SimTime, std::uint32_t>> expected;
  std::vector<std::pair<SimTime, std::uint32_t>> made;
  std::vector<std::uint32_t> hit;
  for (const Fact& f : run.log.facts()) {
    switch (testing::kind_of(f)) {
      case PeerFact::episode_began:
        in_episode[f.subject] = true;
        break;
      case PeerFact::episode_ended:
        in_episode[f.subject] = false;
        break;
      case PeerFact::exposure:
        if (cause_of(f) == Cause::clinical_event) hit.push_back(f.subject);
        break;
      case PeerFact::clinical_event:
        for (const std::uint32_t person : hit)
          if (in_episode[person] && f.time + minutes(15) < run.rules->end)
            expected.emplace_back(f.time + minutes(15), person);
        hit.clear();
        break;
      case PeerFact::request_made:
        made.emplace_back(f.time, f.subject);
        break;
      default:
        break;
    }
  }
  std::ranges::sort(expected);
  std::ranges::sort(made);
  EXPECT_GT(made.size(), 50U);
  EXPECT_EQ(made, expected);
}

}  // namespace
}  // namespace peercap::peer_support
