#pragma once

#include <cstdint>
#include <filesystem>
#include <iosfwd>
#include <optional>
#include <string>

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
  std::optional<std::filesystem::path> out;  ///< absent: the scenario's name with a number that is free
  ExistingFile existing = ExistingFile::refuse;
  ExecutionRequest request;
  OutputForm form = OutputForm::text;
  ProgressStyle progress = ProgressStyle::silent;
  yaml::Color color = yaml::Color::never;
  std::string command_line;  ///< for provenance and for the words that say how to go on
};

/// The main job: runs a scenario's replications side by side, writes one result file, prints the answer. The
/// summary goes to `out`, problems and progress to `err`. Interrupted, it saves the replications that are
/// complete.
[[nodiscard]] ExitCode run(const RunOptions& options, std::ostream& out, std::ostream& err);

/// Adds `run SCENARIO [--out FILE] [--replications N] [--seed N] [--threads N] [--set PATH=VALUE]...
/// [--variant NAME]
/// [--force] [--quiet] [--json]`.
void add_run_command(CLI::App& app, ExitCode& exit_code, const std::string& command_line);

/// The first of folder/name-001.h5, folder/name-002.h5, ... that does not exist.
[[nodiscard]] std::filesystem::path free_result_name(const std::filesystem::path& folder,
                                                     const std::string& name);

}  // namespace peercap::app
