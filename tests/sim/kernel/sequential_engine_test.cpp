#include "sim/kernel/sequential_engine.h"

#include <gtest/gtest.h>

#include "tests/sim/kernel/small_world.h"
#include "tests/sim/kernel/unsaved.h"

namespace peercap {
namespace {

using testing::add_process;
using testing::run;

enum class Kind : std::uint16_t { hello = 3, tick = 4 };
using Times = std::vector<std::int64_t>;

TEST(SequentialEngine, EventsHappenInOrderOfTime) {
  Times times;
  Topology topology;
  add_process(
      topology, "a",
      [](Context& c) {
        for (const std::int64_t t : {30, 10, 20}) c.schedule(SimTime{t}, Kind::hello);
      },
      [&](const Event& e, Context& c) {
        EXPECT_EQ(e.time, c.now());
        times.push_back(c.now().ticks());
      });
  EXPECT_EQ(run(topology).events, 3U);
  EXPECT_EQ(times, (Times{10, 20, 30}));
}

TEST(SequentialEngine, PriorityDecidesAtOneTime) {
  std::vector<std::uint64_t> order;
  Topology topology;
  add_process(
      topology, "a",
      [](Context& c) {
        c.schedule(SimTime{5}, Kind::hello, {0, 1, 0}, EventPriority::late);
        c.schedule(SimTime{5}, Kind::hello, {0, 2, 0}, EventPriority::early);
        c.schedule(SimTime{5}, Kind::hello, {0, 3, 0}, EventPriority::normal);
      },
      [&](const Event& e, Context&) { order.push_back(e.a); });
  run(topology);
  EXPECT_EQ(order, (std::vector<std::uint64_t>{2, 3, 1}));
}

TEST(SequentialEngine, MessagesArriveAfterTheirDelayWithTheirPayload) {
  Topology topology;
  const ProcessId a = add_process(topology, "a", [](Context& c) {
    c.send(0, SimDuration{7}, Kind::hello, {1, 2, 3});
  });
  int received = 0;
  const ProcessId b = add_process(
      topology, "b", [](Context&) {},
      [&](const Event& e, Context& c) {
        ++received;
        EXPECT_EQ(c.now(), SimTime{7});
        EXPECT_EQ(e.tie.source(), ProcessId{0U});
        EXPECT_EQ(e.kind_as<Kind>(), Kind::hello);
        EXPECT_EQ(e.small, 1);
        EXPECT_EQ(e.a, 2U);
        EXPECT_EQ(e.b, 3U);
      });
  topology.connect(a, b, SimDuration{7});
  run(topology);
  EXPECT_EQ(received, 1);
}

TEST(SequentialEngine, NothingHappensAtOrAfterTheEnd) {
  Times times;
  Topology topology;
  add_process(
      topology, "a",
      [](Context& c) {
        for (const std::int64_t t : {999, 1000, 1001}) c.schedule(SimTime{t}, Kind::hello);
      },
      [&](const Event&, Context& c) { times.push_back(c.now().ticks()); });
  run(topology);
  EXPECT_EQ(times, (Times{999}));
}

TEST(SequentialEngine, FinishSeesTheEnd) {
  SimTime end;
  Topology topology;
  add_process(
      topology, "a", [](Context&) {}, [](const Event&, Context&) {}, [&](Context& c) { end = c.now(); });
  run(topology);
  EXPECT_EQ(end, SimTime{1000});
}

TEST(SequentialEngine, AStopRequestInterrupts) {
  Topology topology;
  add_process(
      topology, "a", [](Context& c) { c.schedule(SimTime{0}, Kind::tick); },
      [](const Event&, Context& c) { c.schedule(c.now(), Kind::tick); });  // never ends by itself
  const std::atomic<bool> stop{true};
  EXPECT_THROW(run(topology, nullptr, &stop), RunInterrupted);
}

/// The digest of a world in which one event carries these payloads.
std::uint64_t digest_of(std::uint16_t small, std::uint64_t a, std::uint64_t b, std::int64_t time) {
  Topology topology;
  add_process(topology, "a", [=](Context& c) { c.schedule(SimTime{time}, Kind::hello, {small, a, b}); });
  return run(topology).digest;
}

TEST(RunDigest, ChangesWithEveryPartOfAnEvent) {
  const std::uint64_t reference = digest_of(1, 2, 3, 4);
  EXPECT_EQ(digest_of(1, 2, 3, 4), reference);
  EXPECT_NE(digest_of(9, 2, 3, 4), reference);
  EXPECT_NE(digest_of(1, 9, 3, 4), reference);
  EXPECT_NE(digest_of(1, 2, 9, 4), reference);
  EXPECT_NE(digest_of(1, 2, 3, 9), reference);
}

class CountingObserver final : public testing::Unsaved<Observer> {
 public:
  void on_fact(const Fact& fact) override {
    EXPECT_LE(last, fact.time);
    last = fact.time;
    ++count;
  }
  [[nodiscard]] std::unique_ptr<Observer> fork() const override {
    return std::make_unique<CountingObserver>();
  }
  void absorb(const Observer& other) override { count += dynamic_cast<const CountingObserver&>(other).count; }
  SimTime last;
  int count = 0;
};

TEST(SequentialEngine, ObservingDoesNotChangeTheRun) {
  Topology topology;
  add_process(
      topology, "a", [](Context& c) { c.schedule(SimTime{1}, Kind::tick); },
      [](const Event&, Context& c) {
        c.state(Kind::tick, 0);
        c.schedule(c.now() + SimDuration{10}, Kind::tick);
      });
  CountingObserver observer;
  const RunReport observed = run(topology, &observer);
  EXPECT_EQ(observer.count, 100);
  EXPECT_EQ(run(topology).digest, observed.digest);
}

TEST(SequentialEngine, ProcessesStartInTheOrderOfTheirIds) {
  std::string order;
  Topology topology;
  for (const char* name : {"x", "y", "z"})
    add_process(topology, name, [&order, name](Context&) { order += name; });
  run(topology);
  EXPECT_EQ(order, "xyz");
}

}  // namespace
}  // namespace peercap
