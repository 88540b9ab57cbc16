// What a schedule makes of a scenario: phases, their dates and their values.
#include "models/peer_support/scenario_yaml/schedule.h"

#include <chrono>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "models/peer_support/behavior/rules.h"
#include "models/peer_support/scenario/phases.h"
#include "models/peer_support/scenario_yaml/load.h"
#include "models/peer_support/scenario_yaml/set_value.h"
#include "tests/models/peer_support/scenario_yaml/scenario_file.h"

namespace peercap::peer_support {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

CivilDate date(const char* text) {
  return *CivilDate::parse(text);
}

/// A change without settings.
ScheduledChange change(const std::string& name, const char* at, int over_days = 0,
                       const char* until = nullptr) {
  ScheduledChange result;
  result.name = name;
  result.at.date = date(at);
  result.over = days(over_days);
  if (until != nullptr) result.until.date = date(until);
  return result;
}

/// 2026-01-05 and the 52 weeks that follow, without burn-in.
Scenario year_of_2026() {
  Scenario scenario;
  scenario.organization.sites.resize(1);
  scenario.organization.sites[0].name = "main";
  scenario.organization.sites[0].departments.resize(1);
  scenario.organization.sites[0].departments[0].name = "icu";
  scenario.organization.sites[0].departments[0].units = 4;
  scenario.run.burn_in = {};
  scenario.supporters.count = 5;
  scenario.supporters.protected_time = {2.0};
  return scenario;
}

std::vector<ScenarioProblem> build(Scenario& scenario) {
  auto problems = build_phases(scenario);
  for (const ScenarioProblem& problem : problems)
    EXPECT_NE(problem.severity, Severity::error) << problem.what;
  return problems;
}

/// The scenario on a day, by the phase that holds it.
const Scenario& on(const Scenario& scenario, const char* day) {
  const Scenario* present = &scenario;
  if (scenario.phases != nullptr)
    for (const ScenarioPhase& phase : *scenario.phases)
      if (phase.begin <= date(day).midnight()) present = &phase.scenario;
  return *present;
}

std::vector<std::string> begins(const Scenario& scenario) {
  std::vector<std::string> dates;
  if (scenario.phases != nullptr)
    for (const ScenarioPhase& phase : *scenario.phases) {
      EXPECT_EQ(phase.begin, date_of(phase.begin).midnight());
      dates.push_back(date_of(phase.begin).to_string());
    }
  return dates;
}

TEST(Schedule, AScenarioWithoutOneHasNoPhases) {
  Scenario scenario = year_of_2026();
  EXPECT_THAT(build(scenario), IsEmpty());
  EXPECT_EQ(scenario.phases, nullptr);
}

TEST(Schedule, ValuesChangeAtMidnightAndStay) {
  Scenario scenario = year_of_2026();
  scenario.schedule = {change("step", "2026-03-02")};
  scenario.schedule[0].settings = {{"upstream.inefficiency", "0.8 SD"}, {"matching.same_profession", "none"}};
  EXPECT_THAT(build(scenario), IsEmpty());
  EXPECT_THAT(begins(scenario), ElementsAre("2026-03-02"));
  EXPECT_EQ(on(scenario, "2026-03-01").upstream.inefficiency, 0.0);
  EXPECT_EQ(on(scenario, "2026-03-02").upstream.inefficiency, 0.8);
  EXPECT_EQ(on(scenario, "2026-12-31").matching.same_profession, MatchRule::none);
  EXPECT_EQ(scenario.upstream.inefficiency, 0.0);  // the scenario itself stays as written
  EXPECT_TRUE(on(scenario, "2026-12-31").schedule.empty());
}

TEST(Schedule, NumbersMoveByDailyStepsThereAndBack) {
  Scenario scenario = year_of_2026();
  scenario.activation.outreach.flag = {0.1};
  scenario.schedule = {change("wave", "2026-03-02", 4, "2026-04-01")};
  scenario.schedule[0].settings = {{"environment.exposure_rate", "3.56 per year"},
                                   {"case_rules.session_gap", "11 days"},
                                   {"case_rules.max_cases", "5"},
                                   {"supporters.protected_time", "0 h/week"},
                                   {"activation.outreach.flag", "50 %"}};
  build(scenario);
  EXPECT_THAT(begins(scenario), ElementsAre("2026-03-03", "2026-03-04", "2026-03-05", "2026-03-06",
                                            "2026-04-02", "2026-04-03", "2026-04-04", "2026-04-05"));
  const struct {
    const char* day;
    double rate;
    std::int64_t gap_hours;
    int cases;
    double time;
    double flag;
  } expected[] = {
      {"2026-03-02", 1.56, 168, 3, 2.0, 0.1}, {"2026-03-03", 2.06, 192, 4, 1.5, 0.2},
      {"2026-03-04", 2.56, 216, 4, 1.0, 0.3}, {"2026-03-06", 3.56, 264, 5, 0.0, 0.5},
      {"2026-04-01", 3.56, 264, 5, 0.0, 0.5}, {"2026-04-02", 3.06, 240, 5, 0.5, 0.4},
      {"2026-04-04", 2.06, 192, 4, 1.5, 0.2}, {"2026-04-05", 1.56, 168, 3, 2.0, 0.1},
  };
  for (const auto& [day, rate, gap_hours, cases, time, flag] : expected) {
    const Scenario& s = on(scenario, day);
    EXPECT_NEAR(s.environment.exposure_rate.per_year(), rate, 1e-12) << day;
    EXPECT_EQ(s.case_rules.session_gap, hours(gap_hours)) << day;
    EXPECT_EQ(s.case_rules.max_cases, cases) << day;
    EXPECT_NEAR(s.supporters.protected_time.hours_per_week, time, 1e-12) << day;
    EXPECT_NEAR(s.activation.outreach.flag.value, flag, 1e-12) << day;
  }
  // What has come back is what was before, to the bit.
  EXPECT_EQ(on(scenario, "2026-04-05").environment.exposure_rate, scenario.environment.exposure_rate);
}

TEST(Schedule, ARampThatIsCutShortComesBackFromWhereItIs) {
  Scenario scenario = year_of_2026();
  scenario.schedule = {change("wave", "2026-03-02", 4, "2026-03-04")};
  scenario.schedule[0].settings = {{"environment.isolation", "0.8"}};
  build(scenario);
  EXPECT_NEAR(on(scenario, "2026-03-03").environment.isolation, 0.2, 1e-12);
  EXPECT_NEAR(on(scenario, "2026-03-04").environment.isolation, 0.4, 1e-12);
  EXPECT_NEAR(on(scenario, "2026-03-05").environment.isolation, 0.3, 1e-12);
  EXPECT_EQ(on(scenario, "2026-03-08").environment.isolation, 0.0);
}

TEST(Schedule, LevelsAndWindowsSwitchAtTheDates) {
  Scenario scenario = year_of_2026();
  scenario.schedule = {change("wave", "2026-03-02", 30, "2026-06-01")};
  scenario.schedule[0].settings = {{"matching.same_profession", "required"},
                                   {"access.meeting_hours", "Mon-Fri 09:00-17:00, Sat 10:00-12:30"}};
  build(scenario);
  EXPECT_THAT(begins(scenario), ElementsAre("2026-03-02", "2026-06-01"));
  EXPECT_EQ(on(scenario, "2026-03-02").matching.same_profession, MatchRule::required);
  EXPECT_EQ(on(scenario, "2026-03-02").access.meeting_hours,
            *WeeklyWindows::parse("Mon-Fri 09:00-17:00, Sat 10:00-12:30"));
  EXPECT_EQ(on(scenario, "2026-06-01").matching.same_profession, scenario.matching.same_profession);
  EXPECT_EQ(on(scenario, "2026-06-01").access.meeting_hours, scenario.access.meeting_hours);
}

TEST(Schedule, ItemsOfListsAreFoundByNameOrAllAtOnce) {
  Scenario scenario = year_of_2026();
  scenario.schedule = {change("shortage", "2026-03-02")};
  scenario.schedule[0].settings = {{"referrals.destinations[*].acceptance", "0.5"},
                                   {"referrals.destinations[coach].acceptance", "0.4"},
                                   {"referrals.destinations[coach].weight_event", "0"}};
  build(scenario);
  for (const ReferralDestination& destination : on(scenario, "2026-03-02").referrals.destinations) {
    EXPECT_EQ(destination.acceptance.value, destination.name == "coach" ? 0.4 : 0.5);
    EXPECT_EQ(destination.weight_event == 0.0, destination.name == "coach");
  }
}

TEST(Schedule, ChangesBeforeTheRunAreThereFromItsBegin) {
  Scenario scenario = year_of_2026();
  scenario.run.burn_in = weeks(4);  // from 2025-12-08 on
  scenario.schedule = {change("before", "2025-01-01"), change("ramp", "2025-12-06", 4)};
  scenario.schedule[0].settings = {{"environment.isolation", "0.5"}};
  scenario.schedule[1].settings = {{"upstream.inefficiency", "0.8 SD"}};
  EXPECT_THAT(build(scenario), IsEmpty());
  EXPECT_THAT(begins(scenario), ElementsAre("2025-12-08", "2025-12-09", "2025-12-10"));
  const Scenario first = scenario_at_begin(scenario);
  EXPECT_EQ(first.environment.isolation, 0.5);
  EXPECT_EQ(first.upstream.inefficiency, 0.4);
  ASSERT_NE(first.phases, nullptr);
  EXPECT_THAT(begins(first), ElementsAre("2025-12-09", "2025-12-10"));

  const Rules rules{scenario};
  EXPECT_EQ(rules.scenario.environment.isolation, 0.5);
  EXPECT_EQ(rules.phase_end, date("2025-12-09").midnight());
  EXPECT_EQ(rules.at(rules.begin).scenario.upstream.inefficiency, 0.4);
  EXPECT_EQ(rules.at(date("2026-05-01").midnight()).scenario.upstream.inefficiency, 0.8);
}

TEST(Schedule, ChangesOutsideTheRunAreNoted) {
  Scenario scenario = year_of_2026();
  scenario.schedule = {change("early", "2025-03-02", 4, "2025-06-01"), change("late", "2027-01-04"),
                       change("cut", "2027-01-02", 4)};
  for (ScheduledChange& one : scenario.schedule) one.settings = {{"environment.isolation", "0.5"}};
  const auto problems = build(scenario);
  ASSERT_THAT(problems, SizeIs(3));  // with the overlap of the last two
  EXPECT_EQ(problems[1].severity, Severity::note);
  EXPECT_EQ(problems[1].path, "schedule[early].at");
  EXPECT_EQ(problems[2].path, "schedule[late].at");
  EXPECT_THAT(problems[2].what,
              HasSubstr("lies outside the run, which lasts from 2026-01-05 until 2027-01-03"));
  EXPECT_THAT(begins(scenario), ElementsAre("2027-01-03"));  // what comes after the end is left out
}

TEST(Schedule, OverlapsAreNamedAndTheLaterInTheListWins) {
  Scenario scenario = year_of_2026();
  scenario.schedule = {change("wave", "2026-03-02", 0, "2026-06-01"),
                       change("peak", "2026-04-01", 0, "2026-05-01"), change("after", "2026-06-01")};
  scenario.schedule[0].settings = {{"environment.isolation", "0.5"}, {"upstream.inefficiency", "1 SD"}};
  scenario.schedule[1].settings = {{"environment.isolation", "0.9"}, {"upstream.workload_relief", "1 SD"}};
  scenario.schedule[2].settings = {{"environment.isolation", "0.1"}};
  const auto problems = build(scenario);
  ASSERT_THAT(problems, SizeIs(1));
  EXPECT_EQ(problems[0].severity, Severity::warning);
  EXPECT_EQ(problems[0].path, "schedule[peak].set.environment.isolation");
  EXPECT_THAT(
      problems[0].what,
      HasSubstr("`wave` and `peak` both change `environment.isolation`, and overlap from 2026-04-01 on"));
  EXPECT_EQ(on(scenario, "2026-03-31").environment.isolation, 0.5);
  EXPECT_EQ(on(scenario, "2026-04-01").environment.isolation, 0.9);
  EXPECT_EQ(on(scenario, "2026-05-01").environment.isolation, 0.5);
  EXPECT_EQ(on(scenario, "2026-06-01").environment.isolation, 0.1);
}

TEST(Schedule, AStairIsNoOverlap) {
  Scenario scenario = year_of_2026();
  scenario.schedule = {change("first", "2026-03-02", 10), change("second", "2026-03-12", 2)};
  scenario.schedule[0].settings = {{"environment.isolation", "0.2"}};
  scenario.schedule[1].settings = {{"environment.isolation", "0.6"}};
  EXPECT_THAT(build(scenario), IsEmpty());
  EXPECT_NEAR(on(scenario, "2026-03-13").environment.isolation, 0.4, 1e-12);
  scenario.schedule[1].at.date = date("2026-03-11");  // the first is still moving
  EXPECT_THAT(build(scenario), SizeIs(1));
}

TEST(Schedule, BuildsAnewAfterAValueIsSet) {
  Scenario scenario = year_of_2026();
  scenario.schedule = {change("wave", "2026-03-02")};
  scenario.schedule[0].settings = {{"environment.isolation", "0.5"}};
  build(scenario);
  Diagnostics diagnostics;
  EXPECT_THAT(set_value(scenario, "schedule[wave].at", "2026-04-01", diagnostics), SizeIs(1));
  EXPECT_THAT(set_value(scenario, "schedule[wave].set.environment.isolation", "0.7", diagnostics), SizeIs(1));
  EXPECT_EQ(get_value(scenario, "schedule[wave].set.environment.isolation"), "0.7");
  EXPECT_THAT(set_value(scenario, "schedule[*].until", "never", diagnostics), SizeIs(1));
  EXPECT_TRUE(diagnostics.empty());
  build(scenario);
  EXPECT_THAT(begins(scenario), ElementsAre("2026-04-01"));
  EXPECT_EQ(on(scenario, "2026-04-01").environment.isolation, 0.7);
}

TEST(Schedule, HasAtMostFiveThousandPhases) {
  Scenario scenario = year_of_2026();
  scenario.run.horizon = days(20000);
  scenario.schedule = {change("a", "2026-03-02", 2500), change("b", "2034-03-02", 2500)};
  scenario.schedule[0].settings = {{"environment.isolation", "0.5"}};
  scenario.schedule[1].settings = {{"upstream.inefficiency", "0.5 SD"}};
  build(scenario);
  EXPECT_THAT(begins(scenario), SizeIs(5000));
  scenario.schedule[1].over = days(2501);
  const auto problems = build_phases(scenario);
  ASSERT_THAT(problems, SizeIs(1));
  EXPECT_EQ(problems[0].severity, Severity::error);
  EXPECT_THAT(problems[0].what, HasSubstr("at 5001 midnights; at most 5000"));
  EXPECT_EQ(scenario.phases, nullptr);
}

// The cost grows with the number of phases alone; the bound is wide for slow and instrumented builds.
TEST(Schedule, TwoHundredPhasesAreMadeQuickly) {
  Scenario scenario = year_of_2026();
  scenario.schedule = {change("wave", "2026-03-02", 200)};
  scenario.schedule[0].settings = {{"environment.exposure_rate", "3.9 per year"}};
  const auto before = std::chrono::steady_clock::now();
  build(scenario);
  const auto built = std::chrono::steady_clock::now();
  const Rules rules{scenario};
  const auto done = std::chrono::steady_clock::now();
  ASSERT_THAT(begins(scenario), SizeIs(200));
  const auto in_ms = [](auto span) { return std::chrono::duration<double, std::milli>{span}.count(); };
  RecordProperty("phases_ms", std::to_string(in_ms(built - before)));
  RecordProperty("rules_ms", std::to_string(in_ms(done - built)));
  EXPECT_LT(in_ms(done - before), 1000.0);
}

}  // namespace
}  // namespace peercap::peer_support
