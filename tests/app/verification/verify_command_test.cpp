#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "app/commands/verify.h"

namespace peercap::app {
namespace {

using ::testing::HasSubstr;

/// A folder with one family: Erlang B with a server and an offered load of one half, 1/3.
class VerifyCommand : public ::testing::Test {
 protected:
  VerifyCommand() : folder_{std::filesystem::temp_directory_path() / ("verify_" + std::to_string(getpid()))} {
    std::filesystem::create_directories(folder_);
  }
  ~VerifyCommand() override { std::filesystem::remove_all(folder_); }

  void write_family(const std::string& value, const std::string& measured = "1 - asked_contacted_share") {
    std::ofstream file{folder_ / "loss.yaml"};
    file << "format: peercap-verification/1\nname: loss\nabout: a queue without room\nsource: A. K. Erlang\n"
         << "scenario: " << PEERCAP_SOURCE_DIR "/configs/verification/scenarios/queue.yaml\n"
         << "systems:\n  - name: one\n    set:\n      supporters.count: 1\n"
         << "      activation.direct_requests: 12 per day\n      loops.referral: on\n"
         << "      case_rules.overflow.to_professional: on\n"
         << "      case_rules.overflow.professional_after: 0 min\n"
         << "      \"referrals.destinations[*].acceptance\": 0\n      run.horizon: 13 weeks\n"
         << "    replications: 30\n    quantities:\n      - name: blocked\n        what: share that goes "
            "away\n"
         << "        formula: Erlang B\n        value: " << value << "\n        measured: " << measured
         << "\n";
  }

  ExitCode run(VerifyOptions options = {}) {
    options.folder = folder_.string();
    options.run.request.threads = 2;
    out_.str("");
    err_.str("");
    return verify(options, out_, err_);
  }

  std::filesystem::path folder_;
  std::ostringstream out_;
  std::ostringstream err_;
};

// |z| above 4 has a probability of 4e-4 with 29 degrees of freedom; the seed is fixed.
TEST_F(VerifyCommand, PassesWhatAgreesWithTheory) {
  write_family("0.3333333333333333");
  EXPECT_EQ(run(), ExitCode::done) << out_.str() << err_.str();
  EXPECT_THAT(out_.str(), HasSubstr("1 quantities: 1 passed, 0 too wide to count, 0 differ"));
}

TEST_F(VerifyCommand, FindsWhatDiffers) {
  write_family("0.35");
  EXPECT_EQ(run(), ExitCode::target_not_met);
  EXPECT_THAT(out_.str(), HasSubstr("differs"));
}

TEST_F(VerifyCommand, AsksAgainInASecondStage) {
  write_family("0.35");
  VerifyOptions options;
  options.run.two_stages = true;
  options.run.seed = 7;
  options.form = OutputForm::json;
  EXPECT_EQ(run(options), ExitCode::target_not_met);
  EXPECT_THAT(out_.str(), HasSubstr("\"stage\": 2"));
  EXPECT_THAT(out_.str(), HasSubstr("\"replications\": 120"));
}

TEST_F(VerifyCommand, RefusesWhatItCannotRead) {
  write_family("0.35", "no_such_measure");
  EXPECT_EQ(run(), ExitCode::invalid_input);
  EXPECT_THAT(err_.str(), HasSubstr("there is no measure `no_such_measure`"));
  write_family("0.35");
  EXPECT_EQ(run({.names = {"los"}}), ExitCode::invalid_input);
  EXPECT_THAT(err_.str(), HasSubstr("there is no family or system `los`"));
}

KnownQuantity quantity_of(double value) {
  std::string problem;
  return {"known", "a figure", "by hand", value, "1", *Observable::parse("1", problem)};
}

TEST(Verdicts, AreOfTheDistanceInStandardErrors) {
  const KnownQuantity quantity = quantity_of(10.0);
  std::vector<double> values;
  for (int i = 0; i < 50; ++i) values.insert(values.end(), {9.9, 10.1});
  std::vector<QuantityCheck> checks{check_quantity(quantity, values)};
  judge(checks, 1);
  EXPECT_NEAR(checks.front().z, 0.0, 1e-9);
  EXPECT_EQ(checks.front().verdict, KnownVerdict::passed);
}

TEST(Verdicts, DoNotPassAWideInterval) {
  const KnownQuantity quantity = quantity_of(10.0);
  std::vector<double> values;
  for (int i = 0; i < 15; ++i) values.insert(values.end(), {5.0, 15.0});
  std::vector<QuantityCheck> checks{check_quantity(quantity, values)};
  judge(checks, 1);
  EXPECT_EQ(checks.front().verdict, KnownVerdict::too_wide);
}

TEST(Verdicts, DoNotPassWhatIsNotDefinedOrDoesNotScatterElsewhere) {
  const KnownQuantity quantity = quantity_of(10.0);
  std::vector<double> undefined(30, 10.0);
  undefined.back() = std::nan("");
  std::vector<QuantityCheck> checks{check_quantity(quantity, undefined),
                                    check_quantity(quantity, std::vector<double>(30, 10.5)),
                                    check_quantity(quantity, std::vector<double>(30, 10.0))};
  judge(checks, 1);
  EXPECT_EQ(checks[0].verdict, KnownVerdict::differs);
  EXPECT_EQ(checks[1].verdict, KnownVerdict::differs);
  EXPECT_EQ(checks[2].verdict, KnownVerdict::passed);
}

}  // namespace
}  // namespace peercap::app
