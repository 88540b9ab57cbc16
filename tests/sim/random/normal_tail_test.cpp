#include "sim/random/normal_tail.h"

#include <cmath>

#include <gtest/gtest.h>

namespace peercap {
namespace {

TEST(NormalTail, AgreesWithTheComplementaryErrorFunction) {
  for (double z = -8.0; z <= 8.0; z += 0.01)
    EXPECT_NEAR(normal_tail(z), 0.5 * std::erfc(z / std::sqrt(2.0)), 7.5e-8) << z;
}

TEST(NormalTail, SumsToOneWithItsMirrorImage) {
  for (const double z : {0.3, 1.96, 5.0}) EXPECT_DOUBLE_EQ(normal_tail(z) + normal_tail(-z), 1.0) << z;
}

}  // namespace
}  // namespace peercap
