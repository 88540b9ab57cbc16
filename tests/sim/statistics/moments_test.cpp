#include "sim/statistics/moments.h"

#include <cmath>
#include <random>
#include <vector>

#include <gtest/gtest.h>

namespace peercap {
namespace {

Moments moments_of(const std::vector<double>& values) {
  Moments moments;
  for (const double x : values) moments.add(x);
  return moments;
}

TEST(Moments, MatchTheClosedFormOfAnArithmeticSequence) {
  Moments moments;
  constexpr int n = 1000;
  for (int i = 1; i <= n; ++i) moments.add(i);
  EXPECT_EQ(moments.count(), n);
  EXPECT_EQ(moments.sum(), n * (n + 1) / 2);
  EXPECT_EQ(moments.mean(), (n + 1) / 2.0);
  EXPECT_DOUBLE_EQ(moments.variance(), n * (n + 1) / 12.0);
  EXPECT_DOUBLE_EQ(moments.standard_deviation(), std::sqrt(n * (n + 1) / 12.0));
}

TEST(Moments, SmallSpreadBesideALargeMeanSurvives) {
  // The textbook formula in doubles gives 0 or worse here.
  EXPECT_DOUBLE_EQ(moments_of({1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16}).variance(), 30.0);
  EXPECT_DOUBLE_EQ(moments_of({1e15 + 1, 1e15 + 2, 1e15 + 3}).variance(), 1.0);
}

TEST(Moments, EqualNumbersHaveTheirValueAsMeanAndNoVariance) {
  std::mt19937_64 generator{10};
  std::lognormal_distribution<double> law{0.0, 4.0};
  for (std::size_t n = 1; n < 200; ++n) {
    const double x = law(generator);
    const Moments moments = moments_of(std::vector<double>(n, x));
    ASSERT_EQ(moments.mean(), x);
    if (n > 1) {
      ASSERT_EQ(moments.variance(), 0.0);
    }
  }
}

TEST(Moments, NeedNumbers) {
  EXPECT_TRUE(std::isnan(Moments{}.mean()));
  EXPECT_EQ(Moments{}.sum(), 0.0);
  EXPECT_TRUE(std::isnan(moments_of({3.0}).variance()));
  EXPECT_EQ(moments_of({3.0}).mean(), 3.0);
}

TEST(Moments, AnySplitMergesToTheSameBits) {
  std::mt19937_64 generator{11};
  std::lognormal_distribution<double> law{2.0, 3.0};
  std::vector<double> values(2000);
  for (double& x : values) x = law(generator);
  const Moments whole = moments_of(values);
  for (int trial = 0; trial < 30; ++trial) {
    std::vector<Moments> parts(1 + generator() % 16);
    for (const double x : values) parts[generator() % parts.size()].add(x);
    Moments merged;
    for (auto part = parts.rbegin(); part != parts.rend(); ++part) merged.merge(*part);
    ASSERT_EQ(merged, whole);
    ASSERT_EQ(merged.mean(), whole.mean());
    ASSERT_EQ(merged.variance(), whole.variance());
  }
}

TEST(Moments, AgreeWithTwoPassesInHigherPrecision) {
  std::mt19937_64 generator{12};
  std::normal_distribution<double> law{-40.0, 0.3};
  std::vector<double> values(5000);
  for (double& x : values) x = law(generator);
  long double sum = 0;
  for (const double x : values) sum += x;
  const long double mean = sum / 5000;
  long double squares = 0;
  for (const double x : values) squares += (x - mean) * (x - mean);
  const Moments moments = moments_of(values);
  EXPECT_NEAR(moments.mean(), static_cast<double>(mean), 1e-13);
  EXPECT_NEAR(moments.variance(), static_cast<double>(squares / 4999), 1e-14);
}

}  // namespace
}  // namespace peercap
