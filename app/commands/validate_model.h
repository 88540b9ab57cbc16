#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "app/commands/output_form.h"
#include "app/exit_code.h"
#include "app/validation/validation_run.h"

namespace CLI {
class App;
}

namespace peercap::app {

struct ValidateModelOptions {
  std::string folder = "configs/validation";
  std::vector<std::string> names = {};  ///< of programs; empty: all
  ValidationOptions run = {};
  OutputForm form = OutputForm::text;
};

/// Runs published programs and prints what was published beside what the model makes of it, fitted and
/// predicted figures apart. Whether a figure is inside does not change the exit code.
[[nodiscard]] ExitCode validate_model(const ValidateModelOptions& options, std::ostream& out,
                                      std::ostream& err);

/// Adds `validate-model [PROGRAM]... [--replications N] [--threads N] [--folder PATH] [--quiet] [--json]`.
void add_validate_model_command(CLI::App& app, ExitCode& exit_code);

}  // namespace peercap::app
