// Schedules in scenario files: what is read, what is wrong and where, and what is written again.
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "models/peer_support/scenario_yaml/catalogue.h"
#include "models/peer_support/scenario_yaml/load.h"
#include "models/peer_support/scenario_yaml/resolved_text.h"
#include "models/peer_support/scenario_yaml/schedulable.h"
#include "models/peer_support/scenario_yaml/set_value.h"
#include "tests/models/peer_support/scenario_yaml/scenario_file.h"

namespace peercap::peer_support {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

/// Thirteen lines: a change called `wave` up to its settings.
const std::string wave = small_scenario + R"(  protected_time: 2 h/week
schedule:
  - name: wave
    at: 2026-03-02
)";

struct Loaded {
  std::optional<LoadedScenario> scenario;
  std::vector<Problem> problems;
};

Loaded load_text(const std::string& text, const LoadOptions& options = {}) {
  const ScenarioFolder folder;
  Diagnostics diagnostics;
  auto scenario = load(folder.write("file.yaml", text), options, diagnostics);
  return {std::move(scenario), diagnostics.sorted()};
}

Problem only_problem(const std::string& text, const LoadOptions& options = {}) {
  auto loaded = load_text(text, options);
  EXPECT_THAT(loaded.problems, SizeIs(1));
  for (const Problem& problem : loaded.problems)
    if (loaded.problems.size() > 1) ADD_FAILURE() << problem.where.line << ": " << problem.what;
  return loaded.problems.empty() ? Problem{} : loaded.problems[0];
}

/// The one problem of the change `wave` with this setting, which is in line 15.
Problem problem_of_setting(const std::string& setting) {
  Problem problem = only_problem(wave + "    set:\n      " + setting + "\n");
  EXPECT_EQ(problem.severity, Severity::error);
  EXPECT_EQ(problem.where.line, 15);
  return problem;
}

TEST(ScheduleFile, IsReadWithPathsOfAllKinds) {
  const auto loaded = load_text(wave + R"(    over: 30 days
    until: 2026-06-01
    set:
      environment.exposure_rate: 4 /year
      environment.isolation: {value: 0.6, source: survey, note: ours}
      referrals.destinations[coach].acceptance: 50 %
      referrals.destinations[*].weight_personal: 2
      access.meeting_hours: Mon-Fri 09:00-17:00, Sat 10:00-12:30
      x-remark: free
)");
  EXPECT_THAT(loaded.problems, IsEmpty());
  ASSERT_TRUE(loaded.scenario.has_value());
  const Scenario& s = loaded.scenario->scenario;
  ASSERT_THAT(s.schedule, SizeIs(1));
  EXPECT_EQ(s.schedule[0].name, "wave");
  EXPECT_EQ(s.schedule[0].over, days(30));
  EXPECT_THAT(s.schedule[0].settings, SizeIs(5));
  ASSERT_NE(s.phases, nullptr);
  EXPECT_THAT(*s.phases, SizeIs(62));  // two midnights of the windows, 30 steps there and 30 back
  EXPECT_THAT(to_string(loaded.scenario->origins.at("schedule[wave].set.environment.isolation")),
              HasSubstr(":18, source survey (ours)"));
}

TEST(ScheduleFile, UnknownPathsAreExplained) {
  Problem problem = problem_of_setting("environment.isolatoin: 0.5");
  EXPECT_THAT(problem.what, HasSubstr("there is no parameter `environment.isolatoin`"));
  EXPECT_THAT(problem.suggestion, HasSubstr("did you mean `isolation`?"));
  problem = problem_of_setting("referrals.destinations[couch].acceptance: 0.5");
  EXPECT_THAT(problem.what, HasSubstr("there is no item `referrals.destinations[couch]`"));
  EXPECT_THAT(problem.suggestion, HasSubstr("did you mean `coach`?"));
  EXPECT_THAT(problem_of_setting("referrals.destinations.acceptance: 0.5").what, HasSubstr("is a list"));
  EXPECT_THAT(problem_of_setting("environment: 0.5").what, HasSubstr("is a group, not a parameter"));
  EXPECT_THAT(problem_of_setting("environment isolation: 0.5").what, HasSubstr("is not a path"));
  problem = problem_of_setting("environment: {isolation: 0.5}");
  EXPECT_THAT(problem.what, HasSubstr("`environment` is a mapping; `set` takes whole paths"));
  EXPECT_THAT(problem.suggestion, HasSubstr("environment.NAME"));
}

