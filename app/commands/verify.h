#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "app/commands/output_form.h"
#include "app/exit_code.h"
#include "app/verification/verification_run.h"
#include "sim/io/yaml/diagnostic_renderer.h"

namespace CLI {
class App;
}

namespace peercap::app {

struct VerifyOptions {
  std::string folder = "configs/verification";
  std::vector<std::string> names = {};  ///< of families or systems, or files; none: all
  VerificationOptions run = {};
  OutputForm form = OutputForm::text;
  yaml::Color color = yaml::Color::never;
};

/// Holds the simulator against systems with known answers and prints the table. `target_not_met` where a
/// quantity does not pass.
[[nodiscard]] ExitCode verify(const VerifyOptions& options, std::ostream& out, std::ostream& err);

/// Adds `verify [NAME]... [--fresh] [--replications N] [--seed N] [--folder PATH] [--threads N] [--quiet]
/// [--json]`.
void add_verify_command(CLI::App& app, ExitCode& exit_code);

}  // namespace peercap::app
