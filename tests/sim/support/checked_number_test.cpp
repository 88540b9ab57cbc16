#include "sim/support/checked_number.h"

#include <limits>

#include <gtest/gtest.h>

namespace peercap {
namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double infinite = std::numeric_limits<double>::infinity();

TEST(CheckedNumber, IsRoundedToWholeSteps) {
  EXPECT_EQ(fixed_point(0.0, 8.0, ""), 0);
  EXPECT_EQ(fixed_point(1.3, 8.0, ""), 10);
  EXPECT_EQ(fixed_point(-1.3, 8.0, ""), -10);
  EXPECT_EQ(fixed_point(0.0625, 8.0, ""), 1);
  EXPECT_EQ(fixed_point(-0.0625, 8.0, ""), -1);
  EXPECT_EQ(fixed_point(-7.0, 1.0, ""), -7);
}

TEST(CheckedNumber, HasToBeOne) {
  for (const double value : {not_a_number, infinite, -infinite, 1e19, -1e19})
    EXPECT_THROW((void)fixed_point(value, 1.0, "is none"), ContractViolation) << value;
  EXPECT_EQ(fixed_point(9e18, 1.0, ""), 9'000'000'000'000'000'000);
}

TEST(CheckedNumber, OfAProbabilityIsBetweenZeroAndOne) {
  EXPECT_EQ(probability(0.0, ""), 0.0);
  EXPECT_EQ(probability(1.0, ""), 1.0);
  for (const double value : {not_a_number, infinite, -1e-300, 1.0 + 1e-15})
    EXPECT_THROW((void)probability(value, "is none"), ContractViolation) << value;
}

}  // namespace
}  // namespace peercap
