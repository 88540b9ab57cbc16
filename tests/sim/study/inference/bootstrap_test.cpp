#include "sim/study/inference/bootstrap.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include <gtest/gtest.h>

#include "sim/study/inference/intervals.h"
#include "sim/support/contract.h"
#include "tests/sim/study/study_world.h"

namespace peercap {
namespace {

double mean_of(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

TEST(Bootstrap, ResamplesAreUniformAndTheirOwn) {
  std::vector<int> counts(7);
  for (std::uint32_t resample = 0; resample < 7000; ++resample)
    for (const std::size_t position : resampled_positions(7, 3, resample)) ++counts[position];
  // 7,000 expected each, standard deviation 77; five of them either way.
  for (const int count : counts) EXPECT_NEAR(count, 7000, 390);
  EXPECT_EQ(resampled_positions(9, 3, 12), resampled_positions(9, 3, 12));
  EXPECT_NE(resampled_positions(9, 3, 12), resampled_positions(9, 3, 13));
  EXPECT_NE(resampled_positions(9, 3, 12), resampled_positions(9, 4, 12));
}

TEST(Bootstrap, AgreesWithTheNormalIntervalOfAMean) {
  std::vector<double> values;
  for (int i = 0; i < 400; ++i) values.push_back(noise(11, i, 0));
  const Interval expected = mean_interval(values);
  for (const BootstrapMethod method : {BootstrapMethod::percentile, BootstrapMethod::accelerated}) {
    const Interval interval =
        bootstrap_interval(values, mean_of, {.method = method, .resamples = 4000, .seed = 5});
    EXPECT_NEAR(interval.low, expected.low, 0.01);
    EXPECT_NEAR(interval.high, expected.high, 0.01);
  }
}

TEST(Bootstrap, AccelerationCorrectsTheIntervalOfAVariance) {
  // Efron (1987): the percentile interval of a variance of normal numbers lies too low.
  std::vector<double> values;
  for (int i = 0; i < 40; ++i) values.push_back(noise(12, i, 0));
  const auto variance = [](std::span<const double> sample) {
    const double mean = mean_of(sample);
    double squares = 0.0;
    for (const double x : sample) squares += (x - mean) * (x - mean);
    return squares / static_cast<double>(sample.size());
  };
  const Interval plain =
      bootstrap_interval(values, variance, {.method = BootstrapMethod::percentile, .resamples = 4000});
  const Interval corrected =
      bootstrap_interval(values, variance, {.method = BootstrapMethod::accelerated, .resamples = 4000});
  EXPECT_GT(corrected.low, plain.low);
  EXPECT_GT(corrected.high, plain.high);
}

TEST(Bootstrap, SaysNothingOfTooLittle) {
  EXPECT_TRUE(std::isnan(bootstrap_interval(std::vector{1.0}, mean_of).low));
  EXPECT_THROW((void)bootstrap_interval(std::vector{1.0, 2.0}, mean_of, {.resamples = 50}),
               ContractViolation);
  const Interval constant = bootstrap_interval(std::vector{2.0, 2.0, 2.0}, mean_of);
  EXPECT_EQ(constant, (Interval{2.0, 2.0}));
}

}  // namespace
}  // namespace peercap
