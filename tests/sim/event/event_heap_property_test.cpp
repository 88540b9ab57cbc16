#include <algorithm>
#include <cstdint>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "sim/event/event_heap.h"

namespace peercap {
namespace {

Event make_event(std::int64_t ticks, std::uint64_t sequence, std::uint32_t source = 0) {
  return {.time = SimTime{ticks},
          .tie = EventTie{EventPriority::normal, ProcessId{source}, sequence},
          .target = ProcessId{source},
          .kind = 3,
          .small = 4,
          .a = sequence * 17,
          .b = sequence * 19};
}

std::vector<Event> pop_all(EventHeap& heap) {
  std::vector<Event> events;
  while (!heap.empty()) events.push_back(heap.pop());
  return events;
}

TEST(EventHeap, GivesEventsBackWholeAndInOrder) {
  EventHeap heap;
  for (const std::int64_t ticks : {5, -3, 9, 0, 7})
    heap.push(make_event(ticks, static_cast<std::uint64_t>(ticks + 3)));
  EXPECT_EQ(heap.size(), 5U);
  EXPECT_EQ(heap.top(), make_event(-3, 0));
  const std::vector<Event> expected{make_event(-3, 0), make_event(0, 3), make_event(5, 8), make_event(7, 10),
                                    make_event(9, 12)};
  EXPECT_EQ(pop_all(heap), expected);
  EXPECT_TRUE(heap.empty());
}

TEST(EventHeap, OrdersEqualTimesByTheirTies) {
  std::mt19937_64 bits{2};
  std::vector<Event> events;
  for (std::uint32_t source = 0; source < 30; ++source)
    for (std::uint64_t sequence = 0; sequence < 30; ++sequence)
      events.push_back(make_event(42, sequence, source));
  const std::vector<Event> expected = events;  // made in the order of sources, then sequence numbers
  std::ranges::shuffle(events, bits);
  EventHeap heap;
  for (const Event& event : events) heap.push(event);
  EXPECT_EQ(pop_all(heap), expected);
}

TEST(EventHeap, DoesNotDependOnTheOrderOfInsertion) {
  std::mt19937_64 bits{3};
  std::vector<Event> events;
  for (std::uint64_t i = 0; i < 257; ++i)
    events.push_back(make_event(static_cast<std::int64_t>(bits() % 40), i));
  std::vector<Event> expected = events;
  std::ranges::sort(expected, {}, order_of);
  for (int round = 0; round < 50; ++round) {
    std::ranges::shuffle(events, bits);
    EventHeap heap;
    for (const Event& event : events) heap.push(event);
    ASSERT_EQ(pop_all(heap), expected);
  }
}

TEST(EventHeap, WorksAtEverySmallSize) {
  for (std::uint64_t size = 0; size < 70; ++size) {
    EventHeap heap;
    for (std::uint64_t i = 0; i < size; ++i)
      heap.push(make_event(static_cast<std::int64_t>((i * 37) % 71), i));
    ASSERT_EQ(heap.size(), size);
    const std::vector<Event> events = pop_all(heap);
    EXPECT_EQ(events.size(), size);
    EXPECT_TRUE(std::ranges::is_sorted(events, {}, order_of)) << size;
  }
}

TEST(EventHeap, CanPushItsOwnTop) {
  EventHeap heap;
  heap.push(make_event(1, 1));
  for (int i = 0; i < 100; ++i) heap.push(heap.top());  // the array moves under the reference as it grows
  EXPECT_EQ(heap.size(), 101U);
  for (const Event& event : pop_all(heap)) EXPECT_EQ(event, make_event(1, 1));
}

TEST(EventHeap, ReservingChangesNothing) {
  EventHeap heap;
  heap.push(make_event(2, 0));
  heap.reserve(1000);
  heap.push(make_event(1, 1));
  EXPECT_EQ(heap.size(), 2U);
  EXPECT_EQ(heap.pop(), make_event(1, 1));
  EXPECT_EQ(heap.pop(), make_event(2, 0));
}

}  // namespace
}  // namespace peercap
