#pragma once

#include <iosfwd>

#include "app/commands/output_form.h"
#include "app/exit_code.h"
#include "app/validation/pattern_worlds.h"

namespace CLI {
class App;
}

namespace peercap::app {

struct PatternOptions {
  PatternRequest run;
  OutputForm form = OutputForm::text;
};

/// Holds a scenario against what was published of peer-support programs: runs it over three years, as a new
/// program over four, and under pressure, and prints the patterns P1-P10 with what the model makes of each.
/// Whether it agrees does not change the exit code.
[[nodiscard]] ExitCode patterns(const PatternOptions& options, std::ostream& out, std::ostream& err);

/// Adds `patterns SCENARIO [--replications N] [--seed N] [--threads N] [--set PATH=VALUE]... [--variant NAME]
/// [--quiet] [--json]`.
void add_patterns_command(CLI::App& app, ExitCode& exit_code);

}  // namespace peercap::app
