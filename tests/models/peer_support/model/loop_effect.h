#pragma once

#include <cstdint>
#include <functional>

#include "tests/models/peer_support/world.h"

namespace peercap::peer_support::testing {

/// Worlds with and without a loop share their chance, so that as few replications tell them apart.
inline constexpr std::uint32_t loop_replications = 8;

using Reading = std::function<double(const ReplicationOutcome&)>;
[[nodiscard]] Reading reading_of(Measure which);

/// What something adds to a reading: with it, less without it.
struct Effect {
  double mean = 0.0;
  double error = 0.0;    ///< standard error of the mean of paired differences
  double without = 0.0;  ///< the mean reading without it
};

[[nodiscard]] Effect effect_between(const Scenario& with, const Scenario& without, const Reading& read);
/// Of the loop, the scenario being the same otherwise.
[[nodiscard]] Effect effect_of(Scenario scenario, Switch Loops::*loop, const Reading& read);

/// The reading is raised by `least` of its value without, and by four standard errors.
void expect_raised(const Effect& effect, double least);
void expect_lowered(const Effect& effect, double least);

/// 200 people and a busy program with 20 supporters over a year, all loops on; nobody leaves for good.
[[nodiscard]] Scenario loop_scenario();

}  // namespace peercap::peer_support::testing
