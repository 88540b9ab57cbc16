#include "sim/statistics/exact_sum.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <vector>

#include <boost/multiprecision/cpp_int.hpp>
#include <gtest/gtest.h>

#include "sim/support/contract.h"

namespace peercap {
namespace {

using boost::multiprecision::cpp_int;

constexpr double infinity = std::numeric_limits<double>::infinity();

ExactSum sum_of(const std::vector<double>& values) {
  ExactSum sum;
  for (const double x : values) sum.add(x);
  return sum;
}

/// A finite double of any magnitude.
double random_double(std::mt19937_64& generator) {
  while (true) {
    const double x = std::bit_cast<double>(generator());
    if (std::isfinite(x)) return x;
  }
}

/// x * 2^1074, a whole number.
cpp_int scaled(double x) {
  int exponent = 0;
  const double mantissa = std::frexp(x, &exponent);
  const auto digits = static_cast<std::int64_t>(std::ldexp(mantissa, 53));
  const int shift = exponent - 53 + 1074;
  return shift >= 0 ? cpp_int{digits} << shift : cpp_int{digits} / (cpp_int{1} << -shift);
}

/// |candidate - exact| is not above that of either neighbor: the candidate is the nearest double.
bool is_nearest(double candidate, const cpp_int& exact) {
  const cpp_int error = abs(scaled(candidate) - exact);
  for (const double neighbor : {std::nextafter(candidate, infinity), std::nextafter(candidate, -infinity)}) {
    if (!std::isfinite(neighbor)) continue;
    const cpp_int other = abs(scaled(neighbor) - exact);
    if (other < error) return false;
    if (other == error && (std::bit_cast<std::uint64_t>(candidate) & 1) != 0)
      return false;  // ties go to even
  }
  return true;
}

TEST(ExactSum, IsZeroWithoutSummands) {
  EXPECT_EQ(ExactSum{}.value(), 0.0);
  EXPECT_FALSE(std::signbit(ExactSum{}.value()));
}

TEST(ExactSum, LosesNothingToCancellation) {
  EXPECT_EQ(sum_of({1e308, 1.0, -1e308}).value(), 1.0);
  EXPECT_EQ(sum_of({1e16, 1.0, 1.0, -1e16}).value(), 2.0);
  EXPECT_EQ(sum_of({1e300, 5e-324, -1e300}).value(), 5e-324);
  EXPECT_EQ(sum_of(std::vector<double>(10, 0.1)).value(), 1.0);
}

TEST(ExactSum, ReturnsEverySingleDouble) {
  std::mt19937_64 generator{1};
  for (int i = 0; i < 20000; ++i) {
    const double x = random_double(generator);
    ASSERT_EQ(sum_of({x}).value(), x);
  }
  for (const double x : {5e-324, -5e-324, 2.2250738585072014e-308, 2.225073858507201e-308,
                         std::numeric_limits<double>::max(), -std::numeric_limits<double>::max()})
    EXPECT_EQ(sum_of({x}).value(), x);
}

TEST(ExactSum, RoundsToNearestTiesToEven) {
  const double ulp = 0x1p-52;
  EXPECT_EQ(sum_of({1.0, ulp / 2}).value(), 1.0);
  EXPECT_EQ(sum_of({1.0 + ulp, ulp / 2}).value(), 1.0 + 2 * ulp);
  EXPECT_EQ(sum_of({1.0, ulp / 2, 5e-324}).value(), 1.0 + ulp);
  EXPECT_EQ(sum_of({-1.0, -ulp / 2, -5e-324}).value(), -1.0 - ulp);
  EXPECT_EQ(sum_of({2.0 - ulp, ulp / 2}).value(), 2.0);
}

TEST(ExactSum, IsTheNearestDoubleToTheExactSum) {
  std::mt19937_64 generator{2};
  for (int trial = 0; trial < 300; ++trial) {
    std::vector<double> values;
    cpp_int exact = 0;
    for (int i = 0; i < 40; ++i) {
      // Magnitudes close together, for carries and cancellation, in one trial of two; anything in the other.
      const double any = random_double(generator);
      const double x =
          trial % 2 == 0
              ? std::ldexp(any, -std::ilogb(any == 0.0 ? 1.0 : any) + static_cast<int>(generator() % 80))
              : std::ldexp(any, -8);
      values.push_back(x);
      exact += scaled(x);
    }
    const double value = sum_of(values).value();
    ASSERT_TRUE(is_nearest(value, exact)) << value;
  }
}

TEST(ExactSum, IsInfiniteBeyondTheLargestDouble) {
  const double largest = std::numeric_limits<double>::max();
  EXPECT_EQ(sum_of({largest, largest}).value(), infinity);
  EXPECT_EQ(sum_of({-largest, -largest, -largest}).value(), -infinity);
  EXPECT_EQ(sum_of({largest, largest, -largest}).value(), largest);
}

TEST(ExactSum, AnyOrderAndSplitGiveTheSameSum) {
  std::mt19937_64 generator{3};
  std::vector<double> values(1000);
  for (double& x : values) x = std::ldexp(random_double(generator), -12);
  const ExactSum forward = sum_of(values);
  for (int trial = 0; trial < 50; ++trial) {
    std::ranges::shuffle(values, generator);
    const auto parts = 1 + generator() % 9;
    std::vector<ExactSum> sums(parts);
    for (const double x : values) sums[generator() % parts].add(x);
    ExactSum merged;
    for (const ExactSum& part : sums) merged.merge(part);
    ASSERT_EQ(merged, forward);
    ASSERT_EQ(merged.value(), forward.value());
  }
}

TEST(ExactSum, ManyMergesDoNotOverflow) {
  ExactSum one = sum_of({std::numeric_limits<double>::max(), -5e-324, 1.0});
  ExactSum total = one;
  for (int doubling = 0; doubling < 40; ++doubling) {
    const ExactSum copy = total;
    total.merge(copy);
  }
  EXPECT_EQ(total.value(), infinity);
  ExactSum negative = sum_of({-std::numeric_limits<double>::max()});
  for (int doubling = 0; doubling < 40; ++doubling) {
    const ExactSum copy = negative;
    negative.merge(copy);
  }
  total.merge(negative);
  EXPECT_EQ(total.value(), 0x1p40);  // the tiny part is far below half a unit in the last place
}

TEST(ExactSum, ProductsAreExact) {
  std::mt19937_64 generator{4};
  std::uniform_real_distribution<double> magnitude{-1e6, 1e6};
  for (int trial = 0; trial < 200; ++trial) {
    ExactSum sum;
    cpp_int exact = 0;  // times 2^(2 * 1074)
    for (int i = 0; i < 20; ++i) {
      const double a = magnitude(generator);
      const double b = magnitude(generator);
      sum.add_product(a, b);
      exact += scaled(a) * scaled(b);
    }
    const cpp_int shifted = exact / (cpp_int{1} << 1074);
    ASSERT_EQ(shifted << 1074, exact) << "the reference itself is exact";
    ASSERT_TRUE(is_nearest(sum.value(), shifted));
  }
}

TEST(ExactSum, RefusesWhatIsNotFinite) {
  ExactSum sum;
  EXPECT_THROW(sum.add(infinity), ContractViolation);
  EXPECT_THROW(sum.add(std::numeric_limits<double>::quiet_NaN()), ContractViolation);
  EXPECT_THROW(sum.add_product(1e200, 1e200), ContractViolation);
}

}  // namespace
}  // namespace peercap
