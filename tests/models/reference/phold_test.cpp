#include "models/reference/phold.h"

#include <map>
#include <memory>

#include <gtest/gtest.h>

#include "sim/kernel/sequential_engine.h"
#include "tests/sim/kernel/parity.h"
#include "tests/sim/kernel/unsaved.h"

namespace peercap::reference {
namespace {

using testing::EngineCase;

constexpr SimDuration horizon{20'000'000};

class Handled final : public peercap::testing::Unsaved<Observer> {
 public:
  void on_fact(const Fact& fact) override { counts[fact.subject] = fact.a; }
  [[nodiscard]] std::unique_ptr<Observer> fork() const override { return std::make_unique<Handled>(); }
  void absorb(const Observer& other) override {
    for (const auto& [subject, count] : dynamic_cast<const Handled&>(other).counts) counts[subject] = count;
  }
  std::map<std::uint32_t, std::int64_t> counts;
};

PholdParameters small_phold() {
  return {.processes = 50, .events_each = 4, .remote_share = 0.9, .least_delay = 0.1};
}

// Delays have mean one second, so that each of the 200 events hops twenty times; four standard errors.
TEST(Phold, KeepsItsPopulationHopping) {
  SequentialEngine engine;
  const RunReport report = run_phold(small_phold(), engine, 1, horizon);
  EXPECT_NEAR(static_cast<double>(report.events), 200 * 20, 4 * 0.9 * std::sqrt(200 * 20));
}

class PholdParity : public ::testing::TestWithParam<EngineCase> {};

TEST_P(PholdParity, GivesTheBitsOfTheSequentialEngine) {
  SequentialEngine oracle;
  Handled expected;
  const RunReport one = run_phold(small_phold(), oracle, 7, horizon, &expected);
  ConservativeEngine engine{GetParam().options};
  Handled found;
  const RunReport other = run_phold(small_phold(), engine, 7, horizon, &found);
  EXPECT_EQ(other.digest, one.digest);
  EXPECT_EQ(other.events, one.events);
  EXPECT_EQ(found.counts, expected.counts);
  EXPECT_EQ(run_phold(small_phold(), engine, 7, horizon).digest, one.digest) << "without an observer";
}

INSTANTIATE_TEST_SUITE_P(Engines, PholdParity,
                         ::testing::ValuesIn(testing::engine_cases(SimDuration{30'000})));

}  // namespace
}  // namespace peercap::reference
