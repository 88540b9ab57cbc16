#include <atomic>
#include <chrono>
#include <fstream>
#include <sstream>
#include <string>
#include <thread>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/calibration/calibration_report.h"
#include "app/calibration/calibration_study.h"
#include "app/commands/calibrate.h"
#include "app/commands/run.h"
#include "app/studies/point_runner.h"
#include "app/studies/posterior_file.h"
#include "app/studies/study_design.h"
#include "sim/io/input_output_error.h"
#include "tests/app/studies/studies_test_files.h"

namespace peercap::app {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::Gt;
using ::testing::HasSubstr;
using ::testing::Lt;

constexpr const char* short_runs = "set: {run.horizon: 26 weeks, run.burn_in: 8 weeks}\n";

/// Episodes of distress tell how often people are exposed; a few short generations.
std::string exposure_study(const std::string& figure, const std::string& how = "") {
  return std::string{short_runs} +
         "calibrate:\n"
         "  population: 60\n"
         "  generations: 5\n"
         "  replications: 2\n" +
         how +
         "  parameters:\n"
         "    environment.exposure_rate: {range: [0.3 per year, 6 per year], scale: log}\n"
         "  observed:\n"
         "    " +
         figure + "\n";
}

class CalibrateCommand : public testing::StudyFiles {
 protected:
  ExitCode run(CalibrateOptions options) {
    out_.str("");
    err_.str("");
    if (options.request.threads == 0) options.request.threads = 2;
    if (!options.out) options.out = folder_ / "fit.posterior.json";
    return calibrate(options, out_, err_);
  }
  [[nodiscard]] std::string posterior_of(const Study& study, std::size_t threads) const {
    return posterior_json(study, run_calibration(study, {.request = {.threads = threads}}));
  }
  [[nodiscard]] static std::string text_of(const fs::path& file) {
    std::ifstream in{file};
    return {std::istreambuf_iterator<char>{in}, {}};
  }

  /// The mean of a measure of the small clinic with this exposure rate.
  [[nodiscard]] double mean_with(const std::string& rate, const std::string& measure) const {
    const Study study = load(write(std::string{short_runs} + "measures: [" + measure + "]\n"));
    PointRunner runner{study.measures, {.request = {.threads = 2}}};
    double sum = 0.0;
    constexpr int count = 200;
    (void)runner.run({1,
                      [&](std::size_t) {
                        return StudyPoint{&study.base, {{"environment.exposure_rate", rate}}};
                      }},
                     5000, count, [&](std::size_t, std::int64_t, const PointOutcome& outcome) {
                       sum += outcome.measures.front();
                     });
    return sum / count;
  }

