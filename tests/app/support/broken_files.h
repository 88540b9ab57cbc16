#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "sim/support/diagnostics.h"

/// Corpora of files with mistakes. Each file says in comments `# expect: FILE LINE MESSAGE` what has to be
/// reported where; "." is the file itself, other files are relative to it.
namespace peercap::app::testing {

struct ExpectedProblem {
  std::string file;
  int line = 0;
  std::string message;  ///< a part of it
};

inline std::vector<ExpectedProblem> read_expectations(const std::filesystem::path& path) {
  std::vector<ExpectedProblem> expectations;
  std::ifstream in{path};
  for (std::string line; std::getline(in, line);) {
    constexpr std::string_view mark = "# expect: ";
    if (!line.starts_with(mark)) continue;
    std::istringstream words{line.substr(mark.size())};
    ExpectedProblem& expected = expectations.emplace_back();
    std::string file;
    words >> file >> expected.line >> std::ws;
    std::getline(words, expected.message);
    expected.file = (file == "." ? path : path.parent_path() / file).string();
  }
  return expectations;
}

/// The names of a folder's YAML files without their suffix.
inline std::vector<std::string> list_corpus(const std::filesystem::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator{folder})
    if (entry.path().extension() == ".yaml") names.push_back(entry.path().stem().string());
  std::ranges::sort(names);
  return names;
}

/// Fails unless all expected problems are reported as errors, and no other: a mistake must not drag wrong
/// messages after it.
inline void expect_problems(const Diagnostics& diagnostics,
                            const std::vector<ExpectedProblem>& expectations) {
  ASSERT_FALSE(expectations.empty()) << "the file says nothing of what to expect";
  const auto problems = diagnostics.sorted();
  std::string all;
  for (const Problem& problem : problems)
    all += problem.where.file + ":" + std::to_string(problem.where.line) + ": " + problem.what + "\n";
  for (const ExpectedProblem& expected : expectations) {
    const auto found = std::ranges::find_if(problems, [&](const Problem& problem) {
      return problem.severity == Severity::error && problem.where.line == expected.line &&
             std::filesystem::weakly_canonical(problem.where.file) ==
                 std::filesystem::weakly_canonical(expected.file) &&
             problem.what.find(expected.message) != std::string::npos;
    });
    EXPECT_NE(found, problems.end()) << "expected in line " << expected.line << ": " << expected.message
                                     << "\ngot\n"
                                     << all;
  }
  EXPECT_EQ(diagnostics.error_count(), expectations.size()) << all;
}

}  // namespace peercap::app::testing