TEST(ScheduleFile, ValuesAreCheckedLikeAnyOther) {
  Problem problem = problem_of_setting("environment.exposure_rate: 4");
  EXPECT_THAT(problem.what, HasSubstr("`environment.exposure_rate`: `4`"));
  EXPECT_THAT(problem.suggestion, HasSubstr("write `environment.exposure_rate: 4 per year`"));
  EXPECT_THAT(problem_of_setting("environment.isolation: 1.5").what, HasSubstr("is out of range"));
  EXPECT_THAT(problem_of_setting("environment.isolation: high").what, HasSubstr("`high`"));
  EXPECT_THAT(problem_of_setting("matching.same_profession: perhaps").what, HasSubstr("`perhaps`"));
  EXPECT_THAT(problem_of_setting("environment.isolation: [0.5]").what, HasSubstr("must be a single value"));
  EXPECT_THAT(problem_of_setting("environment.isolation:").what, HasSubstr("has no value"));
}

TEST(ScheduleFile, WhatCannotChangeDuringARunIsRefusedWithTheReason) {
  for (const char* setting :
       {"run.seed: 5", "organization.unit_workload_sd: 2 SD",
        "organization.sites[main].departments[icu].units: 3", "organization.network.homophily: 3",
        "distress.fast_decay: 10 days", "exhaustion.unit_gain: 0.2 per SD", "supporters.count: 7",
        "referrals.destinations[coach].places: 7", "delays.unit_to_desk: 1 h", "surveys.interval_weeks: 13",
        "today.waiting: 3", "costs.referral: 3 currency", "resilience.contact_floor: 0.1",
        "supporters.recruitment.interval_weeks: 13", "activation.rounding.interval_weeks: 13",
        "environment.peak_hour: 3 o'clock", "program.enabled: off", "schedule[wave].over: 3 days"}) {
    const Problem problem = problem_of_setting(setting);
    EXPECT_THAT(problem.what, HasSubstr("cannot change during a run: ")) << setting;
    EXPECT_GT(problem.what.size(), problem.what.find(": ") + 12) << setting;
  }
  EXPECT_THAT(problem_of_setting("distress.fast_decay: 10 days").what, HasSubstr("solved in closed form"));
}

TEST(ScheduleFile, DatesMustMakeSense) {
  const std::string set = "    set: {environment.isolation: 0.5}\n";
  EXPECT_THAT(only_problem(wave + "    until: 2026-03-02\n" + set).what,
              HasSubstr("ends on 2026-03-02, not after its begin on 2026-03-02"));
  const Problem until = only_problem(wave + "    until: 2026-02-01\n" + set);
  EXPECT_EQ(until.where.line, 14);
  EXPECT_EQ(until.severity, Severity::error);
  const Problem over = only_problem(wave + "    over: 36 h\n" + set);
  EXPECT_THAT(over.what, HasSubstr("is not a whole number of days"));
  EXPECT_EQ(over.where.line, 14);
  EXPECT_THAT(only_problem(wave + "    until: 2026-02-30\n" + set).what, HasSubstr("2026-02-30"));
  const Problem dateless =
      only_problem(small_scenario + "  protected_time: 2 h/week\nschedule:\n  - name: wave\n" + set);
  EXPECT_THAT(dateless.what, HasSubstr("the change `wave` has no date"));
  EXPECT_EQ(dateless.where.line, 12);
}

