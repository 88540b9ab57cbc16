#include <cmath>
#include <sstream>

#include <gmock/gmock.h>

#include "app/commands/sensitivity.h"
#include "models/peer_support/scenario_yaml/catalogue.h"
#include "models/peer_support/scenario_yaml/value_path.h"
#include "sim/io/hdf5/result_file.h"
#include "tests/app/studies/studies_test_files.h"

namespace peercap::app {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

/// Each supporter has hours of training and debriefs; sessions are few; a cost changes nothing measured here.
constexpr const char* three_parameters =
    "set: {run.horizon: 26 weeks, run.burn_in: 4 weeks}\n"
    "vary:\n"
    "  supporters.count: {range: [2, 12], points: 2}\n"
    "  case_rules.session_gap: {range: [4 days, 10 days], points: 2}\n"
    "  costs.referral: {range: [100 currency, 2000 currency], points: 2}\n"
    "measures: [work_hours_per_week]\n";

class SensitivityCommand : public testing::StudyFiles {
 protected:
  ExitCode run(SensitivityCommandOptions options) {
    out_.str("");
    err_.str("");
    options.out = folder_ / "out.h5";
    options.existing = ExistingFile::replace;
    options.request.threads = 2;
    return sensitivity(options, out_, err_);
  }

  std::ostringstream out_;
  std::ostringstream err_;
};

SensitivityOutcome outcome_of(const Study& study, const SensitivityPlan& plan) {
  return run_sensitivity(study, choose_factors(study).factors, plan, {.request = {.threads = 2}});
}

TEST_F(SensitivityCommand, EveryMethodFindsWhatMattersAndWhatDoesNot) {
  const Study study = load(write(three_parameters));
  for (const SensitivityPlan& plan :
       {SensitivityPlan{.method = SensitivityMethod::tornado, .replications = 8},
        SensitivityPlan{.method = SensitivityMethod::morris, .trajectories = 10, .replications = 1},
        SensitivityPlan{
            .method = SensitivityMethod::sobol, .rows = 256, .replications = 1, .resamples = 200}}) {
    SCOPED_TRACE(to_string(plan.method));
    const SensitivityOutcome outcome = outcome_of(study, plan);
    ASSERT_TRUE(outcome.is_complete);
    EXPECT_EQ(outcome.failed_points, 0U);
    const MeasureSensitivity& measure = outcome.measures.at(0);
    EXPECT_EQ(ranking(plan, measure, 3).front(), 0U);
    if (plan.method == SensitivityMethod::tornado) {
      const TornadoBar& first = measure.tornado.front();
      EXPECT_EQ(first.factor, 0U);
      EXPECT_LT(first.at_low.interval.high, 0.0);
      EXPECT_GT(first.at_high.interval.low, 0.0);
      EXPECT_EQ(first.at_low.count, 8);
      // By the same chance a parameter without influence changes nothing at all.
      EXPECT_EQ(std::ranges::find(measure.tornado, 2U, &TornadoBar::factor)->swing, 0.0);
    } else if (plan.method == SensitivityMethod::morris) {
      EXPECT_EQ(measure.morris[2].mean_magnitude, 0.0);
      EXPECT_GT(measure.morris[0].magnitude_interval.low, 0.0);
    } else {
      EXPECT_EQ(measure.sobol.factors[2].total, 0.0);
      EXPECT_GT(measure.sobol.factors[0].first_order, 0.5);
      EXPECT_EQ(measure.sobol.rows, 256U);
    }
  }
}

TEST_F(SensitivityCommand, PrintsATableAndWritesAFile) {
  const std::string path = write(three_parameters);
  ASSERT_EQ(run({.file = path, .plan = {.replications = 4}}), ExitCode::done) << err_.str();
  EXPECT_THAT(out_.str(), HasSubstr("supporters.count"));
  EXPECT_THAT(out_.str(), HasSubstr("n = 4"));
  std::istringstream lines{out_.str().substr(0, out_.str().find("All parameters"))};
  for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 80U) << line;
  std::vector<std::string> groups;
  for (const ResultGroup& group : read_result(folder_ / "out.h5").groups) groups.push_back(group.path);
  for (const char* group : {"/study", "/factors", "/effects", "/points"})
    EXPECT_THAT(groups, Contains(group));
  ASSERT_EQ(run({.file = path, .plan = {.replications = 4}, .form = OutputForm::json}), ExitCode::done);
  EXPECT_THAT(out_.str(), HasSubstr("\"format\": \"peercap-sensitivity/1\""));
}

TEST_F(SensitivityCommand, RefusesDesignsThatSayNothing) {
  const std::string path = write(three_parameters);
  EXPECT_EQ(run({.file = path, .plan = {.method = SensitivityMethod::morris, .trajectories = 3}}),
            ExitCode::invalid_input);
  EXPECT_THAT(err_.str(), HasSubstr("3 trajectories say next to nothing"));
  EXPECT_EQ(run({.file = path, .plan = {.method = SensitivityMethod::sobol, .rows = 32}}),
            ExitCode::invalid_input);
  EXPECT_THAT(err_.str(), HasSubstr("32 rows say next to nothing"));
  EXPECT_EQ(run({.file = testing::small_clinic()}), ExitCode::invalid_input);
  EXPECT_THAT(err_.str(), HasSubstr("there is no measure"));
}

TEST_F(SensitivityCommand, WithoutOneItTakesEveryAssumption) {
  const Study study = load(testing::small_clinic());
  const FactorChoice choice = choose_factors(study);
  EXPECT_TRUE(choice.is_usual);
  EXPECT_GT(choice.factors.size(), 80U);
  for (const SensitivityFactor& factor : choice.factors) {
    const auto* entry = peer_support::find_in_catalogue(factor.path);
    ASSERT_NE(entry, nullptr) << factor.path;
    EXPECT_EQ(entry->grade, Grade::assumed) << factor.path;
    EXPECT_LT(factor.factor.low, factor.factor.high) << factor.path;
  }
  const auto report =
      std::ranges::find(choice.factors, "activation.outreach.report", &SensitivityFactor::path);
  ASSERT_NE(report, choice.factors.end());
  EXPECT_NEAR(report->factor.low, 0.225, 1e-12);
  EXPECT_NEAR(report->factor.high, 0.375, 1e-12);
  EXPECT_TRUE(std::ranges::any_of(choice.left_out, [](const auto& left) {
    return left.first == "activation.trust.breach" && left.second.find("it is 0") != std::string::npos;
  }));
}

}  // namespace
}  // namespace peercap::app
