#pragma once

#include <iosfwd>
#include <string>

#include "app/commands/output_form.h"
#include "app/execution_plan.h"
#include "app/exit_code.h"
#include "app/progress.h"
#include "app/studies/study_file.h"
#include "app/studies/study_result.h"
#include "sim/io/yaml/diagnostic_renderer.h"

namespace CLI {
class App;
}

namespace peercap::app {

struct CompareOptions {
  std::string file = {};
  StudyLoadOptions load = {};
  ExecutionRequest request = {};
  OutputForm form = OutputForm::text;
  ProgressStyle progress = ProgressStyle::silent;
  yaml::Color color = yaml::Color::never;
  StudyResultPlace result = {};
};

/// Compares the policies of a study, each with each, under common random numbers, and prints the answer to
/// `out`; problems and progress go to `err`. Interrupted or out of time, it prints what is complete.
[[nodiscard]] ExitCode compare(const CompareOptions& options, std::ostream& out, std::ostream& err);

/// Adds `compare STUDY`.
void add_compare_command(CLI::App& app, ExitCode& exit_code, const std::string& command_line);

}  // namespace peercap::app
