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
#include "app/sweeps/sweep_job.h"
#include "app/sweeps/sweep_plan.h"
#include "sim/io/yaml/diagnostic_renderer.h"

namespace CLI {
class App;
}

namespace peercap::app {

enum class SweepAction { run, estimate };

struct SweepOptions {
  std::string file = {};
  StudyLoadOptions load = {};
  SweepAction action = SweepAction::run;
  Shard shard = {};
  std::optional<std::filesystem::path> out = {};
  ExistingFile existing = ExistingFile::refuse;
  UnfinishedRun unfinished = UnfinishedRun::refuse;
  SweepJobOptions job = {};  ///< `stop` and `tell` are set by sweep()
  OutputForm form = OutputForm::text;
  yaml::Color color = yaml::Color::never;
  std::string command_line = "peercap sweep";
};

/// Runs the points of a study's design, or its shard, and writes them to one result file; or tells what that
/// would take. The answer goes to `out`, problems and progress to `err`. `partial` where some runs failed, or
/// the sweep ended before its end; what is complete is kept in RESULT.partial. Throws InputOutputError.
[[nodiscard]] ExitCode sweep(const SweepOptions& options, std::ostream& out, std::ostream& err);

/// Adds `sweep STUDY [--dry-run] [--shard I/N] [--out FILE] [--resume] [--on-error stop|skip]`.
void add_sweep_command(CLI::App& app, ExitCode& exit_code, const std::string& command_line);

}  // namespace peercap::app
