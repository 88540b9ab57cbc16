#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace peercap {

/// A folder that belongs to one process at a time: whoever holds the lock may change what is in it. The lock
/// goes with the process, however that ends. Where the file system has no locks (some network file systems),
/// everybody gets it.
class FolderLock {
 public:
  /// The name of the file in the folder that is locked; it holds the process and its host, in words.
  static constexpr const char* file_name = "lock";

  /// Creates the folder where it is missing. Nothing when another process holds the lock. Throws
  /// InputOutputError.
  [[nodiscard]] static std::optional<FolderLock> try_acquire(const std::filesystem::path& folder);
  /// Who holds it, or held it last: "process 4711 on ward7"; "another process" where that is not known.
  [[nodiscard]] static std::string holder(const std::filesystem::path& folder);

  ~FolderLock();
  FolderLock(FolderLock&& other) noexcept;
  FolderLock& operator=(FolderLock&& other) noexcept;

  /// Removes the file of the lock and, if nothing else is in it, the folder. Whether the folder is gone.
  bool remove_folder();

 private:
  FolderLock(std::filesystem::path folder, int descriptor);

  std::filesystem::path folder_;
  int descriptor_;
};

}  // namespace peercap