  std::ostringstream out_;
  std::ostringstream err_;
};

TEST_F(CalibrateCommand, FindsTheParameterBehindAFigureWithItsUncertainty) {
  const double truth = 1.8;
  const double figure = mean_with("1.8 per year", "exposures_per_clinician_year");
  const Study study = load(write(exposure_study(
      fmt::format("exposures_per_clinician_year: {{value: {:.6g} per year, within: {:.6g} per year}}", figure,
                  0.05 * figure))));
  const CalibrationOutcome outcome = run_calibration(study, {.request = {.threads = 2}});
  ASSERT_TRUE(outcome.posterior.has_value());
  const Interval interval = outcome.posterior->interval(0);
  EXPECT_LT(interval.low * 365.25, truth);
  EXPECT_GT(interval.high * 365.25, truth);
  EXPECT_LT(interval.high / interval.low, 3.0) << "it was 20 before";
  EXPECT_NEAR(outcome.figures.front().mean, figure, 0.25 * figure);
}

TEST_F(CalibrateCommand, PointFitComesCloseAndSaysWhatItIs) {
  const double figure = mean_with("1.8 per year", "exposures_per_clinician_year");
  const std::string path = write(exposure_study(
      fmt::format("exposures_per_clinician_year: {{value: {:.6g} per year, within: {:.6g} per year}}", figure,
                  0.05 * figure),
      "  fit: point\n  simulations: 40\n"));
  ASSERT_EQ(run({.file = path, .load = {.replications = 16}}), ExitCode::done) << err_.str();
  EXPECT_THAT(out_.str(), HasSubstr("A point says nothing of how well the data tell the parameters"));
  Diagnostics diagnostics;
  const auto posterior = read_posterior(folder_ / "fit.posterior.json", diagnostics);
  ASSERT_TRUE(posterior.has_value());
  ASSERT_EQ(posterior->draws.size(), 1U);
  const Study study = load(path);
  const auto rate =
      peer_support::number_of_text(study.base, "environment.exposure_rate", posterior->center.front().second);
  ASSERT_TRUE(rate.has_value());
  EXPECT_NEAR(*rate * 365.25, 1.8, 0.25);
}

TEST_F(CalibrateCommand, NeitherThreadsNorInterruptionsChangeThePosterior) {
  const Study study = load(
      write(exposure_study("exposures_per_clinician_year: {value: 2.5 per year, within: 0.15 per year}")));
  const std::string undisturbed = posterior_of(study, 2);
  EXPECT_EQ(posterior_of(study, 1), undisturbed);

  const fs::path result = folder_ / "saved.posterior.json";
  int interruptions = 0;
  for (int sitting = 0; sitting < 100; ++sitting) {
    auto folder = CalibrationFolder::try_open(result);
    ASSERT_TRUE(folder.has_value());
    std::atomic<bool> stop = false;
    std::jthread timer{[&](const std::stop_token& over) {
      for (int i = 0; i < 4 + sitting && !over.stop_requested(); ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds{25});
      stop = true;
    }};
    try {
      const CalibrationOutcome outcome = run_calibration(study, {.request = {.threads = 2},
                                                                 .stop = &stop,
                                                                 .folder = &*folder,
                                                                 .identity = calibration_identity(study)});
      EXPECT_EQ(posterior_json(study, outcome), undisturbed);
      if (interruptions > 0) {
        EXPECT_GT(outcome.replications_before, 0);
      }
      break;
    } catch (const StudyEnded& ended) {
      ASSERT_EQ(ended.end(), StudyEnd::interrupted);
      ++interruptions;
    }
  }
  EXPECT_GT(interruptions, 0) << "the test is to interrupt at least once";
}

TEST_F(CalibrateCommand, BatchesOfAnotherCalibrationAreRefused) {
  const Study study = load(
      write(exposure_study("exposures_per_clinician_year: {value: 2.5 per year, within: 0.15 per year}")));
  auto folder = CalibrationFolder::try_open(folder_ / "x");
  ASSERT_TRUE(folder.has_value());
  folder->write_batch("another", 0, {{1.0}});
  EXPECT_THROW(
      (void)run_calibration(
          study, {.request = {.threads = 2}, .folder = &*folder, .identity = calibration_identity(study)}),
      InputOutputError);
}

TEST_F(CalibrateCommand, ReplicationsOfTheCommandLineCount) {
  const std::string path = write(exposure_study(
      "exposures_per_clinician_year: {value: 2.5 per year, within: 0.15 per year}", "  simulations: 60\n"));
  // 60 sets, and one fresh replication of each.
  EXPECT_EQ(run_calibration(load(path), {.request = {.threads = 2}}).replications, 60 * 2 + 60);
  EXPECT_EQ(run_calibration(load(path, {.replications = 3}), {.request = {.threads = 2}}).replications,
            60 * 3 + 60);
}

TEST_F(CalibrateCommand, ATimeBudgetEndsItAndKeepsWhatWasSimulated) {
  const std::string path =
      write("time_budget: 1 ms\n" +
            exposure_study("exposures_per_clinician_year: {value: 2.5 per year, within: 0.15 per year}"));
  ASSERT_EQ(run({.file = path}), ExitCode::partial);
  EXPECT_THAT(err_.str(), AllOf(HasSubstr("the time budget of"), HasSubstr("--resume")));
}

TEST_F(CalibrateCommand, WhatLiesThereIsNeitherOverwrittenNorForgotten) {
  const std::string path =
      write(exposure_study("exposures_per_clinician_year: {value: 2.5 per year, within: 0.15 per year}",
                           "  fit: point\n  simulations: 10\n"));
  ASSERT_EQ(run({.file = path, .unfinished = UnfinishedRun::resume}), ExitCode::input_output);
  EXPECT_THAT(err_.str(), HasSubstr("nothing to resume"));
  {
    auto folder = CalibrationFolder::try_open(folder_ / "fit.posterior.json");
    ASSERT_TRUE(folder.has_value());
    folder->write_batch("another", 0, {{1.0}});
    ASSERT_EQ(run({.file = path}), ExitCode::input_output);
    EXPECT_THAT(err_.str(), HasSubstr("is in use by"));
  }
  ASSERT_EQ(run({.file = path}), ExitCode::input_output);
  EXPECT_THAT(err_.str(), AllOf(HasSubstr("--resume"), HasSubstr("--discard-partial")));
  ASSERT_EQ(run({.file = path, .unfinished = UnfinishedRun::discard}), ExitCode::done) << err_.str();
  EXPECT_FALSE(fs::exists(folder_ / "fit.posterior.json.partial"));
  EXPECT_THROW((void)run({.file = path}), InputOutputError);
  EXPECT_EQ(run({.file = path, .existing = ExistingFile::replace}), ExitCode::done);
}

TEST_F(CalibrateCommand, AStudyWithoutACalibrationIsToldWhatIsMissing) {
  EXPECT_EQ(run({.file = write("measures: [exposures_per_clinician_year]\n")}), ExitCode::invalid_input);
  EXPECT_THAT(err_.str(), HasSubstr("does not say what is fitted to what"));
}

TEST_F(CalibrateCommand, ReportKeepsTheWidthAndNamesPriorAndObservation) {
  const std::string path =
      write(exposure_study("exposures_per_clinician_year: {value: 2.5 per year, within: 0.15 per year}"));
  ASSERT_EQ(run({.file = path}), ExitCode::done) << err_.str();
  EXPECT_THAT(out_.str(), AllOf(HasSubstr("sets of parameters come within a distance of"),
                                HasSubstr("0.3 per year to 6 per year"), HasSubstr("known within")));
  std::istringstream lines{out_.str()};
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("saved in ")) {
      EXPECT_LE(line.size(), 80U) << line;
    }
  }
}

