// Emotional exhaustion: an Ornstein-Uhlenbeck part around what drives it, on top of a stable difference
// between people.

#include <cmath>
#include <map>
#include <vector>

#include <gtest/gtest.h>

#include "sim/random/exact_math.h"
#include "tests/models/peer_support/world.h"

namespace peercap::peer_support {
namespace {

using testing::ObservedRun;
using testing::plain_scenario;
using testing::run_observed;

constexpr double fixed_point = 1048576.0;  // of the sums in unit_week facts

/// Weekly sums of exhaustion by unit: [unit][week].
std::vector<std::vector<double>> weekly_sums(const ObservedRun& run) {
  std::vector<std::vector<double>> sums(run.organization.units.size());
  for (const Fact& f : run.log.of(PeerFact::unit_week))
    sums[f.subject].push_back(static_cast<double>(f.b) / fixed_point);
  return sums;
}

Scenario without_events(int units, int unit_size) {
  Scenario s = plain_scenario(units, unit_size, 0);
  testing::simplify_people(s);
  s.environment.exposure_rate = {};
  s.program.enabled = Switch::off;
  return s;
}

// All 4,000 people as supporters without a program, so that each is reported at the end; default gains. The
// standard error of the mean is that of 160 units' workload (.2 * 1 / sqrt(160)) and of 4,000 people: .022;
// of the SD .012. The gains of the unit and of distress widen the spread by at most 3 %.
TEST(Exhaustion, IsStandardOverTheWorkforceAtItsDefaults) {
  Scenario s = plain_scenario(160, 25, 4000);
  testing::simplify_people(s);
  s.program.enabled = Switch::off;
  const ObservedRun run = run_observed(s);
  double sum = 0.0;
  double square = 0.0;
  double n = 0.0;
  for (const SupporterRow& row : run.outcome.record.supporters) {
    const double e = static_cast<double>(row.exhaustion_millionths) * 1e-6;
    ASSERT_TRUE(std::isfinite(e));
    sum += e;
    square += e * e;
    ++n;
  }
  ASSERT_EQ(n, 4000.0);
  EXPECT_NEAR(sum / n, 0.0, 0.09);
  EXPECT_NEAR(std::sqrt(square / n - sum / n * sum / n), 1.0, 0.048 + 0.03);
}

// Units of one person show a person's course. Stable share .6 and a passing part that is forgotten after a
// year: .6 + .4 e^{-364/60}. Standard error (1 - r^2) / sqrt(n) = .010; four of them.
TEST(Exhaustion, IsAsSteadyOverAYearAsRetestsSay) {
  Scenario s = without_events(4000, 1);
  s.exhaustion.unit_gain = 0.0;
  s.run.horizon = weeks(53);
  const auto sums = weekly_sums(run_observed(s));
  const auto correlation = [&sums](std::size_t week) {
    double x = 0, y = 0, xx = 0, yy = 0, xy = 0;
    const auto n = static_cast<double>(sums.size());
    for (const auto& course : sums) {
      x += course[0] / n;
      y += course[week] / n;
      xx += course[0] * course[0] / n;
      yy += course[week] * course[week] / n;
      xy += course[0] * course[week] / n;
    }
    return (xy - x * y) / std::sqrt((xx - x * x) * (yy - y * y));
  };
  EXPECT_NEAR(correlation(52), 0.6 + 0.4 * std::exp(-364.0 / 60), 0.041);
  EXPECT_NEAR(correlation(3), 0.6 + 0.4 * std::exp(-21.0 / 60), 0.017);
}

TEST(Exhaustion, WorkloadRaisesItByItsGain) {
  Scenario s = without_events(40, 25);
  const auto low = weekly_sums(run_observed(s));
  s.organization.sites[0].departments[0].workload = 1.5;
  const auto high = weekly_sums(run_observed(s));
  // The same draws in both: the difference is exact at the start and pulled up by the unit's mean afterwards.
  for (std::size_t u = 0; u < low.size(); ++u) {
    EXPECT_NEAR((high[u][0] - low[u][0]) / 25, 0.2 * 1.5, 1e-5);
    EXPECT_NEAR((high[u].back() - low[u].back()) / 25, 0.2 * 1.5 / (1 - 0.1), 1e-3);
  }
}

// Without noise and stable differences a unit settles at E = workload / (1 - b_N).
TEST(Exhaustion, AUnitSettlesWhereItsMeanPullsItselfNoFurther) {
  Scenario s = without_events(5, 8);
  s.exhaustion.stable_share = {1.0};
  s.exhaustion.workload_gain = 1.0;  // takes up all of the stable variance
  s.exhaustion.reversion_time = days(20);
  s.exhaustion.unit_gain = 0.4;
  for (CareerStage& stage : s.organization.career_stages) stage.exhaustion_shift = 0.0;
  const ObservedRun run = run_observed(s);
  const auto sums = weekly_sums(run);
  for (std::size_t u = 0; u < sums.size(); ++u)
    EXPECT_NEAR(sums[u].back() / 8, run.organization.units[u].workload / 0.6, 1e-3);
}

// One week's step, by hand: tick n reads the mean that tick n - 1 has published (Jacobi).
TEST(Exhaustion, EachWeekReadsTheMeanOfTheWeekBefore) {
  Scenario s = without_events(1, 6);
  s.exhaustion.stable_share = {1.0};
  s.exhaustion.workload_gain = 1.0;
  s.exhaustion.unit_gain = 0.5;
  for (CareerStage& stage : s.organization.career_stages) stage.exhaustion_shift = 0.0;
  const ObservedRun run = run_observed(s);
  const double workload = run.organization.units[0].workload;
  const double keep = exact::exp(-7.0 / 60);
  double expected = workload;
  const auto sums = weekly_sums(run);
  for (const double sum : sums[0]) {
    EXPECT_NEAR(sum / 6, expected, 1e-5);
    expected = (workload + 0.5 * expected) * (1 - keep) + expected * keep;
  }
}

TEST(Exhaustion, DistressRaisesIt) {
  Scenario s = plain_scenario(40, 25, 0);
  testing::simplify_people(s);
  s.program.enabled = Switch::off;
  s.environment.exhaustion_error_gain = 0.0;
  s.environment.exposure_rate = per_year(1.0);
  s.exhaustion.distress_gain = 0.0;
  const auto without = weekly_sums(run_observed(s));
  s.exhaustion.distress_gain = 1.0;
  const ObservedRun with = run_observed(s);
  // Distress is the same in both; units in which more people are in an episode have risen more.
  const auto sums = weekly_sums(with);
  std::vector<double> in_episode(40);
  for (const Fact& f : with.log.of(PeerFact::unit_week))
    in_episode[f.subject] += static_cast<double>(f.a) / 25 / 52;
  double x = 0, y = 0, xy = 0;
  for (std::size_t u = 0; u < 40; ++u) {
    double rise = 0.0;
    for (std::size_t w = 0; w < 52; ++w) rise += (sums[u][w] - without[u][w]) / 25 / 52;
    x += in_episode[u] / 40;
    y += rise / 40;
    xy += in_episode[u] * rise / 40;
  }
  EXPECT_GT(xy - x * y, 0.0005);
}

// Loop R1: the unit's mean exhaustion of the tick, times the gain, is the logarithm of the factor on its
// events.
TEST(Exhaustion, BringsMoreClinicalEvents) {
  Scenario s = plain_scenario(30, 25, 0);
  testing::simplify_people(s);
  s.program.enabled = Switch::off;
  s.environment.exposure_rate = per_year(5.0);
  s.environment.exhaustion_error_gain = 0.0;
  s.organization.sites[0].departments[0].workload = 4.0;
  s.organization.unit_workload_sd = 0.0;
  s.exhaustion.workload_gain = 0.25;
  const auto events = [&s] {
    return static_cast<double>(run_observed(s).log.count(PeerFact::clinical_event));
  };
  const double without = events();
  s.environment.exhaustion_error_gain = 0.5;
  // A mean of 1 / (1 - .1) SD from the third month on; events number about 12,000.
  EXPECT_NEAR(events() / without, std::exp(0.5 / 0.9), 0.12);
}

}  // namespace
}  // namespace peercap::peer_support
