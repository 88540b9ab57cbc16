#include "sim/random/distributions.h"

#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/poisson.hpp>
#include <gtest/gtest.h>

namespace peercap {
namespace {

enum class Purpose : std::uint16_t { variate };

constexpr std::uint64_t samples = 200'000;
constexpr double five_sd = 5.0;  // false alarms of a fresh seed: 6e-7 a comparison

Draw draw_of(std::uint64_t i) {
  return RandomSource{3, 0}.draw(EntityKey{}, Purpose::variate, i);
}

struct Moments {
  double mean = 0.0;
  double variance = 0.0;
};

template <class Variate>
Moments moments_of(Variate variate) {
  double sum = 0.0;
  double squares = 0.0;
  for (std::uint64_t i = 0; i < samples; ++i) {
    const double x = variate(i);
    sum += x;
    squares += x * x;
  }
  const double mean = sum / static_cast<double>(samples);
  return {mean, squares / static_cast<double>(samples) - mean * mean};
}

// Standard errors: of a mean sqrt(var / n), of a variance sqrt((kurtosis - 1) / n) var.
TEST(StandardExponential, HasMeanAndVarianceOne) {
  const Moments found =
      moments_of([](std::uint64_t i) { return standard_exponential(draw_of(i).uniform()); });
  EXPECT_NEAR(found.mean, 1.0, five_sd / std::sqrt(samples));
  EXPECT_NEAR(found.variance, 1.0, five_sd * std::sqrt(8.0 / samples));
}

TEST(StandardExponential, InvertsItsDistribution) {
  EXPECT_NEAR(standard_exponential(0.5), std::log(2.0), 1e-15);
  EXPECT_GT(standard_exponential(1.0 - 0x1p-53), 0.0);
  EXPECT_NEAR(standard_exponential(0x1p-53), 53 * std::log(2.0), 1e-13);
}

TEST(StandardNormal, HasMeanZeroAndVarianceOne) {
  const Moments found = moments_of([](std::uint64_t i) { return standard_normal(draw_of(i).uniform()); });
  EXPECT_NEAR(found.mean, 0.0, five_sd / std::sqrt(samples));
  EXPECT_NEAR(found.variance, 1.0, five_sd * std::sqrt(2.0 / samples));
}

TEST(Lognormal, HasTheMeanAndVariationAskedFor) {
  const double mean = 30.0;
  const double cv = 0.5;
  const Moments found =
      moments_of([&](std::uint64_t i) { return lognormal(mean, cv, standard_normal(draw_of(i).uniform())); });
  EXPECT_NEAR(found.mean, mean, five_sd * cv * mean / std::sqrt(samples));
  // With w = 1 + cv^2 the kurtosis is w^4 + 2 w^3 + 3 w^2 - 3 (8.04 here).
  const double w = 1.0 + cv * cv;
  const double kurtosis = w * w * w * w + 2 * w * w * w + 3 * w * w - 3.0;
  const double variance = cv * cv * mean * mean;
  EXPECT_NEAR(found.variance, variance, five_sd * variance * std::sqrt((kurtosis - 1.0) / samples));
}

TEST(Lognormal, WithoutVariationIsItsMean) {
  for (const double z : {-8.0, 0.0, 3.5}) EXPECT_EQ(lognormal(12.5, 0.0, z), 12.5);
}

TEST(Lognormal, HasItsMedianAtZero) {
  EXPECT_NEAR(lognormal(10.0, 2.0, 0.0), 10.0 / std::sqrt(5.0), 1e-14);
}

// Erlang-2 has variation 1/sqrt(2) and kurtosis 6; the balanced law at variation 2 a kurtosis of about 35.
TEST(TwoPhases, HasTheMeanAskedForAndHalfTheSquaredVariation) {
  const Moments found = moments_of([](std::uint64_t i) {
    const Draw draw = draw_of(i);
    return two_phases(30.0, draw.uniform(), draw.second_uniform());
  });
  EXPECT_NEAR(found.mean, 30.0, five_sd * 30.0 * std::sqrt(0.5 / samples));
  EXPECT_NEAR(found.variance, 450.0, five_sd * 450.0 * std::sqrt(5.0 / samples));
}

TEST(BalancedHyperexponential, HasTheMeanAndVariationAskedFor) {
  for (const double cv : {1.0, 2.0}) {
    const Moments found = moments_of([&](std::uint64_t i) {
      const Draw draw = draw_of(i);
      return balanced_hyperexponential(30.0, cv, draw.uniform(), draw.second_uniform());
    });
    const double variance = cv * cv * 900.0;
    EXPECT_NEAR(found.mean, 30.0, five_sd * cv * 30.0 / std::sqrt(samples));
    EXPECT_NEAR(found.variance, variance, five_sd * variance * std::sqrt(34.0 / samples));
  }
}

TEST(Inversion, IsMonotoneInTheUniform) {
  double exponential = standard_exponential(0x1p-53);
  double normal = standard_normal(0x1p-53);
  double skewed = lognormal(2.0, 1.0, normal);
  std::uint32_t count = poisson_by_inversion(7.5, 0x1p-53);
  const std::array<double, 4> weights{0.2, 0.0, 0.5, 0.3};
  std::size_t choice = weighted_choice(weights, 0x1p-53);
  for (int i = 1; i < 20'000; ++i) {
    const double u = i / 20'000.0;
    ASSERT_LT(standard_exponential(u), exponential);
    ASSERT_GT(standard_normal(u), normal);
    exponential = standard_exponential(u);
    normal = standard_normal(u);
    ASSERT_GT(lognormal(2.0, 1.0, normal), skewed);
    skewed = lognormal(2.0, 1.0, normal);
    ASSERT_GE(poisson_by_inversion(7.5, u), count);
    count = poisson_by_inversion(7.5, u);
    ASSERT_GE(weighted_choice(weights, u), choice);
    choice = weighted_choice(weights, u);
  }
}

// Common random numbers: with the same uniform, a greater mean never gives a smaller count.
TEST(Poisson, RisesWithItsMeanAtTheSameUniform) {
  for (int i = 1; i < 100; ++i) {
    std::uint32_t before = 0;
    for (double mean = 0.0; mean <= 64.0; mean += 0.5) {
      const std::uint32_t count = poisson_by_inversion(mean, i / 100.0);
      ASSERT_GE(count, before) << "uniform " << i / 100.0 << ", mean " << mean;
      before = count;
    }
  }
}

TEST(Poisson, InvertsTheExactDistribution) {
  for (const double mean : {0.01, 0.5, 3.0, 20.0, 64.0}) {
    const boost::math::poisson_distribution<long double> exact{mean};
    for (int k = 0; k < 100; ++k) {
      const auto below = static_cast<double>(cdf(exact, k) * (1.0L - 1e-12L));
      const auto above = static_cast<double>(cdf(exact, k) * (1.0L + 1e-12L));
      if (above > 1.0 - 1e-10) break;  // where a double no longer tells the tail
      EXPECT_LE(poisson_by_inversion(mean, below), static_cast<std::uint32_t>(k)) << mean;
      EXPECT_EQ(poisson_by_inversion(mean, above), static_cast<std::uint32_t>(k) + 1) << mean << " " << k;
    }
  }
}

TEST(Poisson, WithMeanZeroIsAlwaysZero) {
  EXPECT_EQ(poisson_by_inversion(0.0, 0x1p-53), 0U);
  EXPECT_EQ(poisson_by_inversion(0.0, 1.0 - 0x1p-53), 0U);
}

TEST(Poisson, EndsAtTheLargestUniform) {
  for (const double mean : {1e-9, 1.0, 30.0, 64.0}) {
    const std::uint32_t count = poisson_by_inversion(mean, 1.0 - 0x1p-53);
    EXPECT_LT(count, 64 + 12 * 8) << "mean " << mean;
    EXPECT_GE(count, static_cast<std::uint32_t>(mean));
  }
}

/// Chi-squared over counts with exact probabilities, the tails in one cell each.
double p_value_of_poisson(double mean, std::int64_t low, std::int64_t high) {
  const boost::math::poisson_distribution<> exact{mean};
  const RandomSource random{8, 0};
  std::vector<double> observed(static_cast<std::size_t>(high - low + 2), 0.0);
  for (std::uint64_t i = 0; i < samples; ++i) {
    const auto count = static_cast<std::int64_t>(poisson(random, EntityKey{5}, Purpose::variate, i, mean));
    ++observed[static_cast<std::size_t>(count < low ? 0 : count > high ? high - low + 1 : count - low)];
  }
  double statistic = 0.0;
  for (std::size_t cell = 0; cell < observed.size(); ++cell) {
    const auto count = low + static_cast<std::int64_t>(cell);
    double probability = pdf(exact, static_cast<double>(count));
    if (cell == 0) probability = cdf(exact, static_cast<double>(low));
    if (count > high) probability = cdf(complement(exact, static_cast<double>(high)));
    const double expected = probability * static_cast<double>(samples);
    statistic += (observed[cell] - expected) * (observed[cell] - expected) / expected;
  }
  const boost::math::chi_squared law{static_cast<double>(observed.size() - 1)};
  return cdf(complement(law, statistic));
}

TEST(Poisson, FollowsExactProbabilities) {  // false alarms: 1e-4 each
  EXPECT_GT(p_value_of_poisson(0.3, 0, 3), 1e-4);
  EXPECT_GT(p_value_of_poisson(5.0, 0, 14), 1e-4);
  EXPECT_GT(p_value_of_poisson(64.0, 38, 92), 1e-4);
}

TEST(Poisson, FollowsExactProbabilitiesAsASumOfParts) {  // false alarms: 1e-4 each
  EXPECT_GT(p_value_of_poisson(64.5, 38, 93), 1e-4);
  EXPECT_GT(p_value_of_poisson(200.0, 150, 252), 1e-4);
}

TEST(Poisson, PartsOfDifferentIndicesDoNotMeet) {
  const RandomSource random{8, 0};
  // 3000 at index 0 takes 47 parts; if parts ran into the next index, the sum of both would be seen to
  // correlate.
  double product = 0.0;
  constexpr int pairs = 2000;
  for (std::uint64_t i = 0; i < pairs; ++i) {
    const double first =
        static_cast<double>(poisson(random, EntityKey{6}, Purpose::variate, i, 3000.0)) - 3000.0;
    const double second =
        static_cast<double>(poisson(random, EntityKey{6}, Purpose::variate, i + 1, 3000.0)) - 3000.0;
    product += first * second / 3000.0;
  }
  EXPECT_NEAR(product / pairs, 0.0, five_sd / std::sqrt(static_cast<double>(pairs)));
}

TEST(WeightedChoice, FollowsTheWeights) {
  const std::array<double, 3> weights{1.0, 2.0, 5.0};
  EXPECT_EQ(weighted_choice(weights, 0.1249), 0U);
  EXPECT_EQ(weighted_choice(weights, 0.1251), 1U);
  EXPECT_EQ(weighted_choice(weights, 0.3749), 1U);
  EXPECT_EQ(weighted_choice(weights, 0.3751), 2U);
  EXPECT_EQ(weighted_choice(weights, 1.0 - 0x1p-53), 2U);
}

TEST(WeightedChoice, NeverChoosesAWeightOfZero) {
  const std::array<double, 5> weights{0.0, 0.3, 0.0, 0.7, 0.0};
  for (const double u : {0x1p-53, 0.3 - 1e-16, 0.3, 0.3 + 1e-16, 0.5, 1.0 - 0x1p-53}) {
    const std::size_t choice = weighted_choice(weights, u);
    EXPECT_TRUE(choice == 1 || choice == 3) << u << " chose " << choice;
  }
  EXPECT_EQ(weighted_choice(weights, 0x1p-53), 1U);
  EXPECT_EQ(weighted_choice(weights, 1.0 - 0x1p-53), 3U);
}

// Where rounding leaves a remainder beyond the last weight, the last positive one takes it.
TEST(WeightedChoice, StaysInsideDespiteRounding) {
  for (int n = 1; n < 200; ++n) {
    std::vector<double> weights(static_cast<std::size_t>(n), 0.1);
    weights.push_back(0.0);
    EXPECT_EQ(weighted_choice(weights, 1.0 - 0x1p-53), static_cast<std::size_t>(n - 1));
  }
}

TEST(WeightedChoice, OfOneIsThatOne) {
  const std::array<double, 1> weight{1e-300};
  EXPECT_EQ(weighted_choice(weight, 0x1p-53), 0U);
  EXPECT_EQ(weighted_choice(weight, 1.0 - 0x1p-53), 0U);
}

}  // namespace
}  // namespace peercap
