#pragma once

#include <cstdint>
#include <random>

#include "models/peer_support/scenario/scenario.h"
#include "sim/kernel/conservative_engine.h"

namespace peercap::peer_support::testing {

/// Choices that are the same for a seed on every machine.
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

/// A small organization of one to three sites with any loops and policies.
[[nodiscard]] Scenario random_scenario(Chooser& choose);

/// Adds what a run can have beside: twins, a change at some date, full destinations whose clients go from one
/// to the next, embedded supporters, direct requests, a program that starts from a given state.
void enrich(Scenario& scenario, Chooser& choose);

/// Turns what random_scenario() leaves at its defaults: who can ask, meet and be given whom, what a case is,
/// how supporters are looked after.
void vary_policies(Scenario& scenario, Chooser& choose);

/// Causes, incidents and closures, turns on call, sessions by phone, who is preferred. Before enrich(), whose
/// phases copy the scenario.
void vary_further(Scenario& scenario, Chooser& choose);

[[nodiscard]] ConservativeOptions random_engine(Chooser& choose, ExecutorKind executor);

/// What the environment variable says, or `otherwise`.
[[nodiscard]] int number_asked(const char* variable, int otherwise);

}  // namespace peercap::peer_support::testing
