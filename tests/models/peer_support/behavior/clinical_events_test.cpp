#include "models/peer_support/behavior/clinical_events.h"

#include <cmath>
#include <map>
#include <memory>
#include <set>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "sim/support/contract.h"
#include "tests/models/peer_support/world.h"

namespace peercap::peer_support {
namespace {

using testing::plain_scenario;

constexpr ShiftPattern all_patterns[] = {ShiftPattern::office, ShiftPattern::day_evening,
                                         ShiftPattern::round_the_clock_8h, ShiftPattern::round_the_clock_12h};

/// Many events a week in the only unit.
Scenario eventful(ShiftPattern pattern) {
  Scenario s = plain_scenario(1, 10, 0);
  s.environment.exposure_rate = per_year(100.0);
  s.organization.sites[0].departments[0].shift_pattern = pattern;
  return s;
}

std::map<std::uint64_t, SimTime> draw_week(const Scenario& s, double factor, int week) {
  const Rules rules{s};
  const RandomSource random{s.run.seed, 0};
  const Organization o = build_organization(s, random);
  std::vector<ClinicalEvent> events;
  const SimTime monday = rules.begin + weeks(week);
  const std::vector<IntensitySegment> segments{{monday, factor}};
  draw_clinical_events(rules, random, o.units[0], o.departments[0], monday, segments, events);
  std::map<std::uint64_t, SimTime> by_candidate;
  for (const ClinicalEvent& e : events) by_candidate[e.candidate.value()] = e.time;
  EXPECT_EQ(by_candidate.size(), events.size());  // no candidate twice
  return by_candidate;
}

TEST(ClinicalEvents, AHigherFactorAddsEventsAndMovesNone) {
  const Scenario s = eventful(ShiftPattern::round_the_clock_8h);
  std::size_t added = 0;
  for (int week = 0; week < 20; ++week) {
    std::map<std::uint64_t, SimTime> lower;
    for (const double factor : {0.2, 0.7, 1.0, 1.5, 2.0, 3.1, 4.0}) {
      const auto higher = draw_week(s, factor, week);
      added += higher.size() - lower.size();
      for (const auto& [candidate, time] : lower) {
        ASSERT_TRUE(higher.contains(candidate));
        EXPECT_EQ(higher.at(candidate), time);
      }
      lower = higher;
    }
  }
  EXPECT_NEAR(static_cast<double>(added), 20 * 4 * 16.4,
              4 * 36.3);  // all four layers of 16.4 a week, Poisson
}

// The intensity changes within the week: before the change the week is that of the one factor, after it of
// the other.
TEST(ClinicalEvents, FollowTheIntensityOfTheirTime) {
  const Scenario s = eventful(ShiftPattern::round_the_clock_8h);
  const Rules rules{s};
  const RandomSource random{s.run.seed, 0};
  const Organization o = build_organization(s, random);
  std::size_t compared = 0;
  for (int week = 0; week < 20; ++week) {
    const SimTime monday = rules.begin + weeks(week);
    const SimTime change = monday + days(3);
    const std::vector<IntensitySegment> segments{{monday, 0.5}, {change, 5.0}};
    std::vector<ClinicalEvent> events;
    draw_clinical_events(rules, random, o.units[0], o.departments[0], monday, segments, events);
    const auto low = draw_week(s, 0.5, week);
    const auto high = draw_week(s, 5.0, week);
    std::size_t expected = 0;
    for (const auto& [candidate, time] : low) expected += time < change ? 1U : 0U;
    for (const auto& [candidate, time] : high) expected += time >= change ? 1U : 0U;
    EXPECT_EQ(events.size(), expected);
    for (const ClinicalEvent& e : events)
      EXPECT_EQ((e.time < change ? low : high).at(e.candidate.value()), e.time);
    compared += events.size();
  }
  EXPECT_GT(compared, 500U);
}

// Poisson counts: four standard errors of the mean over 400 weeks.
TEST(ClinicalEvents, TheirNumberIsTheFactorTimesTheReference) {
  const Scenario s = eventful(ShiftPattern::office);
  const Rules rules{s};
  DepartmentEntry office;
  office.shift_pattern = ShiftPattern::office;
  const double reference = rules.weekly_events(office);
  EXPECT_NEAR(reference, 100.0 / 365 * 7 * 0.75 / 0.35, 1e-9);
  for (const double factor : {0.5, 1.0, 1.7, 3.0}) {
    double sum = 0.0;
    for (int week = 0; week < 400; ++week) sum += static_cast<double>(draw_week(s, factor, week).size());
    EXPECT_NEAR(sum / 400, factor * reference, 4 * std::sqrt(factor * reference / 400)) << factor;
  }
}

// In a whole run: a phase in which events come twice as often.
TEST(ClinicalEvents, FollowScheduledParameters) {
  Scenario s = plain_scenario(4, 10, 0);
  testing::simplify_people(s);
  testing::cut_feedback(s);
  s.run.horizon = weeks(20);
  s.environment.exposure_rate = per_year(60.0);
  s.environment.personal_share = {0.0};
  Scenario doubled = s;
  doubled.environment.exposure_rate = per_year(120.0);
  const SimTime change = begin_of(s.run) + weeks(9) + days(3);
  Scenario scheduled = s;
  scheduled.phases =
      std::make_shared<const std::vector<ScenarioPhase>>(std::vector<ScenarioPhase>{{change, doubled}});
  const auto events = [&](const Scenario& scenario, bool after) {
    std::set<std::pair<std::uint32_t, std::int64_t>> found;
    for (const Fact& f : testing::run_observed(scenario).log.of(PeerFact::clinical_event))
      if ((f.time >= change) == after) found.emplace(f.subject, f.a);
    return found;
  };
  EXPECT_EQ(events(scheduled, false), events(s, false));
  const auto before = events(s, true);
  const auto since = events(scheduled, true);
  EXPECT_TRUE(std::ranges::includes(since, before));  // none is lost
  EXPECT_NEAR(static_cast<double>(since.size()), 2.0 * static_cast<double>(before.size()),
              4 * std::sqrt(3.0 * static_cast<double>(before.size())));
}

TEST(ClinicalEvents, AFactorOfZeroMeansNone) {
  EXPECT_TRUE(draw_week(eventful(ShiftPattern::office), 0.0, 3).empty());
}

TEST(ClinicalEvents, MoreCandidatesThanCanBeNumberedAreRefused) {
  Scenario s = eventful(ShiftPattern::round_the_clock_8h);
  s.environment.exposure_rate = per_day(1.0);
  s.environment.team_exposure = {0.001};
  EXPECT_THROW(draw_week(s, 1.0, 0), ContractViolation);
}

TEST(ClinicalEvents, OneMoreUnitKeepsAUnitsEvents) {
  Scenario s = eventful(ShiftPattern::round_the_clock_12h);
  const auto before = draw_week(s, 1.3, 5);
  s.organization.sites[0].departments[0].units = 2;
  s.organization.sites[0].departments[0].unit_size = 11;
  EXPECT_EQ(draw_week(s, 1.3, 5), before);
}

TEST(WeeklyProfile, NothingHappensOutsideStaffedHours) {
  const Rules rules{plain_scenario(1, 1, 0)};
  for (const ShiftPattern pattern : all_patterns) {
    const Rota& rota = rules.rota(pattern);
    for (int i = 0; i < 20000; ++i) {
      const SimTime t =
          SimTime{} + rules.event_profiles[static_cast<std::size_t>(pattern)].time_at((i + 0.5) / 20000);
      bool staffed = false;
      for (int team = 0; team < rota.team_count(); ++team) staffed = staffed || rota.on_duty(team, t);
      ASSERT_TRUE(staffed) << t.ticks();
    }
  }
}

TEST(WeeklyProfile, PeaksAtTheStatedHourAndSparesTheWeekend) {
  const Rules rules{plain_scenario(1, 1, 0)};
  const WeeklyProfile& profile =
      rules.event_profiles[static_cast<std::size_t>(ShiftPattern::round_the_clock_8h)];
  constexpr int grid = 200000;
  std::vector<double> by_hour(24);
  double weekend = 0.0;
  for (int i = 0; i < grid; ++i) {
    const SimDuration t = profile.time_at((i + 0.5) / grid);
    ++by_hour[static_cast<std::size_t>(t / hours(1) % 24)];
    weekend += t >= days(5) ? 1.0 : 0.0;
  }
  EXPECT_EQ(std::ranges::max_element(by_hour) - by_hour.begin(), 14);  // the cell around 14:30
  EXPECT_EQ(std::ranges::min_element(by_hour) - by_hour.begin(), 2);   // half a day from it
  EXPECT_NEAR(by_hour[14] / by_hour[2], 1.6 / 0.4, 0.01);
  EXPECT_NEAR(weekend / grid, 2 * 0.75 / (5 + 2 * 0.75), 1e-4);
}

}  // namespace
}  // namespace peercap::peer_support
