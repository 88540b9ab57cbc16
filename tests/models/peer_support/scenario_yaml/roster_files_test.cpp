#include "models/peer_support/scenario_yaml/roster_files.h"

#include <filesystem>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "models/peer_support/scenario_yaml/load.h"
#include "models/peer_support/scenario_yaml/set_value.h"
#include "tests/models/peer_support/scenario_yaml/scenario_file.h"

namespace peercap::peer_support {
namespace {

using testing::HasSubstr;
namespace fs = std::filesystem;

std::string roster_of(int people, const std::string& profession = "nurse") {
  std::string text = "id,site,department,unit,profession\n";
  for (int i = 0; i < people; ++i) text += "P" + std::to_string(i) + ",main,icu,1," + profession + "\n";
  return text;
}

std::string scenario_of(const std::string& rest) {
  return "format: peercap-scenario/1\nsupporters: {count: 2}\n" + rest;
}

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
  return diagnostics.sorted();
}

std::size_t people_of(const LoadedScenario& loaded) {
  return loaded.scenario.roster_data == nullptr ? 0 : loaded.scenario.roster_data->people.size();
}

TEST(RosterFiles, TheExampleLoads) {
  const auto loaded = load_good(PEERCAP_SOURCE_DIR "/configs/scenarios/roster_import.yaml");
  EXPECT_EQ(people_of(loaded), 300U);
  EXPECT_EQ(loaded.scenario.roster_data->file, PEERCAP_SOURCE_DIR "/configs/scenarios/sample_roster.csv");
  load_good(PEERCAP_SOURCE_DIR "/configs/scenarios/roster_import.yaml",
            {.overrides = {}, .variant = "six_more_supporters"});
}

TEST(RosterFiles, AreRelativeToTheFileThatNamesThem) {
  const ScenarioFolder folder;
  (void)folder.write("base/people.csv", roster_of(20));
  (void)folder.write("people.csv", roster_of(30));
  (void)folder.write("base/base.yaml", scenario_of("organization: {roster: people.csv}\n"));
  const auto extending = folder.write("site.yaml", scenario_of("extends: base/base.yaml\n"));
  EXPECT_EQ(people_of(load_good(extending)), 20U);
  const auto own =
      folder.write("own.yaml", scenario_of("extends: base/base.yaml\norganization: {roster: people.csv}\n"));
  EXPECT_EQ(people_of(load_good(own)), 30U);
}

TEST(RosterFiles, OnTheCommandLineAreRelativeToTheWorkingDirectory) {
  const ScenarioFolder folder;
  const auto path = folder.write("scenarios/file.yaml", scenario_of("organization: {roster: people.csv}\n"));
  (void)folder.write("scenarios/people.csv", roster_of(20));
  const auto other = folder.write("other.csv", roster_of(30));
  const fs::path relative = fs::relative(other);
  EXPECT_EQ(
      people_of(load_good(path, {.overrides = {"organization.roster=" + relative.string()}, .variant = {}})),
      30U);
}

TEST(RosterFiles, TheResolvedTextNamesThemFromAnywhere) {
  const ScenarioFolder folder;
  (void)folder.write("one/people.csv", roster_of(20));
  const auto first = load_good(folder.write(
      "one/file.yaml",
      scenario_of("organization:\n  roster: people.csv\n  departments: [{name: icu, workload: 1 SD}]\n")));
  const auto second = load_good(folder.write("two/resolved.yaml", first.resolved_text));
  EXPECT_EQ(people_of(second), 20U);
  EXPECT_EQ(second.resolved_text, first.resolved_text);
  EXPECT_EQ(get_value(second.scenario, "organization.departments[icu].workload"), "1 SD");
}

TEST(RosterFiles, ProblemsStandInTheRostersOwnLines) {
  const ScenarioFolder folder;
  const auto roster = folder.write("people.csv", roster_of(3, "nuse"));
  const auto problems =
      load_bad(folder.write("file.yaml", scenario_of("organization: {roster: people.csv}\n"
                                                     "scenarios:\n  more: {supporters: {count: 3}}\n")));
  ASSERT_EQ(problems.size(), 3U);  // not once more for the patch, and nothing that follows from them
  EXPECT_EQ(problems[0].where.file, roster);
  EXPECT_EQ(problems[0].where.line, 2);
  EXPECT_EQ(problems[0].suggestion, "did you mean `nurse`?");
}

TEST(RosterFiles, AMissingOneIsReportedWhereItIsNamed) {
  const ScenarioFolder folder;
  const auto path = folder.write("file.yaml", scenario_of("organization:\n  roster: people.csv\n"));
  const auto problems = load_bad(path);
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems[0].where, (SourceLocation{path, 4, 11}));
  EXPECT_THAT(problems[0].what, HasSubstr("cannot open"));
}

TEST(RosterFiles, ThoseOfPatchesAreCheckedBeforeSomebodyChoosesThem) {
  const ScenarioFolder folder;
  (void)folder.write("people.csv", roster_of(20));
  (void)folder.write("next_year.csv", roster_of(30));
  const std::string text = scenario_of(
      "organization: {roster: people.csv}\nscenarios:\n  next_year: {organization: {roster: "
      "next_year.csv}}\n");
  const auto path = folder.write("file.yaml", text);
  EXPECT_EQ(people_of(load_good(path)), 20U);
  EXPECT_EQ(people_of(load_good(path, {.overrides = {}, .variant = "next_year"})), 30U);
  const auto broken = folder.write("next_year.csv", "id,site\n");
  const auto problems = load_bad(path);
  ASSERT_EQ(problems.size(), 3U);
  EXPECT_EQ(problems[0].where.file, broken);
}

TEST(RosterFiles, ProfessionsOfTheScenarioCount) {
  const ScenarioFolder folder;
  (void)folder.write("people.csv", roster_of(20, "midwife"));
  const auto path = folder.write(
      "file.yaml",
      scenario_of("organization: {roster: people.csv, professions: [{name: midwife, share: 0.1}]}\n"));
  EXPECT_EQ(people_of(load_good(path)), 20U);
}

}  // namespace
}  // namespace peercap::peer_support
