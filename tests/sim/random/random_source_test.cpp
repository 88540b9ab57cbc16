#include "sim/random/random_source.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace peercap {
namespace {

enum class Purpose : std::uint16_t { arrival, service, last = 0xffff };

TEST(RandomSource, IsAPureFunctionOfTheAddress) {
  const RandomSource random{7, 3};
  const EntityKey entity = EntityKey{}.child("unit").child(4);
  const std::uint64_t alone = random.draw(entity, Purpose::service, 11).bits();
  for (std::uint64_t i = 0; i < 1000; ++i) (void)random.draw(entity, Purpose::arrival, i);
  EXPECT_EQ(random.draw(entity, Purpose::service, 11).bits(), alone);
  const RandomSource same{7, 3};
  EXPECT_EQ(same.draw(entity, Purpose::service, 11).bits(), alone);
}

// Results in files name their seed: a new version must draw the same. The values were made by this program
// and agree with two applications of the philox vectors' definition, see philox_test.cpp.
TEST(RandomSource, KeepsItsValuesFromVersionToVersion) {
  const RandomSource random{20260105, 2};
  const Draw draw = random.draw(EntityKey{0x0123456789abcdefULL}, Purpose::service, 0x123456789abcULL);
  const auto key = philox4x32_10({2, 0, 0, 0x70636170}, {20260105, 0});
  const auto block = philox4x32_10({0x89abcdef, 0x01234567, 0x56789abc, 0x0001'1234}, {key[0], key[1]});
  EXPECT_EQ(draw.bits(), std::uint64_t{block[1]} << 32 | block[0]);
  EXPECT_EQ(draw.second_bits(), std::uint64_t{block[3]} << 32 | block[2]);
}

TEST(RandomSource, EveryPartOfTheAddressMatters) {
  const EntityKey entity = EntityKey{}.child("unit").child(4);
  std::set<std::uint64_t> seen;
  std::size_t count = 0;
  const auto note = [&](Draw draw) {
    seen.insert(draw.bits());
    seen.insert(draw.second_bits());
    count += 2;
  };
  note(RandomSource(1, 0).draw(entity, Purpose::arrival, 0));
  note(RandomSource(2, 0).draw(entity, Purpose::arrival, 0));
  note(RandomSource(1 + (std::uint64_t{1} << 32), 0).draw(entity, Purpose::arrival, 0));
  note(RandomSource(1, 1).draw(entity, Purpose::arrival, 0));
  note(RandomSource(1, 0).draw(EntityKey{}.child("unit").child(5), Purpose::arrival, 0));
  note(RandomSource(1, 0).draw(entity, Purpose::service, 0));
  note(RandomSource(1, 0).draw(entity, Purpose::last, 0));
  note(RandomSource(1, 0).draw(entity, Purpose::arrival, 1));
  EXPECT_EQ(seen.size(), count);
}

TEST(RandomSource, EveryOneOfTheIndexsFortyEightBitsMatters) {
  const RandomSource random{1, 0};
  const EntityKey entity{99};
  std::set<std::uint64_t> seen{random.draw(entity, Purpose::arrival, 0).bits()};
  for (unsigned bit = 0; bit < 48; ++bit)
    seen.insert(random.draw(entity, Purpose::arrival, std::uint64_t{1} << bit).bits());
  EXPECT_EQ(seen.size(), 49U);
}

TEST(RandomSource, EveryBitOfTheEntitysKeyMatters) {
  const RandomSource random{1, 0};
  std::set<std::uint64_t> seen{random.draw(EntityKey{0}, Purpose::arrival, 0).bits()};
  for (unsigned bit = 0; bit < 64; ++bit)
    seen.insert(random.draw(EntityKey{std::uint64_t{1} << bit}, Purpose::arrival, 0).bits());
  EXPECT_EQ(seen.size(), 65U);
}

TEST(RandomSource, NeighboringSeedsAndReplicationsShareNoDraw) {
  std::set<std::uint64_t> seen;
  for (std::uint64_t seed = 0; seed < 100; ++seed)
    for (std::uint32_t replication = 0; replication < 100; ++replication)
      seen.insert(RandomSource(seed, replication).draw(EntityKey{}, Purpose::arrival, 0).bits());
  EXPECT_EQ(seen.size(), 10'000U);
}

TEST(Draw, UniformsAreNeverZeroOrOne) {
  constexpr std::uint64_t ones = ~std::uint64_t{0};
  EXPECT_EQ(Draw::to_unit(0), 0x1p-53);
  EXPECT_EQ(Draw::to_unit(ones), 1.0 - 0x1p-53);
  EXPECT_EQ(Draw(ones, 0).uniform(), 1.0 - 0x1p-53);
  EXPECT_EQ(Draw(ones, 0).second_uniform(), 0x1p-53);
  for (unsigned bit = 0; bit < 64; ++bit) {
    for (const std::uint64_t word :
         {ones << bit, ones >> bit, std::uint64_t{1} << bit, ~(std::uint64_t{1} << bit)}) {
      EXPECT_GT(Draw::to_unit(word), 0.0) << word;
      EXPECT_LT(Draw::to_unit(word), 1.0) << word;
    }
  }
}

TEST(Draw, UniformsComeInExactPairsAroundOneHalf) {
  const RandomSource random{5, 0};
  for (std::uint64_t i = 0; i < 1000; ++i) {
    const std::uint64_t word = random.draw(EntityKey{}, Purpose::arrival, i).bits();
    EXPECT_EQ(Draw::to_unit(word) + Draw::to_unit(~word), 1.0);
    EXPECT_EQ(1.0 - Draw::to_unit(word), Draw::to_unit(~word));
  }
}

TEST(Draw, UniformsRiseWithTheWord) {
  for (std::uint64_t word = 0; word < (std::uint64_t{1} << 63); word += word / 2 + 4096)
    EXPECT_LT(Draw::to_unit(word), Draw::to_unit(word + 4096)) << word;
}

// Two of 10^6 random 64-bit keys agree with probability 2.7e-8.
TEST(EntityKey, AMillionPeopleHaveDifferentKeys) {
  std::vector<std::uint64_t> keys;
  keys.reserve(1'000'000);
  for (std::uint64_t site = 0; site < 10; ++site) {
    const EntityKey site_key = EntityKey{}.child("site").child(site);
    for (std::uint64_t unit = 0; unit < 100; ++unit)
      for (std::uint64_t position = 0; position < 1000; ++position)
        keys.push_back(site_key.child(unit).child(position).value());
  }
  std::ranges::sort(keys);
  EXPECT_EQ(std::ranges::adjacent_find(keys), keys.end());
}

TEST(EntityKey, DependsOnTheWholePathAndItsOrder) {
  const EntityKey root;
  EXPECT_EQ(root.child("site").child(3), root.child("site").child(3));
  EXPECT_NE(root.child(1).child(2), root.child(2).child(1));
  EXPECT_NE(root.child("ab").child("c"), root.child("a").child("bc"));
  EXPECT_NE(root.child(1), root.child(1).child(1));
  EXPECT_NE(root.child(0), root);
  EXPECT_NE(root.child(0).child(0), root.child(0));
  EXPECT_NE(root.child(""), root);
  EXPECT_NE(root.child(std::string(1, '\0')), root.child(""));
}

TEST(EntityKey, NamesAndPositionsDoNotMeet) {
  std::set<EntityKey> seen;
  for (std::uint64_t i = 0; i < 10'000; ++i) {
    seen.insert(EntityKey{}.child(i));
    seen.insert(EntityKey{}.child(std::to_string(i)));
  }
  EXPECT_EQ(seen.size(), 20'000U);
}

// Positions 0, 1, 2, ... differ in few bits; their keys must not: per bit binomial(4096, 1/2), sd 32, bounds
// at 5.5 sd, false alarms 64 * 4e-8 (and the input is fixed).
TEST(EntityKey, SpreadsNeighboringPositionsOverAllBits) {
  for (unsigned bit = 0; bit < 64; ++bit) {
    int ones = 0;
    for (std::uint64_t position = 0; position < 4096; ++position)
      ones += static_cast<int>(EntityKey{}.child(position).value() >> bit & 1U);
    EXPECT_NEAR(ones, 2048, 176) << "bit " << bit;
  }
}

TEST(Draw, QuartersAreThePartsOfItsWords) {
  const Draw draw{0x1111222233334444ULL, 0x5555666677778888ULL};
  EXPECT_EQ(draw.quarter(0), 0x33334444U);
  EXPECT_EQ(draw.quarter(1), 0x11112222U);
  EXPECT_EQ(draw.quarter(2), 0x77778888U);
  EXPECT_EQ(draw.quarter(3), 0x55556666U);
}

}  // namespace
}  // namespace peercap