TEST(ScheduleFile, EmptyAndUselessChangesAreMentioned) {
  const Problem empty = only_problem(wave + "    until: 2026-06-01\n");
  EXPECT_EQ(empty.severity, Severity::warning);
  EXPECT_THAT(empty.what, HasSubstr("the change `wave` sets nothing"));
  const Problem late = only_problem(wave + "    set: {environment.isolation: 0.5}\n",
                                    {.overrides = {"schedule[wave].at=2031-03-02"}, .variant = {}});
  EXPECT_EQ(late.severity, Severity::note);
  EXPECT_EQ(late.where.file, "--set schedule[wave].at=2031-03-02");
}

TEST(ScheduleFile, PhasesMustPassTheChecksOfTheWhole) {
  // What is reported is not what was set: the change is to blame.
  Problem problem = only_problem(wave + "    set:\n      access.meeting_hours: Mon 09:00-09:20\n");
  EXPECT_EQ(problem.where.line, 12);
  EXPECT_THAT(problem.what, HasSubstr("from 2026-03-02 on: a session of 0.50 h does not fit"));
  // On a ramp, the first day on which it fails.
  problem = only_problem(wave + "    over: 10 days\n    set:\n      access.lead_time: 30 days\n");
  EXPECT_EQ(problem.where.line, 16);
  EXPECT_THAT(problem.what, HasSubstr("from 2026-03-09 on: the lead time is not shorter"));
  problem = only_problem(wave + "    set:\n      environment.exposure_rate: 4 per year\n",
                         {.overrides = {"environment.exposure_rate=0 per year"}, .variant = {}});
  EXPECT_EQ(problem.where.line, 15);
  EXPECT_THAT(problem.what, HasSubstr("cannot begin during a run that starts without any"));
}

TEST(ScheduleFile, OverlapsPointAtTheLater) {
  const Problem problem = only_problem(wave + R"(    set: {environment.isolation: 0.5}
  - name: peak
    at: 2026-04-06
    until: 2026-05-01
    set:
      environment.isolation: 0.9
  - name: before
    at: 2026-02-02
    until: 2026-03-02
    set: {environment.isolation: 0.1}
)",
                                       {.overrides = {"schedule[wave].until=2026-05-01"}, .variant = {}});
  EXPECT_EQ(problem.severity, Severity::warning);
  EXPECT_EQ(problem.where.line, 19);
  EXPECT_THAT(problem.what, HasSubstr("`wave` and `peak` both change `environment.isolation`"));
}

TEST(ScheduleFile, MergesByNameAndPathOverLayers) {
  const std::string text = wave + R"(    set:
      environment.isolation: 0.5
      upstream.inefficiency: 1 SD
scenarios:
  harder:
    schedule:
      - name: wave
        until: 2026-06-01
        set: {environment.isolation: 0.8}
)";
  const auto loaded = load_text(
      text, {.overrides = {"schedule[wave].set.upstream.inefficiency=0.5 SD"}, .variant = "harder"});
  EXPECT_THAT(loaded.problems, IsEmpty());
  ASSERT_TRUE(loaded.scenario.has_value());
  const ScheduledChange& merged = loaded.scenario->scenario.schedule.at(0);
  EXPECT_EQ(merged.at.date, CivilDate::parse("2026-03-02"));
  EXPECT_EQ(merged.until.date, CivilDate::parse("2026-06-01"));
  EXPECT_THAT(merged.settings, ElementsAre(std::pair{"environment.isolation", "0.8"},
                                           std::pair{"upstream.inefficiency", "0.5 SD"}));
  EXPECT_EQ(loaded.scenario->scenario.phases->front().scenario.upstream.inefficiency, 0.5);
}

TEST(ScheduleFile, MistakesInPatchesAndOverridesAreFoundWhereTheyStand) {
  const Problem patch = only_problem(
      wave +
      "    set: {environment.isolation: 0.5}\nscenarios:\n  harder:\n    schedule:\n      - name: wave\n"
      "        set: {environment.isolation: 8}\n");
  EXPECT_EQ(patch.where.line, 19);
  const Problem given =
      only_problem(wave + "    set: {environment.isolation: 0.5}\n",
                   {.overrides = {"schedule[wave].set.environment.isolation=8"}, .variant = {}});
  EXPECT_EQ(given.where.file, "--set schedule[wave].set.environment.isolation=8");
  EXPECT_THAT(given.what, HasSubstr("is out of range"));
}

