#pragma once

#include <filesystem>
#include <iosfwd>
#include <optional>
#include <string>

#include "app/checkpoints/run_place.h"
#include "app/commands/output_form.h"
#include "app/execution_plan.h"
#include "app/exit_code.h"
#include "app/progress.h"
#include "app/studies/study_file.h"
#include "sim/io/files/durable_file.h"
#include "sim/io/yaml/diagnostic_renderer.h"

namespace CLI {
class App;
}

namespace peercap::app {

struct CalibrateOptions {
  std::string file = {};
  StudyLoadOptions load = {};
  ExecutionRequest request = {};
  std::optional<std::filesystem::path> out = {};  ///< absent: NAME.posterior.json
  ExistingFile existing = ExistingFile::refuse;
  UnfinishedRun unfinished = UnfinishedRun::refuse;
  OutputForm form = OutputForm::text;
  ProgressStyle progress = ProgressStyle::silent;
  yaml::Color color = yaml::Color::never;
};

/// Fits the parameters of a study to what was observed, writes the posterior and prints the answer to `out`;
/// problems and progress go to `err`. Interrupted, it keeps what it simulated, and says how to go on.
[[nodiscard]] ExitCode calibrate(const CalibrateOptions& options, std::ostream& out, std::ostream& err);

/// Adds `calibrate STUDY`.
void add_calibrate_command(CLI::App& app, ExitCode& exit_code);

}  // namespace peercap::app
