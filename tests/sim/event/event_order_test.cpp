#include <gtest/gtest.h>

#include "sim/event/event.h"

namespace peercap {
namespace {

Event at(std::int64_t ticks, EventPriority priority, std::uint32_t source, std::uint64_t sequence) {
  Event event;
  event.time = SimTime{ticks};
  event.tie = EventTie{priority, ProcessId{source}, sequence};
  return event;
}

TEST(EventTie, KeepsItsParts) {
  const EventTie tie{EventPriority::late, ProcessId{EventTie::max_source}, EventTie::max_sequence};
  EXPECT_EQ(tie.source(), ProcessId{EventTie::max_source});
  EXPECT_EQ(tie.sequence(), EventTie::max_sequence);
}

TEST(EventOrder, TimeComesBeforeEverythingElse) {
  EXPECT_LT(order_of(at(1, EventPriority::late, 9, 9)), order_of(at(2, EventPriority::global, 0, 0)));
}

TEST(EventOrder, NegativeTimesComeFirst) {
  EXPECT_LT(order_of(at(-5, EventPriority::late, 9, 9)), order_of(at(-4, EventPriority::global, 0, 0)));
  EXPECT_LT(order_of(at(-1, EventPriority::late, 9, 9)), order_of(at(0, EventPriority::global, 0, 0)));
}

TEST(EventOrder, ThenPriorityThenSourceThenSequence) {
  EXPECT_LT(order_of(at(7, EventPriority::early, 9, 9)), order_of(at(7, EventPriority::normal, 0, 0)));
  EXPECT_LT(order_of(at(7, EventPriority::normal, 1, 9)), order_of(at(7, EventPriority::normal, 2, 0)));
  EXPECT_LT(order_of(at(7, EventPriority::normal, 1, 3)), order_of(at(7, EventPriority::normal, 1, 4)));
}

TEST(Event, TimerBitIsNoPartOfTheKind) {
  Event event;
  event.kind = static_cast<std::uint16_t>(5 | Event::timer_bit);
  EXPECT_TRUE(event.is_timer());
  EXPECT_EQ(event.kind_as<int>(), 5);
}

}  // namespace
}  // namespace peercap
