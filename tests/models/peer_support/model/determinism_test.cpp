// An outcome depends on scenario, seed and replication alone.

#include <atomic>
#include <bit>
#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

#include "sim/kernel/run_failure.h"
#include "sim/kernel/sequential_engine.h"
#include "tests/models/peer_support/world.h"

namespace peercap::peer_support {
namespace {

using testing::busy_scenario;

/// Equal bit by bit, undefined values included.
bool equal_outcomes(const ReplicationOutcome& a, const ReplicationOutcome& b) {
  for (std::size_t i = 0; i < measure_count; ++i)
    if (std::bit_cast<std::uint64_t>(a.measures[i]) != std::bit_cast<std::uint64_t>(b.measures[i]))
      return false;
  return a.report.digest == b.report.digest && a.report.events == b.report.events && a.series == b.series &&
         testing::equal_records(a.record, b.record);
}

TEST(Determinism, TheSameReplicationTwiceIsTheSame) {
  const Rules rules{busy_scenario(6, 12, 8)};
  SequentialEngine engine;
  EXPECT_TRUE(equal_outcomes(run_replication(rules, 3, engine), run_replication(rules, 3, engine)));
}

TEST(Determinism, TheOrderOfReplicationsDoesNotMatter) {
  const Rules rules{busy_scenario(6, 12, 8)};
  SequentialEngine engine;
  std::vector<ReplicationOutcome> up(4), down(4);
  for (std::uint32_t r = 0; r < 4; ++r) up[r] = run_replication(rules, r, engine);
  for (std::uint32_t r = 4; r-- > 0;) down[r] = run_replication(rules, r, engine);
  for (std::uint32_t r = 0; r < 4; ++r) EXPECT_TRUE(equal_outcomes(up[r], down[r])) << r;
}

TEST(Determinism, ListeningDoesNotChangeTheRun) {
  const Scenario s = busy_scenario(6, 12, 8);
  const auto observed = testing::run_observed(s, 2);
  SequentialEngine engine;
  EXPECT_TRUE(equal_outcomes(observed.outcome, run_replication(Rules{s}, 2, engine)));
}

TEST(Determinism, AnotherSeedOrReplicationIsAnotherRun) {
  Scenario s = busy_scenario(6, 12, 8);
  const auto first = testing::run_observed(s, 0).outcome;
  EXPECT_NE(first.report.digest, testing::run_observed(s, 1).outcome.report.digest);
  s.run.seed += 1;
  EXPECT_NE(first.report.digest, testing::run_observed(s, 0).outcome.report.digest);
}

TEST(Determinism, AStopEndsTheRun) {
  const Rules rules{busy_scenario(6, 12, 8)};
  SequentialEngine engine;
  const std::atomic<bool> stop{true};
  EXPECT_THROW(static_cast<void>(run_replication(rules, 0, engine, &stop)), RunInterrupted);
}

}  // namespace
}  // namespace peercap::peer_support
