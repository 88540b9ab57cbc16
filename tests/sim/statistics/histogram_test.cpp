#include "sim/statistics/histogram.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/support/contract.h"

namespace peercap {
namespace {

using ::testing::ElementsAre;

constexpr double infinity = std::numeric_limits<double>::infinity();

TEST(Histogram, BinsAreHalfOpen) {
  Histogram histogram{{0.0, 1.0, 3.0}};
  for (const double x : {-0.1, 0.0, 0.999, 1.0, 2.5, 3.0, infinity, -infinity}) histogram.add(x);
  EXPECT_THAT(histogram.counts(), ElementsAre(2, 2));
  EXPECT_EQ(histogram.below(), 2);
  EXPECT_EQ(histogram.above(), 2);
  EXPECT_EQ(histogram.total(), 8);
}

TEST(Histogram, QuantilesAreLinearWithinABin) {
  Histogram histogram{{0.0, 10.0, 20.0, 30.0}};
  histogram.add(5.0, 10);
  histogram.add(25.0, 30);
  EXPECT_DOUBLE_EQ(histogram.quantile(0.0), 0.0);
  EXPECT_DOUBLE_EQ(histogram.quantile(0.125), 5.0);
  EXPECT_DOUBLE_EQ(histogram.quantile(0.25), 10.0);
  EXPECT_DOUBLE_EQ(histogram.quantile(0.5), 20.0 + 10.0 / 3.0);
  EXPECT_DOUBLE_EQ(histogram.quantile(1.0), 30.0);
}

TEST(Histogram, QuantilesBeyondTheEdgesAreInfinite) {
  Histogram histogram{{0.0, 1.0}};
  EXPECT_TRUE(std::isnan(histogram.quantile(0.5)));
  histogram.add(-5.0);
  histogram.add(0.5);
  histogram.add(7.0);
  EXPECT_EQ(histogram.quantile(0.1), -infinity);
  EXPECT_DOUBLE_EQ(histogram.quantile(0.5), 0.5);
  EXPECT_EQ(histogram.quantile(0.9), infinity);
}

TEST(Histogram, QuantilesLieInTheBinOfTheOrderStatistic) {
  std::mt19937_64 generator{31};
  std::exponential_distribution<double> law{0.5};
  std::vector<double> edges;
  for (int i = 0; i <= 200; ++i) edges.push_back(0.1 * i);
  Histogram histogram{edges};
  std::vector<double> values(2001);
  for (double& x : values) {
    x = law(generator);
    histogram.add(x);
  }
  std::ranges::sort(values);
  for (const double p : {0.05, 0.25, 0.5, 0.75, 0.95})
    EXPECT_NEAR(histogram.quantile(p), values[static_cast<std::size_t>(p * 2000)], 0.1 + 1e-9) << p;
}

TEST(Histogram, MergingIsAddingAllToOne) {
  std::mt19937_64 generator{32};
  std::normal_distribution<double> law;
  const std::vector<double> edges{-2.0, -1.0, 0.0, 0.5, 2.0};
  Histogram whole{edges};
  std::vector<Histogram> parts(4, Histogram{edges});
  for (int i = 0; i < 1000; ++i) {
    const double x = law(generator);
    whole.add(x, i % 3);
    parts[generator() % 4].add(x, i % 3);
  }
  Histogram merged{edges};
  for (const Histogram& part : parts) merged.merge(part);
  EXPECT_EQ(merged, whole);
}

TEST(Histogram, RefusesWhatMakesNoSense) {
  EXPECT_THROW(Histogram({1.0}), ContractViolation);
  EXPECT_THROW(Histogram({1.0, 1.0}), ContractViolation);
  EXPECT_THROW(Histogram({1.0, infinity}), ContractViolation);
  Histogram histogram{{0.0, 1.0}};
  EXPECT_THROW(histogram.add(std::nan("")), ContractViolation);
  EXPECT_THROW(histogram.add(0.5, -1), ContractViolation);
  EXPECT_THROW(histogram.merge(Histogram{{0.0, 2.0}}), ContractViolation);
  EXPECT_THROW((void)histogram.quantile(1.1), ContractViolation);
}

}  // namespace
}  // namespace peercap
