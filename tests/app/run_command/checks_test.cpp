// `--check`: replications that break an invariant are told and left out, the result is the same.

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <sstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "app/replications.h"
#include "models/peer_support/scenario_yaml/load.h"
#include "sim/io/hdf5/result_file.h"
#include "sim/observe/content_digest.h"
#include "tests/app/support/program_process.h"

namespace peercap::app {
namespace {

using ::testing::HasSubstr;
namespace fs = std::filesystem;

constexpr const char* small_clinic = PEERCAP_SOURCE_DIR "/configs/scenarios/small_clinic.yaml";

TEST(ChecksOfReplications, LeaveOutThoseThatBreakAnInvariant) {
  Diagnostics diagnostics;
  const auto loaded = peer_support::load(
      small_clinic,
      {.overrides = {"run.replications=2", "surveys.interval_weeks=0", "run.horizon=4 weeks"}, .variant = {}},
      diagnostics);
  ASSERT_TRUE(loaded);
  peer_support::Rules rules{loaded->scenario};
  rules.check_invariants = false;
  apply_checks({}, rules);
  EXPECT_FALSE(rules.check_invariants);
  apply_checks({.check_invariants = true}, rules);
  EXPECT_TRUE(rules.check_invariants);
  rules.passing_sd = 1e6;  // exhaustion beyond all bounds
  std::ostringstream err;
  std::size_t delivered = 0;
  const Execution execution = run_replications_of(
      rules, {.request = {.threads = 1}}, err, [&](const peer_support::ReplicationOutcome&) { ++delivered; });
  EXPECT_EQ(delivered, 0U);
  EXPECT_EQ(exit_code_of(execution), ExitCode::partial);
  EXPECT_THAT(err.str(), HasSubstr("replication 1 failed: "));
  EXPECT_THAT(err.str(), HasSubstr("violations of invariants"));
  EXPECT_THAT(err.str(), HasSubstr("exhaustion is beyond all bounds"));
}

class CheckedProcess : public ::testing::Test {
 protected:
  CheckedProcess()
      : folder_{fs::path{::testing::TempDir()} / ("peercap_checked_" + std::to_string(::getpid()))} {
    ::setenv("PEERCAP_CHECK", "0", 1);
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  ~CheckedProcess() override {
    fs::remove_all(folder_);
    ::unsetenv("PEERCAP_CHECK");
  }

  [[nodiscard]] ResultContent result_of(const std::string& name, testing::Words more) const {
    const fs::path file = folder_ / (name + ".h5");
    testing::Words words{"run",   small_clinic,           "--quiet", "-r",         "2",
                         "--set", "run.horizon=26 weeks", "--out",   file.string()};
    words.insert(words.end(), more.begin(), more.end());
    EXPECT_EQ(testing::exit_of(testing::start_program(words, folder_ / "messages.txt")), 0);
    return read_result(file);
  }
  [[nodiscard]] static bool says_checked(const ResultContent& content) {
    return std::ranges::find(content.provenance, "invariants_checked", &ResultAttribute::name) !=
           content.provenance.end();
  }

  fs::path folder_;
};

TEST_F(CheckedProcess, HasTheSameResultAndSaysThatItWasChecked) {
  const ResultContent without = result_of("without", {});
  const ResultContent with = result_of("with", {"--check"});
  EXPECT_FALSE(says_checked(without));
  EXPECT_TRUE(says_checked(with));
  EXPECT_EQ(content_digest(with), content_digest(without));
}

TEST_F(CheckedProcess, IsAskedForByTheEnvironment) {
  ::setenv("PEERCAP_CHECK", "1", 1);
  EXPECT_TRUE(says_checked(result_of("asked", {})));
}

}  // namespace
}  // namespace peercap::app
