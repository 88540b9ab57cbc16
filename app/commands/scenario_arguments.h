#pragma once

#include <string>

#include "app/execution_plan.h"
#include "models/peer_support/scenario_yaml/load.h"

namespace CLI {
class App;
}

namespace peercap::app {

/// Adds `--check`, which the environment can ask for, too (PEERCAP_CHECK=1).
void add_check_to(CLI::App& command, bool& check);

/// The arguments of every command that runs a scenario: SCENARIO [--replications N] [--seed N] [--threads N]
/// [--engine NAME] [--partitions N] [--check] [--set PATH=VALUE]... [--variant NAME] [--quiet] [--json].
struct ScenarioArguments {
  std::string scenario;
  std::string variant;
  std::string seed;
  std::string replications;
  peer_support::LoadOptions load;
  std::size_t threads = 0;
  std::size_t partitions = 0;
  std::string engine = "auto";
  bool check = false;
  bool quiet = false;
  bool json = false;

  /// To outlive the command's parsing.
  void add_to(CLI::App& command);
  /// What to load, --seed and --replications after the values that were set.
  [[nodiscard]] peer_support::LoadOptions load_options() const;
  [[nodiscard]] ExecutionRequest execution_request() const;
};

}  // namespace peercap::app
