// Runs that are checked for broken invariants: the same results, on every engine, in one piece or two.

#include <cstddef>
#include <limits>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "models/peer_support/observation/invariants/violation.h"
#include "sim/kernel/conservative_engine.h"
#include "sim/kernel/run_failure.h"
#include "sim/kernel/sequential_engine.h"
#include "tests/models/peer_support/model/random_worlds.h"
#include "tests/models/peer_support/world.h"
#include "tests/sim/kernel/split_run.h"

namespace peercap::peer_support {
namespace {

using ::peercap::testing::CutControl;
using ::testing::HasSubstr;

Scenario small_world() {
  Scenario s = testing::busy_scenario(6, 8, 6);
  s.run.horizon = weeks(12);
  s.run.twin = Switch::on;
  return s;
}

std::vector<std::byte> bytes_of(ReplicationOutcome outcome) {
  outcome.is_checked = false;
  StateWriter writer;
  writer(outcome);
  return writer.take();
}

ReplicationOutcome outcome_of(const Scenario& scenario, Engine& engine, bool is_checked) {
  Rules rules{scenario};
  rules.check_invariants = is_checked;
  ReplicationOutcome outcome = run_replication(rules, 0, engine);
  EXPECT_EQ(outcome.is_checked, is_checked);
  return outcome;
}

TEST(Checks, AreOnInTests) {
  EXPECT_TRUE(Rules{small_world()}.check_invariants);
}

TEST(Checks, ChangeNoResult) {
  SequentialEngine one_queue;
  ConservativeEngine windows{{.executor = ExecutorKind::threads, .threads = 3, .partitions = 5}};
  const auto expected = bytes_of(outcome_of(small_world(), one_queue, false));
  EXPECT_EQ(bytes_of(outcome_of(small_world(), one_queue, true)), expected);
  EXPECT_EQ(bytes_of(outcome_of(small_world(), windows, true)), expected);
  EXPECT_EQ(bytes_of(outcome_of(small_world(), windows, false)), expected);
}

std::string refusal(const RunState& state, bool is_checked) {
  Rules rules{small_world()};
  rules.check_invariants = is_checked;
  SequentialEngine engine;
  try {
    (void)run_replication(rules, 0, engine, nullptr, nullptr, &state);
    return "";
  } catch (const StateFormatError& error) {
    return error.what();
  }
}

TEST(Checks, GoOnWithWhatWasCheckedBefore) {
  for (const bool was_checked : {false, true}) {
    Rules rules{small_world()};
    rules.check_invariants = was_checked;
    SequentialEngine engine;
    CutControl control{{rules.begin + weeks(5), true, 1}, RunControl::Wish::save_and_stop};
    EXPECT_THROW((void)run_replication(rules, 0, engine, nullptr, &control), RunInterrupted);
    EXPECT_EQ(refusal(*control.state(), was_checked), "");
    EXPECT_THAT(refusal(*control.state(), !was_checked),
                HasSubstr(was_checked ? "is of a run that is checked" : "is of a run that is not checked"));
  }
}

// By rules that spread people's exhaustion over a million standard deviations.
TEST(Checks, EndARunThatBreaksAnInvariant) {
  Scenario s = small_world();
  s.run.twin = Switch::off;
  s.surveys.interval_weeks = 0;
  Rules rules{s};
  rules.passing_sd = 1e6;
  SequentialEngine engine;
  try {
    (void)run_replication(rules, 0, engine);
    FAIL() << "nothing was found";
  } catch (const InvariantViolation& violation) {
    EXPECT_GE(violation.broken().count(), 6U);
    EXPECT_THAT(violation.what(), HasSubstr("violations of invariants\n  2026-01-05 00:00:00 unit "));
    EXPECT_THAT(violation.what(), HasSubstr("exhaustion is beyond all bounds"));
  }
  rules.check_invariants = false;
  EXPECT_FALSE(run_replication(rules, 0, engine).is_checked);
}

// A number that is none ends a run with checks or without.
TEST(Checks, AreNotNeededToFindWhatIsNoNumber) {
  for (const bool is_checked : {false, true}) {
    Rules rules{small_world()};
    rules.check_invariants = is_checked;
    rules.weekly_noise_sd = std::numeric_limits<double>::quiet_NaN();
    SequentialEngine engine;
    try {
      (void)run_replication(rules, 0, engine);
      FAIL() << "nothing was found";
    } catch (const RunFailure& failure) {
      EXPECT_THAT(failure.what(), HasSubstr("exhaustion is not a number"));
    }
  }
}

/// Random organizations with everything a run can have; PEERCAP_CHECKED_WORLDS asks for another number.
TEST(Checks, FindNothingInRandomOrganizations) {
  const int wanted = testing::number_asked("PEERCAP_CHECKED_WORLDS", 60);
  for (int number = 1; number <= wanted; ++number) {
    SCOPED_TRACE("organization " + std::to_string(number));
    testing::Chooser choose{static_cast<std::uint64_t>(700'000 + number)};
    Scenario s = testing::random_scenario(choose);
    testing::enrich(s, choose);
    SequentialEngine engine;
    EXPECT_TRUE(outcome_of(s, engine, true).is_checked);
  }
}

}  // namespace
}  // namespace peercap::peer_support
