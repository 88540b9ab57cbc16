#include "sim/event/event_heap.h"

#include <algorithm>
#include <random>
#include <vector>

#include <gtest/gtest.h>

namespace peercap {
namespace {

Event random_event(std::mt19937_64& generator, std::uint64_t sequence) {
  Event event;
  // Few different times, so that ties are common.
  event.time = SimTime{static_cast<std::int64_t>(generator() % 50) - 25};
  event.tie =
      EventTie{EventPriority::normal, ProcessId{static_cast<std::uint32_t>(generator() % 7)}, sequence};
  event.a = generator();
  return event;
}

bool before(const Event& a, const Event& b) {
  return order_of(a) < order_of(b);
}

TEST(EventHeap, PopsInOrderWhateverTheOrderOfPushes) {
  std::mt19937_64 generator{1};
  for (const std::size_t count : {1U, 2U, 4U, 5U, 6U, 17U, 1000U}) {
    std::vector<Event> events;
    for (std::size_t i = 0; i < count; ++i) events.push_back(random_event(generator, i));
    EventHeap heap;
    for (const Event& event : events) heap.push(event);
    std::ranges::sort(events, before);
    for (const Event& expected : events) {
      EXPECT_EQ(heap.top(), expected);
      EXPECT_EQ(heap.pop(), expected);
    }
    EXPECT_TRUE(heap.empty());
  }
}

TEST(EventHeap, EqualsASortedListUnderRandomPushesAndPops) {
  std::mt19937_64 generator{2};
  EventHeap heap;
  std::vector<Event> sorted;
  for (std::uint64_t step = 0; step < 20000; ++step) {
    if (sorted.empty() || generator() % 5 < 3) {
      const Event event = random_event(generator, step);
      heap.push(event);
      sorted.insert(std::ranges::upper_bound(sorted, event, before), event);
    } else {
      ASSERT_EQ(heap.pop(), sorted.front());
      sorted.erase(sorted.begin());
    }
    ASSERT_EQ(heap.size(), sorted.size());
  }
}

}  // namespace
}  // namespace peercap
