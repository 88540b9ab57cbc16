#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>

namespace peercap {

/// The calls to the operating system by which files are made durable, behind virtual functions so that a test
/// can make any of them fail. Every function returns a negative errno on failure, zero or a count or a
/// descriptor otherwise.
class FileSystemCalls {
 public:
  virtual ~FileSystemCalls() = default;

  virtual int create_folder(const std::filesystem::path& folder);
  /// A descriptor for reading and writing of a file that did not exist.
  virtual int create_file(const std::filesystem::path& file);
  virtual int open_for_reading(const std::filesystem::path& file);
  virtual int open_folder(const std::filesystem::path& folder);
  /// The bytes written, at most `count`.
  virtual std::int64_t write(int descriptor, const void* bytes, std::size_t count, std::uint64_t offset);
  /// The bytes read, at most `count`; zero at the end of the file.
  virtual std::int64_t read(int descriptor, void* bytes, std::size_t count, std::uint64_t offset);
  virtual std::int64_t size(int descriptor);
  /// Gives the file `bytes` bytes of its own on the disk; its size becomes `bytes`.
  virtual int reserve(int descriptor, std::uint64_t bytes);
  /// The same without a change of the file's size; -EOPNOTSUPP where the file system cannot do that.
  virtual int reserve_beyond_end(int descriptor, std::uint64_t bytes);
  virtual int truncate(int descriptor, std::uint64_t bytes);
  virtual int synchronize(int descriptor);
  virtual int close(int descriptor);
  /// Renames; -EEXIST when `to` exists, -EINVAL or -ENOSYS where the file system cannot promise that.
  virtual int rename_without_replacing(const std::filesystem::path& from, const std::filesystem::path& to);
  virtual int rename_replacing(const std::filesystem::path& from, const std::filesystem::path& to);
  /// A second name for a file; -EEXIST when `to` exists.
  virtual int link(const std::filesystem::path& from, const std::filesystem::path& to);
  virtual int remove(const std::filesystem::path& file);
  /// Bytes free for this user in the file system of `folder`.
  virtual std::int64_t free_bytes(const std::filesystem::path& folder);
};

/// The operating system's own calls.
[[nodiscard]] FileSystemCalls& operating_system();

/// Writes all of `count` bytes, in as many calls as it takes. Zero, or a negative errno.
[[nodiscard]] int write_fully(FileSystemCalls& calls, int descriptor, const void* bytes, std::size_t count,
                              std::uint64_t offset);

/// write_fully(), then reads back and compares: -EIO when something else comes back. What the HDF5 library
/// later reads is then known to be what was written; of a damaged file it may read without end.
[[nodiscard]] int write_compared(FileSystemCalls& calls, int descriptor, const void* bytes, std::size_t count,
                                 std::uint64_t offset);

/// Reads up to `count` bytes: fewer only when the file ends before. The bytes read, or a negative errno.
[[nodiscard]] std::int64_t read_fully(FileSystemCalls& calls, int descriptor, void* bytes, std::size_t count,
                                      std::uint64_t offset);

/// The system's message for a negative errno ("No space left on device").
[[nodiscard]] std::string system_message(std::int64_t negative_errno);

/// What a user can do about a negative errno, empty when nothing can be said.
[[nodiscard]] std::string system_advice(std::int64_t negative_errno);

}  // namespace peercap
