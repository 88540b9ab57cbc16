#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/observe/content_digest.h"
#include "sim/support/diagnostics.h"

namespace peercap::csv {

/// The lines of a file, read block by block: memory does not grow with the file.
class LineSource {
 public:
  /// What is missing, unreadable or a folder becomes an error at `blame`, and nothing is returned.
  [[nodiscard]] static std::optional<LineSource> open(const std::string& path, Diagnostics& diagnostics,
                                                      const SourceLocation& blame);
  LineSource(LineSource&& other) noexcept;
  LineSource& operator=(LineSource&&) = delete;
  ~LineSource();

  enum class Got {
    line,
    end,
    too_long,    ///< nothing more can be read
    unreadable,  ///< nothing more can be read; errno says why
  };
  /// The next line without its end (LF or CRLF), of at most `max_bytes` bytes.
  [[nodiscard]] Got next(std::string& line, std::size_t max_bytes);

  /// Bytes read so far.
  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }
  /// SHA-256 of all that was read; to be called once, at the end.
  [[nodiscard]] std::string take_sha256() { return digest_.finish(); }

 private:
  explicit LineSource(int descriptor) : descriptor_{descriptor}, block_(block_bytes) {}
  /// False at the end of the file and after a failure.
  bool fill();

  static constexpr std::size_t block_bytes = 65536;

  int descriptor_;
  std::vector<char> block_;
  std::size_t begin_ = 0;  ///< of what is not yet used in the block
  std::size_t end_ = 0;
  bool failed_ = false;
  std::uint64_t bytes_ = 0;
  Sha256 digest_;
};

}  // namespace peercap::csv
