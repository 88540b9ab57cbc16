#pragma once

#include <filesystem>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "app/commands/output_form.h"
#include "app/execution_plan.h"
#include "app/exit_code.h"
#include "app/progress.h"
#include "app/studies/study_file.h"
#include "app/sweeps/sensitivity_study.h"
#include "sim/io/files/durable_file.h"
#include "sim/io/yaml/diagnostic_renderer.h"

namespace CLI {
class App;
}

namespace peercap::app {

struct SensitivityCommandOptions {
  std::string file = {};
  StudyLoadOptions load = {};
  SensitivityPlan plan = {};
  UsualSpan span = {};
  std::vector<std::string> measures = {};         ///< names, beside those of the study
  std::optional<std::filesystem::path> out = {};  ///< absent: NAME-sensitivity-001.h5, ...
  ExistingFile existing = ExistingFile::refuse;
  ExecutionRequest request = {};
  OutputForm form = OutputForm::text;
  ProgressStyle progress = ProgressStyle::silent;
  yaml::Color color = yaml::Color::never;
  std::string command_line = "peercap sensitivity";
};

/// Tells which parameters move a study's measures most, on `out` and in a result file; problems and progress
/// go to `err`. `partial` where points failed. Interrupted, it keeps nothing. Throws InputOutputError where
/// the file cannot be written.
[[nodiscard]] ExitCode sensitivity(const SensitivityCommandOptions& options, std::ostream& out,
                                   std::ostream& err);

/// Adds `sensitivity STUDY|SCENARIO [--method tornado|morris|sobol] [--out FILE]`.
void add_sensitivity_command(CLI::App& app, ExitCode& exit_code, const std::string& command_line);

}  // namespace peercap::app
