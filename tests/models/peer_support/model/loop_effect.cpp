#include "tests/models/peer_support/model/loop_effect.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "sim/kernel/sequential_engine.h"

namespace peercap::peer_support::testing {
namespace {

std::vector<double> readings(const Scenario& scenario, const Reading& read) {
  const Rules rules{scenario};
  SequentialEngine engine;
  std::vector<double> values;
  for (std::uint32_t r = 0; r < loop_replications; ++r)
    values.push_back(read(run_replication(rules, r, engine)));
  return values;
}

}  // namespace

Reading reading_of(Measure which) {
  return [which](const ReplicationOutcome& outcome) { return measure(outcome, which); };
}

Effect effect_between(const Scenario& with_it, const Scenario& without_it, const Reading& read) {
  const auto with = readings(with_it, read);
  const auto without = readings(without_it, read);
  constexpr double n = loop_replications;
  Effect effect;
  double square = 0.0;
  for (std::uint32_t r = 0; r < loop_replications; ++r) {
    const double difference = with[r] - without[r];
    effect.mean += difference / n;
    square += difference * difference / n;
    effect.without += without[r] / n;
  }
  effect.error = std::sqrt(std::max(0.0, square - effect.mean * effect.mean) / (n - 1.0));
  return effect;
}

Effect effect_of(Scenario scenario, Switch Loops::*loop, const Reading& read) {
  scenario.loops.*loop = Switch::on;
  const Scenario with = scenario;
  scenario.loops.*loop = Switch::off;
  return effect_between(with, scenario, read);
}

void expect_raised(const Effect& effect, double least) {
  EXPECT_GT(effect.mean, 4 * effect.error);
  EXPECT_GT(effect.mean, least * std::abs(effect.without));
}

void expect_lowered(const Effect& effect, double least) {
  EXPECT_LT(effect.mean, -4 * effect.error);
  EXPECT_LT(effect.mean, -least * std::abs(effect.without));
}

Scenario loop_scenario() {
  Scenario s = busy_scenario(10, 20, 20);
  s.run.horizon = weeks(52);
  s.turnover.enabled = Switch::off;
  s.surveys.interval_weeks = 0;
  s.supporters.exit.role_rate = {};
  return s;
}

}  // namespace peercap::peer_support::testing
