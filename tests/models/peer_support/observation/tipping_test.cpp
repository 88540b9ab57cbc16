#include "models/peer_support/observation/tipping.h"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "tests/models/peer_support/observation/hand_made.h"

namespace peercap::peer_support {
namespace {

using testing::HandMade;

double growth(const TippingTerms& t, double supporters, double load) {
  const double overload = std::max(0.0, load / supporters - t.protected_hours);
  return t.recruits - supporters * (t.other_exits + t.role_exits * std::exp(t.effect * overload));
}

/// Whether supporters can hold their number anywhere at this load: a fine scan of N.
bool has_equilibrium(const TippingTerms& t, double load) {
  for (double supporters = 0.01; supporters < 4000.0; supporters *= 1.0005)
    if (growth(t, supporters, load) >= 0.0) return true;
  return false;
}

/// The fold by bisection.
double fold(const TippingTerms& t) {
  double low = 0.0;
  double high = 1e5;
  for (int step = 0; step < 40; ++step) {
    const double middle = (low + high) / 2;
    (has_equilibrium(t, middle) ? low : high) = middle;
  }
  return low;
}

// Without other exits the fold is r exp(c p - 1) / (b c): 6 exp(.1 - 1) / (.15 x .2).
TEST(Tipping, HasTheClosedFormOfTheFold) {
  const TippingTerms terms{.recruits = 6.0, .role_exits = 0.15, .effect = 0.2, .protected_hours = 0.5};
  EXPECT_NEAR(tipping_load(terms), 81.3139, 1e-4);
  EXPECT_NEAR(tipping_load(terms), 6.0 * std::exp(0.2 * 0.5 - 1.0) / (0.15 * 0.2), 1e-9);
}

TEST(Tipping, IsWhereTheEquilibriaEnd) {
  const TippingTerms cases[] = {
      {.recruits = 6.0, .role_exits = 0.15, .effect = 0.2, .protected_hours = 0.5},
      {.recruits = 6.0, .role_exits = 0.15, .other_exits = 0.1, .effect = 0.2, .protected_hours = 0.5},
      {.recruits = 8.0, .role_exits = 0.03, .other_exits = 0.09, .effect = 0.5, .protected_hours = 0.5},
      {.recruits = 3.0, .role_exits = 0.4, .effect = 0.9, .protected_hours = 1.0},
      // Where overload matters so much that the number of supporters is least at its begin.
      {.recruits = 6.0, .role_exits = 0.3, .other_exits = 0.03, .effect = 1.5, .protected_hours = 1.0},
      {.recruits = 6.0, .role_exits = 0.3, .other_exits = 0.3, .effect = 1.5, .protected_hours = 1.0},
  };
  for (const TippingTerms& terms : cases)
    EXPECT_NEAR(tipping_load(terms), fold(terms), 1e-3 * fold(terms)) << terms.effect;
}

TEST(Tipping, IsNotDefinedWithoutRecruitsExitsOrEffect) {
  const TippingTerms terms{.recruits = 6.0, .role_exits = 0.15, .effect = 0.2, .protected_hours = 0.5};
  for (double TippingTerms::*member :
       {&TippingTerms::recruits, &TippingTerms::role_exits, &TippingTerms::effect}) {
    TippingTerms without = terms;
    without.*member = 0.0;
    EXPECT_TRUE(std::isnan(tipping_load(without)));
  }
}

/// Recruits of 12 each 26 weeks, half of whom join at trust one half, a tenth drops out.
Scenario terms_scenario() {
  Scenario s = HandMade::small_world();  // nobody leaves the organization
  s.supporters.recruitment = {
      .interval_weeks = 26, .invited = 12, .acceptance_logit = 0.0, .trust_gain = 1.0};
  s.supporters.training.drop_out = {0.1};
  s.supporters.exit = {.role_rate = per_year(0.2), .overload_effect = 0.1};
  s.supporters.overload_decay = days(28);
  s.supporters.debrief_groups.interval_weeks = 0;
  s.loops.powerlessness = Switch::off;
  s.exhaustion.overload_gain = 0.0;
  s.supporters.protected_time = {0.75};
  return s;
}

// An hour a week keeps up a debt of four hours for 28 days of decay.
TEST(Tipping, TakesItsTermsFromTheScenario) {
  Scenario s = terms_scenario();
  const auto terms_of = [](const Scenario& scenario, double trust, double concerning) {
    const HandMade world{scenario};
    return tipping_terms(world.rules, world.organization, trust, concerning);
  };
  const TippingTerms plain = terms_of(s, 0.5, 0.4);
  EXPECT_NEAR(plain.recruits, 12 * 365.0 / 7 / 26 * 0.5 * 0.9, 1e-9);
  EXPECT_NEAR(plain.role_exits, 0.2, 1e-9);
  EXPECT_EQ(plain.other_exits, 0.0);
  EXPECT_NEAR(plain.effect, 0.4, 1e-12);
  EXPECT_EQ(plain.protected_hours, 0.75);
  EXPECT_NEAR(terms_of(s, 1.0, 0.4).recruits, plain.recruits * 2 / (1 + std::exp(-0.5)), 1e-9);

  // Debt tires, and debriefs of each fourth week take a tenth of it away.
  s.exhaustion.overload_gain = 0.05;
  s.supporters.exit.exhaustion_effect = 0.2;
  s.supporters.debrief_groups = {.interval_weeks = 4, .debt_relief = {0.1}};
  EXPECT_NEAR(terms_of(s, 0.5, 0.4).effect, (0.1 + 0.2 * 0.05) / (0.25 - std::log(0.9) / 4), 1e-12);
  s.loops.overload = Switch::off;
  EXPECT_EQ(terms_of(s, 0.5, 0.4).effect, 0.0);

  // .3 points an hour for eight weeks, in latent SD.
  s.loops.powerlessness = Switch::on;
  s.supporters.exit.satisfaction_effect = 0.2;
  CompassionSatisfaction& satisfaction = s.supporters.compassion_satisfaction;
  satisfaction.points_per_overload_hour = 0.3;
  satisfaction.decay = days(56);
  satisfaction.observed_sd = 6.0;
  satisfaction.reliability = 0.64;
  EXPECT_NEAR(terms_of(s, 0.5, 0.4).effect, 0.2 * 0.3 * 8 / 4.8, 1e-12);

  // Supporters leave the organization at half the rate of others; four in ten are exhausted and leave twice
  // as often. Terms of 26 weeks, half of them renewed.
  s.turnover = {.enabled = Switch::on, .burnout_ratio = 2.0};
  for (Profession& profession : s.organization.professions) profession.turnover = per_year(0.2);
  s.supporters.exit.employment_ratio = 0.5;
  EXPECT_NEAR(terms_of(s, 0.5, 0.4).other_exits, 0.2 * 0.5 * 1.4, 1e-9);
  s.supporters.terms = {.weeks = 26, .renewal = {0.5}};
  EXPECT_NEAR(terms_of(s, 0.5, 0.4).other_exits, 0.14 + 0.5 * 365.0 / 7 / 26, 1e-9);
  s.loops.recruitment = Switch::off;
  EXPECT_EQ(terms_of(s, 0.5, 0.4).recruits, 0.0);
}

TEST(Tipping, IsHeldAgainstTheWorkOfTheRun) {
  HandMade world{terms_scenario()};
  constexpr std::int64_t half = 1 << 19;
  for (int week = 0; week < 4; ++week) world.state(weeks(week), PeerFact::unit_climate, 0, half, half);
  world.state(days(3), PeerFact::session_held, 0, hours(8).ticks(), 0, 1);
  world.state(weeks(4), PeerFact::unit_census, 0, 3, 0);
  world.state(weeks(4), PeerFact::unit_support, 0, 0, 10);
  const double recruits = 12 * 365.0 / 7 / 26 * 0.5 * 0.9;
  const double tipping = recruits * std::exp(0.4 * 0.75 - 1.0) / (0.2 * 0.4);
  EXPECT_NEAR(world[Measure::tipping_load], tipping, 1e-9);
  EXPECT_NEAR(world[Measure::load_over_tipping], 2.0 / tipping, 1e-12);
  Scenario without = terms_scenario();
  without.program.enabled = Switch::off;
  EXPECT_TRUE(std::isnan(HandMade{without}[Measure::tipping_load]));
}

}  // namespace
}  // namespace peercap::peer_support
