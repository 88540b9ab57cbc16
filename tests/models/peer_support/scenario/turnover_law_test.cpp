#include "models/peer_support/scenario/turnover_law.h"

#include <cmath>

#include <gtest/gtest.h>

namespace peercap::peer_support {
namespace {

/// One profession that leaves at 0.2 a year, 2.24 times as fast when exhausted.
Scenario one_profession() {
  Scenario s;
  s.organization.professions = {{.name = "nurse", .share = 1.0}};
  s.organization.professions[0].turnover = per_year(0.2);
  return s;
}

/// Mean of `value` over a standard normal variable, by the trapezoidal rule.
template <class Function>
double normal_mean(Function value) {
  constexpr double step = 0.001;
  double sum = 0.0;
  for (double z = -9.0; z <= 9.0; z += step) sum += std::exp(-0.5 * z * z) * value(z) * step;
  return sum / std::sqrt(2.0 * std::acos(-1.0));
}

TEST(TurnoverLaw, AveragesTheHazardOverPassingExhaustion) {
  const Scenario s = one_profession();
  const TurnoverLaw law{s};
  const double cut = concerning_exhaustion(s.exhaustion);
  const double passing_sd = std::sqrt(1.0 - s.exhaustion.stable_share.value);
  for (const double lasting : {-1.5, 0.0, 1.0}) {
    const double exhausted =
        normal_mean([&](double z) { return lasting + passing_sd * z >= cut ? 1.0 : 0.0; });
    EXPECT_NEAR(law.rate(0, lasting), per_year(0.2).per_day * (1.0 + 1.24 * exhausted),
                1e-3 * per_year(0.2).per_day);
    EXPECT_NEAR(law.rate(0, lasting) * law.presence(0, lasting), per_year(0.2).per_day, 1e-15);
  }
}

TEST(TurnoverLaw, MeanAndSlopeAreThoseOfTheWholeWorkforce) {
  const Scenario s = one_profession();
  const TurnoverLaw law{s};
  const double cut = concerning_exhaustion(s.exhaustion);
  const auto rate_at = [&](double shift) {
    return normal_mean([&](double z) {
      return per_year(0.2).per_day * (z + shift >= cut ? s.turnover.burnout_ratio : 1.0);
    });
  };
  EXPECT_NEAR(law.mean_rate(), rate_at(0.0), 1e-3 * law.mean_rate());
  EXPECT_NEAR(law.mean_rate_slope(), (rate_at(0.1) - rate_at(-0.1)) / 0.2, 0.02 * law.mean_rate_slope());
}

// What decays with tau and is lost at rate nu has 1 / (1 / tau + nu) to act.
TEST(TurnoverLaw, LeavingShortensWhatPeopleCarry) {
  const Scenario s = one_profession();
  const TurnoverLaw law{s};
  EXPECT_NEAR(law.days_left_of(1600.0), 1.0 / (1.0 / 1600.0 + law.mean_rate()), 1e-9);
}

TEST(TurnoverLaw, WithoutTurnoverEverybodyStays) {
  Scenario s = one_profession();
  s.turnover.enabled = Switch::off;
  const TurnoverLaw law{s};
  EXPECT_EQ(law.rate(0, 2.0), 0.0);
  EXPECT_EQ(law.presence(0, 2.0), 1.0);
  EXPECT_EQ(law.mean_rate(), 0.0);
  EXPECT_EQ(law.mean_rate_slope(), 0.0);
  EXPECT_EQ(law.days_left_of(1600.0), 1600.0);
}

// Nobody is there for having stayed where the others have not left either.
TEST(TurnoverLaw, WhoeverNeverLeavesIsAsExhaustedAsTheyCame) {
  Scenario s = one_profession();
  s.organization.professions.push_back({.name = "owner", .share = 1.0, .turnover = per_year(0.0)});
  const TurnoverLaw law{s};
  EXPECT_LT(law.presence(0, 2.0), 0.6);
  EXPECT_EQ(law.presence(1, 2.0), 1.0);
  EXPECT_EQ(law.rate(1, 2.0), 0.0);
}

}  // namespace
}  // namespace peercap::peer_support
