#include "sim/kernel/run_failure.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sim/kernel/small_world.h"

namespace peercap {
namespace {

using testing::add_process;
using ::testing::HasSubstr;

enum class Kind : std::uint16_t { hello = 3 };

/// Runs a world of two connected processes and returns how it fails.
RunFailure failure_of(testing::ScriptedProcess::Start start, testing::ScriptedProcess::Handle handle = {},
                      testing::ScriptedProcess::Start finish = {}) {
  Topology topology;
  const ProcessId a =
      add_process(topology, "culprit", std::move(start), std::move(handle), std::move(finish));
  const ProcessId b = add_process(topology, "other", [](Context&) {});
  topology.connect(a, b, SimDuration{10});
  try {
    (void)testing::run(topology);
  } catch (const RunFailure& failure) {
    return failure;
  }
  throw std::logic_error{"the run did not fail"};
}

TEST(RunFailure, AMessageBelowTheLeastDelay) {
  const auto failure = failure_of([](Context& c) { c.send(0, SimDuration{9}, Kind::hello); });
  EXPECT_EQ(failure.kind(), FailureKind::message_too_early);
  EXPECT_EQ(failure.process(), "culprit");
  EXPECT_THAT(failure.what(), HasSubstr("culprit"));
}

TEST(RunFailure, AMessageOnAnUndeclaredChannel) {
  EXPECT_EQ(failure_of([](Context& c) { c.send(1, SimDuration{10}, Kind::hello); }).kind(),
            FailureKind::unknown_channel);
}

TEST(RunFailure, AnEventInThePast) {
  const auto failure = failure_of([](Context& c) { c.schedule(SimTime{50}, Kind::hello); },
                                  [](const Event&, Context& c) { c.schedule(SimTime{49}, Kind::hello); });
  EXPECT_EQ(failure.kind(), FailureKind::event_in_the_past);
  EXPECT_EQ(failure.event().kind, static_cast<std::uint16_t>(Kind::hello));
}

TEST(RunFailure, AHandlerThatThrows) {
  const auto failure = failure_of([](Context& c) { c.schedule(SimTime{50}, Kind::hello); },
                                  [](const Event&, Context&) { throw std::runtime_error{"out of cheese"}; });
  EXPECT_EQ(failure.kind(), FailureKind::handler_threw);
  EXPECT_EQ(failure.event().time, SimTime{50});
  EXPECT_THAT(failure.what(), HasSubstr("out of cheese"));
}

TEST(RunFailure, AHandlerThatThrowsNoException) {
  const auto failure = failure_of([](Context&) { throw 42; });
  EXPECT_EQ(failure.kind(), FailureKind::handler_threw);
  EXPECT_EQ(failure.process(), "culprit");
}

TEST(RunFailure, ATimerSlotThatWasNotReserved) {
  for (const auto& use :
       {testing::ScriptedProcess::Start{[](Context& c) { c.arm(2, SimTime{50}, Kind::hello); }},
        testing::ScriptedProcess::Start{[](Context& c) { c.disarm(2); }}}) {
    const auto failure = failure_of([&use](Context& c) {
      c.reserve_timers(2);
      use(c);
    });
    EXPECT_EQ(failure.kind(), FailureKind::handler_threw);
    EXPECT_THAT(failure.what(), HasSubstr("slot"));
  }
}

TEST(RunFailure, AKindThatLeavesNoRoomForTheKernelsBit) {
  const auto failure = failure_of([](Context& c) { c.schedule(SimTime{50}, static_cast<Kind>(0x8000)); });
  EXPECT_EQ(failure.kind(), FailureKind::handler_threw);
  EXPECT_THAT(failure.what(), HasSubstr("2^15"));
}

TEST(RunFailure, ScheduledWhileTheBooksAreClosed) {
  EXPECT_EQ(failure_of({}, {}, [](Context& c) { c.schedule(c.now(), Kind::hello); }).kind(),
            FailureKind::after_the_end);
}

}  // namespace
}  // namespace peercap
