#include "sim/study/design/sobol_sequence.h"

#include <cmath>
#include <set>
#include <vector>

#include <gtest/gtest.h>

#include "sim/support/contract.h"

namespace peercap {
namespace {

TEST(SobolSequence, BeginsWithThePublishedPoints) {
  // 0, 1/2, 3/4, 1/4, 3/8, 7/8, 5/8, 1/8 and 0, 1/2, 1/4, 3/4, 3/8, 7/8, 1/8, 5/8 (Bratley and Fox, Algorithm
  // 659, ACM Transactions on Mathematical Software 14 (1988)), less half a cell.
  const SobolSequence sequence{8, 2, 0, SequenceRandomization::none};
  const std::vector<double> first{0, 0.5, 0.75, 0.25, 0.375, 0.875, 0.625, 0.125};
  const std::vector<double> second{0, 0.5, 0.25, 0.75, 0.375, 0.875, 0.125, 0.625};
  for (std::uint64_t i = 0; i < 8; ++i) {
    EXPECT_NEAR(sequence.point(i)[0], first[i], 1e-9) << i;
    EXPECT_NEAR(sequence.point(i)[1], second[i], 1e-9) << i;
  }
}

TEST(SobolSequence, EachDimensionIsEvenShiftedOrNot) {
  for (const auto randomization : {SequenceRandomization::none, SequenceRandomization::digital_shift}) {
    const SobolSequence sequence{256, 100, 6, randomization};
    for (std::size_t dimension = 0; dimension < 100; ++dimension) {
      std::set<int> slices;
      for (std::uint64_t i = 0; i < 256; ++i)
        slices.insert(static_cast<int>(sequence.point(i)[dimension] * 256));
      EXPECT_EQ(slices.size(), 256U) << dimension;
    }
  }
}

TEST(SobolSequence, TwoDimensionsFillEveryBoxOfAQuarter) {
  // The first two dimensions are a (0, m, 2)-net: each box of 1/16 holds one of 16 points, whatever its
  // sides.
  const SobolSequence sequence{16, 2, 11};
  for (int sides = 0; sides <= 4; ++sides) {
    std::set<std::pair<int, int>> boxes;
    for (std::uint64_t i = 0; i < 16; ++i) {
      const auto point = sequence.point(i);
      boxes.emplace(static_cast<int>(point[0] * (1 << sides)), static_cast<int>(point[1] * (16 >> sides)));
    }
    EXPECT_EQ(boxes.size(), 16U) << sides;
  }
}

TEST(SobolSequence, IntegratesBetterThanChance) {
  // A product of six factors with mean 1; of 4,096 independent points the error would be about 0.016.
  const SobolSequence sequence{4096, 6, 3};
  double mean = 0.0;
  for (std::uint64_t i = 0; i < 4096; ++i) {
    double product = 1.0;
    for (const double x : sequence.point(i)) product *= (std::abs(4 * x - 2) + 1) / 2;
    mean += product / 4096;
  }
  EXPECT_NEAR(mean, 1.0, 0.002);
}

TEST(SobolSequence, SeedsShiftAndEndsAreChecked) {
  EXPECT_NE(SobolSequence(4, 3, 1).point(0), SobolSequence(4, 3, 2).point(0));
  EXPECT_EQ(SobolSequence(4, 3, 1).point(2), SobolSequence(9, 3, 1).point(2));
  const SobolSequence longest{0xffffffffU, 1, 1};
  const double last = longest.point(0xfffffffeU)[0];
  EXPECT_GT(last, 0.0);
  EXPECT_LT(last, 1.0);
  EXPECT_THROW(SobolSequence(4, 0, 1), ContractViolation);
  EXPECT_THROW(SobolSequence(4, 3668, 1), ContractViolation);
  EXPECT_THROW(SobolSequence(0, 1, 1), ContractViolation);
}

}  // namespace
}  // namespace peercap
