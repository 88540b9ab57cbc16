// What a unit thinks of the program: who knows it, and how far it is trusted.

#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

#include "tests/models/peer_support/unit_bench.h"

namespace peercap::peer_support {
namespace {

using testing::plain_scenario;
using testing::UnitBench;

constexpr double resolution = 2e-6;  // facts give 2^-20

/// Two units of four people to whom nothing happens.
Scenario climate_scenario() {
  Scenario s = plain_scenario(2, 4, 0);
  testing::simplify_people(s);
  s.environment.exposure_rate = {};
  s.run.horizon = weeks(10);
  return s;
}

void close_case(UnitBench& bench, std::uint32_t unit, SimDuration at, TrustSignal signal) {
  bench.tell(unit, at, Happening::case_closed, {0, static_cast<std::uint64_t>(signal), 0});
}

TEST(Awareness, GrowsByCampaignsAndIsForgotten) {
  Scenario s = climate_scenario();
  s.run.horizon = weeks(52 * 6);
  s.activation.awareness = {.initial = 0.0, .campaign = per_year(2.0), .forgetting = per_year(1.0)};
  UnitBench bench{s};
  bench.run();
  const double campaign = 2.0 * 7 / 365;
  const double forgetting = 1.0 * 7 / 365;
  double expected = 0.0;
  for (const double level : bench.awareness(0)) {
    expected += campaign * (1 - expected) - forgetting * expected;
    EXPECT_NEAR(level, expected, resolution);
  }
  EXPECT_NEAR(bench.awareness(0).back(), 2.0 / 3.0, 1e-4);
}

TEST(Awareness, WithoutCampaignsIsForgottenAltogether) {
  Scenario s = climate_scenario();
  s.run.horizon = weeks(520);
  s.activation.awareness = {.initial = 1.0, .campaign = {}, .forgetting = per_year(2.0)};
  UnitBench bench{s};
  bench.run();
  EXPECT_LT(bench.awareness(0).back(), 1e-6);
}

/// Clinician 0 is tied to 1 of the own unit and to 4 of the other; two people of the other unit are supported
/// in the fourth week.
std::vector<double> word_of_mouth(Scenario s, std::uint32_t unit = 0) {
  s.activation.awareness = {.initial = 0.2, .campaign = {}, .word_of_mouth = 2.0, .forgetting = {}};
  UnitBench bench{s};
  bench.set_network({{0, 1}, {0, 4}});
  for (const std::uint16_t position : {std::uint16_t{0}, std::uint16_t{2}})
    bench.tell(1, days(23), Happening::contacted, {position, 1, 0});
  bench.run();
  return bench.awareness(unit);
}

// Of the three ends of ties of unit 0 one leads to unit 1, where half of the people were supported. That is
// published at tick 4 and read at tick 5.
TEST(Awareness, SpreadsFromThoseWhoWereSupportedAlongTies) {
  const auto course = word_of_mouth(climate_scenario());
  for (std::size_t week = 0; week < 5; ++week) EXPECT_NEAR(course.at(week), 0.2, resolution);
  const double after = 0.2 + 2.0 * (1.0 / 3) * (2.0 / 4) * 0.8;
  for (std::size_t week = 5; week < 10; ++week) EXPECT_NEAR(course.at(week), after, resolution);
  // The only tie of unit 1 leads to unit 0, where nobody was supported.
  for (const double level : word_of_mouth(climate_scenario(), 1)) EXPECT_NEAR(level, 0.2, resolution);
}

TEST(Awareness, SpreadsLessWherePeopleAreApart) {
  Scenario s = climate_scenario();
  s.environment.isolation = 0.75;
  EXPECT_NEAR(word_of_mouth(s).back(), 0.2 + 0.25 * 2.0 / 6 * 0.8, resolution);
}

TEST(Awareness, DoesNotSpreadWithTheLoopOfVisibilityCut) {
  Scenario s = climate_scenario();
  s.loops.visibility = Switch::off;
  EXPECT_NEAR(word_of_mouth(s).back(), 0.2, resolution);
}

TEST(Awareness, WithoutANetworkSpreadsWithinTheUnit) {
  Scenario s = climate_scenario();
  s.activation.awareness = {.initial = 0.2, .campaign = {}, .word_of_mouth = 2.0, .forgetting = {}};
  UnitBench bench{s};
  bench.tell(1, days(23), Happening::contacted, {3, 1, 0});
  bench.run();
  EXPECT_NEAR(bench.awareness(0).back(), 0.2, resolution);
  EXPECT_NEAR(bench.awareness(1).back(), 0.2 + 2.0 * 0.25 * 0.8, resolution);
}

/// Trust from 0.6 at learning 0.1, after the given signals in weeks of their own.
double trust_after(const std::vector<TrustSignal>& signals, const Loops& loops = {}) {
  Scenario s = climate_scenario();
  s.loops = loops;
  s.activation.trust = {.initial = 0.6, .learning = 0.1};
  UnitBench bench{s};
  for (std::size_t i = 0; i < signals.size(); ++i)
    close_case(bench, 0, days(3 + 7 * static_cast<int>(i)), signals[i]);
  bench.run();
  EXPECT_NEAR(bench.trust(0).front(), 0.6, resolution);
  EXPECT_NEAR(bench.trust(1).back(), 0.6, resolution);  // the other unit has learned nothing
  return bench.trust(0).back();
}

TEST(Trust, IsWonWhereThePromiseWasKept) {
  EXPECT_NEAR(trust_after({TrustSignal::kept}), 0.6 + 0.1 * 0.4, resolution);
  EXPECT_NEAR(trust_after({TrustSignal::kept, TrustSignal::kept}), 0.64 + 0.1 * 0.36, resolution);
}

TEST(Trust, IsLostWhereItWasBroken) {
  EXPECT_NEAR(trust_after({TrustSignal::broken}), 0.54, resolution);
  EXPECT_NEAR(trust_after({TrustSignal::broken, TrustSignal::kept}), 0.54 + 0.1 * 0.46, resolution);
}

// With the default loss of .3, whatever loops are cut.
TEST(Trust, LosesAPartByABreachOfConfidentiality) {
  EXPECT_NEAR(trust_after({TrustSignal::breached}), 0.7 * 0.6, resolution);
  Loops cut;
  cut.visibility = cut.delay = Switch::off;
  EXPECT_NEAR(trust_after({TrustSignal::breached, TrustSignal::breached}, cut), 0.49 * 0.6, resolution);
}

TEST(Trust, StaysWhereARequestHasTaughtNothing) {
  EXPECT_NEAR(trust_after({TrustSignal::none}), 0.6, resolution);
}

TEST(Trust, IsNotWonWithTheLoopOfVisibilityCutNorLostWithThatOfDelay) {
  Loops invisible;
  invisible.visibility = Switch::off;
  EXPECT_NEAR(trust_after({TrustSignal::kept}, invisible), 0.6, resolution);
  EXPECT_NEAR(trust_after({TrustSignal::broken}, invisible), 0.54, resolution);
  Loops forgiving;
  forgiving.delay = Switch::off;
  EXPECT_NEAR(trust_after({TrustSignal::broken}, forgiving), 0.6, resolution);
  EXPECT_NEAR(trust_after({TrustSignal::kept}, forgiving), 0.64, resolution);
}

TEST(Trust, IsToldToTheDeskWhenItHasMoved) {
  Scenario s = climate_scenario();
  s.activation.trust = {.initial = 0.6, .learning = 0.1};
  UnitBench bench{s};
  close_case(bench, 0, days(17), TrustSignal::broken);
  bench.run();
  const auto told = bench.heard(Happening::climate);
  ASSERT_EQ(told.size(), 3U);  // both units at the begin, then the one that has moved
  EXPECT_EQ(told[2].unit, 0U);
  EXPECT_EQ(told[2].sent, bench.rules().begin + weeks(3));
  EXPECT_DOUBLE_EQ(std::bit_cast<double>(told[2].event.a), 0.54);
}

}  // namespace
}  // namespace peercap::peer_support
