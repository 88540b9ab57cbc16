#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "app/cluster/slurm_plan.h"

namespace peercap::app {

/// A sweep as the scripts of a cluster know it. No text may have a control character; paths are absolute.
struct SlurmSweep {
  std::string name;                          ///< of the study
  std::string command_line;                  ///< that asked for the scripts
  std::filesystem::path program;             ///< peercap
  std::filesystem::path study;               ///< its file
  std::vector<std::string> study_arguments;  ///< what the study is changed by: --set PATH=VALUE, ...
  std::filesystem::path folder;              ///< of the scripts, shards and messages
  std::filesystem::path result;              ///< of the merge
  SlurmPlan plan;
  std::int64_t at_once = 0;                 ///< most tasks at one time; 0: as many as the cluster gives
  std::vector<std::string> job_options;     ///< of sbatch, for both jobs: --partition=short, ...
  std::vector<std::string> setup_commands;  ///< lines of shell before peercap starts
};

/// A script for sbatch: an array with a task for each shard. It can be submitted any number of times; what is
/// made is not made again.
[[nodiscard]] std::string array_script(const SlurmSweep& sweep);

/// A script for sbatch that merges the shards once all tasks of the array have succeeded.
[[nodiscard]] std::string merge_script(const SlurmSweep& sweep);

}  // namespace peercap::app
