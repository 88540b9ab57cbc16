// Every file under broken/ has one mistake or a few, and says in comments `# expect: FILE LINE MESSAGE` what
// has to be reported where ("." is the file itself). Each is a test of its own.
#include <filesystem>
#include <sstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/commands/validate.h"
#include "models/peer_support/scenario_yaml/load.h"
#include "tests/app/support/broken_files.h"

namespace peercap::app {
namespace {

namespace fs = std::filesystem;
using testing::expect_problems;
using testing::list_corpus;
using testing::read_expectations;

const fs::path corpus = fs::path{PEERCAP_SOURCE_DIR} / "tests/app/scenario_commands/broken";

class BrokenScenario : public ::testing::TestWithParam<std::string> {};

TEST_P(BrokenScenario, IsReportedWithItsLineAndNotRun) {
  const fs::path path = corpus / (GetParam() + ".yaml");
  Diagnostics diagnostics;
  EXPECT_FALSE(peer_support::load(path.string(), {}, diagnostics).has_value());
  expect_problems(diagnostics, read_expectations(path));

  std::ostringstream out;
  std::ostringstream err;
  EXPECT_EQ(validate({.files = {path.string()}}, out, err), ExitCode::invalid_input);
  EXPECT_THAT(out.str(), ::testing::IsEmpty());
  EXPECT_THAT(err.str(), ::testing::HasSubstr("error: "));
}

INSTANTIATE_TEST_SUITE_P(Corpus, BrokenScenario, ::testing::ValuesIn(list_corpus(corpus)),
                         [](const auto& name) { return name.param; });

TEST(BrokenScenarios, AreAtLeastFortyFiveKinds) {
  EXPECT_GE(list_corpus(corpus).size(), 45U);
}

}  // namespace
}  // namespace peercap::app
