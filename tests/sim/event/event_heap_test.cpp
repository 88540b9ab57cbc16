#include "sim/event/event_heap.h"

#include <algorithm>
#include <cstdint>
#include <random>
#include <set>
#include <vector>

#include <gtest/gtest.h>

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

// Any mixture of pushes and pops does what a sorted list does.
TEST(EventHeap, AgreesWithASortedListUnderRandomUse) {
  const auto earlier = [](const Event& a, const Event& b) { return order_of(a) < order_of(b); };
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    std::mt19937_64 bits{seed};
    EventHeap heap;
    std::set<Event, decltype(earlier)> list{earlier};
    // Grows for a while, then shrinks, as the share of pushes falls from 70 to 30 %.
    for (std::uint64_t step = 0; step < 4000; ++step) {
      const bool pushes = bits() % 100 < 70 - step / 100;
      if (pushes || list.empty()) {
        const Event event = make_event(static_cast<std::int64_t>(bits() % 1000) - 500, step);
        heap.push(event);
        list.insert(event);
      } else {
        ASSERT_EQ(heap.pop(), *list.begin()) << "seed " << seed << ", step " << step;
        list.erase(list.begin());
      }
      ASSERT_EQ(heap.size(), list.size());
      if (!list.empty()) {
        ASSERT_EQ(heap.top(), *list.begin());
      }
    }
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
