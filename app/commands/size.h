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

/// What it means for the exit code that no candidate meets the targets.
enum class TargetUse { report, require };

struct SizeOptions {
  std::string file = {};
  StudyLoadOptions load = {};
  ExecutionRequest request = {};
  TargetUse targets = TargetUse::report;
  OutputForm form = OutputForm::text;
  ProgressStyle progress = ProgressStyle::silent;
  yaml::Color color = yaml::Color::never;
  StudyResultPlace result = {};
};

/// Finds the smallest number of supporters (or the cheapest candidate of what the study searches) that meets
/// every target, and prints the answer to `out`; problems and progress go to `err`. With targets required the
/// exit code is target_not_met where nothing meets them.
[[nodiscard]] ExitCode size(const SizeOptions& options, std::ostream& out, std::ostream& err);

/// Adds `size STUDY|SCENARIO [--target TARGET]... [--search PATH=LOW-HIGH]... [--require]`.
void add_size_command(CLI::App& app, ExitCode& exit_code, const std::string& command_line);

}  // namespace peercap::app
