#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/commands/patterns.h"
#include "models/peer_support/observation/patterns.h"
#include "models/peer_support/scenario_yaml/evidence.h"
#include "sim/io/yaml/document.h"

namespace peercap::app {
namespace {

using ::testing::HasSubstr;

class PatternsCommandTest : public ::testing::Test {
 protected:
  PatternsCommandTest() {
    options_.run.scenario = PEERCAP_SOURCE_DIR "/configs/scenarios/small_clinic.yaml";
    options_.run.load.overrides = {"run.replications=2"};
    options_.run.request.threads = 1;
  }
  ExitCode run_it() {
    out_.str("");
    err_.str("");
    return patterns(options_, out_, err_);
  }
  [[nodiscard]] int lines_that_begin_with(const std::string& text) const {
    int count = 0;
    std::istringstream lines{out_.str()};
    for (std::string line; std::getline(lines, line);) count += line.starts_with(text);
    return count;
  }

  PatternOptions options_;
  std::ostringstream out_;
  std::ostringstream err_;
};

TEST_F(PatternsCommandTest, PrintsTenPatternsAndHowManyAreInside) {
  ASSERT_EQ(run_it(), ExitCode::done) << err_.str();
  for (int pattern = 1; pattern <= 10; ++pattern)
    EXPECT_EQ(lines_that_begin_with("P" + std::to_string(pattern) + " "), 1) << pattern;
  EXPECT_THAT(out_.str(), HasSubstr("[lane2018.escalated]"));
  EXPECT_THAT(out_.str(), HasSubstr(" of 10 patterns inside.\n"));
  EXPECT_THAT(out_.str(), HasSubstr("predicted"));
}

TEST_F(PatternsCommandTest, ThreadsDoNotChangeTheTable) {
  ASSERT_EQ(run_it(), ExitCode::done);
  const std::string one = out_.str();
  options_.run.request.threads = 2;
  ASSERT_EQ(run_it(), ExitCode::done);
  EXPECT_EQ(out_.str(), one);
  options_.run.load.overrides.emplace_back("run.seed=77");
  ASSERT_EQ(run_it(), ExitCode::done);
  EXPECT_NE(out_.str(), one);
}

// JSON is read by the project's own YAML reader, of which it is a subset.
TEST_F(PatternsCommandTest, JsonHoldsTheSameFigures) {
  options_.form = OutputForm::json;
  ASSERT_EQ(run_it(), ExitCode::done);
  for (const auto& info : peer_support::pattern_figure_infos())
    EXPECT_THAT(out_.str(), HasSubstr("\"" + std::string{info.name} + "\""));
  EXPECT_THAT(out_.str(), HasSubstr("\"format\": \"peercap-patterns/1\""));
  Diagnostics diagnostics;
  EXPECT_TRUE(yaml::parse_document(out_.str(), "summary", diagnostics).has_value());
  EXPECT_FALSE(diagnostics.has_errors());
}

TEST_F(PatternsCommandTest, InvalidValuesAreTold) {
  options_.run.load.overrides.emplace_back("supporters.cont=3");
  EXPECT_EQ(run_it(), ExitCode::invalid_input);
  EXPECT_THAT(err_.str(), HasSubstr("did you mean `count`?"));
  EXPECT_EQ(out_.str(), "");
}

TEST(Patterns, CiteEvidenceThatExists) {
  for (const auto& info : peer_support::pattern_figure_infos())
    EXPECT_TRUE(info.evidence.empty() || peer_support::find_evidence(info.evidence) != nullptr)
        << info.evidence;
}

}  // namespace
}  // namespace peercap::app
