#include "app/commands/schema.h"

#include <iostream>

#include <CLI/CLI.hpp>

#include "models/peer_support/scenario_yaml/json_schema.h"

namespace peercap::app {

void add_schema_command(CLI::App& app, ExitCode& exit_code) {
  CLI::App* command = app.add_subcommand("schema", "Print the JSON Schema of a scenario file, for editors");
  command->callback([&exit_code] {
    std::cout << peer_support::scenario_json_schema();
    exit_code = ExitCode::done;
  });
}

}  // namespace peercap::app
