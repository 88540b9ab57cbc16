#include "sim/random/quick_normal.h"

#include <cmath>
#include <cstdint>

#include <gtest/gtest.h>

#include "sim/random/normal_quantile.h"

namespace peercap {
namespace {

double exact_quantile(std::uint32_t word) {
  return normal_quantile((static_cast<double>(word) + 0.5) * 0x1p-32);
}

// In each octave of the tail, each part of it, and several places of each part.
TEST(QuickNormal, AgreesWithTheExactQuantileEverywhere) {
  double worst = 0.0;
  for (int octave = 0; octave < 31; ++octave)
    for (std::uint32_t place = 0; place < 1024; ++place) {
      const std::uint64_t odd = ((1ULL << 31) + (std::uint64_t{place} << 21)) >> octave | 1U;
      const auto word = static_cast<std::uint32_t>(odd >> 1);
      worst = std::max(worst, std::abs(quick_normal(word) - exact_quantile(word)));
    }
  EXPECT_LT(worst, 3e-7);
  EXPECT_GT(worst, 1e-12);  // it is an approximation, and this test would see a worse one
}

TEST(QuickNormal, IsOddAroundItsMiddle) {
  for (std::uint32_t i = 0; i < 100'000; ++i) {
    const std::uint32_t word = i * 42'949U;
    EXPECT_EQ(quick_normal(word), -quick_normal(~word));
  }
}

TEST(QuickNormal, RisesUpToItsError) {
  double before = quick_normal(0);
  for (std::uint64_t word = 0; word <= 0xffffffffULL; word += 65'537) {
    const double z = quick_normal(static_cast<std::uint32_t>(word));
    EXPECT_GE(z, before - 3e-7);
    before = z;
  }
}

TEST(QuickNormal, EndsWhereTheGridEnds) {
  EXPECT_NEAR(quick_normal(0), exact_quantile(0), 3e-7);
  EXPECT_NEAR(quick_normal(0xffffffffU), 6.3379, 0.001);
  EXPECT_NEAR(quick_normal(0x80000000U), 0.0, 1e-6);
}

// Over a fine regular grid of words the moments are those of the normal law.
TEST(QuickNormal, HasTheMomentsOfTheNormalLaw) {
  constexpr std::uint32_t step = 1024;
  constexpr double n = 4'194'304.0;  // 2^32 / step
  double square = 0.0;
  double fourth = 0.0;
  for (std::uint64_t word = step / 2; word < (1ULL << 32); word += step) {
    const double z = quick_normal(static_cast<std::uint32_t>(word));
    square += z * z / n;
    fourth += z * z * z * z / n;
  }
  EXPECT_NEAR(square, 1.0, 1e-5);
  EXPECT_NEAR(fourth, 3.0, 1e-3);
}

}  // namespace
}  // namespace peercap
