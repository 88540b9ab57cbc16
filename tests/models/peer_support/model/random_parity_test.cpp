// Random small organizations on random engines: the bits are those of one queue. 150 configurations are
// tried on each kind of threads; PEERCAP_CONFIGURATIONS asks for another number.

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <random>
#include <string>

#include <gtest/gtest.h>

#include "sim/kernel/conservative_engine.h"
#include "sim/kernel/sequential_engine.h"
#include "tests/models/peer_support/world.h"

namespace peercap::peer_support {
namespace {

class Chooser {
 public:
  explicit Chooser(std::uint64_t seed) : bits_{seed} {}
  [[nodiscard]] int between(int low, int high) {
    return low + static_cast<int>(bits_() % static_cast<std::uint64_t>(high - low + 1));
  }
  [[nodiscard]] bool coin() { return bits_() % 2 == 0; }
  [[nodiscard]] Switch either() { return coin() ? Switch::on : Switch::off; }

 private:
  std::mt19937_64 bits_;
};

Scenario random_scenario(Chooser& choose) {
  Scenario s = testing::busy_scenario(choose.between(1, 30), choose.between(1, 25), choose.between(0, 30));
  s.run.seed = static_cast<std::uint64_t>(choose.between(1, 1'000'000));
  s.run.horizon = weeks(choose.between(4, 30));
  s.run.burn_in = weeks(choose.between(0, 4));
  const Department ward = s.organization.sites[0].departments[0];
  for (int extra = choose.between(0, 2); extra > 0; --extra) {
    s.organization.sites.push_back({.name = "site_" + std::to_string(extra), .departments = {ward}});
    s.organization.sites.back().departments[0].units = choose.between(1, 6);
  }
  for (auto& site : s.organization.sites)
    site.departments[0].shift_pattern = static_cast<ShiftPattern>(choose.between(0, 3));
  for (const auto loop :
       {&Loops::error, &Loops::overload, &Loops::visibility, &Loops::contagion, &Loops::delay,
        &Loops::recovery, &Loops::care, &Loops::recruitment, &Loops::referral})
    s.loops.*loop = choose.either();
  s.case_rules.overflow.to_other_site = choose.either();
  s.case_rules.overflow.other_site_after = hours(choose.between(1, 72));
  s.activation.group_debrief.policy = choose.coin() ? GroupDebriefPolicy::automatic : GroupDebriefPolicy::off;
  s.organization.network.enabled = choose.either();
  s.turnover.enabled = choose.either();
  s.surveys.interval_weeks = choose.between(0, 6);
  s.supporters.recruitment.interval_weeks = choose.between(1, 10);
  s.delays.unit_to_desk = minutes(choose.between(1, 60));
  s.delays.desk_to_unit = minutes(choose.between(1, 60));
  s.delays.desk_to_referral = minutes(choose.between(1, 600));
  s.delays.desk_to_desk = minutes(choose.between(1, 120));
  return s;
}

ConservativeOptions random_engine(Chooser& choose, ExecutorKind executor) {
  ConservativeOptions options;
  options.executor = executor;
  options.threads = static_cast<std::size_t>(choose.between(1, 16));
  options.partitions = static_cast<std::size_t>(choose.between(1, 120));
  options.scattered = choose.coin();
  if (choose.coin()) options.longest_window = minutes(choose.between(1, 10'000));
  return options;
}

int configurations() {
  const char* asked = std::getenv("PEERCAP_CONFIGURATIONS");
  return asked != nullptr ? std::atoi(asked) : 150;
}

class RandomParity : public ::testing::TestWithParam<ExecutorKind> {};

TEST_P(RandomParity, EveryConfigurationGivesTheBitsOfOneQueue) {
  std::uint64_t events = 0;
  const int first = 1 + 100'000 * static_cast<int>(GetParam());
  for (int number = first; number < first + configurations(); ++number) {
    SCOPED_TRACE("configuration " + std::to_string(number));
    Chooser choose{static_cast<std::uint64_t>(number)};
    const Scenario scenario = random_scenario(choose);
    const Rules rules{scenario};
    const auto replication = static_cast<std::uint32_t>(choose.between(0, 100));
    SequentialEngine oracle;
    const ReplicationOutcome expected = run_replication(rules, replication, oracle);
    events += expected.report.events;
    ConservativeEngine engine{random_engine(choose, GetParam())};
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
