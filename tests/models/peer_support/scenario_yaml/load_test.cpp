#include "models/peer_support/scenario_yaml/load.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/models/peer_support/scenario_yaml/scenario_file.h"

namespace peercap::peer_support {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

LoadedScenario load_good(const std::string& path, const LoadOptions& options = {}) {
  Diagnostics diagnostics;
  auto loaded = load(path, options, diagnostics);
  for (const Problem& problem : diagnostics.sorted())
    ADD_FAILURE() << problem.where.file << ":" << problem.where.line << ": " << problem.what;
  return std::move(loaded).value_or(LoadedScenario{});
}

std::vector<Problem> load_bad(const std::string& path, const LoadOptions& options = {}) {
  Diagnostics diagnostics;
  EXPECT_FALSE(load(path, options, diagnostics).has_value());
  EXPECT_TRUE(diagnostics.has_errors());
  return diagnostics.sorted();
}

TEST(Load, ExamplesHaveNeitherErrorsNorWarnings) {
  const auto hospital = load_good(PEERCAP_SOURCE_DIR "/configs/scenarios/community_hospital.yaml");
  int units = 0;
  int clinicians = 0;
  for (const Department& department : hospital.scenario.organization.sites.at(0).departments) {
    units += department.units;
    clinicians += department.units * department.unit_size;
  }
  EXPECT_EQ(units, 200);
  EXPECT_EQ(clinicians, 5000);
  EXPECT_EQ(hospital.scenario.supporters.count, 60);
  EXPECT_EQ(hospital.scenario.organization.sites[0].name, "main");

  const auto clinic = load_good(PEERCAP_SOURCE_DIR "/configs/scenarios/small_clinic.yaml");
  clinicians = 0;
  for (const Department& department : clinic.scenario.organization.sites.at(0).departments)
    clinicians += department.units * department.unit_size;
  EXPECT_EQ(clinicians, 120);
  EXPECT_EQ(clinic.scenario.supporters.count, 4);
}

TEST(Load, EveryExampleVariantLoads) {
  for (const char* name : {"no_program", "no_effect", "more_protected_time", "around_the_clock"})
    load_good(PEERCAP_SOURCE_DIR "/configs/scenarios/community_hospital.yaml",
              {.overrides = {}, .variant = name});
}

TEST(Load, LaterLayersWin) {
  const ScenarioFolder folder;
  (void)folder.write("base.yaml",
                     small_scenario + "  protected_time: 1 h/week\nrun: {seed: 1, replications: 2}\n");
  const auto path =
      folder.write("sub/file.yaml",
                   "format: peercap-scenario/1\nextends: ../base.yaml\nrun: {replications: 3}\n"
                   "supporters: {count: 6}\n"
                   "scenarios:\n  more:\n    supporters: {count: 7}\n    run: {replications: 4}\n");
  const auto plain = load_good(path);
  EXPECT_EQ(plain.scenario.run.seed, 1U);                                 // the base
  EXPECT_EQ(plain.scenario.run.replications, 3);                          // the file over the base
  EXPECT_EQ(plain.scenario.supporters.protected_time.hours_per_week, 1);  // the base over the default
  EXPECT_EQ(plain.scenario.case_rules.max_cases, CaseRules{}.max_cases);  // the default
  ASSERT_EQ(plain.files.size(), 2U);
  EXPECT_THAT(plain.files[0], HasSubstr("base.yaml"));
  EXPECT_EQ(plain.files[1], path);

  const auto more = load_good(path, {.overrides = {"supporters.count=8"}, .variant = "more"});
  EXPECT_EQ(more.scenario.run.replications, 4);  // the patch over the file
  EXPECT_EQ(more.scenario.supporters.count, 8);  // the command line over the patch
}

TEST(Load, OriginsSayWhereEachValueCameFrom) {
  const ScenarioFolder folder;
  const auto path = folder.write(
      "file.yaml", small_scenario + "  protected_time: {value: 1 h/week, source: survey, note: ours}\n");
  const auto loaded = load_good(path, {.overrides = {"referrals.destinations[*].places=2"}, .variant = {}});
  EXPECT_EQ(to_string(loaded.origins.at("supporters.count")), path + ":9");
  EXPECT_EQ(to_string(loaded.origins.at("supporters.protected_time")), path + ":10, source survey (ours)");
  EXPECT_EQ(to_string(loaded.origins.at("referrals.destinations[coach].places")), "command line");
  EXPECT_EQ(to_string(loaded.origins.at("environment.exposure_rate")), "default, measured (hu2012.exposure)");
  EXPECT_EQ(to_string(loaded.origins.at("case_rules.session_gap")), "default, assumed");
  EXPECT_EQ(to_string(loaded.origins.at("organization.sites[main].departments[icu].units")), path + ":7");
}

TEST(Load, ListsMergeByNameAndMixesByKey) {
  const ScenarioFolder folder;
  (void)folder.write(
      "base.yaml",
      small_scenario +
          "referrals:\n  destinations:\n    - {name: coach, places: 4}\n    - {name: chaplain, places: 2}\n");
  const auto path = folder.write(
      "file.yaml",
      "format: peercap-scenario/1\nextends: base.yaml\norganization:\n  sites:\n    - name: main\n"
      "      departments:\n        - {name: icu, unit_size: 30, professions: {nurse: 1}}\n"
      "        - {name: ward, units: 2}\n"
      "scenarios:\n  mixed:\n    organization: {sites: [{name: main, departments: [{name: icu, "
      "professions: {physician: 2}}]}]}\n");
  const auto loaded = load_good(path, {.overrides = {}, .variant = "mixed"});
  const auto& departments = loaded.scenario.organization.sites.at(0).departments;
  ASSERT_EQ(departments.size(), 2U);
  EXPECT_EQ(departments[0].units, 4);
  EXPECT_EQ(departments[0].unit_size, 30);
  EXPECT_EQ(departments[0].professions.weights,
            (std::vector<std::pair<std::string, double>>{{"nurse", 1}, {"physician", 2}}));
  EXPECT_EQ(departments[1].name, "ward");
  const auto& destinations = loaded.scenario.referrals.destinations;
  ASSERT_EQ(destinations.size(), default_destinations().size() + 1);
  EXPECT_EQ(destinations[2].name, "coach");
  EXPECT_EQ(destinations[2].places, 4);
  EXPECT_EQ(destinations[2].service_time, days(84));  // what the file does not say stays
  EXPECT_EQ(destinations.back().name, "chaplain");
}

TEST(Load, PlainListsAreReplaced) {
  const ScenarioFolder folder;
  (void)folder.write("base.yaml", small_scenario + "run: {holidays: [2026-01-01, 2026-12-25]}\n");
  const auto path = folder.write(
      "file.yaml", "format: peercap-scenario/1\nextends: base.yaml\nrun: {holidays: [2026-07-03]}\n");
  EXPECT_THAT(load_good(path).scenario.run.holidays, ElementsAre(*CivilDate::parse("2026-07-03")));
}

TEST(Load, KeysOfOnesOwnAreFree) {
  const ScenarioFolder folder;
  load_good(folder.write("file.yaml",
                         small_scenario + "  x-cost: [anything, {at: all}]\nx-owner: quality office\n"));
}

TEST(Load, AllProblemsComeInOnePassSortedByLine) {
  const ScenarioFolder folder;
  const auto problems = load_bad(
      folder.write("file.yaml", small_scenario + "program: {enabled: maybe}\n"
                                                 "case_rules:\n  session_length: 50\n  max_casess: 3\n"
                                                 "run: {start: 2026-02-30, start: 2026-01-05}\n"
                                                 "distress: {jump_mean: .inf}\n"));
  std::vector<int> lines;
  for (const Problem& problem : problems) lines.push_back(problem.where.line);
  EXPECT_THAT(lines, ElementsAre(10, 12, 13, 14, 14, 15));
}

TEST(Load, BadValuesLeaveTheRestChecked) {
  // The mistake in `run` must not hide that there are too many supporters.
  const ScenarioFolder folder;
  const auto problems =
      load_bad(folder.write("file.yaml", small_scenario + "  protected_time: 1 h/week\nrun: {seed: x}\n"),
               {.overrides = {"supporters.count=500"}, .variant = {}});
  ASSERT_EQ(problems.size(), 2U);
  EXPECT_THAT(problems[0].what, HasSubstr("500 supporters are more than the 100 clinicians"));
  EXPECT_EQ(problems[0].where.file, "--set supporters.count=500");
  EXPECT_EQ(problems[1].where.line, 11);
}

TEST(Load, ChecksOfTheWholePointAtTheNearestPlace) {
  const ScenarioFolder folder;
  // The session length is a default: the error stands at the mapping that would hold it, or at the top.
  const auto problems =
      load_bad(folder.write("file.yaml", small_scenario + "access: {meeting_hours: Mon 09:00-09:20}\n"));
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_THAT(problems[0].what, HasSubstr("a session of 0.50 h does not fit"));
  EXPECT_EQ(problems[0].where.line, 1);
  const auto closer = load_bad(folder.write(
      "closer.yaml",
      small_scenario + "access: {meeting_hours: Mon 09:00-09:20}\ncase_rules:\n  max_cases: 2\n"));
  ASSERT_EQ(closer.size(), 1U);
  EXPECT_EQ(closer[0].where.line, 12);
}

TEST(Load, WarningsDoNotStopIt) {
  const ScenarioFolder folder;
  Diagnostics diagnostics;
  const auto loaded = load(folder.write("file.yaml", small_scenario),
                           {.overrides = {"supporters.count=0"}, .variant = {}}, diagnostics);
  ASSERT_TRUE(loaded.has_value());
  EXPECT_EQ(loaded->scenario.supporters.count, 0);
  ASSERT_EQ(diagnostics.sorted().size(), 1U);
  EXPECT_EQ(diagnostics.sorted()[0].severity, Severity::warning);
  EXPECT_THAT(diagnostics.sorted()[0].what, HasSubstr("everybody who asks waits until they withdraw"));
}

TEST(Load, PatchesOfABaseAreCheckedButNotOffered) {
  const ScenarioFolder folder;
  (void)folder.write("base.yaml", small_scenario + "scenarios:\n  bad: {supporters: {count: -1}}\n");
  const auto path = folder.write("file.yaml", "format: peercap-scenario/1\nextends: base.yaml\n");
  const auto problems = load_bad(path);
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_THAT(problems[0].where.file, HasSubstr("base.yaml"));
  EXPECT_EQ(problems[0].where.line, 11);
}

TEST(Load, SourceTextIsKeptAsWritten) {
  const ScenarioFolder folder;
  const std::string text = small_scenario + "# a comment\n";
  EXPECT_EQ(load_good(folder.write("file.yaml", text)).source_text, text);
}

}  // namespace
}  // namespace peercap::peer_support
