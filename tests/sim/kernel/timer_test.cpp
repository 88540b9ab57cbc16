#include <gtest/gtest.h>

#include "tests/sim/kernel/small_world.h"

namespace peercap {
namespace {

using testing::add_process;
using testing::run;

enum class Kind : std::uint16_t { ring = 1, act = 2 };
using Rings = std::vector<std::pair<std::uint64_t, std::int64_t>>;  // slot, time

Rings rings_of(testing::ScriptedProcess::Start start, testing::ScriptedProcess::Handle act,
               RunReport* report = nullptr) {
  Rings rings;
  Topology topology;
  add_process(
      topology, "a",
      [&](Context& c) {
        c.reserve_timers(3);
        start(c);
      },
      [&](const Event& e, Context& c) {
        if (e.kind_as<Kind>() == Kind::ring) {
          EXPECT_FALSE(c.armed(static_cast<std::uint32_t>(e.a)));
          rings.emplace_back(e.a, c.now().ticks());
        } else {
          act(e, c);
        }
      });
  const RunReport result = run(topology);
  if (report != nullptr) *report = result;
  return rings;
}

TEST(Timer, RingsOnceWithItsSlot) {
  EXPECT_EQ(rings_of([](Context& c) { c.arm(2, SimTime{5}, Kind::ring); }, {}), (Rings{{2, 5}}));
}

TEST(Timer, ArmingAnewReplaces) {
  RunReport report;
  const auto start = [](Context& c) {
    c.arm(0, SimTime{5}, Kind::ring);
    c.arm(0, SimTime{9}, Kind::ring);
  };
  EXPECT_EQ(rings_of(start, {}, &report), (Rings{{0, 9}}));
  EXPECT_EQ(report.skipped_timers, 1U);
  EXPECT_EQ(report.events, 1U);
}

TEST(Timer, DisarmedNeverRings) {
  const auto start = [](Context& c) {
    c.arm(0, SimTime{5}, Kind::ring);
    c.arm(1, SimTime{5}, Kind::ring);
    EXPECT_TRUE(c.armed(0));
    c.disarm(0);
    EXPECT_FALSE(c.armed(0));
  };
  EXPECT_EQ(rings_of(start, {}), (Rings{{1, 5}}));
}

TEST(Timer, CanBeArmedAgainByALaterEvent) {
  const auto start = [](Context& c) {
    c.arm(0, SimTime{5}, Kind::ring);
    c.schedule(SimTime{7}, Kind::act);
  };
  EXPECT_EQ(rings_of(start, [](const Event&, Context& c) { c.arm(0, SimTime{8}, Kind::ring); }),
            (Rings{{0, 5}, {0, 8}}));
}

TEST(Timer, MovingEarlierDropsTheLaterOne) {
  const auto start = [](Context& c) {
    c.arm(0, SimTime{50}, Kind::ring);
    c.schedule(SimTime{7}, Kind::act);
  };
  EXPECT_EQ(rings_of(start, [](const Event&, Context& c) { c.arm(0, SimTime{20}, Kind::ring); }),
            (Rings{{0, 20}}));
}

}  // namespace
}  // namespace peercap
