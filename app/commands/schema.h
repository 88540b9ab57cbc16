#pragma once

#include "app/exit_code.h"

namespace CLI {
class App;
}

namespace peercap::app {

/// Adds `schema [--study]`, which prints the JSON Schema of a scenario or study file.
void add_schema_command(CLI::App& app, ExitCode& exit_code);

}  // namespace peercap::app
