#pragma once

#include <cstdint>
#include <filesystem>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "app/cluster/slurm_plan.h"
#include "app/commands/output_form.h"
#include "app/exit_code.h"
#include "app/studies/study_file.h"
#include "sim/io/yaml/diagnostic_renderer.h"

namespace CLI {
class App;
}

namespace peercap::app {

enum class SubmitAction { write, submit };

struct SubmitOptions {
  std::string file = {};
  StudyLoadOptions load = {};
  SubmitAction action = SubmitAction::write;
  std::optional<std::filesystem::path> out = {};  ///< of the merged result; absent: by the study's name
  SlurmWishes wishes = {};
  std::int64_t at_once = 0;                      ///< most tasks at one time; 0: no limit
  std::vector<std::string> job_options = {};     ///< of sbatch, each as one word: --partition=short
  std::vector<std::string> setup_commands = {};  ///< lines of shell before peercap starts
  OutputForm form = OutputForm::text;
  yaml::Color color = yaml::Color::never;
  std::string command_line = "peercap submit slurm";
};

/// Writes a sweep as two scripts for Slurm, an array with a task for each shard and a merge that waits for
/// it, into a new folder beside the result; with SubmitAction::submit, hands both to sbatch. The answer goes
/// to `out`, problems to `err`. Throws InputOutputError where the folder or the result exists already, and
/// where sbatch is not there or fails.
[[nodiscard]] ExitCode submit_slurm(const SubmitOptions& options, std::ostream& out, std::ostream& err);

/// Adds `submit slurm STUDY [--out FILE] [--shards N] [--time LIMIT] [--partition NAME] ... [--go]`.
void add_submit_command(CLI::App& app, ExitCode& exit_code, const std::string& command_line);

}  // namespace peercap::app