TEST_F(CalibrateCommand, RunsAndStudiesDrawFromThePosterior) {
  const std::string path = write(exposure_study(
      "exposures_per_clinician_year: {value: 2.5 per year, within: 0.15 per year}", "  simulations: 120\n"));
  ASSERT_EQ(run({.file = path}), ExitCode::done) << err_.str();
  const fs::path file = folder_ / "fit.posterior.json";
  Diagnostics diagnostics;
  const auto posterior = read_posterior(file, diagnostics);
  ASSERT_TRUE(posterior.has_value());
  ASSERT_EQ(posterior->draws.size(), 60U);

  const auto summary_of = [&](const RunOptions& base) {
    RunOptions options = base;
    options.scenario = testing::small_clinic();
    options.load.overrides.insert(options.load.overrides.end(),
                                  {"run.replications=3", "run.horizon=26 weeks", "run.burn_in=8 weeks"});
    options.out = folder_ / "run.h5";
    options.existing = ExistingFile::replace;
    options.form = OutputForm::json;
    std::ostringstream out;
    std::ostringstream err;
    EXPECT_EQ(app::run(options, out, err), ExitCode::done) << err.str();
    const std::string text = out.str();
    return text.substr(text.find("\"measures\""));
  };
  RunOptions by_hand;
  by_hand.load.overrides = {posterior->draws[6].front().first + "=" + posterior->draws[6].front().second};
  RunOptions drawn;
  drawn.posterior = file.string();
  drawn.posterior_draw = 7;
  EXPECT_EQ(summary_of(drawn), summary_of(by_hand));
  drawn.posterior_draw = 0;
  EXPECT_NE(summary_of(drawn), summary_of(by_hand));
  drawn.posterior_draw = 61;
  drawn.scenario = testing::small_clinic();
  std::ostringstream out;
  std::ostringstream err;
  EXPECT_EQ(app::run(drawn, out, err), ExitCode::invalid_input);
  EXPECT_THAT(err.str(), HasSubstr("has 60 sets of parameters"));

  const Study study = load(write("design: {kind: posterior, file: fit.posterior.json, points: 12}\n"));
  const StudyDesign design{study};
  ASSERT_EQ(design.size(), 12U);
  EXPECT_EQ(design.settings(3).front().first, "environment.exposure_rate");
}

}  // namespace
}  // namespace peercap::app
