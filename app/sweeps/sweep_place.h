#pragma once

#include <filesystem>
#include <iosfwd>
#include <optional>
#include <string>
#include <variant>

#include "app/checkpoints/run_place.h"
#include "app/exit_code.h"
#include "app/sweeps/sweep_folder.h"
#include "app/sweeps/sweep_plan.h"

namespace peercap::app {

struct SweepPlaceRequest {
  std::optional<std::filesystem::path> out;  ///< absent: by the study's name, and the shard
  ExistingFile existing = ExistingFile::refuse;
  UnfinishedRun unfinished = UnfinishedRun::refuse;
  std::string command_line;
};

/// Where a sweep writes, and from where it goes on.
struct SweepPlace {
  std::filesystem::path result;
  SweepFolder folder;
  bool is_resumed = false;
  SweepManifest manifest;
};

/// Finds the place of a sweep; a shard that has no folder to resume begins. Where a sweep cannot begin, or
/// not go on, that is said on `err` with the commands that help, and nothing is changed. ExitCode::done where
/// this very shard is complete already. Throws InputOutputError where result or folder cannot be written.
[[nodiscard]] std::variant<SweepPlace, ExitCode> find_sweep_place(const SweepPlaceRequest& request,
                                                                  const SweepPlan& plan, std::ostream& err);

/// NAME-001.h5, or NAME.shard-2-of-7.h5.
[[nodiscard]] std::filesystem::path usual_sweep_name(const SweepPlan& plan);

}  // namespace peercap::app
