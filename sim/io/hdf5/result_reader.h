#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <hdf5.h>

#include "sim/observe/result_content.h"

namespace peercap {

/// Reads an open result file group by group, so that a large one need not be in memory as a whole.
///
/// What a result file never holds is refused and not followed: links to other places, data in other files,
/// filters other than gzip and shuffle, more values than the file has room for. All functions throw
/// Hdf5Error.
class ResultReader {
 public:
  /// Borrows `file`, which is `file_bytes` long.
  ResultReader(hid_t file, std::uint64_t file_bytes) : file_{file}, file_bytes_{file_bytes} {}

  /// File type, version and provenance; no groups. Refuses a file that is not of type `file_type` or whose
  /// major version is above `newest_major`.
  [[nodiscard]] ResultContent read_header(std::string_view file_type, int newest_major) const;

  [[nodiscard]] std::vector<std::string> group_paths() const;
  [[nodiscard]] ResultGroup read_group(const std::string& path) const;
  /// The same, but variables of numbers with more than `most_values` as streams, which read from the file as
  /// long as it is open.
  [[nodiscard]] ResultGroup read_group(const std::string& path, std::uint64_t most_values) const;

 private:
  hid_t file_;
  std::uint64_t file_bytes_;
};

}  // namespace peercap
