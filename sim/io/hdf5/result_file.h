#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "sim/io/files/durable_file.h"
#include "sim/io/files/file_system_calls.h"
#include "sim/observe/result_content.h"

namespace peercap {

/// The `filetype` of the files that runs and studies write.
inline constexpr std::string_view result_file_type = "peercap-result";
/// The newest major version of the format that this program reads.
inline constexpr int result_format_major = 1;

struct WriteOptions {
  ExistingFile existing = ExistingFile::refuse;
  /// Content that may need up to this many bytes is laid out in memory and then written as one image; larger
  /// content is written piece by piece. Both give the same logical content.
  std::uint64_t largest_image_bytes = std::uint64_t{256} << 20;
};

/// Writes `content` as an HDF5 file (docs/formats/result_file.md).
///
/// The file appears complete, read back and on the disk, or not at all: on any failure the former file, if
/// any, is untouched and InputOutputError says what failed and what to do. ContractViolation when `content`
/// is malformed. The HDF5 library allows no calls from several threads in every build of it: call this from
/// one thread.
void write_result(const std::filesystem::path& file, const ResultContent& content,
                  const WriteOptions& options = {}, FileSystemCalls& calls = operating_system());

/// Reads what write_result() wrote. InputOutputError when the file cannot be read, is not of type
/// `file_type`, or has a newer major version than this program knows. Fit for files of one's own: the library
/// is not safe against forgeries.
[[nodiscard]] ResultContent read_result(const std::filesystem::path& file,
                                        std::string_view file_type = result_file_type);

/// A result file that stays open: its large arrays are read piece by piece, as streams.
class OpenResult {
 public:
  static constexpr std::uint64_t default_most_values = std::uint64_t{1} << 16;

  /// Variables of numbers with more than `most_values` become streams; everything else is read at once.
  /// Throws InputOutputError as read_result() does.
  explicit OpenResult(const std::filesystem::path& file, std::string_view file_type = result_file_type,
                      std::uint64_t most_values = default_most_values);
  ~OpenResult();
  OpenResult(OpenResult&&) noexcept;
  OpenResult& operator=(OpenResult&&) noexcept;

  /// Its streams read from the file, and throw InputOutputError, as long as this object lives.
  [[nodiscard]] const ResultContent& content() const { return content_; }

 private:
  struct File;
  std::unique_ptr<File> file_;
  ResultContent content_;
};

/// An upper bound of the size of the file that write_result() makes of `content`, in bytes.
[[nodiscard]] std::uint64_t estimate_result_bytes(const ResultContent& content);

/// Version of the HDF5 library in use, "1.10.8".
[[nodiscard]] std::string hdf5_version();

/// Throws InputOutputError unless a result of about `expected_bytes` can be written to `file`; call it before
/// a long run. Creates the folder.
void check_writable(const std::filesystem::path& file, const WriteOptions& options,
                    std::uint64_t expected_bytes);

}  // namespace peercap
