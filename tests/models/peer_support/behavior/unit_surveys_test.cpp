// Survey waves among clinicians.

#include <cmath>
#include <map>
#include <vector>

#include <gtest/gtest.h>

#include "tests/models/peer_support/unit_bench.h"

namespace peercap::peer_support {
namespace {

using testing::plain_scenario;
using testing::share_margin;
using testing::UnitBench;

double normal_above(double z) {
  return 0.5 * std::erfc(z / std::sqrt(2.0));
}

/// 4,000 people of independent standard exhaustion, whom nothing exhausts further.
Scenario survey_scenario() {
  Scenario s = plain_scenario(160, 25, 0);
  testing::simplify_people(s);
  s.environment.exposure_rate = {};
  s.program.enabled = Switch::off;
  s.organization.unit_workload_sd = 0.0;
  s.organization.network.enabled = Switch::off;
  s.exhaustion.unit_gain = 0.0;
  s.exhaustion.observed_mean = 24.8;
  s.exhaustion.observed_sd = 11.5;
  s.surveys.interval_weeks = 13;
  s.surveys.response = {1.0};
  return s;
}

struct Wave {
  double answered = 0.0;
  double concerning = 0.0;
};

std::map<std::uint16_t, Wave> waves_of(const Scenario& s) {
  UnitBench bench{s};
  bench.run();
  std::map<std::uint16_t, Wave> waves;
  for (const Fact& f : bench.log().of(PeerFact::unit_survey)) {
    EXPECT_EQ(f.time, bench.rules().start + weeks(13 * f.small));
    waves[f.small].answered += static_cast<double>(f.a);
    waves[f.small].concerning += static_cast<double>(f.b);
  }
  return waves;
}

TEST(SurveyWaves, ComeAtTheirIntervalFromTheStartOn) {
  Scenario s = survey_scenario();
  s.run.burn_in = weeks(20);
  const auto waves = waves_of(s);
  ASSERT_EQ(waves.size(), 4U);  // weeks 0, 13, 26 and 39 of 52
  for (const auto& [number, wave] : waves) EXPECT_EQ(wave.answered, 4000.0);
  s.surveys.interval_weeks = 0;
  EXPECT_TRUE(waves_of(s).empty());
}

TEST(SurveyWaves, AreAnsweredByTheStatedShare) {
  Scenario s = survey_scenario();
  s.surveys.response = {0.38};
  for (const auto& [number, wave] : waves_of(s))
    EXPECT_NEAR(wave.answered / 4000, 0.38, share_margin(0.38, 4000));
}

// The tired answer less: so that the survey sees fewer of them than there are.
TEST(SurveyWaves, MissTheTiredWhereTheyAnswerLess) {
  Scenario s = survey_scenario();
  s.surveys.response = {0.38};
  const auto share = [&] {
    Wave sum;
    for (const auto& [number, wave] : waves_of(s)) {
      sum.answered += wave.answered;
      sum.concerning += wave.concerning;
    }
    return sum.concerning / sum.answered;
  };
  const double unbiased = share();
  s.surveys.exhaustion_nonresponse = 1.0;
  const double missed = share();
  s.surveys.exhaustion_nonresponse = -1.0;
  const double overstated = share();
  EXPECT_LT(missed, unbiased - 0.08);
  EXPECT_GT(overstated, unbiased + 0.08);
}

// A cut-off in the middle of an instrument of few points: N(25, 2) reaches 27, rounded, with P(X >= 26.5) =
// .227, unrounded with .159. Four standard errors at 4,000 are .026.
TEST(SurveyWaves, ReadRoundedScores) {
  Scenario s = survey_scenario();
  s.exhaustion.observed_mean = 25.0;
  s.exhaustion.observed_sd = 2.0;
  s.exhaustion.concern_cutoff = 27.0;
  const double expected = normal_above(0.75);
  for (const auto& [number, wave] : waves_of(s))
    EXPECT_NEAR(wave.concerning / wave.answered, expected, share_margin(expected, 4000));
}

TEST(SurveyWaves, ReadTheDefaultScaleByTheNormalLaw) {
  const double expected = normal_above((26.5 - 24.8) / 11.5);
  for (const auto& [number, wave] : waves_of(survey_scenario()))
    EXPECT_NEAR(wave.concerning / wave.answered, expected, share_margin(expected, 4000));
}

}  // namespace
}  // namespace peercap::peer_support
