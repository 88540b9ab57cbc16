#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "app/commands/output_form.h"
#include "app/exit_code.h"
#include "sim/io/yaml/diagnostic_renderer.h"

namespace CLI {
class App;
}

namespace peercap::app {

struct ValidateOptions {
  std::vector<std::string> files;
  OutputForm form = OutputForm::text;
  yaml::Color color = yaml::Color::never;
};

/// Reads and checks scenario files without running anything. Files without an error get an "ok" line on
/// `out`, problems go to `err`; as JSON everything goes to `out`. Returns invalid_input where a file has an
/// error.
[[nodiscard]] ExitCode validate(const ValidateOptions& options, std::ostream& out, std::ostream& err);

/// Adds `validate FILE... [--json]`; when it ran, `exit_code` holds its result.
void add_validate_command(CLI::App& app, ExitCode& exit_code);

}  // namespace peercap::app
