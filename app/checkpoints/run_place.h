#pragma once

#include <filesystem>
#include <iosfwd>
#include <optional>
#include <string>
#include <variant>

#include "app/checkpoints/partial_folder.h"
#include "app/exit_code.h"
#include "sim/io/files/durable_file.h"

namespace peercap::app {

/// What to do with an unfinished run beside the result.
enum class UnfinishedRun { refuse, resume, discard };

struct PlaceRequest {
  std::optional<std::filesystem::path> out;  ///< absent: the first of NAME-001.h5, ... that is free
  std::string name;                          ///< of the scenario
  ExistingFile existing = ExistingFile::refuse;
  UnfinishedRun unfinished = UnfinishedRun::refuse;
  bool is_saved = true;  ///< whether the run is saved while it goes on
  RunManifest manifest;  ///< of the run that is to begin
};

/// Where a run writes, and from where it goes on.
struct RunPlace {
  std::filesystem::path result;
  std::optional<PartialFolder> folder;  ///< absent where the run is not saved
  bool is_resumed = false;
  RunManifest manifest;
};

/// Finds the place of a run. Where it cannot begin, or not go on, that is said on `err` with the commands
/// that help, and nothing is changed. Throws InputOutputError where the result or its folder cannot be
/// written.
[[nodiscard]] std::variant<RunPlace, ExitCode> find_place(const PlaceRequest& request, std::ostream& err);

/// The first of folder/name-001.h5, folder/name-002.h5, ... that does not exist.
[[nodiscard]] std::filesystem::path free_result_name(const std::filesystem::path& folder,
                                                     const std::string& name);

}  // namespace peercap::app
