#pragma once

#include <iosfwd>
#include <string>

#include "app/commands/output_form.h"
#include "app/execution_plan.h"
#include "app/exit_code.h"
#include "app/progress.h"
#include "models/peer_support/scenario_yaml/load.h"
#include "sim/io/yaml/diagnostic_renderer.h"

namespace CLI {
class App;
}

namespace peercap::app {

struct PatternOptions {
  std::string scenario;
  peer_support::LoadOptions load;
  ExecutionRequest request;
  OutputForm form = OutputForm::text;
  ProgressStyle progress = ProgressStyle::silent;
  yaml::Color color = yaml::Color::never;
};

/// Holds a scenario against what was published of peer-support programs: runs it over three years, as a new
/// program over four, and under pressure, and prints the patterns P1-P10 with what the model makes of each.
/// Whether it agrees does not change the exit code.
[[nodiscard]] ExitCode patterns(const PatternOptions& options, std::ostream& out, std::ostream& err);

/// Adds `patterns SCENARIO [--replications N] [--seed N] [--threads N] [--set PATH=VALUE]... [--variant NAME]
/// [--quiet] [--json]`.
void add_patterns_command(CLI::App& app, ExitCode& exit_code);

}  // namespace peercap::app
