#include "app/studies/study_file.h"

#include <filesystem>

#include <gmock/gmock.h>

#include "app/studies/study_design.h"
#include "models/peer_support/scenario_yaml/set_value.h"
#include "tests/app/studies/studies_test_files.h"

namespace peercap::app {
namespace {

using peer_support::get_value;
using peer_support::Measure;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

class StudyFile : public testing::StudyFiles {};

TEST_F(StudyFile, LayersWinInTheirOrder) {
  const std::string path = write(
      "variant: no_effect\n"
      "set:\n"
      "  supporters.count: 5\n"
      "  access.contact_limit: 48 h\n"
      "policies:\n"
      "  - name: plain\n"
      "  - name: other\n"
      "    variant: no_program\n"
      "    set: {access.contact_limit: 36 h}\n");
  const Study study = load(path, {.overrides = {"supporters.count=6"}, .seed = 17});
  EXPECT_EQ(get_value(study.base, "case_rules.effect_fast"), "0");
  EXPECT_EQ(get_value(study.base, "supporters.count"), "6");
  EXPECT_EQ(study.base.run.seed, 17U);
  ASSERT_EQ(study.policies.size(), 2U);
  EXPECT_EQ(get_value(study.policies[0].scenario, "access.contact_limit"), "2 days");
  EXPECT_EQ(get_value(study.policies[0].scenario, "case_rules.effect_fast"), "0");
  EXPECT_EQ(get_value(study.policies[1].scenario, "access.contact_limit"), "36 h");
  EXPECT_EQ(get_value(study.policies[1].scenario, "program.enabled"), "off");
  EXPECT_EQ(get_value(study.policies[1].scenario, "case_rules.effect_fast"),
            "0.1");  // a variant in its place
  EXPECT_EQ(get_value(study.policies[1].scenario, "supporters.count"), "6");
  EXPECT_EQ(study.policies[1].scenario.run.seed, 17U);
}

TEST_F(StudyFile, TargetsBringTheirMeasures) {
  const Study study =
      load(write("measures: [asked_per_year, waiting_mean]\n"
                 "targets:\n"
                 "  - waiting_mean <= 2\n"
                 "  - P(contact_within_limit_share >= 90 %) >= 0.8\n"));
  EXPECT_THAT(study.measures, ElementsAre(Measure::waiting_mean, Measure::contact_within_limit_share,
                                          Measure::asked_per_year));
  ASSERT_EQ(study.targets.size(), 2U);
  EXPECT_EQ(study.targets[0].target.measure, 0U);
  EXPECT_EQ(study.targets[1].target.measure, 1U);
}

TEST_F(StudyFile, WhatIsDoubtfulAboutTheScenarioIsTold) {
  const auto doubts = [&](const std::string& lines, const StudyLoadOptions& options = {}) {
    Diagnostics diagnostics;
    EXPECT_TRUE(load_study(write(lines), options, diagnostics).has_value());
    return diagnostics.sorted();
  };
  EXPECT_TRUE(doubts("set: {supporters.count: 5}\n").empty());

  // What is wanted comes after what is still acceptable.
  const auto set = doubts("set:\n  access.lead_time: 2 h\n  access.contact_target: 100 h\n");
  ASSERT_EQ(set.size(), 1U);
  EXPECT_EQ(set[0].severity, Severity::warning);
  EXPECT_THAT(set[0].where.file, HasSubstr("study.yaml"));
  EXPECT_EQ(set[0].where.line, 6);

  const auto overridden = doubts("", {.overrides = {"access.contact_target=100 h"}});
  ASSERT_EQ(overridden.size(), 1U);
  EXPECT_EQ(overridden[0].where.file, "--set access.contact_target");

  const auto of_policies = doubts(
      "policies:\n"
      "  - name: today\n"
      "  - name: hardly_any\n"
      "    set: {access.contact_target: 100 h}\n"
      "  - name: hardly_any_and_fewer\n"
      "    set: {access.contact_target: 100 h, supporters.count: 3}\n");
  ASSERT_EQ(of_policies.size(), 1U);
  EXPECT_THAT(of_policies[0].what, HasSubstr("with the policy `hardly_any`"));
  EXPECT_EQ(of_policies[0].where.line, 7);
}

TEST_F(StudyFile, ADoubtOfTheScenarioFileStaysInItsLine) {
  const std::string scenario = (folder_ / "scenario.yaml").string();
  std::ofstream{scenario} << "format: peercap-scenario/1\nextends: " << testing::small_clinic()
                          << "\naccess:\n  contact_target: 100 h\n";
  Diagnostics diagnostics;
  ASSERT_TRUE(load_study(write("set: {supporters.count: 5}\n", scenario), {}, diagnostics).has_value());
  ASSERT_EQ(diagnostics.sorted().size(), 1U);
  EXPECT_EQ(diagnostics.sorted()[0].where.file, scenario);
  EXPECT_EQ(diagnostics.sorted()[0].where.line, 4);
}

TEST_F(StudyFile, AScenarioIsAStudyThatSaysNothing) {
  const Study study =
      load(testing::small_clinic(), {.targets = {"waiting_mean <= 1"}, .search = {"supporters.count=2-9"}});
  EXPECT_EQ(study.spec.name, "small_clinic");
  ASSERT_EQ(study.targets.size(), 1U);
  ASSERT_EQ(study.search.size(), 1U);
  EXPECT_EQ(study.search[0].low, 2);
  EXPECT_EQ(study.search[0].high, 9);
  EXPECT_EQ(study.search[0].today, 4);
}

TEST_F(StudyFile, TheCommandLineReplacesTargets) {
  const Study study =
      load(write("targets: [waiting_mean <= 2]\n"), {.targets = {"unmet_episodes_share <= 90 %"}});
  ASSERT_EQ(study.targets.size(), 1U);
  EXPECT_EQ(study.targets[0].text, "unmet_episodes_share <= 90 %");
}

TEST_F(StudyFile, MistakesOfTheCommandLineAreErrorsToo) {
  Diagnostics diagnostics;
  EXPECT_FALSE(
      load_study(testing::small_clinic(),
                 {.overrides = {"supporters.count=x"}, .targets = {"waiting_mean"}, .search = {"a=3"}},
                 diagnostics)
          .has_value());
  std::string all;
  for (const Problem& problem : diagnostics.sorted()) all += problem.where.file + "\n";
  EXPECT_THAT(all, HasSubstr("--set supporters.count"));
  EXPECT_THAT(all, HasSubstr("--target waiting_mean"));
  EXPECT_THAT(all, HasSubstr("--search a=3"));
}

TEST_F(StudyFile, ASearchInSteps) {
  const Study study =
      load(write("search:\n"
                 "  supporters.count: {range: 2-9, cost: 2}\n"
                 "  supporters.protected_time: {range: [0.25 h/week, 1 h/week], step: 0.25 h/week}\n"));
  ASSERT_EQ(study.search.size(), 2U);
  EXPECT_EQ(study.search[0].cost, 2.0);
  EXPECT_EQ(study.search[1].low, 0);
  EXPECT_EQ(study.search[1].high, 3);
  EXPECT_EQ(study.search[1].today, 1);
  EXPECT_THAT(setting_of(study.search[1], study.base, 3), Pair("supporters.protected_time", "1 h/week"));
}

TEST_F(StudyFile, AGridHoldsEveryCombinationInOrder) {
  const Study study =
      load(write("vary:\n"
                 "  supporters.count: 3-4\n"
                 "  supporters.protected_time: {range: [0.25 h/week, 0.75 h/week], points: 3}\n"
                 "  matching.same_profession: {levels: all}\n"));
  const StudyDesign design{study};
  ASSERT_EQ(design.size(), 2U * 3U * 3U);
  EXPECT_THAT(design.settings(0),
              ElementsAre(Pair("supporters.count", "3"), Pair("supporters.protected_time", "0.25 h/week"),
                          Pair("matching.same_profession", "none")));
  EXPECT_THAT(design.settings(17),
              ElementsAre(Pair("supporters.count", "4"), Pair("supporters.protected_time", "0.75 h/week"),
                          Pair("matching.same_profession", "required")));
}

TEST_F(StudyFile, ZipAndListTakePointsAsGiven) {
  const Study zip =
      load(write("design: {kind: zip}\n"
                 "vary:\n"
                 "  supporters.count: {values: [3, 5]}\n"
                 "  supporters.protected_time: {values: [1 h/week, 30 min/week]}\n"));
  const StudyDesign zipped{zip};
  ASSERT_EQ(zipped.size(), 2U);
  EXPECT_THAT(zipped.settings(1),
              ElementsAre(Pair("supporters.count", "5"), Pair("supporters.protected_time", "30 min/week")));
  const Study list =
      load(write("design: {kind: list}\n"
                 "points:\n"
                 "  - {supporters.count: 3}\n"
                 "  - {supporters.count: 5, case_rules.max_sessions: 2}\n"));
  const StudyDesign listed{list};
  ASSERT_EQ(listed.size(), 2U);
  EXPECT_THAT(listed.settings(1),
              ElementsAre(Pair("supporters.count", "5"), Pair("case_rules.max_sessions", "2")));
}

TEST_F(StudyFile, SamplesStayInTheirRangesAndCanBeSet) {
  for (const std::string kind : {"latin_hypercube", "sobol"}) {
    const Study study =
        load(write("design: {kind: " + kind +
                   ", points: 32}\n"
                   "vary:\n"
                   "  supporters.count: 3-6\n"
                   "  environment.exposure_rate: {range: [0.5 per year, 4 per year], scale: log}\n"
                   "  case_rules.session_gap: {range: [2 days, 9 days]}\n"
                   "  matching.same_profession: {values: [none, preferred]}\n"));
    const StudyDesign design{study};
    ASSERT_EQ(design.size(), 32U);
    std::map<std::string, int> counts;
    for (std::uint64_t i = 0; i < design.size(); ++i) {
      peer_support::Scenario scenario = study.base;
      Diagnostics diagnostics;
      for (const auto& [path, text] : design.settings(i))
        EXPECT_FALSE(set_value(scenario, path, text, diagnostics).empty()) << path << "=" << text;
      ++counts[std::to_string(scenario.supporters.count)];
      EXPECT_GE(scenario.environment.exposure_rate.per_year(), 0.4999);
      EXPECT_LE(scenario.environment.exposure_rate.per_year(), 4.0001);
      EXPECT_GE(scenario.case_rules.session_gap, days(2));
      EXPECT_LE(scenario.case_rules.session_gap, days(9));
    }
    // Evenly spread samples: each of four counts has a quarter of the points.
    for (const char* count : {"3", "4", "5", "6"}) EXPECT_EQ(counts[count], 8) << kind;
  }
}

TEST(StudyExamples, HaveNoErrors) {
  int examples = 0;
  for (const auto& entry : std::filesystem::directory_iterator{PEERCAP_SOURCE_DIR "/configs/studies"}) {
    if (entry.path().extension() != ".yaml") continue;
    Diagnostics diagnostics;
    EXPECT_TRUE(load_study(entry.path().string(), {}, diagnostics).has_value()) << entry.path();
    EXPECT_TRUE(diagnostics.empty()) << entry.path();
    ++examples;
  }
  EXPECT_GE(examples, 2);
}

}  // namespace
}  // namespace peercap::app
