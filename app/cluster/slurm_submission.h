#pragma once

#include <filesystem>
#include <string>

#include "app/cluster/slurm_script.h"

namespace peercap::app {

/// The scripts of a sweep on the disk.
struct SlurmFiles {
  std::filesystem::path array_script;
  std::filesystem::path merge_script;
};

/// Jobs as Slurm numbers them.
struct SlurmJobs {
  std::string array;
  std::string merge;
};

/// NAME.slurm beside NAME.h5: where the scripts, shards and messages of a sweep lie.
[[nodiscard]] std::filesystem::path slurm_folder_for(const std::filesystem::path& result);

/// The first of folder/NAME-001.h5, folder/NAME-002.h5, ... where neither the result exists nor its folder.
[[nodiscard]] std::filesystem::path free_submission_name(const std::filesystem::path& folder,
                                                         const std::string& name);

/// Makes the sweep's folder and writes both scripts into it. Throws InputOutputError where the folder or the
/// result exists already, or something cannot be written; nothing is left then.
[[nodiscard]] SlurmFiles write_scripts(const SlurmSweep& sweep);

/// What a person types to submit them: two lines of shell.
[[nodiscard]] std::string submission_commands(const SlurmFiles& files);

/// The `sbatch` on PATH. Throws InputOutputError, about `submission`, where there is none.
[[nodiscard]] std::filesystem::path find_sbatch(const std::filesystem::path& submission);

/// Submits both; sbatch writes its own messages to standard error. Throws InputOutputError where it refuses
/// or answers with no number. Where it refuses the array, the sweep's folder is removed: nothing has come of
/// it. Where it refuses the merge, it is said how to submit that, and how to take the array back.
[[nodiscard]] SlurmJobs submit_scripts(const std::filesystem::path& sbatch, const SlurmFiles& files);

}  // namespace peercap::app
