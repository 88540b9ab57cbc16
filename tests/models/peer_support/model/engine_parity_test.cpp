// The model gives the same bits on every engine, with any number of threads and partitions.

#include <gtest/gtest.h>

#include "sim/kernel/sequential_engine.h"
#include "tests/models/peer_support/world.h"
#include "tests/sim/kernel/parity.h"

namespace peercap::peer_support {
namespace {

using ::peercap::testing::EngineCase;

/// Two sites that hand requests on, everything on, some people leave.
Scenario two_sites() {
  Scenario s = testing::busy_scenario(6, 10, 12);
  s.run.horizon = weeks(20);
  s.run.burn_in = weeks(2);
  s.organization.sites.push_back(s.organization.sites[0]);
  s.organization.sites[1].name = "second";
  s.organization.sites[1].departments[0].units = 4;
  s.case_rules.overflow.to_other_site = Switch::on;
  s.case_rules.overflow.other_site_after = hours(4);
  s.activation.group_debrief.policy = GroupDebriefPolicy::automatic;
  s.surveys.interval_weeks = 8;
  return s;
}

struct Listened {
  ReplicationOutcome outcome;
  std::size_t facts = 0;
};

Listened run_on(Engine& engine, const Scenario& s) {
  const Rules rules{s};
  testing::FactLog log;
  Listened run{run_replication_observed(rules, 3, engine, log), 0};
  run.facts = log.facts().size();
  return run;
}

class EngineParity : public ::testing::TestWithParam<EngineCase> {};

TEST_P(EngineParity, GivesTheOutcomeOfTheSequentialEngine) {
  const Scenario s = two_sites();
  SequentialEngine oracle;
  const Listened expected = run_on(oracle, s);
  ASSERT_GT(expected.outcome.record.counts.sessions, 50);
  ConservativeEngine engine{GetParam().options};
  const Listened found = run_on(engine, s);
  EXPECT_EQ(found.outcome.report.digest, expected.outcome.report.digest);
  EXPECT_EQ(found.outcome.report.events, expected.outcome.report.events);
  EXPECT_EQ(found.facts, expected.facts);
  EXPECT_TRUE(testing::equal_records(found.outcome.record, expected.outcome.record));
  const Rules rules{s};
  EXPECT_EQ(run_replication(rules, 3, engine).report.digest, expected.outcome.report.digest) << "unobserved";
}

INSTANTIATE_TEST_SUITE_P(Engines, EngineParity,
                         ::testing::ValuesIn(::peercap::testing::engine_cases(minutes(5))));

}  // namespace
}  // namespace peercap::peer_support
