#include "sim/support/diagnostics.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace peercap {
namespace {

using testing::ElementsAre;

std::vector<std::string> texts(const Diagnostics& diagnostics) {
  std::vector<std::string> result;
  for (const Problem& problem : diagnostics.sorted()) result.push_back(problem.what);
  return result;
}

TEST(Diagnostics, CountsErrorsButNotWarningsOrNotes) {
  Diagnostics diagnostics;
  EXPECT_TRUE(diagnostics.empty());
  diagnostics.warning({"a.yaml", 1, 1}, "odd");
  diagnostics.note({"a.yaml", 2, 1}, "by the way");
  EXPECT_FALSE(diagnostics.has_errors());
  EXPECT_FALSE(diagnostics.empty());
  diagnostics.error({"a.yaml", 3, 1}, "wrong", "right");
  diagnostics.add({Severity::error, {}, "also wrong", {}});
  EXPECT_TRUE(diagnostics.has_errors());
  EXPECT_EQ(diagnostics.error_count(), 2U);
}

TEST(Diagnostics, KeepsWhatItWasTold) {
  Diagnostics diagnostics;
  diagnostics.error({"a.yaml", 3, 7}, "wrong", "right");
  const Problem problem = diagnostics.sorted().front();
  EXPECT_EQ(problem.severity, Severity::error);
  EXPECT_EQ(problem.where, (SourceLocation{"a.yaml", 3, 7}));
  EXPECT_EQ(problem.what, "wrong");
  EXPECT_EQ(problem.suggestion, "right");
}

TEST(Diagnostics, SortsByFileThenLineThenColumn) {
  Diagnostics diagnostics;
  diagnostics.error({"b.yaml", 1, 1}, "5");
  diagnostics.error({"a.yaml", 10, 1}, "4");
  diagnostics.warning({"a.yaml", 9, 20}, "3");
  diagnostics.error({"a.yaml", 9, 3}, "2");
  diagnostics.note({"a.yaml", 0, 0}, "1");
  EXPECT_THAT(texts(diagnostics), ElementsAre("1", "2", "3", "4", "5"));
}

TEST(Diagnostics, KeepsTheOrderFoundAtOnePlace) {
  Diagnostics diagnostics;
  const SourceLocation place{"a.yaml", 4, 2};
  for (int i = 0; i < 40; ++i) diagnostics.error(place, std::to_string(i));
  const auto found = texts(diagnostics);
  ASSERT_EQ(found.size(), 40U);
  for (std::size_t i = 0; i < found.size(); ++i) EXPECT_EQ(found[i], std::to_string(i));
}

}  // namespace
}  // namespace peercap
