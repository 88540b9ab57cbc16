#include "models/peer_support/scenario_yaml/resolved_text.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "models/peer_support/scenario_yaml/load.h"
#include "tests/models/peer_support/scenario_yaml/scenario_file.h"

namespace peercap::peer_support {
namespace {

using testing::HasSubstr;

void expect_round_trip(const std::string& path, const LoadOptions& options = {}) {
  Diagnostics diagnostics;
  const auto first = load(path, options, diagnostics);
  ASSERT_TRUE(first.has_value()) << path;
  const ScenarioFolder folder;
  const auto second = load(folder.write("resolved.yaml", first->resolved_text), {}, diagnostics);
  ASSERT_TRUE(second.has_value()) << first->resolved_text;
  EXPECT_EQ(second->resolved_text, first->resolved_text);
  // With the origins behind the values it is still a file.
  const auto third =
      load(folder.write("origins.yaml", resolved_text(first->scenario, first->origins)), {}, diagnostics);
  ASSERT_TRUE(third.has_value());
  EXPECT_EQ(third->resolved_text, first->resolved_text);
}

TEST(ResolvedText, LoadsBackToTheSameScenario) {
  expect_round_trip(PEERCAP_SOURCE_DIR "/configs/scenarios/community_hospital.yaml");
  expect_round_trip(PEERCAP_SOURCE_DIR "/configs/scenarios/academic_center.yaml");
  expect_round_trip(PEERCAP_SOURCE_DIR "/configs/scenarios/small_clinic.yaml",
                    {.overrides = {}, .variant = "no_program"});
  expect_round_trip(PEERCAP_SOURCE_DIR "/configs/scenarios/roster_import.yaml");
}

TEST(ResolvedText, KeepsOddValuesAndTexts) {
  const ScenarioFolder folder;
  const auto path = folder.write("file.yaml", small_scenario + R"(  protected_time: 7 min/week
name: "yes"
description: "a \"quote\", a \\ slash, # no comment, : colon,\n\ttab and \xfc"
environment: {exposure_rate: 0.1234567 per week, peak_hour: 1e-7 o'clock}
access: {meeting_hours: "Fri 22:00-06:00, Mon 00:00-24:00"}
run: {seed: 18446744073709551615, horizon: 1000001 s}
)");
  expect_round_trip(path);
  Diagnostics diagnostics;
  const auto loaded = load(path, {}, diagnostics);
  EXPECT_EQ(loaded->scenario.description,
            "a \"quote\", a \\ slash, # no comment, : colon,\n\ttab and \xC3\xBC");
}

TEST(ResolvedText, EveryParameterIsWritten) {
  Scenario scenario;
  const std::string text = resolved_text(scenario);
  EXPECT_THAT(text, testing::StartsWith("format: peercap-scenario/1\nname: unnamed\n"));
  EXPECT_THAT(text, HasSubstr("  sites: []\n"));
  EXPECT_THAT(text, HasSubstr("  holidays: []\n"));
  EXPECT_THAT(text, HasSubstr("    role_rate: 0.036 per year\n"));
}

TEST(YamlScalar, QuotesWhatWouldBeMisread) {
  EXPECT_EQ(yaml_scalar("main"), "main");
  EXPECT_EQ(yaml_scalar("per_replication"), "per_replication");
  EXPECT_EQ(yaml_scalar(""), "\"\"");
  EXPECT_EQ(yaml_scalar("null"), "\"null\"");
  EXPECT_EQ(yaml_scalar("12"), "\"12\"");
  EXPECT_EQ(yaml_scalar("a: b"), "\"a: b\"");
  EXPECT_EQ(yaml_scalar("a\x01"), "\"a\\x01\"");
}

}  // namespace
}  // namespace peercap::peer_support
