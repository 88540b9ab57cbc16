#include "sim/event/event_ladder.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <random>
#include <set>
#include <vector>

#include <gtest/gtest.h>

namespace peercap {
namespace {

Event make_event(std::int64_t ticks, std::uint64_t sequence) {
  return {.time = SimTime{ticks},
          .tie = EventTie{EventPriority::normal, ProcessId{3U}, sequence},
          .target = ProcessId{5U},
          .kind = 3,
          .small = 4,
          .a = sequence * 17,
          .b = sequence * 19};
}

struct Earlier {
  bool operator()(const Event& x, const Event& y) const { return order_of(x) < order_of(y); }
};

std::vector<Event> pop_all(EventLadder& ladder) {
  std::vector<Event> events;
  while (!ladder.empty()) events.push_back(ladder.pop());
  return events;
}

TEST(EventLadder, GivesEventsBackWholeAndInOrder) {
  EventLadder ladder;
  for (const std::int64_t ticks : {5, -3, 9, 0, 7})
    ladder.push(make_event(ticks, static_cast<std::uint64_t>(ticks + 3)));
  EXPECT_EQ(ladder.size(), 5U);
  EXPECT_EQ(ladder.top(), make_event(-3, 0));
  EXPECT_EQ(ladder.size(), 5U);
  const std::vector<Event> expected{make_event(-3, 0), make_event(0, 3), make_event(5, 8), make_event(7, 10),
                                    make_event(9, 12)};
  EXPECT_EQ(pop_all(ladder), expected);
  EXPECT_TRUE(ladder.empty());
}

/// How far ahead events are pushed.
struct Law {
  const char* name;
  std::int64_t (*draw)(std::mt19937_64& bits);
};
std::ostream& operator<<(std::ostream& out, const Law& law) {
  return out << law.name;
}

class EventLadderAgainstASet : public ::testing::TestWithParam<Law> {};

// Pushes and pops at random, the number of pending events rising and falling between 0 and some thousands;
// never before what was popped, as in a run.
TEST_P(EventLadderAgainstASet, IsTheSame) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    std::mt19937_64 bits{seed};
    EventLadder ladder;
    std::set<Event, Earlier> expected;
    std::int64_t now = -1000;
    std::uint64_t sequence = 0;
    for (int step = 0; step < 30'000; ++step) {
      const bool grows = (step / 5'000) % 2 == 0;
      const bool push = expected.empty() || bits() % 10 < (grows ? 7U : 3U);
      if (push) {
        const Event event = make_event(now + GetParam().draw(bits), sequence++);
        ladder.push(event);
        expected.insert(event);
      } else {
        ASSERT_EQ(ladder.top(), *expected.begin());
        const Event event = ladder.pop();
        ASSERT_EQ(event, *expected.begin());
        expected.erase(expected.begin());
        now = event.time.ticks();
      }
      ASSERT_EQ(ladder.size(), expected.size());
    }
    EXPECT_EQ(pop_all(ladder), std::vector<Event>(expected.begin(), expected.end()));
  }
}

// Some of the events are taken out again and again; the others come as if those had never been.
TEST_P(EventLadderAgainstASet, LosesWhatIsTakenOut) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    std::mt19937_64 bits{seed};
    EventLadder ladder;
    std::set<Event, Earlier> expected;
    std::int64_t now = -1000;
    std::uint64_t sequence = 0;
    for (int step = 0; step < 20'000; ++step) {
      if (step % 500 == 499) {
        const std::uint64_t divisor = 1 + bits() % 4;
        const auto taken = [&](const Event& event) { return event.tie.sequence() % divisor == 0; };
        ladder.remove_if(taken);
        std::erase_if(expected, taken);
        std::set<Event, Earlier> found;
        ladder.for_each([&](const Event& event) { ASSERT_TRUE(found.insert(event).second); });
        ASSERT_EQ(found, expected);
        ASSERT_EQ(ladder.size(), expected.size());
      } else if (expected.empty() || bits() % 10 < 7U) {
        const Event event = make_event(now + GetParam().draw(bits), sequence++);
        ladder.push(event);
        expected.insert(event);
      } else {
        const Event event = ladder.pop();
        ASSERT_EQ(event, *expected.begin());
        expected.erase(expected.begin());
        now = event.time.ticks();
      }
    }
    EXPECT_EQ(pop_all(ladder), std::vector<Event>(expected.begin(), expected.end()));
  }
}

INSTANTIATE_TEST_SUITE_P(
    Laws, EventLadderAgainstASet,
    ::testing::Values(
        Law{"Near", [](std::mt19937_64& bits) { return static_cast<std::int64_t>(bits() % 50); }},
        Law{"Now", [](std::mt19937_64&) { return std::int64_t{0}; }},
        Law{"Even", [](std::mt19937_64& bits) { return static_cast<std::int64_t>(bits() % 1'000'000'000); }},
        Law{"Coarse",
            [](std::mt19937_64& bits) { return static_cast<std::int64_t>(bits() % 5 * 604'800'000'000); }},
        // Some in a microsecond, some in a century.
        Law{"OfEveryScale",
            [](std::mt19937_64& bits) { return static_cast<std::int64_t>(bits() >> (13 + bits() % 50)); }},
        Law{"OneFar",
            [](std::mt19937_64& bits) {
              return bits() % 100 == 0 ? std::int64_t{1} << 55 : static_cast<std::int64_t>(bits() % 3);
            }}),
    [](const auto& test) { return test.param.name; });

TEST(EventLadder, DoesNotDependOnTheOrderOfInsertion) {
  std::mt19937_64 bits{3};
  std::vector<Event> events;
  for (std::uint64_t i = 0; i < 2'570; ++i)
    events.push_back(make_event(static_cast<std::int64_t>(bits() % 400), i));
  std::vector<Event> expected = events;
  std::ranges::sort(expected, Earlier{});
  for (int round = 0; round < 10; ++round) {
    std::ranges::shuffle(events, bits);
    EventLadder ladder;
    for (const Event& event : events) ladder.push(event);
    ASSERT_EQ(pop_all(ladder), expected);
  }
}

TEST(EventLadder, HoldsTheWholeRangeOfTime) {
  EventLadder ladder;
  const std::vector<std::int64_t> times{std::numeric_limits<std::int64_t>::min(), -1, 0, 1,
                                        std::numeric_limits<std::int64_t>::max() - 1};
  for (std::uint64_t i = 0; i < times.size(); ++i) ladder.push(make_event(times[times.size() - 1 - i], i));
  for (const std::int64_t time : times) EXPECT_EQ(ladder.pop().time.ticks(), time);
}

}  // namespace
}  // namespace peercap
