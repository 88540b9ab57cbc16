#include "sim/study/inference/warm_up.h"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "sim/support/contract.h"
#include "tests/sim/study/study_world.h"

namespace peercap {
namespace {

std::vector<double> series_with_transient(int study, double height, double decay, int length) {
  std::vector<double> series;
  for (int t = 0; t < length; ++t)
    series.push_back(10.0 + height * std::exp(-t / decay) +
                     noise(70, study, 0, static_cast<std::uint64_t>(t)));
  return series;
}

TEST(WarmUp, FindsTheEndOfATransient) {
  double bias_before = 0.0;
  double bias_after = 0.0;
  const int studies = 100;
  for (int study = 0; study < studies; ++study) {
    const std::vector<double> series = series_with_transient(study, 20.0, 40.0, 1000);
    const auto cut = warm_up_length(series);
    ASSERT_TRUE(cut);
    EXPECT_GE(*cut, 60U);  // the transient is still 4.5 there
    EXPECT_LE(*cut, 500U);
    EXPECT_EQ(*cut % 5, 0U);
    const auto mean_from = [&](std::size_t begin) {
      double sum = 0.0;
      for (std::size_t t = begin; t < series.size(); ++t) sum += series[t];
      return sum / static_cast<double>(series.size() - begin);
    };
    bias_before += (mean_from(0) - 10.0) / studies;
    bias_after += (mean_from(*cut) - 10.0) / studies;
  }
  EXPECT_GT(bias_before, 0.7);
  EXPECT_LT(std::abs(bias_after), 0.05);
}

TEST(WarmUp, LeavesAStationarySeriesNearlyWhole) {
  double left_out = 0.0;
  for (int study = 0; study < 100; ++study)
    left_out +=
        static_cast<double>(warm_up_length(series_with_transient(study, 0.0, 1.0, 1000)).value_or(1000));
  EXPECT_LT(left_out / 100, 150.0);
}

TEST(WarmUp, SaysSoWhenTheSeriesIsTooShort) {
  EXPECT_FALSE(warm_up_length(series_with_transient(0, 200.0, 400.0, 300)));
  EXPECT_FALSE(warm_up_length(std::vector<double>(49, 1.0)));
  EXPECT_EQ(warm_up_length(std::vector<double>(50, 1.0)), 0U);
  EXPECT_THROW((void)warm_up_length({}, 0), ContractViolation);
}

TEST(WarmUp, MinimizesTheMarginalStandardError) {
  const std::vector<double> series = series_with_transient(3, 8.0, 30.0, 600);
  const std::size_t batches = series.size() / 5;
  std::vector<double> means;
  for (std::size_t i = 0; i < batches; ++i) {
    double sum = 0.0;
    for (std::size_t t = 5 * i; t < 5 * i + 5; ++t) sum += series[t];
    means.push_back(sum / 5);
  }
  const auto figure = [&](std::size_t cut) {
    double mean = 0.0;
    for (std::size_t i = cut; i < batches; ++i) mean += means[i] / static_cast<double>(batches - cut);
    double squares = 0.0;
    for (std::size_t i = cut; i < batches; ++i) squares += (means[i] - mean) * (means[i] - mean);
    return squares / static_cast<double>((batches - cut) * (batches - cut));
  };
  const std::size_t chosen = *warm_up_length(series) / 5;
  for (std::size_t cut = 0; cut + 5 <= batches; ++cut)
    EXPECT_GE(figure(cut), figure(chosen) * (1 - 1e-12)) << cut;
}

}  // namespace
}  // namespace peercap
