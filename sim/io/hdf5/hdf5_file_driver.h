#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/io/files/file_system_calls.h"
#include "sim/io/hdf5/hdf5_handle.h"

namespace peercap {

/// The bytes that the HDF5 library works on, by functions of our own instead of the library's.
class Hdf5Storage {
 public:
  virtual ~Hdf5Storage() = default;

  /// The number of bytes, or a negative errno.
  [[nodiscard]] virtual std::int64_t size() = 0;
  /// The number of bytes read, fewer than `count` only at the end; or a negative errno.
  virtual std::int64_t read(void* bytes, std::size_t count, std::uint64_t offset) = 0;
  virtual void write(const void* bytes, std::size_t count, std::uint64_t offset) = 0;
  virtual void truncate(std::uint64_t bytes) = 0;
};

/// An image of a file in memory.
///
/// H5Fget_file_image of the library's own memory driver gives no readable file from format version 1.8 on
/// (1.10.8): it clears a flag in the superblock and leaves the checksum as it was. Here the file is closed in
/// good order.
class Hdf5MemoryStorage final : public Hdf5Storage {
 public:
  explicit Hdf5MemoryStorage(std::size_t expected_bytes) { image_.reserve(expected_bytes); }

  [[nodiscard]] const std::vector<std::byte>& image() const { return image_; }

  [[nodiscard]] std::int64_t size() override { return static_cast<std::int64_t>(image_.size()); }
  std::int64_t read(void* bytes, std::size_t count, std::uint64_t offset) override;
  void write(const void* bytes, std::size_t count, std::uint64_t offset) override;
  void truncate(std::uint64_t bytes) override { image_.resize(bytes); }

 private:
  std::vector<std::byte> image_;
};

/// An open file, worked on through FileSystemCalls.
///
/// The library's own driver reports a full disk late or never, and a file that could not be flushed stays
/// open in the library until the process ends. Here the first failed write is noted and the library is told
/// that all is well, so that it can close the file in good order; the caller must ask has_failed() before
/// believing in the file.
class Hdf5DescriptorStorage final : public Hdf5Storage {
 public:
  /// Borrows `descriptor`.
  Hdf5DescriptorStorage(FileSystemCalls& calls, int descriptor) : calls_{calls}, descriptor_{descriptor} {}

  [[nodiscard]] bool has_failed() const { return first_failure_ < 0; }
  /// The negative errno of the first call that failed, zero when none did.
  [[nodiscard]] std::int64_t first_failure() const { return first_failure_; }

  [[nodiscard]] std::int64_t size() override { return note(calls_.size(descriptor_)); }
  std::int64_t read(void* bytes, std::size_t count, std::uint64_t offset) override {
    return note(read_fully(calls_, descriptor_, bytes, count, offset));
  }
  void write(const void* bytes, std::size_t count, std::uint64_t offset) override {
    if (!has_failed()) note(write_compared(calls_, descriptor_, bytes, count, offset));
  }
  void truncate(std::uint64_t bytes) override {
    if (!has_failed()) note(calls_.truncate(descriptor_, bytes));
  }

 private:
  std::int64_t note(std::int64_t answer) {
    if (answer < 0 && !has_failed()) first_failure_ = answer;
    return answer;
  }

  FileSystemCalls& calls_;
  int descriptor_;
  std::int64_t first_failure_ = 0;
};

/// File access properties with which H5Fcreate and H5Fopen work on `storage`, whatever name they are given.
/// No file is locked: only this process knows a file that is being written, and a published file never
/// changes.
[[nodiscard]] Hdf5Properties make_file_access(Hdf5Storage& storage);

}  // namespace peercap
