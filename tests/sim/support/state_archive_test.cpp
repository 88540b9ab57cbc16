#include "sim/support/state_archive.h"

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <limits>
#include <map>
#include <optional>
#include <random>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/event/event.h"
#include "sim/random/random_source.h"
#include "sim/statistics/incidence.h"

namespace peercap {
namespace {

using ::testing::HasSubstr;

enum class Color : std::uint8_t { red, green };

struct Inner {
  std::int32_t number = 0;
  std::optional<std::string> text;

  template <class Archive>
  void visit_state(Archive& archive) {
    archive(number, text);
  }
  friend bool operator==(const Inner&, const Inner&) = default;
};

/// Everything that an archive takes.
struct Everything {
  bool yes = false;
  std::int8_t tiny = 0;
  std::uint64_t large = 0;
  float single = 0.0F;
  double number = 0.0;
  Color color = Color::red;
  std::string text;
  std::vector<std::uint16_t> numbers;
  std::vector<bool> answers;
  std::vector<Inner> inner;
  std::deque<Inner> queue;
  std::array<double, 3> three{};
  std::array<std::vector<int>, 2> two;
  std::map<std::uint32_t, Inner> by_number;
  std::optional<double> nothing;
  std::pair<int, bool> pair;
  SimTime time;
  SimDuration duration;
  ProcessId process;
  Event event;

