// Exhaustion that spreads along ties of trust, week by week.

#include <algorithm>
#include <cmath>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>

#include "models/peer_support/behavior/weekly_board.h"
#include "sim/random/exact_math.h"
#include "tests/models/peer_support/unit_bench.h"

namespace peercap::peer_support {
namespace {

using testing::plain_scenario;
using testing::UnitBench;

/// Units whose people have no exhaustion but that of their work, and no noise.
Scenario working_scenario(int units, int unit_size) {
  Scenario s = plain_scenario(units, unit_size, 0);
  testing::simplify_people(s);
  s.environment.exposure_rate = {};
  s.program.enabled = Switch::off;
  s.exhaustion.stable_share = {1.0};
  s.exhaustion.workload_gain = 1.0;  // takes up all of the stable variance
  s.exhaustion.unit_gain = 0.4;
  for (CareerStage& stage : s.organization.career_stages) stage.exhaustion_shift = 0.0;
  return s;
}

/// Three units of one person, tied in a row.
const std::vector<ClinicianPair> row_of_three{{0, 1}, {1, 2}};

/// The course that theory gives three people in a row, all steps of a week from the values of the last.
std::vector<std::vector<double>> theory(const Organization& o, double gain, std::size_t weeks_count) {
  const double keep = exact::exp(-7.0 / 60);
  std::vector<double> level{o.units[0].workload, o.units[1].workload, o.units[2].workload};
  std::vector<std::vector<double>> course;
  for (std::size_t week = 0; week < weeks_count; ++week) {
    course.push_back(level);
    const double nearby[] = {level[1], (level[0] + level[2]) / 2, level[1]};
    for (std::size_t i = 0; i < 3; ++i) {
      const double target = o.units[i].workload + gain * nearby[i];
      level[i] = target + (level[i] - target) * keep;
    }
  }
  return course;
}

/// Colleagues see exhaustion in steps.
constexpr double what_is_shown = ShownExhaustion::step / 2;

void expect_course(const Scenario& s, double gain) {
  UnitBench bench{s};
  bench.set_network(row_of_three);
  bench.run();
  const auto expected = theory(bench.organization(), gain, 52);
  for (std::uint32_t unit = 0; unit < 3; ++unit) {
    const auto course = bench.exhaustion_sum(unit);
    ASSERT_EQ(course.size(), 52U);
    for (std::size_t week = 0; week < 52; ++week)
      EXPECT_NEAR(course[week], expected[week][unit], what_is_shown) << unit << " " << week;
  }
}

TEST(Contagion, ReadsWhatTrustedColleaguesShowedTheWeekBefore) {
  expect_course(working_scenario(3, 1), 0.4);
}

TEST(Contagion, IsWeakerWherePeopleAreApart) {
  Scenario s = working_scenario(3, 1);
  s.environment.isolation = 0.5;
  expect_course(s, 0.2);
}

TEST(Contagion, EndsWithItsLoop) {
  Scenario s = working_scenario(3, 1);
  s.loops.contagion = Switch::off;
  expect_course(s, 0.0);
}

// Equal work and noise 0: E = l / (1 - b), whatever the ties.
TEST(Contagion, SettlesAtTheHomogeneousEquilibrium) {
  Scenario s = working_scenario(4, 5);
  s.exhaustion.reversion_time = days(14);
  UnitBench bench{s};
  for (Unit& unit : bench.organization().units) unit.workload = 0.8;
  std::vector<ClinicianPair> ties;
  for (std::uint32_t i = 0; i < 20; ++i) ties.emplace_back(i, (i + 1) % 20);
  ties.emplace_back(0, 10);
  bench.set_network(ties);
  bench.run();
  for (std::uint32_t unit = 0; unit < 4; ++unit)
    EXPECT_NEAR(bench.exhaustion_sum(unit).back() / 5, 0.8 / 0.6, 1e-3);
}

using Told =
    std::tuple<std::int64_t, std::uint16_t, std::uint32_t, std::int64_t, std::int64_t, std::uint16_t>;

/// Everything that units state, in whatever order they are handled.
std::vector<Told> told_by_units(bool reversed) {
  Scenario s = plain_scenario(6, 8, 0);
  s.environment.exposure_rate = per_year(40.0);
  s.activation.awareness.initial = 0.7;
  s.activation.peer = {.enabled = Switch::on, .notice = {0.9}, .delay = days(1)};
  s.exhaustion.unit_gain = 0.5;
  s.run.horizon = weeks(20);
  UnitBench bench{s};
  if (reversed) bench.reverse_order();
  std::vector<ClinicianPair> ties;
  for (std::uint32_t i = 0; i < 48; ++i) {
    ties.emplace_back(i, (i + 8) % 48);  // all of them from unit to unit
    if (i % 3 == 0) ties.emplace_back(i, (i + 25) % 48);
  }
  bench.set_network(ties);
  for (std::uint32_t unit = 0; unit < 6; ++unit)
    bench.tell(unit, days(5 + static_cast<int>(unit)), Happening::contacted, {1, 1, 0});
  bench.run();
  std::vector<Told> told;
  for (const Fact& f : bench.log().facts())
    told.emplace_back(f.time.ticks(), f.kind, f.subject, f.a, f.b, f.small);
  for (const auto& request : bench.requests(Channel::peer))
    told.emplace_back(request.sent.ticks(), std::uint16_t{999}, request.clinician, request.message.episode, 0,
                      std::uint16_t{0});
  EXPECT_GT(bench.requests(Channel::peer).size(), 40U);
  std::ranges::sort(told);
  return told;
}

// Also of people who are in an episode when the run begins.
TEST(Contagion, TheOrderOfUnitsDoesNotMatter) {
  EXPECT_EQ(told_by_units(false), told_by_units(true));
}

}  // namespace
}  // namespace peercap::peer_support
