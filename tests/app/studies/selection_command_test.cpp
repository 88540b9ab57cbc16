#include <sstream>

#include <gmock/gmock.h>

#include "app/commands/compare.h"
#include "app/studies/selection_study.h"
#include "tests/app/studies/studies_test_files.h"

namespace peercap::app {
namespace {

using ::testing::AllOf;
using ::testing::Gt;
using ::testing::HasSubstr;

constexpr const char* three_policies =
    "set: {run.horizon: 26 weeks, run.burn_in: 4 weeks}\n"
    "policies:\n"
    "  - name: today\n"
    "  - name: hardly_any_time\n"
    "    set: {supporters.protected_time: 0.05 h/week}\n"
    "  - name: much_time\n"
    "    set: {supporters.protected_time: 2 h/week}\n";

class SelectionCommand : public testing::StudyFiles {
 protected:
  ExitCode run(const std::string& lines, OutputForm form = OutputForm::text) {
    out_.str("");
    err_.str("");
    return compare({.file = write(three_policies + lines), .request = {.threads = 2}, .form = form}, out_,
                   err_);
  }
  std::ostringstream out_;
  std::ostringstream err_;
};

TEST_F(SelectionCommand, KnChoosesThePolicyThatIsBetterByConstruction) {
  ASSERT_EQ(run("select: {measure: overload_hours_per_week, better: smaller, indifference: 0.1 h/week}\n"),
            ExitCode::done)
      << err_.str();
  EXPECT_THAT(out_.str(),
              AllOf(HasSubstr("much_time is the best in overload_hours_per_week, or within 0.1 h/week of"),
                    HasSubstr("procedure KN"), HasSubstr(", dropped)")));
  std::istringstream lines{out_.str()};
  for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 80U) << line;
}

TEST_F(SelectionCommand, ABudgetGoesToThoseThatAreHardToTellApart) {
  const Study study = load(write(std::string{three_policies} +
                                 "select: {measure: overload_hours_per_week, better: smaller, budget: 300}\n"
                                 "probability: 0.999999\n"));
  const SelectionOutcome outcome = run_selection(study, {.request = {.threads = 2}});
  EXPECT_EQ(study.policies[outcome.answer.best].name, "much_time");
  // The worst is far off: it gets less than the second.
  EXPECT_LE(outcome.answer.replications[1], outcome.answer.replications[0]);
  for (std::size_t p = 0; p < 3; ++p)
    EXPECT_EQ(outcome.values[p].size(), static_cast<std::size_t>(outcome.answer.replications[p]));
}

TEST_F(SelectionCommand, TheChoiceDoesNotDependOnThreads) {
  const Study study = load(write(std::string{three_policies} +
                                 "select: {measure: work_hours_per_week, indifference: 0.2 h/week}\n"));
  const SelectionOutcome one = run_selection(study, {.request = {.threads = 1}});
  const SelectionOutcome two = run_selection(study, {.request = {.threads = 2}});
  EXPECT_EQ(one.answer.best, two.answer.best);
  EXPECT_EQ(one.values, two.values);
}

TEST_F(SelectionCommand, SaysItAsJson) {
  ASSERT_EQ(run("select: {measure: overload_hours_per_week, better: smaller, indifference: 0.1 h/week}\n",
                OutputForm::json),
            ExitCode::done);
  EXPECT_THAT(out_.str(), AllOf(HasSubstr("\"peercap-selection/1\""), HasSubstr("\"procedure\": \"kn\""),
                                HasSubstr("\"best\": \"much_time\"")));
}

TEST_F(SelectionCommand, ABudgetBelowTheFirstStageIsRefused) {
  EXPECT_EQ(run("select: {measure: overload_hours_per_week, budget: 45}\n"), ExitCode::invalid_input);
  EXPECT_THAT(err_.str(), HasSubstr("write `budget: 60` or more"));
}

TEST_F(SelectionCommand, WhatItWouldIgnoreIsRefused) {
  const std::string select = "select: {measure: overload_hours_per_week, indifference: 1 h/week}\n";
  EXPECT_EQ(run(select + "replications: 50\n"), ExitCode::invalid_input);
  EXPECT_THAT(err_.str(), HasSubstr("finds the number of replications by itself"));
  EXPECT_EQ(run(select + "vary: {supporters.count: 3-4}\n"), ExitCode::invalid_input);
  EXPECT_THAT(err_.str(), HasSubstr("nothing can vary beside it"));
}

TEST_F(SelectionCommand, AMeasureThatIsNotAlwaysDefinedTellsNoBest) {
  EXPECT_EQ(run("select: {measure: weeks_to_collapse, indifference: 1 week}\n"), ExitCode::internal_error);
  EXPECT_THAT(err_.str(), HasSubstr("not defined in every replication"));
}

}  // namespace
}  // namespace peercap::app
