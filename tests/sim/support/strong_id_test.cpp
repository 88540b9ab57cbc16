#include "sim/support/strong_id.h"

#include <cstdint>
#include <limits>
#include <type_traits>
#include <unordered_set>

#include <gtest/gtest.h>

#include "sim/support/contract.h"

namespace peercap {
namespace {

struct BedTag;
struct NurseTag;
using BedId = StrongId<BedTag>;
using NurseId = StrongId<NurseTag>;

template <class A, class B>
concept Comparable = requires(A a, B b) {
  a == b;
};

TEST(StrongId, KeepsKindsApart) {
  static_assert(!std::is_convertible_v<BedId, NurseId>);
  static_assert(!std::is_constructible_v<BedId, NurseId>);
  static_assert(!std::is_convertible_v<std::uint32_t, BedId>,
                "a bare number must not become an id by itself");
  static_assert(!std::is_convertible_v<BedId, std::uint32_t>);
  static_assert(Comparable<BedId, BedId>);
  EXPECT_FALSE((Comparable<BedId, NurseId>));
}

TEST(StrongId, IsInvalidUntilSet) {
  EXPECT_FALSE(BedId{}.valid());
  EXPECT_TRUE(BedId{0U}.valid());
  EXPECT_TRUE(BedId{std::numeric_limits<std::uint32_t>::max() - 1}.valid());
  EXPECT_FALSE(BedId{std::numeric_limits<std::uint32_t>::max()}.valid());
}

TEST(StrongId, OrdersByValueAndPutsInvalidLast) {
  EXPECT_LT(BedId{3U}, BedId{4U});
  EXPECT_EQ(BedId{7U}, BedId{std::size_t{7}});
  EXPECT_LT(BedId{4'000'000'000U}, BedId{});
  EXPECT_EQ(BedId{9U}.index(), 9U);
}

TEST(StrongId, CanBeHashed) {
  const std::unordered_set<BedId> beds{BedId{1U}, BedId{2U}, BedId{1U}};
  EXPECT_EQ(beds.size(), 2U);
  EXPECT_TRUE(beds.contains(BedId{2U}));
  EXPECT_FALSE(beds.contains(BedId{3U}));
}

TEST(Require, ThrowsWhatWasBrokenAndOnlyThen) {
  EXPECT_NO_THROW(require(true, "never"));
  try {
    require(false, "the sky has fallen");
    FAIL() << "a broken precondition passed";
  } catch (const ContractViolation& violation) {
    EXPECT_STREQ(violation.what(), "the sky has fallen");
  }
}

}  // namespace
}  // namespace peercap
