#include "sim/random/exact_math.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>

#include <gtest/gtest.h>
#include <sleef.h>

#include "sim/random/random_source.h"

namespace peercap {
namespace {

enum class Purpose : std::uint16_t { kind, mantissa, magnitude };

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double nan_value = std::numeric_limits<double>::quiet_NaN();
constexpr double least_subnormal = std::numeric_limits<double>::denorm_min();
constexpr double least_normal = std::numeric_limits<double>::min();
constexpr double largest = std::numeric_limits<double>::max();
constexpr std::uint64_t samples = 200'000;

/// How many doubles lie between two of the same sign.
std::int64_t steps_between(double a, double b) {
  return std::abs(std::bit_cast<std::int64_t>(a) - std::bit_cast<std::int64_t>(b));
}

/// The distance from the truth in units of the last place of the double nearest to the truth.
double error_in_ulps(double got, long double truth) {
  int exponent = 0;
  std::frexp(static_cast<double>(truth), &exponent);
  const long double ulp = std::ldexp(1.0L, std::max(exponent - 53, -1074));
  return static_cast<double>(std::abs(static_cast<long double>(got) - truth) / ulp);
}

Draw draw_of(Purpose purpose, std::uint64_t i) {
  return RandomSource{1, 0}.draw(EntityKey{}, purpose, i);
}

/// Positive numbers: a third over all bit patterns, a third near 1 at every distance, a third uniforms of the
/// generator.
double positive_number(std::uint64_t i) {
  const double u = draw_of(Purpose::mantissa, i).uniform();
  if (i % 3 == 0) return u;
  if (i % 3 == 1) {
    const double distance = std::ldexp(u, -static_cast<int>(draw_of(Purpose::magnitude, i).bits() % 50));
    return i % 2 == 0 ? 1.0 + distance : 1.0 - 0.999 * distance;
  }
  const double any = std::bit_cast<double>(draw_of(Purpose::kind, i).bits() >> 1);
  return any > 0.0 && any < infinity ? any : 1.5;
}

/// Numbers whose power is neither 0 nor infinite: half over the whole range, half at every magnitude around
/// 0.
double exponent_number(std::uint64_t i) {
  const double u = draw_of(Purpose::mantissa, i).uniform();
  if (i % 2 == 0) return -745.0 + u * (709.5 + 745.0);
  return std::ldexp(u - 0.5, 4 - static_cast<int>(draw_of(Purpose::magnitude, i).bits() % 60));
}

// The C library's functions for long double are the reference where long double is longer than double.
constexpr bool has_longer_double = std::numeric_limits<long double>::digits >= 64;

TEST(ExactLog, LiesWithinOneUnitInTheLastPlace) {
  if (!has_longer_double) GTEST_SKIP() << "long double is no longer than double here";
  double worst = 0.0;
  for (std::uint64_t i = 0; i < samples; ++i) {
    const double x = positive_number(i);
    const double error = error_in_ulps(exact::log(x), std::log(static_cast<long double>(x)));
    ASSERT_LE(error, 1.0) << "x = " << x;
    worst = std::max(worst, error);
  }
  RecordProperty("worst_error_in_ulps", std::to_string(worst));
}

TEST(ExactExp, LiesWithinOneUnitInTheLastPlace) {
  if (!has_longer_double) GTEST_SKIP() << "long double is no longer than double here";
  double worst = 0.0;
  for (std::uint64_t i = 0; i < samples; ++i) {
    const double x = exponent_number(i);
    const double error = error_in_ulps(exact::exp(x), std::exp(static_cast<long double>(x)));
    ASSERT_LE(error, 1.0) << "x = " << x;
    worst = std::max(worst, error);
  }
  RecordProperty("worst_error_in_ulps", std::to_string(worst));
}

TEST(ExactLog, IsAtMostOneStepFromSleef) {
  for (std::uint64_t i = 0; i < samples; ++i) {
    const double x = positive_number(i);
    ASSERT_LE(steps_between(exact::log(x), Sleef_cinz_logd1_u10purec(x)), 1) << "x = " << x;
  }
}

TEST(ExactExp, IsAtMostOneStepFromSleef) {
  for (std::uint64_t i = 0; i < samples; ++i) {
    const double x = exponent_number(i);
    ASSERT_LE(steps_between(exact::exp(x), Sleef_cinz_expd1_u10purec(x)), 1) << "x = " << x;
  }
}

TEST(ExactLog, HasTheLimitsOfTheLogarithm) {
  EXPECT_EQ(exact::log(0.0), -infinity);
  EXPECT_EQ(exact::log(-0.0), -infinity);
  EXPECT_EQ(exact::log(infinity), infinity);
  EXPECT_TRUE(std::isnan(exact::log(-1.0)));
  EXPECT_TRUE(std::isnan(exact::log(-least_subnormal)));
  EXPECT_TRUE(std::isnan(exact::log(-infinity)));
  EXPECT_TRUE(std::isnan(exact::log(nan_value)));
}

TEST(ExactLog, OfOneIsPositiveZero) {
  EXPECT_EQ(exact::log(1.0), 0.0);
  EXPECT_FALSE(std::signbit(exact::log(1.0)));
}

TEST(ExactLog, OfPowersOfTwoIsTheMultipleOfLogTwo) {
  for (int power = -1074; power < 1024; ++power) {
    const double expected = static_cast<double>(power * 0.693147180559945309417232121458176568L);
    ASSERT_LE(steps_between(exact::log(std::ldexp(1.0, power)), expected), 1) << power;
  }
}

TEST(ExactLog, CoversSubnormalNumbersToTheLeast) {
  EXPECT_NEAR(exact::log(least_subnormal), -744.44007192138126, 2e-13);
  EXPECT_NEAR(exact::log(least_normal), -708.39641853226408, 2e-13);
  EXPECT_NEAR(exact::log(std::nextafter(least_normal, 0.0)), -708.39641853226408, 2e-13);
  EXPECT_NEAR(exact::log(largest), 709.78271289338397, 2e-13);
}

TEST(ExactLog, RisesAcrossTheSeamOfItsMethod) {
  const double seam = std::sqrt(0.5);
  double x = seam;
  for (int i = 0; i < 200; ++i) x = std::nextafter(x, 0.0);
  for (int i = 0; i < 400; ++i) {
    const double next = std::nextafter(x, 1.0);
    ASSERT_LE(exact::log(x), exact::log(next)) << x;
    x = next;
  }
}

TEST(ExactExp, HasTheLimitsOfTheExponential) {
  EXPECT_EQ(exact::exp(0.0), 1.0);
  EXPECT_EQ(exact::exp(-0.0), 1.0);
  EXPECT_EQ(exact::exp(infinity), infinity);
  EXPECT_EQ(exact::exp(-infinity), 0.0);
  EXPECT_TRUE(std::isnan(exact::exp(nan_value)));
  EXPECT_EQ(exact::exp(least_subnormal), 1.0);
  EXPECT_EQ(exact::exp(-least_subnormal), 1.0);
}

TEST(ExactExp, OverflowsWhereTheExponentialDoes) {
  const double last = 0x1.62e42fefa39efp+9;  // the largest double whose power is finite
  EXPECT_LE(steps_between(exact::exp(last), largest), 1 << 10);
  EXPECT_LT(exact::exp(last), infinity);
  EXPECT_EQ(exact::exp(std::nextafter(last, infinity)), infinity);
  EXPECT_EQ(exact::exp(1e300), infinity);
}

TEST(ExactExp, UnderflowsGraduallyToZero) {
  EXPECT_GT(exact::exp(-708.5), 0.0);
  EXPECT_LT(exact::exp(-708.5), least_normal);
  EXPECT_EQ(exact::exp(-744.5), least_subnormal);
  EXPECT_EQ(exact::exp(-745.2), 0.0);
  EXPECT_EQ(exact::exp(-1e300), 0.0);
  double before = 0.0;
  for (double x = -746.0; x < -700.0; x += 0.01) {
    ASSERT_LE(before, exact::exp(x)) << x;
    before = exact::exp(x);
  }
}

TEST(ExactMath, LogUndoesExp) {
  for (std::uint64_t i = 0; i < 10'000; ++i) {
    const double x = 1400.0 * draw_of(Purpose::mantissa, i).uniform() - 700.0;
    // exp rounds its value by up to one part in 2^52, log adds an ulp of x.
    ASSERT_NEAR(exact::log(exact::exp(x)), x, 0x1p-52 * (1.0 + std::abs(x))) << x;
  }
}

}  // namespace
}  // namespace peercap
