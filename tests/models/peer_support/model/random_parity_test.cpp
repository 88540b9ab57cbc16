// Random small organizations on random engines: the bits are those of one queue. 150 configurations are
// tried on each kind of threads, and 40 more with other policies; PEERCAP_CONFIGURATIONS asks for another
// number.

#include <cmath>
#include <cstdint>
#include <string>

#include <gtest/gtest.h>

#include "models/peer_support/scenario/check.h"
#include "sim/kernel/conservative_engine.h"
#include "sim/kernel/sequential_engine.h"
#include "tests/models/peer_support/model/random_worlds.h"
#include "tests/models/peer_support/world.h"

namespace peercap::peer_support {
namespace {

using testing::Chooser;

int configurations(int otherwise) {
  return testing::number_asked("PEERCAP_CONFIGURATIONS", otherwise);
}

/// What no single value shows to be wrong: such a scenario promises nothing.
std::string errors_of(const Scenario& scenario) {
  std::string errors;
  for (const ScenarioProblem& problem : check(scenario))
    if (problem.severity == Severity::error) errors += problem.path + ": " + problem.what + "\n";
  return errors;
}

/// Runs the scenario on an engine in windows and on one queue, and returns the number of events.
std::uint64_t expect_equal_bits(const Scenario& scenario, Chooser& choose, ExecutorKind executor) {
  EXPECT_EQ(errors_of(scenario), "");
  if (::testing::Test::HasFailure()) return 0;
  const Rules rules{scenario};
  const auto replication = static_cast<std::uint32_t>(choose.between(0, 100));
  SequentialEngine oracle;
  const ReplicationOutcome expected = run_replication(rules, replication, oracle);
  ConservativeEngine engine{testing::random_engine(choose, executor)};
  const ReplicationOutcome found = run_replication(rules, replication, engine);
  EXPECT_EQ(found.report.digest, expected.report.digest);
  EXPECT_EQ(found.report.events, expected.report.events);
  EXPECT_TRUE(testing::equal_records(found.record, expected.record));
  for (std::size_t m = 0; m < measure_count; ++m) {
    const bool both_undefined = std::isnan(found.measures[m]) && std::isnan(expected.measures[m]);
    EXPECT_TRUE(both_undefined || found.measures[m] == expected.measures[m]) << m;
  }
  return expected.report.events;
}

class RandomParity : public ::testing::TestWithParam<ExecutorKind> {};

TEST_P(RandomParity, EveryConfigurationGivesTheBitsOfOneQueue) {
  std::uint64_t events = 0;
  const int count = configurations(150);
  const int first = 1 + 100'000 * static_cast<int>(GetParam());
  for (int number = first; number < first + count; ++number) {
    SCOPED_TRACE("configuration " + std::to_string(number));
    Chooser choose{static_cast<std::uint64_t>(number)};
    const Scenario scenario = testing::random_scenario(choose);
    events += expect_equal_bits(scenario, choose, GetParam());
    if (HasFailure()) return;
  }
  EXPECT_GT(events, 3'000U * static_cast<std::uint64_t>(count)) << "the worlds are too quiet to tell";
}

TEST_P(RandomParity, EveryPolicyGivesTheBitsOfOneQueue) {
  const int count = configurations(40);
  const int first = 500'001 + 100'000 * static_cast<int>(GetParam());
  for (int number = first; number < first + count; ++number) {
    SCOPED_TRACE("configuration " + std::to_string(number));
    Chooser choose{static_cast<std::uint64_t>(number)};
    Scenario scenario = testing::random_scenario(choose);
    testing::vary_policies(scenario, choose);
    testing::vary_further(scenario, choose);
    testing::enrich(scenario, choose);
    static_cast<void>(expect_equal_bits(scenario, choose, GetParam()));
    if (HasFailure()) return;
  }
}

INSTANTIATE_TEST_SUITE_P(Executors, RandomParity, ::testing::Values(ExecutorKind::threads, ExecutorKind::tbb),
                         [](const auto& test) { return std::string{to_string(test.param)}; });

}  // namespace
}  // namespace peercap::peer_support
