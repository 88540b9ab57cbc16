#pragma once

#include <iosfwd>
#include <string>

#include "app/commands/output_form.h"
#include "app/exit_code.h"
#include "app/studies/study_file.h"
#include "sim/io/yaml/diagnostic_renderer.h"

namespace CLI {
class App;
}

namespace peercap::app {

struct EstimateOptions {
  std::string file = {};
  StudyLoadOptions load = {};
  OutputForm form = OutputForm::text;
  yaml::Color color = yaml::Color::never;
};

/// Prints what closed forms say of a scenario's staffing: demand, offered loads, waits, supporters needed for
/// each target, with what they assume. Nothing is simulated.
[[nodiscard]] ExitCode estimate(const EstimateOptions& options, std::ostream& out, std::ostream& err);

/// Adds `estimate SCENARIO|STUDY [--target TARGET]...`.
void add_estimate_command(CLI::App& app, ExitCode& exit_code);

}  // namespace peercap::app
