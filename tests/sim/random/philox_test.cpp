#include "sim/random/philox.h"

#include <array>
#include <bitset>
#include <cstdint>
#include <random>

#include <gtest/gtest.h>

namespace peercap {
namespace {

using Counter = std::array<std::uint32_t, 4>;
using Key = std::array<std::uint32_t, 2>;

// The three vectors for philox4x32 with ten rounds that Random123 publishes with its sources
// (tests/kat_vectors).
TEST(Philox, AgreesWithThePublishedVectorOfZeros) {
  EXPECT_EQ(philox4x32_10({0, 0, 0, 0}, {0, 0}), (Counter{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
}

TEST(Philox, AgreesWithThePublishedVectorOfOnes) {
  constexpr std::uint32_t ones = 0xffffffff;
  EXPECT_EQ(philox4x32_10({ones, ones, ones, ones}, {ones, ones}),
            (Counter{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
}

TEST(Philox, AgreesWithThePublishedVectorOfPi) {
  EXPECT_EQ(philox4x32_10({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
            (Counter{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

/// The algorithm as the paper states it (section 3.3, table 2), written without the library.
Counter philox_by_definition(Counter counter, Key key) {
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t first = std::uint64_t{0xD2511F53} * counter[0];
    const std::uint64_t second = std::uint64_t{0xCD9E8D57} * counter[2];
    counter = {
        static_cast<std::uint32_t>(second >> 32) ^ counter[1] ^ key[0], static_cast<std::uint32_t>(second),
        static_cast<std::uint32_t>(first >> 32) ^ counter[3] ^ key[1], static_cast<std::uint32_t>(first)};
    key[0] += 0x9E3779B9;
    key[1] += 0xBB67AE85;
  }
  return counter;
}

TEST(Philox, AgreesWithTheDefinitionAtRandomCounters) {
  std::mt19937 bits{20110611};
  for (int i = 0; i < 10'000; ++i) {
    const Counter counter{static_cast<std::uint32_t>(bits()), static_cast<std::uint32_t>(bits()),
                          static_cast<std::uint32_t>(bits()), static_cast<std::uint32_t>(bits())};
    const Key key{static_cast<std::uint32_t>(bits()), static_cast<std::uint32_t>(bits())};
    ASSERT_EQ(philox4x32_10(counter, key), philox_by_definition(counter, key));
  }
}

// Each of the 128 + 64 input bits, flipped, changes each output bit with probability 1/2: over 192 inputs the
// number of changed bits is binomial(24576, 1/2), sd 78. Bounds at 5 sd: false alarms 6e-7 (the input is
// fixed all the same).
TEST(Philox, EveryInputBitChangesHalfOfTheOutput) {
  const Counter counter{1, 2, 3, 4};
  const Key key{5, 6};
  const Counter before = philox4x32_10(counter, key);
  std::size_t changed = 0;
  for (std::size_t bit = 0; bit < 192; ++bit) {
    Counter other_counter = counter;
    Key other_key = key;
    (bit < 128 ? other_counter[bit / 32] : other_key[(bit - 128) / 32]) ^= std::uint32_t{1} << (bit % 32);
    const Counter after = philox4x32_10(other_counter, other_key);
    std::size_t changed_here = 0;
    for (std::size_t word = 0; word < 4; ++word)
      changed_here += std::bitset<32>(before[word] ^ after[word]).count();
    EXPECT_GT(changed_here, 30U) << "input bit " << bit;
    changed += changed_here;
  }
  EXPECT_NEAR(static_cast<double>(changed), 12288.0, 5 * 78.4);
}

}  // namespace
}  // namespace peercap
