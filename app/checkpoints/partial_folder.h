#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/checkpoints/run_identity.h"
#include "sim/io/checkpoint/checkpoint_file.h"
#include "sim/io/files/folder_lock.h"
#include "sim/kernel/run_state.h"

namespace peercap::app {

/// What a partial folder is of.
struct RunManifest {
  RunIdentity identity;
  std::string command_line;  ///< of the run that began it

  template <class Archive>
  void visit_state(Archive& archive) {
    archive(identity, command_line);
  }
};

/// How far the replications had come as a whole.
struct RunBooks {
  std::uint64_t settled = 0;  ///< replications 0 .. settled - 1 are in the results, or failed
  std::map<std::uint64_t, std::string> failures;  ///< of those, and why
  std::uint64_t sittings = 0;                     ///< processes that have worked on the run
  double wall_seconds = 0.0;                      ///< of all of them
  double processor_seconds = 0.0;

  template <class Archive>
  void visit_state(Archive& archive) {
    archive(settled, failures, sittings, wall_seconds, processor_seconds);
  }
};

/// All replications that have come to their end.
struct FinishedReplications {
  RunBooks books;
  std::vector<std::byte> results;  ///< a ResultBuilder's
  /// Outcomes that wait for an earlier replication, by number.
  std::map<std::uint64_t, std::vector<std::byte>> waiting;
};

/// RESULT.partial, the folder beside a result file in which an unfinished run lies
/// (docs/formats/checkpoint_file.md). One process at a time. Functions throw InputOutputError.
class PartialFolder {
 public:
  [[nodiscard]] static std::filesystem::path path_for(const std::filesystem::path& result);

  /// Takes the folder, creating it where it is missing; nothing where another process has it. What a killed
  /// writer left half written is removed.
  [[nodiscard]] static std::optional<PartialFolder> try_open(const std::filesystem::path& result);

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  /// Whether there is anything to go on from.
  [[nodiscard]] bool holds_a_run() const;
  /// Nothing where the folder holds none. Throws CheckpointRefused.
  [[nodiscard]] std::optional<RunManifest> manifest() const;
  void write_manifest(const RunManifest& manifest);

  /// Notes of what had to be left out (a damaged file, in favor of the one before it) go to `notes`.
  [[nodiscard]] std::optional<FinishedReplications> read_finished(const std::string& identity,
                                                                  std::vector<std::string>& notes) const;
  void write_finished(const std::string& identity, const FinishedReplications& finished);

  /// Replications in progress that were saved.
  [[nodiscard]] std::vector<std::uint64_t> states() const;
  [[nodiscard]] std::optional<RunState> read_state(const std::string& identity, std::uint64_t replication,
                                                   std::vector<std::string>& notes) const;
  void write_state(const std::string& identity, std::uint64_t replication, const RunState& state);
  void remove_state(std::uint64_t replication);

  /// When something was saved last.
  [[nodiscard]] std::optional<std::filesystem::file_time_type> last_saved() const;

  /// Removes everything that peercap wrote here, and the folder unless somebody else's files are in it.
  void remove();
  /// Likewise, but only a folder in which no run was ever saved.
  void remove_if_unused();

 private:
  PartialFolder(std::filesystem::path path, FolderLock lock);

  std::filesystem::path path_;
  FolderLock lock_;
};

}  // namespace peercap::app