  template <class Archive>
  void visit_state(Archive& archive) {
    archive(yes, tiny, large, single, number, color, text, numbers, answers, inner, queue, three, two,
            by_number, nothing, pair, time, duration, process, event);
  }
  friend bool operator==(const Everything&, const Everything&) = default;
};

Everything example() {
  return {.yes = true,
          .tiny = -7,
          .large = ~std::uint64_t{5},
          .single = 0.1F,
          .number = -0.0,
          .color = Color::green,
          .text = std::string{"a\0b", 3},
          .numbers = {1, 2, 65535},
          .answers = {true, false, true},
          .inner = {{1, "x"}, {2, std::nullopt}},
          .queue = {{3, ""}},
          .three = {1.0, std::numeric_limits<double>::infinity(), 5e-324},
          .two = {std::vector<int>{}, std::vector<int>{4}},
          .by_number = {{2, {5, "y"}}, {9, {6, "z"}}},
          .nothing = std::nullopt,
          .pair = {8, true},
          .time = SimTime::never(),
          .duration = SimDuration{-3},
          .process = ProcessId{},
          .event = {.time = SimTime{4},
                    .tie = EventTie{EventPriority::late, ProcessId{7U}, 9},
                    .target = ProcessId{3U},
                    .kind = 0x8001,
                    .small = 6,
                    .a = 1,
                    .b = 2}};
}

template <class T>
std::vector<std::byte> written(const T& value) {
  StateWriter writer;
  writer(value);
  return writer.take();
}

template <class T>
T read_back(std::span<const std::byte> bytes) {
  StateReader reader{bytes};
  T value{};
  reader(value);
  reader.expect_end();
  return value;
}

/// What a reader says about bytes that it refuses; empty where it takes them.
template <class T>
std::string refusal(std::span<const std::byte> bytes) {
  try {
    (void)read_back<T>(bytes);
    return "";
  } catch (const StateFormatError& error) {
    return error.what();
  }
}

TEST(StateArchive, GivesBackEveryTypeAsItWas) {
  const std::vector<std::byte> bytes = written(example());
  const Everything found = read_back<Everything>(bytes);
  EXPECT_EQ(found, example());
  EXPECT_TRUE(std::signbit(found.number));
  EXPECT_EQ(written(found), bytes);
}

TEST(StateArchive, ReplacesWhatWasThere) {
  Everything found = example();
  const std::vector<std::byte> bytes = written(Everything{});
  StateReader reader{bytes};
  reader(found);
  EXPECT_EQ(found, Everything{});
}

TEST(StateArchive, KeepsTheBitsOfNumbersThatAreNone) {
  const double odd = std::nan("0x123");
  EXPECT_EQ(std::bit_cast<std::uint64_t>(read_back<double>(written(odd))), std::bit_cast<std::uint64_t>(odd));
}

TEST(StateArchive, IsLittleEndianAndPacked) {
  StateWriter writer;
  writer(std::uint8_t{1}, std::uint32_t{0x02030405}, true, std::string{"A"});
  const auto byte = [](int value) { return static_cast<std::byte>(value); };
  EXPECT_EQ(writer.take(),
            (std::vector<std::byte>{byte(1), byte(5), byte(4), byte(3), byte(2), byte(1), byte(1), byte(0),
                                    byte(0), byte(0), byte(0), byte(0), byte(0), byte(0), byte('A')}));
  EXPECT_EQ(writer.size(), 0U);
}

TEST(StateArchive, RefusesEveryBeginningOfAState) {
  const std::vector<std::byte> bytes = written(example());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const std::string problem = refusal<Everything>(std::span{bytes}.first(size));
    ASSERT_THAT(problem, HasSubstr("saved state")) << size;
    ASSERT_THAT(problem, HasSubstr("at byte")) << size;
  }
}

TEST(StateArchive, SaysWhatItMissesAndWhere) {
  const std::vector<std::byte> bytes = written(std::pair{std::uint32_t{1}, std::string{"word"}});
  using Pair = std::pair<std::uint32_t, std::string>;
  EXPECT_EQ(refusal<Pair>(std::span{bytes}.first(2)),
            "saved state ends within a number: 4 bytes were to be read, 2 are left (at byte 0)");
  EXPECT_EQ(refusal<Pair>(std::span{bytes}.first(8)),
            "saved state ends within a count: 8 bytes were to be read, 4 are left (at byte 4)");
  EXPECT_EQ(refusal<Pair>(std::span{bytes}.first(14)),
            "saved state announces 4 elements where 2 bytes are left (at byte 12)");
}

TEST(StateArchive, RefusesWhatComesAfterItsEnd) {
  std::vector<std::byte> bytes = written(example());
  bytes.push_back(std::byte{});
  EXPECT_THAT(refusal<Everything>(bytes), HasSubstr("goes on for 1 bytes after its end"));
}

TEST(StateArchive, RefusesTruthValuesOutsideTheirRange) {
  const std::vector<std::byte> two{std::byte{2}};
  EXPECT_THAT(refusal<bool>(two), HasSubstr("has 2 as a truth value"));
  EXPECT_THAT(refusal<std::optional<int>>(two), HasSubstr("truth value"));
}

TEST(StateArchive, RefusesKeysOutOfOrder) {
  StateWriter writer;
  writer(std::uint64_t{2}, std::uint32_t{5}, 1, std::uint32_t{5}, 2);
  EXPECT_THAT((refusal<std::map<std::uint32_t, int>>(writer.take())), HasSubstr("keys out of order"));
}

// A count of 2^61 numbers is 2^64 bytes: computed carelessly it is none.
TEST(StateArchive, DoesNotMakeWhatTheBytesCannotHold) {
  for (const std::uint64_t count :
       {std::uint64_t{3}, std::uint64_t{1} << 40, std::uint64_t{1} << 61, ~std::uint64_t{0}}) {
    const std::vector<std::byte> bytes = written(std::pair{count, std::uint16_t{7}});
    EXPECT_THAT(refusal<std::vector<double>>(bytes), HasSubstr("elements where 2 bytes are left"));
    EXPECT_THAT(refusal<std::vector<Inner>>(bytes), HasSubstr("elements where 2 bytes are left"));
    EXPECT_THAT(refusal<std::deque<Inner>>(bytes), HasSubstr("elements where 2 bytes are left"));
    EXPECT_THAT(refusal<std::string>(bytes), HasSubstr("elements where 2 bytes are left"));
    EXPECT_THAT((refusal<std::map<std::uint32_t, int>>(bytes)), HasSubstr("elements where 2 bytes are left"));
  }
}

// Whatever the bytes are, they are refused or read: never anything else.
TEST(StateArchive, EndsOnAnyBytes) {
  const std::vector<std::byte> whole = written(example());
  std::mt19937_64 bits{5};
  int refused = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::vector<std::byte> bytes = whole;
    for (int k = 1 + static_cast<int>(bits() % 4); k > 0; --k)
      bytes[bits() % bytes.size()] = static_cast<std::byte>(bits());
    refused += refusal<Everything>(bytes).empty() ? 0 : 1;
  }
  EXPECT_GT(refused, 1'000);
}

TEST(StateArchive, ReadsInPlaceOnlyAsManyAsThereAre) {
  StateWriter writer;
  writer.in_place("people", std::vector<int>{1, 2, 3});
  const std::vector<std::byte> bytes = writer.take();
  std::vector<int> three(3);
  StateReader{bytes}.in_place("people", three);
  EXPECT_EQ(three, (std::vector<int>{1, 2, 3}));
  std::vector<int> four(4);
  try {
    StateReader{bytes}.in_place("people", four);
    FAIL();
  } catch (const StateFormatError& error) {
    EXPECT_THAT(error.what(), HasSubstr("holds 3 people where there are 4"));
  }
}

TEST(StateArchive, KeepsOnlyNumbersAboveZeroWhereTheyAreFew) {
  std::vector<std::int64_t> bins(1000);
  bins[3] = -5;
  bins[999] = 7;
  StateWriter writer;
  writer.sparse("bins", bins);
  const std::vector<std::byte> bytes = writer.take();
  EXPECT_EQ(bytes.size(), 16U + 2U * 16U);
  std::vector<std::int64_t> found(1000, 1);
  StateReader{bytes}.sparse("bins", found);
  EXPECT_EQ(found, bins);
  std::vector<std::int64_t> fewer(999);
  EXPECT_THROW(StateReader{bytes}.sparse("bins", fewer), StateFormatError);

  StateWriter beyond;
  beyond(std::uint64_t{10}, std::uint64_t{1}, std::uint64_t{10}, std::int64_t{1});
  const std::vector<std::byte> wrong = beyond.take();
  std::vector<std::int64_t> ten(10);
  EXPECT_THROW(StateReader{wrong}.sparse("bins", ten), StateFormatError);
}

TEST(StateArchive, SizedPartsCanBeReadByOthers) {
  StateWriter writer;
  writer.sized([&] { writer(1, 2); });
  writer(3);
  const std::vector<std::byte> bytes = writer.take();
  StateReader reader{bytes};
  std::uint64_t size = 0;
  int last = 0;
  reader(size);
  EXPECT_EQ(size, 8U);
  (void)reader.take(size, "a part");
  reader(last);
  reader.expect_end();
  EXPECT_EQ(last, 3);
}

TEST(StateArchive, CountsOfFollowUpsKeepTheirGrid) {
  IncidenceCounts counts{2, 10, 5};
  for (const std::int64_t duration : {0, 7, 45, 90}) counts.add({duration, static_cast<int>(duration % 2)});
  const std::vector<std::byte> bytes = written(counts);
  IncidenceCounts found{2, 10, 5};
  StateReader{bytes}(found);
  EXPECT_EQ(found, counts);
  IncidenceCounts coarser{2, 20, 5};
  try {
    StateReader{bytes}(coarser);
    FAIL();
  } catch (const StateFormatError& error) {
    EXPECT_THAT(error.what(), HasSubstr("another grid of durations"));
  }
}

}  // namespace
}  // namespace peercap
