#include "sim/kernel/context.h"

#include <cstdint>
#include <limits>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/kernel/dispatcher.h"
#include "tests/sim/kernel/small_world.h"
#include "tests/sim/kernel/unsaved.h"

namespace peercap {
namespace {

using testing::add_process;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::run;

enum class Kind : std::uint16_t { hello = 7, note = 9 };

class FactLog final : public testing::Unsaved<Observer> {
 public:
  void on_fact(const Fact& fact) override { facts.push_back(fact); }
  [[nodiscard]] std::unique_ptr<Observer> fork() const override { return std::make_unique<FactLog>(); }
  void absorb(const Observer& other) override {
    const auto& seen = dynamic_cast<const FactLog&>(other).facts;
    facts.insert(facts.end(), seen.begin(), seen.end());
  }
  std::vector<Fact> facts;
};

TEST(Context, CarriesFactsWholeFromEveryPhase) {
  FactLog log;
  Topology topology;
  add_process(
      topology, "a",
      [](Context& c) {
        c.state(Kind::note, 1);
        c.schedule(SimTime{40}, Kind::hello);
      },
      [](const Event&, Context& c) { c.state(Kind::hello, 2, -3, 4, 5); },
      [](Context& c) { c.state(Kind::note, 6); });
  run(topology, &log);
  ASSERT_EQ(log.facts.size(), 3U);
  EXPECT_EQ(log.facts[0].time, SimTime{0});
  const Fact& fact = log.facts[1];
  EXPECT_EQ(fact.time, SimTime{40});
  EXPECT_EQ(fact.kind, static_cast<std::uint16_t>(Kind::hello));
  EXPECT_EQ(fact.subject, 2U);
  EXPECT_EQ(fact.a, -3);
  EXPECT_EQ(fact.b, 4);
  EXPECT_EQ(fact.small, 5);
  EXPECT_EQ(log.facts[2].time, SimTime{1000});
}

TEST(Context, FactsOfManyProcessesArriveInTheOrderOfTime) {
  FactLog log;
  Topology topology;
  for (std::int64_t i = 0; i < 20; ++i)
    add_process(
        topology, "p" + std::to_string(i),
        [i](Context& c) { c.schedule(SimTime{(i * 37) % 60}, Kind::hello); },
        [](const Event& event, Context& c) {
          c.state(Kind::note, c.self().value());
          c.schedule(event.time + SimDuration{13 + c.self().value()}, Kind::hello);
        });
  run(topology, &log);
  EXPECT_GT(log.facts.size(), 600U);
  for (std::size_t i = 1; i < log.facts.size(); ++i) ASSERT_LE(log.facts[i - 1].time, log.facts[i].time);
}

TEST(Context, KnowsTheProcessThatActs) {
  Topology topology;
  std::vector<std::uint32_t> selves;
  for (const char* name : {"a", "b", "c"})
    add_process(
        topology, name,
        [](Context& c) {
          c.schedule(SimTime{10 - static_cast<std::int64_t>(c.self().value())}, Kind::hello);
        },
        [&selves](const Event& event, Context& c) {
          EXPECT_EQ(event.target, c.self());
          selves.push_back(c.self().value());
        });
  run(topology);
  EXPECT_THAT(selves, ElementsAre(2, 1, 0));
}

TEST(Context, SchedulesForTheSameTimeButNotBefore) {
  std::vector<std::uint64_t> order;
  Topology topology;
  add_process(
      topology, "a", [](Context& c) { c.schedule(SimTime{5}, Kind::hello, {.a = 3}); },
      [&order](const Event& event, Context& c) {
        order.push_back(event.a);
        if (event.a > 0) c.schedule(c.now(), Kind::hello, {.a = event.a - 1});
      });
  run(topology);
  EXPECT_THAT(order, ElementsAre(3, 2, 1, 0));
}

TEST(Context, DelaysThatNeverEndAreNoFailure) {
  Topology topology;
  const ProcessId a = add_process(topology, "a", [](Context& c) {
    c.send(0, SimDuration{std::numeric_limits<std::int64_t>::max()}, Kind::hello);
    c.schedule(SimTime::never(), Kind::hello);
  });
  topology.connect(a, a, SimDuration{1});
  EXPECT_EQ(run(topology).events, 0U);
}

TEST(Context, EachChannelHasItsOwnLeastDelay) {
  Topology topology;
  int received = 0;
  const ProcessId a = add_process(topology, "a", [](Context& c) {
    c.send(0, SimDuration{5}, Kind::hello);
    c.send(1, SimDuration{50}, Kind::hello);
  });
  const ProcessId b = add_process(
      topology, "b", [](Context&) {}, [&](const Event&, Context&) { ++received; });
  topology.connect(a, b, SimDuration{5});
  topology.connect(a, b, SimDuration{50});
  run(topology);
  EXPECT_EQ(received, 2);
}

/// The text with which a run fails whose process "unit 7" does this at tick 100.
std::string failure_text(testing::ScriptedProcess::Start action) {
  Topology topology;
  const ProcessId a = add_process(
      topology, "unit 7", [](Context& c) { c.schedule(SimTime{100}, Kind::note); },
      [action](const Event&, Context& c) { action(c); });
  topology.connect(a, a, SimDuration{10});
  try {
    run(topology);
  } catch (const RunFailure& failure) {
    EXPECT_EQ(failure.process(), "unit 7");
    return failure.what();
  }
  return "no failure";
}

// People read these: what was done, by whom, with which kind of event, and when.
TEST(RunFailureText, NamesProcessKindAndTime) {
  EXPECT_THAT(failure_text([](Context& c) { c.send(0, SimDuration{9}, Kind::hello); }),
              AllOf(HasSubstr("least delay"), HasSubstr("unit 7"), HasSubstr("kind 7"), HasSubstr("tick 109"),
                    HasSubstr("now is tick 100")));
  EXPECT_THAT(failure_text([](Context& c) { c.send(3, SimDuration{10}, Kind::hello); }),
              AllOf(HasSubstr("undeclared channel"), HasSubstr("unit 7"), HasSubstr("kind 7")));
  EXPECT_THAT(
      failure_text([](Context& c) { c.schedule(SimTime{99}, Kind::hello); }),
      AllOf(HasSubstr("in the past"), HasSubstr("unit 7"), HasSubstr("kind 7"), HasSubstr("tick 99")));
  EXPECT_THAT(
      failure_text([](Context&) { throw std::invalid_argument{"no such bed"}; }),
      AllOf(HasSubstr("no such bed"), HasSubstr("unit 7"), HasSubstr("kind 9"), HasSubstr("1970-01-05")));
}

TEST(RunFailureText, LeavesTheTimerBitOut) {
  EXPECT_THAT(failure_text([](Context& c) {
                c.reserve_timers(1);
                c.arm(0, SimTime{99}, Kind::hello);
              }),
              AllOf(HasSubstr("in the past"), HasSubstr("kind 7")));
}

TEST(RunFailureText, CoversStartAndFinish) {
  Topology start;
  add_process(start, "early bird", [](Context&) { throw std::runtime_error{"asleep"}; });
  Topology finish;
  add_process(
      finish, "night owl", [](Context&) {}, [](const Event&, Context&) {},
      [](Context&) { throw std::runtime_error{"awake"}; });
  const auto text_of = [](const Topology& topology) -> std::string {
    try {
      run(topology);
    } catch (const RunFailure& failure) {
      EXPECT_EQ(failure.kind(), FailureKind::handler_threw);
      return failure.what();
    }
    return "no failure";
  };
  EXPECT_THAT(text_of(start), AllOf(HasSubstr("early bird"), HasSubstr("asleep")));
  EXPECT_THAT(text_of(finish), AllOf(HasSubstr("night owl"), HasSubstr("awake")));
}

TEST(RunFailureText, HasWordsForEveryKind) {
  for (const FailureKind kind :
       {FailureKind::event_in_the_past, FailureKind::message_too_early, FailureKind::unknown_channel,
        FailureKind::sequence_exhausted, FailureKind::after_the_end, FailureKind::handler_threw})
    EXPECT_STRNE(to_string(kind), "unknown failure");
}

TEST(Context, AProcessThatRunsOutOfSequenceNumbersFails) {
  Topology topology;
  const ProcessId id = add_process(topology, "busy", [](Context& c) {
    c.schedule(SimTime{1}, Kind::hello);  // the last number there is
    c.schedule(SimTime{1}, Kind::hello);
  });
  const RandomSource random{1, 0};
  EventLadder pending;
  std::vector<ProcessRecord> records(1);
  records[0].next_sequence = EventTie::max_sequence;
  Context context{topology, random, pending, records, nullptr};
  Dispatcher dispatcher{topology, context, records, SimTime{0}, SimTime{10}};
  try {
    dispatcher.start(id);
    FAIL() << "two events carry one tie";
  } catch (const RunFailure& failure) {
    EXPECT_EQ(failure.kind(), FailureKind::sequence_exhausted);
  }
  EXPECT_EQ(pending.size(), 1U);
}

}  // namespace
}  // namespace peercap
