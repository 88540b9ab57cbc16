#include <sstream>

#include <gmock/gmock.h>

#include "app/commands/evaluate.h"
#include "app/studies/point_runner.h"
#include "sim/io/yaml/document.h"
#include "tests/app/studies/studies_test_files.h"

namespace peercap::app {
namespace {

using ::testing::HasSubstr;

class EvaluateCommand : public ::testing::Test {
 protected:
  ExitCode ask(const std::string& request, const std::string& scenario = testing::small_clinic()) {
    std::istringstream in{request};
    out_.str("");
    err_.str("");
    return evaluate({.scenario = scenario, .request = {.threads = 1}}, in, out_, err_);
  }

  /// The answer, which is JSON.
  [[nodiscard]] yaml::Node answer() const {
    Diagnostics diagnostics;
    auto root = yaml::parse_document(out_.str(), "answer", diagnostics);
    EXPECT_TRUE(root.has_value() && diagnostics.empty()) << out_.str();
    return root ? *root : yaml::Node{};
  }

  std::ostringstream out_;
  std::ostringstream err_;
};

constexpr const char* request =
    R"({"seed": 5, "replications": 4, "measures": ["work_hours_per_week"], "values": true,
        "parameters": {"run.horizon": "8 weeks", "supporters.count": 6.0, "supporters.protected_time": "1 h/week",
                       "organization.network.enabled": true}})";

TEST_F(EvaluateCommand, AnswersWithTheMeasuresOfTheScenario) {
  ASSERT_EQ(ask(request), ExitCode::done) << err_.str();
  const yaml::Node root = answer();
  EXPECT_EQ(root.find("format")->value.text, "peercap-evaluation/1");
  const yaml::Node& measure = root.find("measures")->value.find("work_hours_per_week")->value;
  EXPECT_EQ(measure.find("n")->value.text, "4");

  Diagnostics diagnostics;
  const auto study = load_study(
      testing::small_clinic(),
      {.overrides = {"run.horizon=8 weeks", "supporters.count=6", "supporters.protected_time=1 h/week"},
       .seed = 5},
      diagnostics);
  ASSERT_TRUE(study.has_value());
  PointRunner runner{{peer_support::Measure::work_hours_per_week}, {.request = {.threads = 1}}};
  std::vector<double> expected;
  (void)runner.run({1,
                    [&](std::size_t) {
                      return StudyPoint{&study->base, {}};
                    }},
                   0, 4, [&](std::size_t, std::int64_t, const PointOutcome& outcome) {
                     expected.push_back(outcome.measures[0]);
                   });
  const auto& values = measure.find("values")->value.items;
  ASSERT_EQ(values.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) EXPECT_EQ(std::stod(values[i].text), expected[i]);
}

TEST_F(EvaluateCommand, EqualRequestsGiveEqualAnswers) {
  ASSERT_EQ(ask(request), ExitCode::done);
  const std::string first = out_.str();
  ASSERT_EQ(ask(request), ExitCode::done);
  EXPECT_EQ(out_.str(), first);
}

TEST_F(EvaluateCommand, WithoutMeasuresItTellsAll) {
  ASSERT_EQ(ask(R"({"replications": 1, "parameters": {"run.horizon": "4 weeks"}})"), ExitCode::done);
  EXPECT_EQ(answer().find("measures")->value.entries.size(), peer_support::measure_count);
}

TEST_F(EvaluateCommand, EveryProblemIsInTheAnswer) {
  EXPECT_EQ(ask(R"({"replication": 3, "seed": -1, "measures": ["work_hours"], "parameters": {"a.b": 1}})"),
            ExitCode::invalid_input);
  EXPECT_EQ(answer().find("problems")->value.items.size(), 4U);
  EXPECT_THAT(out_.str(), HasSubstr("did you mean `replications`?"));
  EXPECT_THAT(err_.str(), HasSubstr("standard input:1:"));
  EXPECT_EQ(ask(R"({"parameters": {"supporters.protected_time": 1, "supporters.cuont": 3}})"),
            ExitCode::invalid_input);
  EXPECT_EQ(answer().find("problems")->value.items.size(), 2U);
  EXPECT_EQ(ask("{}", ""), ExitCode::invalid_input);
  EXPECT_THAT(out_.str(), HasSubstr("names no scenario"));
  EXPECT_EQ(ask("what"), ExitCode::invalid_input);
  EXPECT_EQ(ask(R"({"measures": ["work_hours_per_week", "work_hours_per_week"]})"), ExitCode::invalid_input);
  EXPECT_THAT(out_.str(), HasSubstr("is named twice"));
  EXPECT_EQ(ask(R"({"parameters": {"supporters.count": 5000}})"), ExitCode::invalid_input);
}

TEST_F(EvaluateCommand, WhatComparesWithAWorldWithoutAProgramNeedsOne) {
  const std::string measure = R"("replications": 1, "measures": ["distressed_days_averted"]})";
  EXPECT_EQ(ask("{" + measure), ExitCode::invalid_input);
  EXPECT_THAT(out_.str(), HasSubstr("run.twin"));
  EXPECT_EQ(ask(R"({"parameters": {"run.twin": true, "run.horizon": "4 weeks"}, )" + measure), ExitCode::done)
      << err_.str();
}

}  // namespace
}  // namespace peercap::app
