#include "sim/random/normal_quantile.h"

#include <cmath>
#include <cstdint>
#include <limits>

#include <boost/math/distributions/normal.hpp>
#include <gtest/gtest.h>

#include "sim/random/random_source.h"

namespace peercap {
namespace {

enum class Purpose : std::uint16_t { probability };

/// Boost's quantile in extended precision; the upper half by symmetry, where 1 - p is exact.
double quantile_by_boost(double p) {
  const boost::math::normal_distribution<long double> standard;
  const long double exact = p;
  return static_cast<double>(p <= 0.5 ? quantile(standard, exact) : -quantile(standard, 1.0L - exact));
}

void expect_agreement(double p) {
  const double expected = quantile_by_boost(p);
  EXPECT_NEAR(normal_quantile(p), expected, 1e-14 * std::abs(expected)) << "p = " << p;
}

TEST(NormalQuantile, AgreesWithBoostInTheCenter) {
  const RandomSource random{1, 0};
  for (std::uint64_t i = 0; i < 5000; ++i)
    expect_agreement(random.draw(EntityKey{}, Purpose::probability, i).uniform());
}

TEST(NormalQuantile, AgreesWithBoostInBothTails) {
  for (int power = 1; power <= 1074; ++power) expect_agreement(std::ldexp(1.0, -power));
  for (int power = 2; power <= 53; ++power) expect_agreement(1.0 - std::ldexp(1.0, -power));
}

// The three rational functions of the method meet at |p - 1/2| = 0.425 and at sqrt(-log p) = 5.
TEST(NormalQuantile, AgreesWithBoostWhereTheMethodChanges) {
  for (const double edge : {0.075, 0.925, std::exp(-25.0), 1.0 - std::exp(-25.0)}) {
    double p = edge - 8 * std::abs(std::nextafter(edge, 2.0) - edge);
    for (int step = 0; step < 17; ++step, p = std::nextafter(p, 2.0)) expect_agreement(p);
  }
}

TEST(NormalQuantile, IsZeroAtOneHalfAndOddAroundIt) {
  EXPECT_EQ(normal_quantile(0.5), 0.0);
  // Probabilities whose complement is exact.
  for (const double p : {0x1p-53, 0x1p-40, 0x1p-10, 0.0625, 0.25, 0.4990234375})
    EXPECT_EQ(normal_quantile(1.0 - p), -normal_quantile(p)) << "p = " << p;
}

TEST(NormalQuantile, RisesWithTheProbability) {
  double before = -std::numeric_limits<double>::infinity();
  for (int i = 1; i < 100'000; ++i) {
    const double z = normal_quantile(i / 100'000.0);
    ASSERT_GT(z, before) << i;
    before = z;
  }
}

TEST(NormalQuantile, IsFiniteAtTheExtremesOfUniforms) {
  EXPECT_NEAR(normal_quantile(Draw::to_unit(0)), -8.2095361516013856, 1e-13);
  EXPECT_NEAR(normal_quantile(Draw::to_unit(~std::uint64_t{0})), 8.2095361516013856, 1e-13);
}

}  // namespace
}  // namespace peercap
