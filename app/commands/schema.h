#pragma once

#include "app/exit_code.h"

namespace CLI {
class App;
}

namespace peercap::app {

/// Adds `schema`, which prints the JSON Schema of a scenario file.
void add_schema_command(CLI::App& app, ExitCode& exit_code);

}  // namespace peercap::app
