// Random small organizations on random engines: the bits are those of one queue. 150 configurations are
// tried on each kind of threads; PEERCAP_CONFIGURATIONS asks for another number.

#include <cmath>
#include <cstdint>
#include <string>

#include <gtest/gtest.h>

#include "sim/kernel/conservative_engine.h"
#include "sim/kernel/sequential_engine.h"
#include "tests/models/peer_support/model/random_worlds.h"
#include "tests/models/peer_support/world.h"

namespace peercap::peer_support {
namespace {

using testing::Chooser;

int configurations() {
  return testing::number_asked("PEERCAP_CONFIGURATIONS", 150);
}

class RandomParity : public ::testing::TestWithParam<ExecutorKind> {};

TEST_P(RandomParity, EveryConfigurationGivesTheBitsOfOneQueue) {
  std::uint64_t events = 0;
  const int first = 1 + 100'000 * static_cast<int>(GetParam());
  for (int number = first; number < first + configurations(); ++number) {
    SCOPED_TRACE("configuration " + std::to_string(number));
    Chooser choose{static_cast<std::uint64_t>(number)};
    const Scenario scenario = testing::random_scenario(choose);
    const Rules rules{scenario};
    const auto replication = static_cast<std::uint32_t>(choose.between(0, 100));
    SequentialEngine oracle;
    const ReplicationOutcome expected = run_replication(rules, replication, oracle);
    events += expected.report.events;
    ConservativeEngine engine{testing::random_engine(choose, GetParam())};
    const ReplicationOutcome found = run_replication(rules, replication, engine);
    ASSERT_EQ(found.report.digest, expected.report.digest);
    ASSERT_EQ(found.report.events, expected.report.events);
    ASSERT_TRUE(testing::equal_records(found.record, expected.record));
    for (std::size_t m = 0; m < measure_count; ++m) {
      const bool both_undefined = std::isnan(found.measures[m]) && std::isnan(expected.measures[m]);
      ASSERT_TRUE(both_undefined || found.measures[m] == expected.measures[m]) << m;
    }
  }
  EXPECT_GT(events, 3'000U * static_cast<std::uint64_t>(configurations()))
      << "the worlds are too quiet to tell";
}

INSTANTIATE_TEST_SUITE_P(Executors, RandomParity, ::testing::Values(ExecutorKind::threads, ExecutorKind::tbb),
                         [](const auto& test) { return std::string{to_string(test.param)}; });

}  // namespace
}  // namespace peercap::peer_support
