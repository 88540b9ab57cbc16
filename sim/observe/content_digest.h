#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "sim/observe/result_content.h"

namespace peercap {

/// SHA-256 of a byte stream (FIPS 180-4).
class Sha256 {
 public:
  void update(const void* bytes, std::size_t count);
  void update(std::string_view bytes) { update(bytes.data(), bytes.size()); }

  /// The digest as 64 lower-case hexadecimal digits. The object is used up.
  [[nodiscard]] std::string finish();

 private:
  std::array<std::uint32_t, 8> state_ = {0x6a09e667u, 0xbb67ae85u, 0x3c6ef372u, 0xa54ff53au,
                                         0x510e527fu, 0x9b05688cu, 0x1f83d9abu, 0x5be0cd19u};
  std::array<std::uint8_t, 64> pending_ = {};
  std::size_t pending_count_ = 0;
  std::uint64_t total_bytes_ = 0;
};

/// SHA-256 of `bytes`, 64 lower-case hexadecimal digits.
[[nodiscard]] std::string sha256(std::string_view bytes);

/// Whether a result file can hold `text` as it is: valid UTF-8 without a zero byte.
[[nodiscard]] bool is_storable_text(std::string_view text);

/// `text` as a result file holds it: bytes that are not UTF-8, and zero bytes, become U+FFFD. A stray byte in
/// a comment of a user's scenario must not cost the results of a long run.
[[nodiscard]] std::string storable_text(std::string_view text);

/// SHA-256 of one group: its path, shape and description; dimensions with labels; variables with type, shape,
/// values and attributes. Dimensions, variables and attributes count in the order of their names, so that the
/// order in which they were added does not matter. All NaNs are equal, -0.0 differs from 0.0, texts count as
/// storable_text.
[[nodiscard]] std::string group_digest(const ResultGroup& group);

/// The digest of a whole content from the digests of its groups, keyed by path.
[[nodiscard]] std::string combine_group_digests(const std::map<std::string, std::string>& digest_by_path);

/// SHA-256 of all groups. Two runs have equal results when this is equal; provenance and the order of groups
/// are left out. Throws ContractViolation when two groups have one path.
[[nodiscard]] std::string content_digest(const ResultContent& content);

}  // namespace peercap
