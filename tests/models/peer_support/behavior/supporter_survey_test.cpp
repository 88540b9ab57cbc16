#include "models/peer_support/behavior/supporter_survey.h"

#include <array>
#include <cmath>

#include <gtest/gtest.h>

#include "sim/random/normal_quantile.h"
#include "tests/models/peer_support/world.h"

namespace peercap::peer_support {
namespace {

TEST(SupporterSurvey, RoundsTheLatentScoreWithItsError) {
  const Scenario s;
  const SupporterSurvey exact = read_survey(s, {18.4, 31.6, 0.5}, {});
  EXPECT_EQ(exact.trauma, 18.0);
  EXPECT_EQ(exact.satisfaction, 32.0);
  EXPECT_EQ(exact.exhaustion, std::floor(s.exhaustion.observed_mean + 11.5 * std::sqrt(0.8) * 0.5 + 0.5));
  const double u = 0.9;
  const double z = normal_quantile(u) * std::sqrt(0.2);
  const SupporterSurvey wrong = read_survey(s, {18.4, 31.6, 0.0}, {u, 1 - u, u});
  EXPECT_EQ(wrong.trauma, std::floor(18.4 + 5.5 * z + 0.5));
  EXPECT_EQ(wrong.satisfaction, std::floor(31.6 - 6.3 * z + 0.5));
  EXPECT_EQ(wrong.exhaustion, std::floor(s.exhaustion.observed_mean + 11.5 * z + 0.5));
}

TEST(SupporterSurvey, TheExhaustedAnswerLessOften) {
  Surveys spec{.response = {0.38}, .exhaustion_nonresponse = 0.5};
  EXPECT_NEAR(response_probability(spec, 0.0), 0.38, 1e-15);
  EXPECT_NEAR(response_probability(spec, 2.0), 1 / (1 + std::exp(1.0 - std::log(0.38 / 0.62))), 1e-14);
  spec.response = {1.0};
  EXPECT_EQ(response_probability(spec, 2.0), 1.0);
  spec.response = {0.0};
  EXPECT_EQ(response_probability(spec, -2.0), 0.0);
}

TEST(Challenge, IsTheGreatestObstacle) {
  const Exhaustion scale;
  const ChallengeGrounds nothing{.unit_workload = -2.0, .surveyed_exhaustion = 20.0};
  EXPECT_EQ(name_challenge(scale, nothing), Challenge::none);
  ChallengeGrounds grounds = nothing;
  grounds.weekly_hours_beyond = 0.1;
  EXPECT_EQ(name_challenge(scale, grounds), Challenge::time);
  grounds.skill = 0.6;  // .2 below what is enough
  EXPECT_EQ(name_challenge(scale, grounds), Challenge::training);
  grounds.surveyed_exhaustion = 27 + 11.5 * 0.3;
  EXPECT_EQ(name_challenge(scale, grounds), Challenge::own_stress);
  grounds.isolation = 0.5;
  EXPECT_EQ(name_challenge(scale, grounds), Challenge::isolation);
  grounds.unit_workload = 1.0;  // .25 x (1 + 1.2)
  EXPECT_EQ(name_challenge(scale, grounds), Challenge::time);
}

// Published: 91 % name any, time first, then (isolation and) personal stress. The weights are set to that.
TEST(Challenge, OfMostSupportersIsTimeThenTheirOwnStress) {
  const auto run = testing::run_observed(testing::plain_scenario(200, 25, 400));
  std::array<double, challenge_count> named{};
  for (const Fact& f : run.log.of(PeerFact::supporter_challenge)) named.at(f.small) += 1.0;
  const auto share = [&](Challenge c) {
    double all = 0.0;
    for (const double n : named) all += n;
    return named.at(static_cast<std::size_t>(c)) / all;
  };
  EXPECT_NEAR(1 - share(Challenge::none), 0.91, 0.04);
  EXPECT_GT(share(Challenge::time), 0.5);
  EXPECT_GT(share(Challenge::own_stress), 0.1);
  EXPECT_GT(share(Challenge::own_stress), share(Challenge::training));
}

}  // namespace
}  // namespace peercap::peer_support
