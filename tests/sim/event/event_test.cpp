#include "sim/event/event.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <random>
#include <type_traits>
#include <vector>

#include <gtest/gtest.h>

namespace peercap {
namespace {

constexpr EventPriority all_priorities[] = {EventPriority::global, EventPriority::early,
                                            EventPriority::normal, EventPriority::late};

TEST(EventTie, GivesBackWhatItWasMadeOf) {
  for (const EventPriority priority : all_priorities)
    for (const std::uint32_t source : {0U, 1U, 12'345U, EventTie::max_source})
      for (const std::uint64_t sequence : {std::uint64_t{0}, std::uint64_t{1}, EventTie::max_sequence}) {
        const EventTie tie{priority, ProcessId{source}, sequence};
        EXPECT_EQ(tie.source(), ProcessId{source});
        EXPECT_EQ(tie.sequence(), sequence);
        EXPECT_EQ(tie.bits() >> 58, static_cast<std::uint64_t>(priority));
      }
}

TEST(EventTie, HasRoomForTheStatedLimits) {
  EXPECT_EQ(EventTie::max_source, 4'194'303U);
  EXPECT_EQ(EventTie::max_sequence, 68'719'476'735U);
  for (const EventPriority priority : all_priorities)
    EXPECT_LT(static_cast<unsigned>(priority), 64U) << "a priority has six bits";
}

TEST(EventTie, PriorityComesBeforeSourceBeforeSequence) {
  const auto tie = [](EventPriority priority, std::uint32_t source, std::uint64_t sequence) {
    return EventTie{priority, ProcessId{source}, sequence};
  };
  EXPECT_LT(tie(EventPriority::normal, EventTie::max_source, EventTie::max_sequence),
            tie(EventPriority::late, 0, 0));
  EXPECT_LT(tie(EventPriority::early, 9, 9), tie(EventPriority::normal, 0, 0));
  EXPECT_LT(tie(EventPriority::global, 9, 9), tie(EventPriority::early, 0, 0));
  EXPECT_LT(tie(EventPriority::normal, 3, EventTie::max_sequence), tie(EventPriority::normal, 4, 0));
  EXPECT_LT(tie(EventPriority::normal, 3, 7), tie(EventPriority::normal, 3, 8));
}

TEST(EventTie, IsUniqueForEachCombination) {
  std::vector<std::uint64_t> bits;
  for (const EventPriority priority : all_priorities)
    for (std::uint32_t source = 0; source < 40; ++source)
      for (std::uint64_t sequence = 0; sequence < 40; ++sequence)
        bits.push_back(EventTie{priority, ProcessId{source}, sequence}.bits());
  std::ranges::sort(bits);
  EXPECT_EQ(std::ranges::adjacent_find(bits), bits.end());
}

TEST(Event, IsPlainDataOfFortyBytes) {
  EXPECT_EQ(sizeof(Event), 40U);
  EXPECT_TRUE(std::is_trivially_copyable_v<Event>);
}

TEST(Event, KeepsTheTimerBitOutOfTheKind) {
  enum class Happening : std::uint16_t { first = 0, largest = 0x7fff };
  Event event;
  event.kind = static_cast<std::uint16_t>(Happening::largest);
  EXPECT_FALSE(event.is_timer());
  event.kind = static_cast<std::uint16_t>(event.kind | Event::timer_bit);
  EXPECT_TRUE(event.is_timer());
  EXPECT_EQ(event.kind_as<Happening>(), Happening::largest);
}

Event event_at(std::int64_t ticks, std::uint64_t sequence = 0) {
  return {
      .time = SimTime{ticks}, .tie = EventTie{EventPriority::normal, ProcessId{1U}, sequence}, .target = {}};
}

TEST(EventOrder, PutsTimeFirstAlsoWhereItIsNegative) {
  constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
  constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();
  const std::int64_t rising[] = {least, least + 1, -1'000'000, -2,          -1,     0,
                                 1,     2,         1'000'000,  largest - 1, largest};
  for (std::size_t i = 0; i + 1 < std::size(rising); ++i) {
    EXPECT_LT(order_of(event_at(rising[i], 5)), order_of(event_at(rising[i + 1], 5)));
    EXPECT_LT(order_of(event_at(rising[i], EventTie::max_sequence)), order_of(event_at(rising[i + 1], 0)));
  }
}

TEST(EventOrder, PutsTheTieSecond) {
  EXPECT_LT(order_of(event_at(-3, 1)), order_of(event_at(-3, 2)));
}

TEST(EventOrder, LeavesPayloadAndTargetOut) {
  Event other = event_at(4, 4);
  other.a = 7;
  other.b = 8;
  other.small = 9;
  other.kind = 10;
  other.target = ProcessId{11U};
  EXPECT_EQ(order_of(other), order_of(event_at(4, 4)));
}

TEST(EventOrder, SortsLikeTimeThenTie) {
  std::mt19937_64 bits{1};
  std::vector<Event> events;
  for (int i = 0; i < 2000; ++i) {
    const EventTie tie{all_priorities[bits() % 4], ProcessId{static_cast<std::uint32_t>(bits() % 8)},
                       bits() % 16};
    events.push_back(
        {.time = SimTime{static_cast<std::int64_t>(bits() % 21) - 10}, .tie = tie, .target = {}});
  }
  for (const Event& a : events) {
    const Event& b = events[bits() % events.size()];
    const bool earlier = a.time != b.time ? a.time < b.time : a.tie < b.tie;
    EXPECT_EQ(order_of(a) < order_of(b), earlier);
  }
}

}  // namespace
}  // namespace peercap
