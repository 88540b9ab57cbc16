#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string_view>

#include "sim/io/files/file_system_calls.h"

namespace peercap {

/// What to do when the file to write exists already.
enum class ExistingFile {
  refuse,
  replace,
  set_aside,  ///< it becomes NAME.previous, in place of a former one of that name
};

/// NAME.previous.
[[nodiscard]] std::filesystem::path name_of_previous(const std::filesystem::path& file);

/// A file that appears under its name complete and on the disk, or not at all.
///
/// It is written under a temporary name in the same folder; publish() brings it to the disk and renames it.
/// Whatever fails, by then or in publish(), the target is as it was before and the temporary file is gone
/// (with `set_aside` the former file may stand under its second name, or under both); a
/// killed process can leave a temporary file (a hidden name that ends in ".partial"), which disturbs nobody.
/// Every function throws InputOutputError naming the target.
class DurableFile {
 public:
  /// Creates the folders and the temporary file. Throws when the target exists and `existing` is `refuse`,
  /// and whenever it is something else than a regular file. A symbolic link is followed.
  DurableFile(const std::filesystem::path& target, ExistingFile existing, FileSystemCalls& calls);
  ~DurableFile();
  DurableFile(const DurableFile&) = delete;
  DurableFile& operator=(const DurableFile&) = delete;

  /// Takes `bytes` bytes on the disk before anything is written; the file gets that size.
  void reserve_exactly(std::uint64_t bytes);

  /// Takes `bytes` bytes, an upper bound, without a change of the size. That the bound does not fit is no
  /// failure: what is written in the end may be smaller, and each write is checked.
  void reserve_at_most(std::uint64_t bytes);

  /// Writes, reads back and compares.
  void write(const void* bytes, std::size_t count, std::uint64_t offset);

  /// Gives back what was reserved beyond `bytes`.
  void truncate(std::uint64_t bytes);

  /// Synchronizes the file, renames it to the target, synchronizes the folder.
  void publish();

  [[nodiscard]] int descriptor() const { return descriptor_; }
  [[nodiscard]] const std::filesystem::path& target() const { return target_; }

  /// Throws the InputOutputError that fits a negative errno.
  [[noreturn]] void fail(std::string_view operation, std::int64_t negative_errno) const;

 private:
  void check(std::string_view operation, std::int64_t answer) const {
    if (answer < 0) fail(operation, answer);
  }
  void create_temporary();
  void publish_new();
  void publish_over_existing();
  void publish_and_set_aside();
  int synchronize_folder();
  void discard() noexcept;

  FileSystemCalls& calls_;
  ExistingFile existing_;
  std::filesystem::path target_;
  std::filesystem::path folder_;
  std::filesystem::path temporary_;
  int descriptor_ = -1;
};

/// Whether a DurableFile of about `expected_bytes` can be written to `target`: for calling before a long run.
/// Creates the folder, tries to create a file in it and asks for the free space. Throws InputOutputError when
/// it cannot.
void check_writable(const std::filesystem::path& target, ExistingFile existing, std::uint64_t expected_bytes,
                    FileSystemCalls& calls = operating_system());

}  // namespace peercap
