#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <iosfwd>
#include <optional>
#include <string>

#include "app/checkpoints/run_place.h"
#include "app/commands/output_form.h"
#include "app/execution_plan.h"
#include "app/exit_code.h"
#include "app/progress.h"
#include "models/peer_support/scenario_yaml/load.h"
#include "sim/io/files/durable_file.h"
#include "sim/io/yaml/diagnostic_renderer.h"

namespace CLI {
class App;
}

namespace peercap::app {

struct RunOptions {
  std::string scenario;
  peer_support::LoadOptions load;
  std::string posterior;           ///< a file that `calibrate` wrote; its values come before those of `load`
  std::size_t posterior_draw = 0;  ///< which of its sets, from 1; 0: its center
  std::optional<std::filesystem::path> out;  ///< absent: the scenario's name with a number that is free
  ExistingFile existing = ExistingFile::refuse;
  UnfinishedRun unfinished = UnfinishedRun::refuse;
  /// How often the run is saved while it goes on; absent: never, not even when it is interrupted.
  std::optional<std::chrono::milliseconds> checkpoint_every = std::chrono::minutes{10};
  ExecutionRequest request;
  std::optional<std::uint64_t> memory;  ///< bytes that the run may take; absent: what the machine has
  OutputForm form = OutputForm::text;
  ProgressStyle progress = ProgressStyle::silent;
  yaml::Color color = yaml::Color::never;
  std::string command_line;  ///< for provenance and for the words that say how to go on
};

/// The main job: runs a scenario's replications side by side, writes one result file, prints the answer. The
/// summary goes to `out`, problems and progress to `err`. Interrupted, it leaves what it has in
/// RESULT.partial, from where it can be resumed
/// (docs/decisions/0009-an-unfinished-run-lies-beside-its-result.md).
[[nodiscard]] ExitCode run(const RunOptions& options, std::ostream& out, std::ostream& err);

/// Adds `run SCENARIO [--out FILE] [--replications N] [--seed N] [--threads N] [--set PATH=VALUE]...
/// [--variant NAME]
/// [--memory SIZE] [--checkpoint-every DURATION] [--resume] [--discard-partial] [--force] [--quiet]
/// [--json]`.
void add_run_command(CLI::App& app, ExitCode& exit_code, const std::string& command_line);

}  // namespace peercap::app
