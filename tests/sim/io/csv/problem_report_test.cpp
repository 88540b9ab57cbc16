#include "sim/io/csv/problem_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace peercap::csv {
namespace {

TEST(ProblemReport, ListsTheFirstFewAndSaysThatThereAreMore) {
  Diagnostics diagnostics;
  ProblemReport report{"people.csv", 2, diagnostics};
  report.error(3, "one", "first");
  EXPECT_FALSE(report.full());
  report.error(4, "two", {}, 7);
  EXPECT_TRUE(report.full());
  report.error(5, "three");
  EXPECT_EQ(report.count(), 2);
  EXPECT_EQ(diagnostics.error_count(), 2U);
  const auto problems = diagnostics.sorted();
  ASSERT_EQ(problems.size(), 3U);
  EXPECT_EQ(problems[0].where, (SourceLocation{"people.csv", 3, 0}));
  EXPECT_EQ(problems[0].suggestion, "first");
  EXPECT_EQ(problems[1].where, (SourceLocation{"people.csv", 4, 7}));
  EXPECT_EQ(problems[2].severity, Severity::note);
  EXPECT_EQ(problems[2].what, "2 problems; more in this file are not listed");
}

}  // namespace
}  // namespace peercap::csv
