// Every file under broken/ has one mistake or a few, and says in comments `# expect: FILE LINE MESSAGE` what
// has to be reported where ("." is the file itself). Each is a test of its own.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/commands/compare.h"
#include "app/commands/estimate.h"
#include "app/commands/size.h"
#include "app/studies/study_file.h"

namespace peercap::app {
namespace {

namespace fs = std::filesystem;

const fs::path corpus = fs::path{PEERCAP_SOURCE_DIR} / "tests/app/studies/broken";

struct Expectation {
  std::string file;
  int line = 0;
  std::string message;
};

std::vector<Expectation> read_expectations(const fs::path& path) {
  std::vector<Expectation> expectations;
  std::ifstream in{path};
  for (std::string line; std::getline(in, line);) {
    constexpr std::string_view mark = "# expect: ";
    if (!line.starts_with(mark)) continue;
    std::istringstream words{line.substr(mark.size())};
    Expectation& expectation = expectations.emplace_back();
    std::string file;
    words >> file >> expectation.line >> std::ws;
    std::getline(words, expectation.message);
    expectation.file = (file == "." ? path : path.parent_path() / file).string();
  }
  return expectations;
}

std::vector<std::string> list_corpus() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator{corpus})
    if (entry.path().extension() == ".yaml") names.push_back(entry.path().stem().string());
  std::ranges::sort(names);
  return names;
}

class BrokenStudy : public testing::TestWithParam<std::string> {};

TEST_P(BrokenStudy, IsReportedWithItsLineAndNotRun) {
  const fs::path path = corpus / (GetParam() + ".yaml");
  const auto expectations = read_expectations(path);
  ASSERT_FALSE(expectations.empty()) << "the file says nothing of what to expect";

  Diagnostics diagnostics;
  EXPECT_FALSE(load_study(path.string(), {}, diagnostics).has_value());
  const auto problems = diagnostics.sorted();
  std::string all;
  for (const Problem& problem : problems)
    all += problem.where.file + ":" + std::to_string(problem.where.line) + ": " + problem.what + "\n";
  for (const Expectation& expected : expectations) {
    const auto found = std::ranges::find_if(problems, [&](const Problem& problem) {
      return problem.severity == Severity::error && problem.where.line == expected.line &&
             fs::weakly_canonical(problem.where.file) == fs::weakly_canonical(expected.file) &&
             problem.what.find(expected.message) != std::string::npos;
    });
    EXPECT_NE(found, problems.end()) << "expected in line " << expected.line << ": " << expected.message
                                     << "\ngot\n"
                                     << all;
  }
  // A mistake must not drag wrong messages after it.
  EXPECT_EQ(diagnostics.error_count(), expectations.size()) << all;

  std::ostringstream out;
  std::ostringstream err;
  EXPECT_EQ(size({.file = path.string()}, out, err), ExitCode::invalid_input);
  EXPECT_EQ(compare({.file = path.string()}, out, err), ExitCode::invalid_input);
  EXPECT_EQ(estimate({.file = path.string()}, out, err), ExitCode::invalid_input);
  EXPECT_THAT(out.str(), testing::IsEmpty());
  EXPECT_THAT(err.str(), testing::HasSubstr("error: "));
}

INSTANTIATE_TEST_SUITE_P(Corpus, BrokenStudy, testing::ValuesIn(list_corpus()),
                         [](const auto& name) { return name.param; });

TEST(BrokenStudies, AreAtLeastFortyKinds) {
  EXPECT_GE(list_corpus().size(), 40U);
}

}  // namespace
}  // namespace peercap::app
