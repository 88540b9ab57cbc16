#include "sim/study/design/latin_hypercube.h"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "sim/support/contract.h"

namespace peercap {
namespace {

TEST(IndexedPermutation, MeetsEveryNumberOnce) {
  for (const std::uint64_t size : {1U, 2U, 3U, 7U, 64U, 1000U, 4099U}) {
    const IndexedPermutation order{size, 5, 0};
    std::vector<bool> seen(size);
    for (std::uint64_t i = 0; i < size; ++i) {
      ASSERT_LT(order(i), size);
      EXPECT_FALSE(seen[order(i)]);
      seen[order(i)] = true;
    }
  }
  EXPECT_THROW(IndexedPermutation(0, 1, 0), ContractViolation);
}

TEST(IndexedPermutation, AllOrdersAreAboutEquallyLikely) {
  // The 24 orders of four, 12,000 permutations: chi-square with 23 degrees of freedom is below 49.7 with a
  // probability of 0.999.
  std::vector<int> counts(256);
  for (std::uint32_t number = 0; number < 12000; ++number) {
    const IndexedPermutation order{4, 9, number};
    ++counts[order(0) + 4 * order(1) + 16 * order(2) + 64 * order(3)];
  }
  double chi_square = 0.0;
  int orders = 0;
  for (const int count : counts) {
    if (count == 0) continue;
    ++orders;
    chi_square += (count - 500.0) * (count - 500.0) / 500.0;
  }
  EXPECT_EQ(orders, 24);
  EXPECT_LT(chi_square, 49.7);
}

TEST(IndexedPermutation, NeighborsGoFarApart) {
  const std::uint64_t size = 1'000'000;
  const IndexedPermutation order{size, 2, 0};
  // Consecutive places of a random order differ by a third of the size on average; standard error 0.0053 of
  // it.
  double sum = 0.0;
  for (std::uint64_t i = 0; i < 2000; ++i)
    sum += std::abs(static_cast<double>(order(2 * i)) - static_cast<double>(order(2 * i + 1))) / 2000;
  EXPECT_NEAR(sum / static_cast<double>(size), 1.0 / 3.0, 0.02);
}

TEST(LatinHypercube, EachSliceHoldsOnePoint) {
  const LatinHypercube design{500, 7, 42};
  for (std::size_t dimension = 0; dimension < 7; ++dimension) {
    std::vector<int> slices(500);
    for (std::uint64_t i = 0; i < 500; ++i) {
      const double x = design.point(i)[dimension];
      ASSERT_GT(x, 0.0);
      ASSERT_LT(x, 1.0);
      ++slices[static_cast<std::size_t>(x * 500)];
    }
    for (const int count : slices) EXPECT_EQ(count, 1);
  }
}

TEST(LatinHypercube, DimensionsAreUncorrelatedAndSeedsDiffer) {
  const LatinHypercube design{2000, 3, 1};
  double product = 0.0;
  for (std::uint64_t i = 0; i < 2000; ++i) {
    const auto point = design.point(i);
    product += 12.0 * (point[0] - 0.5) * (point[1] - 0.5) / 2000;
  }
  EXPECT_NEAR(product, 0.0, 4.0 / std::sqrt(2000.0));
  EXPECT_NE(design.point(0), LatinHypercube(2000, 3, 2).point(0));
  EXPECT_EQ(design.point(7), LatinHypercube(2000, 3, 1).point(7));
}

TEST(LatinHypercube, IntegratesASumFarBetterThanChance) {
  // The variance of a sum over dimensions is that within slices: a mean of 100 points is off by about 1e-3 /
  // 2 instead of 0.05.
  const LatinHypercube design{100, 3, 8};
  double mean = 0.0;
  for (std::uint64_t i = 0; i < 100; ++i) {
    const auto point = design.point(i);
    mean += (point[0] + point[1] + point[2]) / 100;
  }
  EXPECT_NEAR(mean, 1.5, 0.003);
}

TEST(LatinHypercube, AMillionPointsNeedNoMemory) {
  const LatinHypercube design{1'000'000, 20, 3};
  double mean = 0.0;
  for (std::uint64_t i = 0; i < 1'000'000; i += 997) mean += design.point(i)[19] / 1004;
  EXPECT_NEAR(mean, 0.5, 0.04);
}

}  // namespace
}  // namespace peercap
