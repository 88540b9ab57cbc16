// The state of another scenario is refused, and the refusal says what differs.

#include <optional>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/kernel/run_failure.h"
#include "sim/kernel/sequential_engine.h"
#include "tests/models/peer_support/world.h"
#include "tests/sim/kernel/split_run.h"

namespace peercap::peer_support {
namespace {

using ::peercap::testing::CutControl;
using ::testing::HasSubstr;

Scenario small_world() {
  Scenario s = testing::busy_scenario(3, 5, 4);
  s.run.horizon = weeks(12);
  return s;
}

/// The state five weeks after the begin, in the run that comes after `finished` others.
RunState state_of(const Scenario& scenario, std::uint32_t finished = 0) {
  const Rules rules{scenario};
  SequentialEngine engine;
  CutControl control{{rules.begin + weeks(5), true, finished}, RunControl::Wish::save_and_stop};
  EXPECT_THROW((void)run_replication(rules, 0, engine, nullptr, &control), RunInterrupted);
  return *control.state();
}

std::string refusal(const RunState& state, const Scenario& scenario) {
  const Rules rules{scenario};
  SequentialEngine engine;
  try {
    (void)run_replication(rules, 0, engine, nullptr, nullptr, &state);
    return "";
  } catch (const StateFormatError& error) {
    return error.what();
  }
}

TEST(CheckpointRefusal, TakesTheStateOfTheSameScenario) {
  EXPECT_EQ(refusal(state_of(small_world()), small_world()), "");
}

TEST(CheckpointRefusal, NamesTheNumberOfProcesses) {
  Scenario more = small_world();
  more.organization.sites[0].departments[0].units = 4;
  EXPECT_THAT(refusal(state_of(small_world()), more), HasSubstr("processes, the run has"));
}

TEST(CheckpointRefusal, NamesTheProcessThatIsAnotherOne) {
  Scenario other = small_world();
  other.organization.sites[0].departments[0].name = "theatre";
  EXPECT_THAT(refusal(state_of(small_world()), other), HasSubstr("process 0 was 'unit "));
}

TEST(CheckpointRefusal, NamesTheUnitThatHasOtherPeople) {
  Scenario other = small_world();
  other.organization.sites[0].departments[0].unit_size = 6;
  const std::string problem = refusal(state_of(small_world()), other);
  EXPECT_THAT(problem, HasSubstr("holds 5 people where there are 6"));
  EXPECT_THAT(problem, HasSubstr("unit "));
}

TEST(CheckpointRefusal, NamesWhatWasObservedOfAnotherHorizon) {
  Scenario longer = small_world();
  longer.run.horizon = weeks(14);
  EXPECT_THAT(refusal(state_of(small_world()), longer),
              HasSubstr("what was observed: saved state is of another organization or span"));
}

TEST(CheckpointRefusal, CountsTheRunsThatAreFinished) {
  Scenario twins = small_world();
  twins.run.twin = Switch::on;
  const RunState second = state_of(twins, 1);
  EXPECT_EQ(refusal(second, twins), "");
  EXPECT_THAT(refusal(second, small_world()), HasSubstr("1 of its runs are finished, a replication has 1"));
}

}  // namespace
}  // namespace peercap::peer_support
