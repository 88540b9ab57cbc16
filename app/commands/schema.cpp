#include "app/commands/schema.h"

#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>

#include "app/studies/study_schema.h"
#include "models/peer_support/scenario_yaml/json_schema.h"

namespace peercap::app {

void add_schema_command(CLI::App& app, ExitCode& exit_code) {
  auto of_study = std::make_shared<bool>(false);
  CLI::App* command =
      app.add_subcommand("schema", "Print the JSON Schema of a scenario or study file, for editors");
  command->add_flag("--study", *of_study, "That of a study file");
  command->callback([of_study, &exit_code] {
    std::cout << (*of_study ? study_json_schema() : peer_support::scenario_json_schema());
    exit_code = ExitCode::done;
  });
}

}  // namespace peercap::app
