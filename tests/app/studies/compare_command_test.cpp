#include <chrono>
#include <sstream>
#include <thread>
#include <utility>

#include <gmock/gmock.h>
#include <signal.h>
#include <unistd.h>

#include "app/commands/compare.h"
#include "app/studies/comparison_report.h"
#include "app/studies/comparison_study.h"
#include "app/studies/rank_stability.h"
#include "sim/study/inference/paired.h"
#include "tests/app/studies/studies_test_files.h"

namespace peercap::app {
namespace {

using ::testing::HasSubstr;

constexpr const char* two_policies =
    "set: {run.horizon: 26 weeks, run.burn_in: 4 weeks}\n"
    "policies:\n"
    "  - name: today\n"
    "  - name: twice_the_time\n"
    "    set: {supporters.protected_time: 1 h/week}\n";

class CompareCommand : public testing::StudyFiles {
 protected:
  ExitCode run(const CompareOptions& options) {
    out_.str("");
    err_.str("");
    return compare(options, out_, err_);
  }
  std::ostringstream out_;
  std::ostringstream err_;
};

TEST_F(CompareCommand, PrintsDifferencesAndWhatCommonChanceSaves) {
  const std::string path = write(std::string{two_policies} +
                                 "targets: [overload_hours_per_week <= 1 h/week]\n"
                                 "measures: [asked_per_year]\n"
                                 "replications: 24\n");
  ASSERT_EQ(run({.file = path, .request = {.threads = 2}}), ExitCode::done);
  EXPECT_THAT(out_.str(), HasSubstr("2 policies, n = 24 replications each, by the same chance"));
  EXPECT_THAT(out_.str(), HasSubstr("overload_hours_per_week (smaller is better)"));
  EXPECT_THAT(out_.str(), HasSubstr("today less twice_the_time"));
  EXPECT_THAT(out_.str(), HasSubstr("Best is twice_the_time"));
  EXPECT_THAT(out_.str(), HasSubstr("Holm"));
  EXPECT_THAT(out_.str(), HasSubstr("cut the"));
  EXPECT_THAT(out_.str(), HasSubstr("variance"));
  std::istringstream lines{out_.str()};
  for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 80U) << line;
}

// The whole example has 200 replications and prints 16.9 to 113 times; the ratio is known to about a third
// from 100 of them. Seeds are fixed.
TEST_F(CompareCommand, CommonChanceCutsTheVarianceOfTheExampleTenTimes) {
  const Study study = load(PEERCAP_SOURCE_DIR "/configs/studies/protected_time_against_supporters.yaml",
                           {.replications = 100});
  const ComparisonOutcome outcome = run_comparison(study, {.request = {.threads = 2}});
  EXPECT_EQ(outcome.measures.front().measure, peer_support::Measure::contact_within_target_share);
  for (const PolicyPair& pair : outcome.measures.front().comparison.pairs)
    EXPECT_GE(pair.difference.variance_ratio, 10.0)
        << study.policies[pair.first].name << " less " << study.policies[pair.second].name;
  EXPECT_THAT(comparison_report(study, outcome),
              HasSubstr("cut the variance of differences in\ncontact_within_target_share 1"));
}

TEST_F(CompareCommand, FiguresAreThoseOfPairedReplications) {
  const Study study =
      load(write(std::string{two_policies} + "measures: [work_hours_per_week]\nreplications: 20\n"));
  const ComparisonOutcome outcome = run_comparison(study, {.request = {.threads = 1}});
  ASSERT_EQ(outcome.replications, 20);
  ASSERT_EQ(outcome.measures.size(), 1U);
  const auto& figures = outcome.figures[0];
  const PairedDifference expected = paired_difference(figures[0], figures[1]);
  const PairedDifference& got = outcome.measures[0].comparison.pairs[0].difference;
  EXPECT_EQ(got.mean, expected.mean);
  EXPECT_EQ(got.variance_ratio, expected.variance_ratio);
  // Protected time does not decide who has a session: what is common to both years is most of it.
  EXPECT_GT(got.variance_ratio, 2.0);
}

TEST_F(CompareCommand, StopsWhenItIsPreciseEnough) {
  const Study study =
      load(write(std::string{two_policies} + "measures: [work_hours_per_week]\n"
                                             "precision: {half_width: 20 %, fewest: 5, most: 400}\n"));
  const ComparisonOutcome outcome = run_comparison(study, {.request = {.threads = 2}});
  EXPECT_EQ(outcome.end, ComparisonEnd::precise);
  EXPECT_LT(outcome.replications, 400);
  const Study impossible =
      load(write(std::string{two_policies} + "measures: [work_hours_per_week]\n"
                                             "precision: {half_width: 0.01 %, fewest: 5, most: 20}\n"));
  const ComparisonOutcome most = run_comparison(impossible, {.request = {.threads = 2}});
  EXPECT_EQ(most.end, ComparisonEnd::not_precise);
  EXPECT_EQ(most.replications, 20);
}

TEST_F(CompareCommand, RoundsThatAreCompleteAreKept) {
  const Study study =
      load(write(std::string{two_policies} + "measures: [work_hours_per_week]\nreplications: 64\n"));
  std::atomic<bool> stop{true};
  const ComparisonOutcome none = run_comparison(study, {.request = {.threads = 1}, .stop = &stop});
  EXPECT_EQ(none.end, ComparisonEnd::interrupted);
  EXPECT_TRUE(none.measures.empty());
  Study late = study;
  late.spec.time_budget = microseconds(1);
  const ComparisonOutcome spent = run_comparison(late, {.request = {.threads = 1}});
  EXPECT_EQ(spent.end, ComparisonEnd::out_of_time);
  EXPECT_LT(spent.replications, 64);
}

TEST_F(CompareCommand, RanksUnderUncertainParameters) {
  const std::string lines = std::string{two_policies} +
                            "targets: [overload_hours_per_week <= 1 h/week]\n"
                            "measures: [asked_per_year]\n"
                            "replications: 8\n"
                            "design: {kind: latin_hypercube, points: 6}\n"
                            "vary:\n"
                            "  environment.exposure_rate: {range: [0.8 per year, 3 per year]}\n";
  ASSERT_EQ(run({.file = write(lines), .request = {.threads = 2}}), ExitCode::done);
  EXPECT_THAT(out_.str(), HasSubstr("BEST IN SO MANY OF 6 DRAWS OF environment.exposure_rate"));
  const Study study = load(write(lines));
  const auto stability = run_rank_stability(study, {.request = {.threads = 1}});
  ASSERT_TRUE(stability.has_value());
  EXPECT_EQ(stability->failures, 0);
  for (const auto& shares : stability->first_shares) EXPECT_NEAR(shares[0] + shares[1], 1.0, 1e-12);
  // Twice the protected time never makes for more overload by the same chance.
  EXPECT_GT(stability->first_shares[0][1], 0.99);
  EXPECT_EQ(run({.file = write(lines + "  supporters.protected_time: {range: [0.5 h/week, 1 h/week]}\n")}),
            ExitCode::invalid_input);
  EXPECT_THAT(err_.str(), HasSubstr("the policy `twice_the_time` sets it"));
}

TEST_F(CompareCommand, OnePolicyOrNoMeasureIsAnError) {
  EXPECT_EQ(run({.file = write("measures: [waiting_mean]\npolicies: [{name: today}]\n")}),
            ExitCode::invalid_input);
  EXPECT_THAT(err_.str(), HasSubstr("there is nothing to compare: the study has 1 policy"));
  EXPECT_EQ(run({.file = write(two_policies)}), ExitCode::invalid_input);
  EXPECT_THAT(err_.str(), HasSubstr("there is no measure to compare by"));
}

// The commands catch the signal from their first replication on; loading takes a small part of the pause.
TEST_F(CompareCommand, InterruptedItPrintsWhatIsComplete) {
  const std::string path =
      write(std::string{two_policies} + "measures: [work_hours_per_week]\nreplications: 1000000\n");
  for (const auto& [signal, code] :
       {std::pair{SIGINT, ExitCode::interrupted}, {SIGTERM, ExitCode::terminated}}) {
    std::thread sender{[number = signal] {
      std::this_thread::sleep_for(std::chrono::milliseconds{1500});
      ::kill(::getpid(), number);
    }};
    EXPECT_EQ(run({.file = path, .request = {.threads = 2}}), code);
    sender.join();
    EXPECT_THAT(out_.str(), HasSubstr("(interrupted)"));
    EXPECT_THAT(out_.str(), HasSubstr("today less twice_the_time"));
  }
}

TEST_F(CompareCommand, JsonHoldsEveryFigure) {
  const std::string path =
      write(std::string{two_policies} + "measures: [work_hours_per_week]\nreplications: 8\n");
  ASSERT_EQ(run({.file = path, .request = {.threads = 1}, .form = OutputForm::json}), ExitCode::done);
  for (const char* key : {"\"format\": \"peercap-comparison/1\"", "\"variance_ratio\"", "\"p_value_holm\"",
                          "\"first_larger_mean_probability\"", "\"rank_shares\"", "\"simultaneous_ci_low\""})
    EXPECT_THAT(out_.str(), HasSubstr(key));
}

}  // namespace
}  // namespace peercap::app
