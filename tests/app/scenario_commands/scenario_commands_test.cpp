#include <filesystem>
#include <fstream>
#include <ostream>
#include <sstream>
#include <string>

#include <CLI/CLI.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "app/commands/describe.h"
#include "app/commands/schema.h"
#include "app/commands/show.h"
#include "app/commands/topology.h"
#include "app/commands/validate.h"
#include "models/peer_support/scenario_yaml/json_schema.h"

namespace peercap::app {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

const std::string community_hospital = PEERCAP_SOURCE_DIR "/configs/scenarios/community_hospital.yaml";
const std::string academic_center = PEERCAP_SOURCE_DIR "/configs/scenarios/academic_center.yaml";
const std::string small_clinic = PEERCAP_SOURCE_DIR "/configs/scenarios/small_clinic.yaml";
const std::string broken = PEERCAP_SOURCE_DIR "/tests/app/scenario_commands/broken/";

struct Answer {
  ExitCode code;
  std::string out;
  std::string err;
};

Answer run_validate(const ValidateOptions& options) {
  std::ostringstream out;
  std::ostringstream err;
  const ExitCode code = validate(options, out, err);
  return {code, out.str(), err.str()};
}

Answer run_show(const ShowOptions& options) {
  std::ostringstream out;
  std::ostringstream err;
  const ExitCode code = show(options, out, err);
  return {code, out.str(), err.str()};
}

Answer run_describe(const std::string& topic, OutputForm form = OutputForm::text) {
  std::ostringstream out;
  std::ostringstream err;
  const ExitCode code = describe({.topic = topic, .form = form}, out, err);
  return {code, out.str(), err.str()};
}

TEST(Validate, ExampleScenariosAreOkWithoutAWord) {
  const auto answer = run_validate({.files = {academic_center, community_hospital, small_clinic}});
  EXPECT_EQ(answer.code, ExitCode::done);
  for (const std::string& file : {academic_center, community_hospital, small_clinic}) {
    EXPECT_THAT(answer.out, HasSubstr(file + ": ok; leans on "));
    EXPECT_THAT(answer.out,
                HasSubstr(" assumed values (peercap evidence --scenario " + file + " lists them)\n"));
  }
  EXPECT_THAT(answer.err, IsEmpty());
}

TEST(Validate, OneBadFileFailsAndTheOthersAreStillChecked) {
  const auto answer = run_validate({.files = {broken + "octal.yaml", small_clinic}});
  EXPECT_EQ(answer.code, ExitCode::invalid_input);
  EXPECT_THAT(answer.out, StartsWith(small_clinic + ": ok; leans on "));
  EXPECT_THAT(answer.err, HasSubstr("octal.yaml:11:9: error: `seed`: `012` has a leading zero"));
  EXPECT_THAT(answer.err, HasSubstr("      seed: 012\n            ^\n"));
  EXPECT_THAT(answer.err, HasSubstr("  suggestion: write `seed: 12`\n"));
}

TEST(Validate, JsonGoesToOutputAlone) {
  const auto answer =
      run_validate({.files = {broken + "octal.yaml", small_clinic}, .form = OutputForm::json});
  EXPECT_EQ(answer.code, ExitCode::invalid_input);
  EXPECT_THAT(answer.err, IsEmpty());
  EXPECT_THAT(answer.out, HasSubstr(R"("ok": false)"));
  EXPECT_THAT(answer.out, HasSubstr(R"("line": 11)"));
  EXPECT_THAT(answer.out, HasSubstr(R"("suggestion": "write `seed: 12`")"));
  EXPECT_THAT(answer.out, HasSubstr(R"("ok": true)"));
}

TEST(Show, PrintsGivenValuesWithTheirOrigins) {
  const auto answer = run_show({.file = small_clinic,
                                .load = {.overrides = {"supporters.count=6"}, .variant = "no_effect"},
                                .origins = ShowOptions::OriginNotes::shown});
  EXPECT_EQ(answer.code, ExitCode::done) << answer.err;
  EXPECT_THAT(answer.out, HasSubstr("supporters.count=6  # command line\n"));
  EXPECT_THAT(answer.out, HasSubstr("case_rules.effect_fast=0  # " + small_clinic + ":"));
  EXPECT_THAT(answer.out, HasSubstr("organization.sites[clinic].departments[ward].units=3  # "));
  EXPECT_THAT(answer.out, Not(HasSubstr("distress.jump_mean")));
}

TEST(Show, ResolvedPrintsDefaultsWithGradeAndEvidence) {
  const auto answer = run_show({.file = small_clinic,
                                .load = {},
                                .values = ShowOptions::Values::all,
                                .origins = ShowOptions::OriginNotes::shown});
  EXPECT_EQ(answer.code, ExitCode::done) << answer.err;
  EXPECT_THAT(answer.out, StartsWith("format: peercap-scenario/1\n"));
  EXPECT_THAT(answer.out,
              HasSubstr("  exposure_rate: 1.56 per year  # default, measured (hu2012.exposure)\n"));
  EXPECT_THAT(answer.out, HasSubstr("  unit_gain: 0.1 per SD  # default, assumed\n"));
}

struct BadOverride {
  std::string name, override, what, suggestion;
};

void PrintTo(const BadOverride& one, std::ostream* out) {
  *out << one.name;
}
class ShowWithBadOverride : public testing::TestWithParam<BadOverride> {};

TEST_P(ShowWithBadOverride, IsRefused) {
  const auto answer =
      run_show({.file = small_clinic, .load = {.overrides = {GetParam().override}, .variant = {}}});
  EXPECT_EQ(answer.code, ExitCode::invalid_input);
  EXPECT_THAT(answer.out, IsEmpty());
  EXPECT_THAT(answer.err, StartsWith("--set " + GetParam().override + ": error: "));
  EXPECT_THAT(answer.err, HasSubstr(GetParam().what));
  EXPECT_THAT(answer.err, HasSubstr(GetParam().suggestion));
}

INSTANTIATE_TEST_SUITE_P(
    Overrides, ShowWithBadOverride,
    testing::Values(
        BadOverride{"UnknownPath", "supporters.cout=3", "no parameter `supporters.cout`",
                    "did you mean `count`?"},
        BadOverride{"UnknownItem", "organization.sites[clinik].departments[ward].units=4",
                    "no item `organization.sites[clinik]`", "did you mean `clinic`?"},
        BadOverride{"ListWithoutName", "referrals.destinations.places=2",
                    "`referrals.destinations` is a list", "write `referrals.destinations[NAME]`"},
        BadOverride{"BracketsOnNoList", "supporters[all].count=2", "`supporters[all]` is not a list",
                    "leave the brackets out"},
        BadOverride{"Group", "supporters.exit=2", "is a group, not a parameter", "`role_rate`"},
        BadOverride{"BelowAValue", "supporters.count.x=2", "no parameter `supporters.count.x`",
                    "end the path before"},
        BadOverride{"BadValue", "supporters.count=abc", "`abc` is not a whole number", "write digits only"},
        BadOverride{"MissingUnit", "case_rules.session_length=50", "`50` has no unit",
                    "write `case_rules.session_length=50 min`"},
        BadOverride{"OutOfRange", "referrals.destinations[*].places=-2", "`-2` is negative", "between 0 and"},
        BadOverride{"NoValue", "supporters.count", "a value is missing", "--set path=value"},
        BadOverride{"NoPath", "=3", "is not a path", "supporters.count"},
        BadOverride{"BreaksTheWhole", "supporters.count=500",
                    "500 supporters are more than the 120 clinicians", "lower `supporters.count`"}),
    [](const auto& bad) { return bad.param.name; });

TEST(Show, UnknownVariantIsRefused) {
  const auto answer = run_show({.file = small_clinic, .load = {.overrides = {}, .variant = "no_efect"}});
  EXPECT_EQ(answer.code, ExitCode::invalid_input);
  EXPECT_THAT(answer.err, HasSubstr("there is no scenario `no_efect`"));
  EXPECT_THAT(answer.err, HasSubstr("did you mean `no_effect`?"));
}

TEST(Describe, ParameterComesWithItsCitation) {
  const auto answer = run_describe("environment.exposure_rate");
  EXPECT_EQ(answer.code, ExitCode::done);
  EXPECT_THAT(answer.out, HasSubstr("default: 1.56 per year (measured)"));
  EXPECT_THAT(answer.out, HasSubstr("hu2012.exposure: Hu 2012"));
  EXPECT_THAT(answer.out, HasSubstr("between 0 per day and 1 per day"));
}

TEST(Describe, TakesGroupsItemsLastNamesAndEvidenceKeys) {
  EXPECT_THAT(run_describe("supporters.exit").out, HasSubstr("supporters.exit.overload_effect"));
  EXPECT_THAT(run_describe("organization.sites[main].departments[icu].shift_pattern").out,
              HasSubstr("round_the_clock_12h"));
  EXPECT_THAT(run_describe("max_cases").out, StartsWith("case_rules.max_cases\n"));
  EXPECT_THAT(run_describe("lane2018.escalated").out, HasSubstr("16 (10.8 %)"));
  EXPECT_THAT(run_describe("").out, HasSubstr("referrals.destinations[]"));
  EXPECT_THAT(run_describe("trauma_low_share").out, StartsWith("trauma_low_share: "));
  EXPECT_THAT(run_describe("measures").out, HasSubstr("\nhours_to_contact_p90: "));
  EXPECT_THAT(run_describe("series").out, HasSubstr("one number a week\n"));
}

TEST(Describe, UnknownTopicIsAUsageErrorWithASuggestion) {
  const auto answer = run_describe("supporter");
  EXPECT_EQ(answer.code, ExitCode::usage);
  EXPECT_THAT(answer.out, IsEmpty());
  EXPECT_THAT(answer.err, HasSubstr("did you mean `supporters`?"));
}

TEST(Describe, JsonHoldsEveryParameter) {
  const auto answer = run_describe("", OutputForm::json);
  EXPECT_EQ(answer.code, ExitCode::done);
  EXPECT_THAT(answer.out, HasSubstr(R"("path": "supporters.count")"));
  EXPECT_THAT(answer.out, HasSubstr(R"("default": "0.5 h/week")"));
  EXPECT_THAT(answer.out, HasSubstr(R"("key": "hu2012.exposure")"));
}

TEST(Commands, AreRegisteredAndSetTheExitCode) {
  ExitCode code = ExitCode::internal_error;
  CLI::App app{"test"};
  add_validate_command(app, code);
  add_show_command(app, code);
  add_describe_command(app, code);
  add_schema_command(app, code);
  testing::internal::CaptureStdout();
  app.parse("show --set supporters.count=6 " + small_clinic + " --set program.triage_time=30min", false);
  const std::string shown = testing::internal::GetCapturedStdout();
  EXPECT_EQ(code, ExitCode::done);
  EXPECT_THAT(shown, HasSubstr("supporters.count=6\n"));
  EXPECT_THAT(shown, HasSubstr("program.triage_time=30 min\n"));

  testing::internal::CaptureStderr();
  app.parse("validate " + broken + "octal.yaml", false);
  EXPECT_THAT(testing::internal::GetCapturedStderr(), HasSubstr("leading zero"));
  EXPECT_EQ(code, ExitCode::invalid_input);

  testing::internal::CaptureStdout();
  app.parse("schema", false);
  EXPECT_EQ(testing::internal::GetCapturedStdout(), peer_support::scenario_json_schema());
  EXPECT_EQ(code, ExitCode::done);
}

TEST(Schema, TheFileBesideTheScenariosIsUpToDate) {
  std::ifstream in{PEERCAP_SOURCE_DIR "/configs/scenarios/peercap-scenario.schema.json"};
  std::stringstream text;
  text << in.rdbuf();
  EXPECT_EQ(text.str(), peer_support::scenario_json_schema())
      << "run `peercap schema > configs/scenarios/peercap-scenario.schema.json`";
}

TEST(DescribeTopology, TellsPartitionsLoadsAndLookahead) {
  std::ostringstream out;
  std::ostringstream err;
  TopologyOptions options;
  options.scenario = PEERCAP_SOURCE_DIR "/configs/scenarios/community_hospital.yaml";
  options.partitions = 4;
  ASSERT_EQ(describe_topology(options, out, err), ExitCode::done);
  EXPECT_THAT(out.str(), HasSubstr("community_hospital: 200 units, 1 desk, 5 referral destinations\n"));
  EXPECT_THAT(out.str(), HasSubstr("4 partitions, lookahead 15 min; "));
  EXPECT_THAT(out.str(), HasSubstr("      3  "));

  out.str("");
  options.form = OutputForm::json;
  ASSERT_EQ(describe_topology(options, out, err), ExitCode::done);
  EXPECT_THAT(out.str(), HasSubstr("\"lookahead_hours\""));
}

TEST(DescribeTopology, RefusesWhatIsNoScenario) {
  std::ostringstream out;
  std::ostringstream err;
  TopologyOptions options;
  options.scenario = PEERCAP_SOURCE_DIR "/README.md";
  EXPECT_EQ(describe_topology(options, out, err), ExitCode::invalid_input);
  EXPECT_EQ(out.str(), "");
  EXPECT_NE(err.str(), "");
}

}  // namespace
}  // namespace peercap::app