TEST(ScheduleFile, AllProblemsComeInOnePass) {
  const auto loaded = load_text(wave + R"(    over: 5 potatoes
    set:
      environment.isolation: 0.5
  - name: other
    at: 2026-04-01
    set:
      environment.isolaton: 0.5
      distress.slow_decay: 5 days
  - name: third
    set: {environment.isolation: 2}
referrals: {destinations: [{name: coach, places: x}]}
)");
  std::vector<int> lines;
  for (const Problem& problem : loaded.problems) lines.push_back(problem.where.line);
  EXPECT_THAT(lines, ElementsAre(14, 20, 21, 22, 23, 24));
}

TEST(ScheduleFile, IsWrittenAndReadBack) {
  const auto first = load_text(wave + R"(    over: 30 days
    until: 2026-06-01
    set:
      environment.exposure_rate: 4 /year
      environment.isolation: {value: "0.6", source: survey}
      activation.outreach.acceptance_logit: -1.5
      matching.same_profession: none
      referrals.destinations[*].acceptance: 50 %
      access.meeting_hours: Mon-Fri 09:00-17:00, Sat 10:00-12:30
  - name: second wave (smaller)
    at: 2026-10-05
    set: {environment.isolation: 0.3}
)");
  ASSERT_TRUE(first.scenario.has_value());
  const auto second = load_text(first.scenario->resolved_text);
  ASSERT_TRUE(second.scenario.has_value()) << first.scenario->resolved_text;
  EXPECT_EQ(second.scenario->resolved_text, first.scenario->resolved_text);
  EXPECT_EQ(second.scenario->scenario.schedule[0].settings, first.scenario->scenario.schedule[0].settings);
  EXPECT_EQ(second.scenario->scenario.phases->size(), first.scenario->scenario.phases->size());
  const std::string with_origins = resolved_text(first.scenario->scenario, first.scenario->origins);
  EXPECT_THAT(with_origins, HasSubstr("      environment.exposure_rate: 4 /year  # "));
  const auto third = load_text(with_origins);
  ASSERT_TRUE(third.scenario.has_value());
  EXPECT_EQ(third.scenario->resolved_text, first.scenario->resolved_text);
}

TEST(ScheduleFile, EveryExampleWithAScheduleLoads) {
  for (const char* variant : {"", "no_program", "protected_throughout"}) {
    Diagnostics diagnostics;
    LoadOptions options;
    if (*variant != '\0') options.variant = variant;
    const auto loaded =
        load(PEERCAP_SOURCE_DIR "/configs/scenarios/pandemic_surge.yaml", options, diagnostics);
    EXPECT_TRUE(diagnostics.empty()) << diagnostics.sorted().front().what;
    ASSERT_TRUE(loaded.has_value());
    EXPECT_NE(loaded->scenario.phases, nullptr);
  }
}

TEST(Schedulable, TheCatalogueSaysWhatCanChange) {
  EXPECT_TRUE(find_in_catalogue("environment.exposure_rate")->fixed_because.empty());
  EXPECT_FALSE(find_in_catalogue("organization.sites[main].departments[icu].units")->fixed_because.empty());
  EXPECT_FALSE(find_in_catalogue("schedule[wave].set")->fixed_because.empty());
  std::size_t schedulable = 0;
  for (const CatalogueEntry& entry : catalogue()) {
    EXPECT_EQ(entry.fixed_because, why_fixed(entry.path)) << entry.path;
    schedulable += static_cast<std::size_t>(entry.fixed_because.empty());
  }
  EXPECT_GT(schedulable, 100U);
  EXPECT_LT(schedulable, catalogue().size());
}

}  // namespace
}  // namespace peercap::peer_support
