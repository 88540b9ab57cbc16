#include "sim/study/design/design.h"

#include <memory>
#include <set>
#include <vector>

#include <gtest/gtest.h>

#include "sim/study/design/factor.h"
#include "sim/study/design/latin_hypercube.h"
#include "sim/support/contract.h"

namespace peercap {
namespace {

using Point = std::vector<double>;

TEST(GridDesign, HoldsEveryCombinationInOrder) {
  const GridDesign grid{{{1, 2}, {10, 20, 30}}};
  EXPECT_EQ(grid.size(), 6U);
  EXPECT_EQ(grid.point(0), (Point{1, 10}));
  EXPECT_EQ(grid.point(1), (Point{1, 20}));
  EXPECT_EQ(grid.point(3), (Point{2, 10}));
  EXPECT_EQ(grid.point(5), (Point{2, 30}));
  EXPECT_THROW((void)grid.point(6), ContractViolation);
  std::set<Point> points;
  for (std::uint64_t i = 0; i < grid.size(); ++i) points.insert(grid.point(i));
  EXPECT_EQ(points.size(), 6U);
}

TEST(GridDesign, HasRoomForHugeOnesAndRefusesImpossibleOnes) {
  const std::vector<double> thousand(1000, 1.0);
  const GridDesign huge{{thousand, thousand, thousand, thousand, thousand, thousand}};
  EXPECT_EQ(huge.size(), 1'000'000'000'000'000'000U);
  EXPECT_EQ(huge.point(huge.size() - 1).size(), 6U);
  EXPECT_THROW(GridDesign(std::vector<std::vector<double>>(7, thousand)), ContractViolation);
  EXPECT_THROW(GridDesign(std::vector<std::vector<double>>{}), ContractViolation);
  EXPECT_THROW(GridDesign(std::vector<std::vector<double>>{{}}), ContractViolation);
}

TEST(ListDesign, TakesPointsOrLevelsSideBySide) {
  const ListDesign list{{{1, 2}, {3, 4}, {5, 6}}};
  EXPECT_EQ(list.size(), 3U);
  EXPECT_EQ(list.point(1), (Point{3, 4}));
  const ListDesign zipped = ListDesign::zip({{1, 3, 5}, {2, 4, 6}});
  for (std::uint64_t i = 0; i < 3; ++i) EXPECT_EQ(zipped.point(i), list.point(i));
  EXPECT_THROW((void)ListDesign::zip({{1, 2}, {3}}), ContractViolation);
  EXPECT_THROW(ListDesign(std::vector<Point>{{1, 2}, {3}}), ContractViolation);
}

TEST(Factor, CoversItsRangeOnItsScale) {
  const Factor linear{.low = 2, .high = 6};
  EXPECT_EQ(linear.value_at(0.0), 2.0);
  EXPECT_EQ(linear.value_at(0.25), 3.0);
  EXPECT_EQ(linear.value_at(1.0), 6.0);
  const Factor logarithmic{.low = 0.01, .high = 100, .scale = FactorScale::logarithmic};
  EXPECT_EQ(logarithmic.value_at(0.0), 0.01);
  EXPECT_NEAR(logarithmic.value_at(0.5), 1.0, 1e-12);
  EXPECT_EQ(logarithmic.value_at(1.0), 100.0);
  const Factor integer{.low = 3, .high = 5, .scale = FactorScale::integer};
  EXPECT_EQ(integer.value_at(0.0), 3.0);
  EXPECT_EQ(integer.value_at(0.32), 3.0);
  EXPECT_EQ(integer.value_at(0.34), 4.0);
  EXPECT_EQ(integer.value_at(0.99), 5.0);
  EXPECT_EQ(integer.value_at(1.0), 5.0);
}

TEST(ScaledDesign, CarriesAUnitDesignOver) {
  const ScaledDesign scaled{std::make_unique<LatinHypercube>(30, 2, 1),
                            {{.low = 1, .high = 3, .scale = FactorScale::integer}, {.low = -1, .high = 1}}};
  std::vector<int> counts(4);
  for (std::uint64_t i = 0; i < 30; ++i) ++counts[static_cast<std::size_t>(scaled.point(i)[0])];
  EXPECT_EQ(counts, (std::vector<int>{0, 10, 10, 10}));
  EXPECT_THROW(ScaledDesign(std::make_unique<LatinHypercube>(3, 1, 1), {}), ContractViolation);
  EXPECT_THROW(ScaledDesign(std::make_unique<LatinHypercube>(3, 1, 1), {{.low = 2, .high = 1}}),
               ContractViolation);
  EXPECT_THROW(ScaledDesign(std::make_unique<LatinHypercube>(3, 1, 1),
                            {{.low = 0, .high = 1, .scale = FactorScale::logarithmic}}),
               ContractViolation);
  EXPECT_THROW(ScaledDesign(std::make_unique<LatinHypercube>(3, 1, 1),
                            {{.low = 0.5, .high = 1, .scale = FactorScale::integer}}),
               ContractViolation);
}

}  // namespace
}  // namespace peercap
