// Statistical checks of the draws. Seeds are fixed: a check that passes once always passes. The stated
// false-alarm rates are those of a fresh seed, and say how surprising a failure after a change would be.
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <boost/math/distributions/chi_squared.hpp>
#include <gtest/gtest.h>

#include "sim/random/random_source.h"

namespace peercap {
namespace {

enum class Purpose : std::uint16_t { first, second };

constexpr double false_alarm_rate = 1e-4;  // of each p-value, two-sided

/// Fails where equal cells are filled too unevenly, or too evenly.
template <std::size_t N>
void expect_even(const std::array<std::uint64_t, N>& cells, const std::string& what) {
  double total = 0.0;
  for (const std::uint64_t count : cells) total += static_cast<double>(count);
  const double expected = total / static_cast<double>(N);
  double statistic = 0.0;
  for (const std::uint64_t count : cells) {
    const double excess = static_cast<double>(count) - expected;
    statistic += excess * excess / expected;
  }
  const double p = boost::math::cdf(boost::math::chi_squared{static_cast<double>(N - 1)}, statistic);
  EXPECT_GT(p, false_alarm_rate / 2) << what;
  EXPECT_LT(p, 1.0 - false_alarm_rate / 2) << what;
}

std::size_t cell_of(double uniform, std::size_t cells) {
  return static_cast<std::size_t>(uniform * static_cast<double>(cells));
}

/// A million addresses along one part each of the address.
template <class Address>
std::array<std::uint64_t, 256> count_cells(Address draw_at) {
  std::array<std::uint64_t, 256> cells{};
  for (std::uint64_t i = 0; i < 1'000'000; ++i) ++cells[cell_of(draw_at(i).uniform(), cells.size())];
  return cells;
}

TEST(RandomStatistics, UniformAlongTheIndex) {
  const RandomSource random{1, 0};
  expect_even(count_cells([&](std::uint64_t i) { return random.draw(EntityKey{17}, Purpose::first, i); }),
              "index");
}

TEST(RandomStatistics, UniformAlongEntities) {
  const RandomSource random{1, 0};
  const EntityKey unit = EntityKey{}.child("unit");
  expect_even(count_cells([&](std::uint64_t i) { return random.draw(unit.child(i), Purpose::first, 0); }),
              "entity");
}

TEST(RandomStatistics, UniformAlongReplications) {
  expect_even(count_cells([](std::uint64_t i) {
                return RandomSource{1, static_cast<std::uint32_t>(i)}.draw(EntityKey{17}, Purpose::first, 0);
              }),
              "replication");
}

TEST(RandomStatistics, UniformAlongSeeds) {
  expect_even(count_cells([](std::uint64_t i) {
                return RandomSource{i, 0}.draw(EntityKey{17}, Purpose::first, 0);
              }),
              "seed");
}

/// Pairs of draws at two related addresses, over the cells of a 16 by 16 square.
template <class First, class Second>
std::array<std::uint64_t, 256> count_pairs(First first, Second second) {
  std::array<std::uint64_t, 256> cells{};
  for (std::uint64_t i = 0; i < 500'000; ++i) ++cells[cell_of(first(i), 16) * 16 + cell_of(second(i), 16)];
  return cells;
}

TEST(RandomStatistics, NeighborsInEachPartOfTheAddressAreIndependent) {
  const RandomSource random{11, 4};
  const RandomSource next_seed{12, 4};
  const RandomSource next_replication{11, 5};
  const EntityKey unit = EntityKey{}.child("unit");
  const auto at = [&](std::uint64_t i) { return random.draw(unit, Purpose::first, i).uniform(); };
  expect_even(
      count_pairs(at, [&](std::uint64_t i) { return random.draw(unit, Purpose::first, i + 1).uniform(); }),
      "next index");
  expect_even(
      count_pairs(at, [&](std::uint64_t i) { return random.draw(unit, Purpose::second, i).uniform(); }),
      "next purpose");
  expect_even(
      count_pairs(at,
                  [&](std::uint64_t i) { return random.draw(unit.child(1), Purpose::first, i).uniform(); }),
      "next entity");
  expect_even(
      count_pairs(at, [&](std::uint64_t i) { return next_seed.draw(unit, Purpose::first, i).uniform(); }),
      "next seed");
  expect_even(
      count_pairs(at,
                  [&](std::uint64_t i) { return next_replication.draw(unit, Purpose::first, i).uniform(); }),
      "next replication");
  expect_even(
      count_pairs(at, [&](std::uint64_t i) { return random.draw(unit, Purpose::first, i).second_uniform(); }),
      "second word");
}

// Each of the 128 bits is a fair coin: binomial(200000, 1/2), sd 223.6; 5.2 sd over 128 bits is a rate
// of 2.6e-5.
TEST(RandomStatistics, EveryBitIsAFairCoin) {
  const RandomSource random{21, 0};
  std::array<std::int64_t, 128> ones{};
  for (std::uint64_t i = 0; i < 200'000; ++i) {
    const Draw draw = random.draw(EntityKey{3}, Purpose::first, i);
    for (unsigned bit = 0; bit < 64; ++bit) {
      ones[bit] += static_cast<std::int64_t>(draw.bits() >> bit & 1U);
      ones[64 + bit] += static_cast<std::int64_t>(draw.second_bits() >> bit & 1U);
    }
  }
  for (std::size_t bit = 0; bit < ones.size(); ++bit)
    EXPECT_NEAR(static_cast<double>(ones[bit]), 100'000.0, 5.2 * 223.7) << "bit " << bit;
}

}  // namespace
}  // namespace peercap
