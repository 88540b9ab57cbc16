#include "sim/support/parameter.h"

#include <limits>

#include <gtest/gtest.h>

#include "sim/support/build_info.h"
#include "sim/support/quantity.h"

namespace peercap {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double nan_value = std::numeric_limits<double>::quiet_NaN();

TEST(Range, ContainsItsEndsUnlessExcluded) {
  EXPECT_TRUE(between(0, 1).contains(0));
  EXPECT_TRUE(between(0, 1).contains(1));
  EXPECT_FALSE(between(0, 1).contains(1.0000001));
  EXPECT_FALSE(between(0, 1).contains(-1e-300));
  EXPECT_TRUE(at_least(2).contains(2));
  EXPECT_FALSE(above(2).contains(2));
  EXPECT_TRUE(above(2).contains(2.0000001));
  EXPECT_TRUE(Range{}.contains(-infinity));
}

TEST(Range, NeverContainsNan) {
  EXPECT_FALSE(Range{}.contains(nan_value));
  EXPECT_FALSE(above(0).contains(nan_value));
  EXPECT_FALSE(between(-infinity, infinity).contains(nan_value));
}

TEST(Grade, HasAWordForEachValue) {
  EXPECT_EQ(to_string(Grade::measured), "measured");
  EXPECT_EQ(to_string(Grade::fitted), "fitted");
  EXPECT_EQ(to_string(Grade::assumed), "assumed");
  EXPECT_EQ(to_string(Grade::setting), "setting");
}

TEST(Rate, ConvertsBetweenItsUnits) {
  EXPECT_DOUBLE_EQ(per_year(365).per_day, 1.0);
  EXPECT_DOUBLE_EQ(per_week(7).per_day, 1.0);
  EXPECT_DOUBLE_EQ(per_day(2).per_year(), 730.0);
  EXPECT_LT(per_year(1), per_week(1));
}

TEST(BuildInfo, NamesVersionBuildTypeAndCompiler) {
  const BuildInfo& info = build_info();
  EXPECT_EQ(info.version, PEERCAP_PROJECT_VERSION);
  EXPECT_FALSE(info.compiler.empty());
  const auto hash = info.git_hash.substr(0, info.git_hash.find('+'));
  EXPECT_TRUE(hash == "unknown" ||
              (hash.size() == 40 && hash.find_first_not_of("0123456789abcdef") == hash.npos))
      << info.git_hash;
}

}  // namespace
}  // namespace peercap
