#include <algorithm>
#include <cstdint>
#include <map>
#include <random>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/event/event_ladder.h"
#include "sim/kernel/dispatcher.h"
#include "tests/sim/kernel/small_world.h"

namespace peercap {
namespace {

using testing::add_process;
using ::testing::ElementsAre;
using testing::run;

enum class Kind : std::uint16_t { ring, act };

TEST(TimerSlot, CarriesItsPayload) {
  Event rung;
  Topology topology;
  add_process(
      topology, "a",
      [](Context& c) {
        c.reserve_timers(5);
        c.arm(4, SimTime{8}, Kind::ring, 77, 6);
      },
      [&](const Event& event, Context&) { rung = event; });
  run(topology);
  EXPECT_TRUE(rung.is_timer());
  EXPECT_EQ(rung.kind_as<Kind>(), Kind::ring);
  EXPECT_EQ(rung.a, 4U);
  EXPECT_EQ(rung.b, 77U);
  EXPECT_EQ(rung.small, 6U);
}

TEST(TimerSlot, BelongsToItsProcess) {
  Topology topology;
  std::vector<std::uint32_t> rung;
  for (const char* name : {"a", "b"})
    add_process(
        topology, name,
        [](Context& c) {
          c.reserve_timers(1);
          EXPECT_FALSE(c.armed(0));
          c.arm(0, SimTime{10}, Kind::ring);
          if (c.self() == ProcessId{0U}) c.disarm(0);
        },
        [&](const Event&, Context& c) { rung.push_back(c.self().value()); });
  EXPECT_EQ(run(topology).skipped_timers, 1U);
  EXPECT_THAT(rung, ElementsAre(1));
}

TEST(TimerSlot, DisarmingAnUnsetSlotDoesNothing) {
  Topology topology;
  add_process(topology, "a", [](Context& c) {
    c.reserve_timers(2);
    c.disarm(0);
    c.disarm(0);
    EXPECT_FALSE(c.armed(0));
  });
  const RunReport report = run(topology);
  EXPECT_EQ(report.events, 0U);
  EXPECT_EQ(report.skipped_timers, 0U);
}

TEST(TimerSlot, ReservingMoreKeepsWhatIsSet) {
  Topology topology;
  int rings = 0;
  add_process(
      topology, "a",
      [](Context& c) {
        c.reserve_timers(1);
        c.arm(0, SimTime{10}, Kind::ring);
        c.reserve_timers(50);
        EXPECT_TRUE(c.armed(0));
        EXPECT_FALSE(c.armed(49));
        c.reserve_timers(1);  // never fewer
        EXPECT_FALSE(c.armed(49));
      },
      [&](const Event&, Context&) { ++rings; });
  run(topology);
  EXPECT_EQ(rings, 1);
}

TEST(TimerSlot, SetBeyondTheEndIsArmedButNeverRings) {
  Topology topology;
  bool armed_at_end = false;
  add_process(
      topology, "a",
      [](Context& c) {
        c.reserve_timers(1);
        c.arm(0, SimTime{5000}, Kind::ring);
      },
      [](const Event&, Context&) { ADD_FAILURE() << "rang"; },
      [&](Context& c) { armed_at_end = c.armed(0); });
  run(topology);
  EXPECT_TRUE(armed_at_end);
}

TEST(TimerSlot, CountsSkippedTimersOnceEach) {
  Topology topology;
  add_process(
      topology, "a",
      [](Context& c) {
        c.reserve_timers(1);
        for (std::int64_t i = 1; i <= 10; ++i) c.arm(0, SimTime{100 * i}, Kind::ring);
      },
      [](const Event&, Context& c) { EXPECT_EQ(c.now(), SimTime{1000 - 1}); });
  const RunReport report = run(topology);
  EXPECT_EQ(report.events, 0U);  // the last one is at the end of the run
  EXPECT_EQ(report.skipped_timers, 9U);
}

// A far alarm is put off at each event: without a pass over the queue from time to time there would be as
// many alarms pending as there were events.
TEST(TimerSlot, PuttingOffDoesNotFillTheQueue) {
  for (const int others : {0, 5'000}) {
    Topology topology;
    std::vector<SimTime> rung;
    add_process(
        topology, "a",
        [&](Context& c) {
          c.reserve_timers(1);
          c.schedule(SimTime{1}, Kind::act);
          for (int i = 0; i < others; ++i) c.schedule(SimTime{5'000'000 + i}, Kind::act);
        },
        [&](const Event& event, Context& c) {
          if (event.kind_as<Kind>() == Kind::ring) rung.push_back(c.now());
          if (event.kind_as<Kind>() == Kind::ring || c.now() >= SimTime{100'000}) return;
          c.schedule(c.now() + SimDuration{1}, Kind::act);
          c.arm(0, c.now() + SimDuration{1'000'000}, Kind::ring);
        });
    const RandomSource random{1, 0};
    EventLadder pending;
    std::vector<ProcessRecord> records(1);
    Context context{topology, random, pending, records, nullptr};
    Dispatcher dispatcher{topology, context, records, SimTime{0}, SimTime::never()};
    dispatcher.start(ProcessId{0U});
    std::size_t most = 0;
    while (!pending.empty()) {
      most = std::max(most, pending.size());
      dispatcher.dispatch(pending.pop());
    }
    const auto live = static_cast<std::size_t>(others) + 2;
    EXPECT_LE(most, std::max<std::size_t>(live + 1'025, 2 * live + 2));
    EXPECT_EQ(rung, (std::vector<SimTime>{SimTime{99'999 + 1'000'000}}));
    EXPECT_EQ(context.skipped_timers(), 99'998U);
  }
}

// Random setting and taking back against the plainest bookkeeping: at most one time a slot.
TEST(TimerSlot, BehavesLikeATableOfTimes) {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    std::mt19937_64 bits{seed};
    std::map<std::uint64_t, std::int64_t> table;
    int rings = 0;
    Topology topology;
    add_process(
        topology, "a",
        [](Context& c) {
          c.reserve_timers(8);
          c.schedule(SimTime{0}, Kind::act);
        },
        [&](const Event& event, Context& c) {
          if (event.kind_as<Kind>() == Kind::ring) {
            ASSERT_TRUE(table.contains(event.a));
            ASSERT_EQ(table[event.a], c.now().ticks());
            table.erase(event.a);
            ++rings;
            return;
          }
          for (const auto& [slot, time] : table) ASSERT_GE(time, c.now().ticks()) << "missed slot " << slot;
          const auto slot = static_cast<std::uint32_t>(bits() % 8);
          ASSERT_EQ(c.armed(slot), table.contains(slot));
          if (bits() % 4 == 0) {
            c.disarm(slot);
            table.erase(slot);
          } else {
            const SimTime time = c.now() + SimDuration{static_cast<std::int64_t>(bits() % 100)};
            c.arm(slot, time, Kind::ring);
            table[slot] = time.ticks();
          }
          c.schedule(c.now() + SimDuration{static_cast<std::int64_t>(bits() % 6)}, Kind::act);
        });
    run(topology);
    EXPECT_GT(rings, 5) << "seed " << seed;
    for (const auto& [slot, time] : table) EXPECT_GE(time, 1000) << "slot " << slot << " never rang";
  }
}

}  // namespace
}  // namespace peercap
