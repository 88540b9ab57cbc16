#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "sim/io/files/folder_lock.h"

namespace peercap::app {

/// POSTERIOR.partial, in which the simulations of an unfinished calibration lie. A calibration draws what it
/// simulates next from what it has seen, the same every time; to go on it is begun anew, and is given from
/// here what was simulated before. One process at a time. Functions throw InputOutputError.
class CalibrationFolder {
 public:
  [[nodiscard]] static std::filesystem::path path_for(const std::filesystem::path& result);

  /// Takes the folder, creating it where it is missing; nothing where another process has it.
  [[nodiscard]] static std::optional<CalibrationFolder> try_open(const std::filesystem::path& result);

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  /// Whether anything of a calibration lies here.
  [[nodiscard]] bool is_used() const;
  /// The summaries of batch `number`, [proposals][summaries]; nothing where it was not saved. Throws
  /// CheckpointRefused where it belongs to something else than `identity`.
  [[nodiscard]] std::optional<std::vector<std::vector<double>>> read_batch(const std::string& identity,
                                                                           std::size_t number) const;
  /// Durable when it returns.
  void write_batch(const std::string& identity, std::size_t number,
                   const std::vector<std::vector<double>>& summaries);

  /// Removes everything that peercap wrote here, and the folder unless somebody else's files are in it.
  void remove();

 private:
  CalibrationFolder(std::filesystem::path path, FolderLock lock)
      : path_{std::move(path)}, lock_{std::move(lock)} {}

  std::filesystem::path path_;
  FolderLock lock_;
};

}  // namespace peercap::app
