#pragma once

#include <filesystem>

#include "sim/io/files/file_system_calls.h"

namespace peercap {

/// A file opened for reading, closed at the end of its scope.
class InputFile {
 public:
  InputFile(const std::filesystem::path& file, FileSystemCalls& calls)
      : calls_{calls}, descriptor_{calls.open_for_reading(file)} {}
  ~InputFile() {
    if (descriptor_ >= 0) calls_.close(descriptor_);
  }
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;

  /// A negative errno where it could not be opened.
  [[nodiscard]] int descriptor() const { return descriptor_; }

 private:
  FileSystemCalls& calls_;
  int descriptor_;
};

}  // namespace peercap
