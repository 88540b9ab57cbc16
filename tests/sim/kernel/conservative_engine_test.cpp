#include "sim/kernel/conservative_engine.h"

#include <atomic>
#include <cmath>
#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

#include "sim/kernel/run_failure.h"
#include "tests/sim/kernel/small_world.h"

namespace peercap {
namespace {

using testing::add_process;

enum class Kind : std::uint16_t { tick, letter };

ConservativeOptions two_parts() {
  return {.executor = ExecutorKind::threads, .threads = 2, .partitions = 2};
}

RunReport run(const Topology& topology, ConservativeEngine& engine, const std::atomic<bool>* stop = nullptr) {
  return engine.run(topology, RandomSource{1, 0}, {SimTime{0}, SimTime{1000}, stop}, nullptr);
}

TEST(ConservativeEngine, SkipsEmptyStretches) {
  Topology topology;
  for (int i = 0; i < 2; ++i)
    add_process(
        topology, "sleeper", [](Context& c) { c.schedule(SimTime{900}, Kind::tick); },
        [](const Event&, Context&) {});
  topology.connect(ProcessId{0U}, ProcessId{1U}, SimDuration{5});
  ConservativeEngine engine{two_parts()};
  EXPECT_EQ(run(topology, engine).events, 2U);
  EXPECT_EQ(engine.statistics().windows, 1U);
  EXPECT_EQ(engine.statistics().partitions, 2U);
  EXPECT_EQ(engine.statistics().lookahead, SimDuration{5});
}

TEST(ConservativeEngine, DeliversBetweenPartitions) {
  Topology topology;
  int read = 0;
  add_process(
      topology, "writer", [](Context& c) { c.schedule(SimTime{10}, Kind::tick); },
      [](const Event& e, Context& c) {
        c.send(0, SimDuration{5}, Kind::letter);
        if (e.time < SimTime{500}) c.schedule(e.time + SimDuration{10}, Kind::tick);
      });
  add_process(
      topology, "reader", [](Context&) {}, [&](const Event&, Context&) { ++read; });
  topology.connect(ProcessId{0U}, ProcessId{1U}, SimDuration{5});
  ConservativeEngine engine{two_parts()};
  run(topology, engine);
  EXPECT_EQ(read, 50);
  EXPECT_EQ(engine.statistics().messages, 50U);
}

// Two processes that are busy in every window: nothing of the clock is asserted but what cannot be otherwise.
TEST(ConservativeEngine, TimesOneWindowInThirteen) {
  Topology topology;
  for (int i = 0; i < 2; ++i)
    add_process(
        topology, "ticking", [](Context& c) { c.schedule(SimTime{0}, Kind::tick); },
        [](const Event& e, Context& c) { c.schedule(e.time + SimDuration{5}, Kind::tick); });
  topology.connect(ProcessId{0U}, ProcessId{1U}, SimDuration{5});
  ConservativeEngine engine{two_parts()};
  EXPECT_TRUE(std::isnan(engine.statistics().waiting_share(2))) << "nothing has run";
  run(topology, engine);
  const WindowStatistics& statistics = engine.statistics();
  EXPECT_EQ(statistics.windows, 200U);
  EXPECT_EQ(statistics.timed_windows, 16U);
  EXPECT_GT(statistics.handling.count(), 0);
  EXPECT_GT(statistics.exchanging.count(), 0);
  EXPECT_LE(statistics.exchanging, statistics.timed);
  EXPECT_LE(statistics.handling, 2 * statistics.timed) << "two threads";
}

TEST(WindowStatistics, WaitingIsWhatIsLeftOfAllThreadsTime) {
  WindowStatistics statistics;
  statistics.timed = std::chrono::nanoseconds{1000};
  statistics.handling = std::chrono::nanoseconds{1500};
  EXPECT_DOUBLE_EQ(statistics.waiting_share(2), 0.25);
  EXPECT_DOUBLE_EQ(statistics.waiting_share(3), 0.5);
}

// Of two failures in one window the one is reported that one queue would have met.
TEST(ConservativeEngine, ReportsTheEarliestFailure) {
  for (const std::int64_t first : {300, 310}) {
    Topology topology;
    for (const std::int64_t time : {first, std::int64_t{305}})
      add_process(
          topology, "failing at " + std::to_string(time),
          [time](Context& c) { c.schedule(SimTime{time}, Kind::tick); },
          [](const Event&, Context&) { throw std::runtime_error{"broken"}; });
    topology.connect(ProcessId{0U}, ProcessId{1U}, SimDuration{50});
    ConservativeEngine engine{two_parts()};
    try {
      run(topology, engine);
      FAIL() << "nothing was reported";
    } catch (const RunFailure& failure) {
      EXPECT_EQ(failure.kind(), FailureKind::handler_threw);
      EXPECT_EQ(failure.process(), first < 305 ? "failing at 300" : "failing at 305");
    }
  }
}

TEST(ConservativeEngine, RefusesAMessageEarlierThanDeclared) {
  Topology topology;
  add_process(
      topology, "hasty", [](Context& c) { c.schedule(SimTime{10}, Kind::tick); },
      [](const Event&, Context& c) { c.send(0, SimDuration{4}, Kind::letter); });
  add_process(topology, "reader", [](Context&) {});
  topology.connect(ProcessId{0U}, ProcessId{1U}, SimDuration{5});
  ConservativeEngine engine{two_parts()};
  try {
    run(topology, engine);
    FAIL() << "nothing was reported";
  } catch (const RunFailure& failure) {
    EXPECT_EQ(failure.kind(), FailureKind::message_too_early);
    EXPECT_EQ(failure.process(), "hasty");
  }
}

TEST(ConservativeEngine, StopsWhenAsked) {
  Topology topology;
  std::atomic<bool> stop{false};
  for (int i = 0; i < 2; ++i)
    add_process(
        topology, "busy", [](Context& c) { c.schedule(SimTime{1}, Kind::tick); },
        [&](const Event& e, Context& c) {
          if (e.time == SimTime{100}) stop = true;
          c.schedule(e.time + SimDuration{1}, Kind::tick);
        });
  topology.connect(ProcessId{0U}, ProcessId{1U}, SimDuration{2});
  ConservativeEngine engine{two_parts()};
  EXPECT_THROW(run(topology, engine, &stop), RunInterrupted);
}

TEST(ConservativeEngine, RunsNothingWhereThereIsNothing) {
  const Topology topology;
  ConservativeEngine engine{two_parts()};
  EXPECT_EQ(run(topology, engine).events, 0U);
}

}  // namespace
}  // namespace peercap
