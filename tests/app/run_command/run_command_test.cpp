#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/commands/run.h"
#include "models/peer_support/observation/measures.h"
#include "sim/io/hdf5/result_file.h"
#include "sim/io/input_output_error.h"
#include "sim/observe/content_digest.h"

namespace peercap::app {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
namespace fs = std::filesystem;

class RunCommandTest : public ::testing::Test {
 protected:
  RunCommandTest() {
    const auto* info = ::testing::UnitTest::GetInstance()->current_test_info();
    folder_ = fs::path{::testing::TempDir()} / (std::string{"peercap_run_"} + info->name());
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    options_.scenario = PEERCAP_SOURCE_DIR "/configs/scenarios/small_clinic.yaml";
    options_.load.overrides = {"run.replications=3"};
    options_.out = folder_ / "result.h5";
    options_.request.threads = 1;
    options_.command_line = "peercap run small_clinic.yaml";
  }
  ~RunCommandTest() override { fs::remove_all(folder_); }

  ExitCode run_it() {
    out_.str("");
    err_.str("");
    return run(options_, out_, err_);
  }

  [[nodiscard]] std::string digest() const { return content_digest(read_result(*options_.out)); }

  fs::path folder_;
  RunOptions options_;
  std::ostringstream out_;
  std::ostringstream err_;
};

TEST_F(RunCommandTest, ARunOfARosterSaysWhichFileItWas) {
  const std::string roster = PEERCAP_SOURCE_DIR "/configs/scenarios/sample_roster.csv";
  options_.scenario = PEERCAP_SOURCE_DIR "/configs/scenarios/roster_import.yaml";
  options_.load.overrides = {"run.replications=1", "supporters.count=10"};
  EXPECT_EQ(run_it(), ExitCode::done);
  EXPECT_THAT(out_.str(), HasSubstr("300 clinicians, 12 supporters"));  // never fewer than the roster's
  std::ostringstream text;
  text << std::ifstream{roster, std::ios::binary}.rdbuf();
  const ResultContent content = read_result(*options_.out);
  const auto group = std::ranges::find(content.groups, "/scenario", &ResultGroup::path);
  ASSERT_NE(group, content.groups.end());
  const auto value_of = [&](const std::string& name) {
    const auto found = std::ranges::find(group->variables, name, &ResultVariable::name);
    return found == group->variables.end() ? "" : std::get<std::vector<std::string>>(found->values).at(0);
  };
  EXPECT_EQ(value_of("roster_bytes"), std::to_string(text.str().size()));
  EXPECT_EQ(value_of("roster_sha256"), sha256(text.str()));
}

TEST_F(RunCommandTest, WritesOneFileAndSaysWhere) {
  EXPECT_EQ(run_it(), ExitCode::done);
  EXPECT_TRUE(fs::exists(*options_.out));
  EXPECT_THAT(out_.str(), HasSubstr(options_.out->string()));
  EXPECT_THAT(out_.str(), HasSubstr("n = 3"));
  EXPECT_THAT(out_.str(), HasSubstr("contacted within 24 h of asking"));
  EXPECT_THAT(out_.str(), HasSubstr("episodes that meet no supporter"));
}

TEST_F(RunCommandTest, ThreadsDoNotChangeTheContent) {
  options_.load.overrides = {"run.replications=9"};
  ASSERT_EQ(run_it(), ExitCode::done);
  const std::string one = digest();
  options_.existing = ExistingFile::replace;
  options_.request.threads = 2;
  ASSERT_EQ(run_it(), ExitCode::done);
  EXPECT_EQ(digest(), one);
}

TEST_F(RunCommandTest, EnginesAndPartitionsDoNotChangeTheContent) {
  options_.load.overrides = {"run.replications=2"};
  ASSERT_EQ(run_it(), ExitCode::done);
  const std::string one = digest();
  options_.existing = ExistingFile::replace;
  for (const ExecutionRequest& request :
       {ExecutionRequest{EngineChoice::windows, 1, 3}, ExecutionRequest{EngineChoice::windows, 4, 0},
        ExecutionRequest{EngineChoice::sequential, 2, 0}}) {
    options_.request = request;
    ASSERT_EQ(run_it(), ExitCode::done);
    EXPECT_EQ(digest(), one);
  }
}

TEST_F(RunCommandTest, RefusesBeforeItStartsWhatNeedsMoreMemoryThanItMayTake) {
  options_.memory = 1'000'000;
  EXPECT_EQ(run_it(), ExitCode::invalid_input);
  EXPECT_THAT(err_.str(), AllOf(HasSubstr("This run needs about"), HasSubstr("1.0 MB (--memory)")));
  EXPECT_TRUE(fs::is_empty(folder_));
  options_.memory = 1'000'000'000;
  EXPECT_EQ(run_it(), ExitCode::done);
}

TEST_F(RunCommandTest, AnotherSeedGivesAnotherResult) {
  ASSERT_EQ(run_it(), ExitCode::done);
  const std::string first = digest();
  options_.existing = ExistingFile::replace;
  options_.load.overrides.push_back("run.seed=7");
  ASSERT_EQ(run_it(), ExitCode::done);
  EXPECT_NE(digest(), first);
}

TEST_F(RunCommandTest, NeverOverwrites) {
  std::ofstream{*options_.out} << "precious";
  EXPECT_THROW((void)run_it(), InputOutputError);
  std::ifstream file{*options_.out};
  std::string text;
  file >> text;
  EXPECT_EQ(text, "precious");
}

TEST_F(RunCommandTest, InvalidInputWritesNothing) {
  options_.load.overrides.push_back("supporters.cont=3");
  EXPECT_EQ(run_it(), ExitCode::invalid_input);
  EXPECT_THAT(err_.str(), HasSubstr("did you mean `count`?"));
  EXPECT_TRUE(fs::is_empty(folder_));
}

TEST_F(RunCommandTest, JsonSummaryNamesEveryMeasure) {
  options_.form = OutputForm::json;
  ASSERT_EQ(run_it(), ExitCode::done);
  for (const auto& info : peer_support::measure_infos())
    EXPECT_THAT(out_.str(), HasSubstr("\"" + std::string{info.name} + "\""));
}

TEST_F(RunCommandTest, ProvenanceTellsProgramSeedAndStatus) {
  ASSERT_EQ(run_it(), ExitCode::done);
  const ResultContent content = read_result(*options_.out);
  std::map<std::string, std::string> texts;
  for (const ResultAttribute& attribute : content.provenance)
    if (const auto* text = std::get_if<std::string>(&attribute.value)) texts[attribute.name] = *text;
  EXPECT_EQ(texts["program"], "peercap");
  EXPECT_EQ(texts["status"], "complete");
  EXPECT_EQ(texts["command_line"], options_.command_line);
  EXPECT_EQ(texts["seed_hex"].substr(0, 2), "0x");
}

TEST_F(RunCommandTest, FreeNamesAreNumbered) {
  EXPECT_EQ(free_result_name(folder_, "a"), folder_ / "a-001.h5");
  std::ofstream{folder_ / "a-001.h5"} << "x";
  EXPECT_EQ(free_result_name(folder_, "a"), folder_ / "a-002.h5");
}

}  // namespace
}  // namespace peercap::app
