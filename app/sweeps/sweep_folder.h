#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/checkpoints/run_identity.h"
#include "app/sweeps/sweep_plan.h"
#include "app/sweeps/sweep_runs.h"
#include "sim/io/files/folder_lock.h"

namespace peercap::app {

/// What the folder of an unfinished sweep is of.
struct SweepManifest {
  RunIdentity identity = {};      ///< with the shard
  std::string command_line = {};  ///< of the sweep that began it
  std::uint64_t runs = 0;
  std::uint64_t sittings = 0;  ///< processes that have worked on it

  template <class Archive>
  void visit_state(Archive& archive) {
    archive(identity, command_line, runs, sittings);
  }
};

/// Runs that follow each other, as they were delivered.
struct SweepBlock {
  RunRange range;
  std::uint64_t first_point = 0;
  std::vector<std::vector<double>> measures;  ///< [measures][runs]
  std::vector<std::vector<double>> design;    ///< [columns][points that the runs belong to]
  std::vector<SweepFailure> failures;
  double wall_seconds = 0.0;  ///< since the block before
  double processor_seconds = 0.0;

  [[nodiscard]] std::size_t bytes() const;
};

/// A block on the disk that is whole.
struct SavedBlock {
  RunRange range;
  std::vector<SweepFailure> failures;
  double wall_seconds = 0.0;
  double processor_seconds = 0.0;
  SweepSegment segment;
};

/// RESULT.partial of a sweep (docs/formats/checkpoint_file.md): a manifest, and a checkpoint for each block
/// of runs, which is durable when write_block() returns. One process at a time. Functions throw
/// InputOutputError.
class SweepFolder {
 public:
  /// Takes the folder, creating it where it is missing; nothing where another process has it.
  [[nodiscard]] static std::optional<SweepFolder> try_open(const std::filesystem::path& result);

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  /// Whether anything of a sweep lies here, or of a run.
  [[nodiscard]] bool is_used() const;
  /// Nothing where the folder holds none. Throws CheckpointRefused, also for that of a run.
  [[nodiscard]] std::optional<SweepManifest> manifest() const;
  void write_manifest(const SweepManifest& manifest);

  /// All whole blocks, in their order, each run once. A damaged one is removed and noted: its runs are made
  /// again. Throws InputOutputError where one cannot be read.
  [[nodiscard]] std::vector<SavedBlock> blocks(const std::string& identity, std::size_t measures,
                                               std::size_t columns, std::vector<std::string>& notes);
  void write_block(const std::string& identity, const SweepBlock& block);

  /// Removes everything that peercap wrote here, and the folder unless somebody else's files are in it.
  void remove();
  void remove_if_unused();

 private:
  SweepFolder(std::filesystem::path path, FolderLock lock) : path_{std::move(path)}, lock_{std::move(lock)} {}

  std::filesystem::path path_;
  FolderLock lock_;
};

}  // namespace peercap::app
