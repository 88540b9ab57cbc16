#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "sim/io/checkpoint/checkpoint_file.h"

namespace peercap::detail {

// The layout of a checkpoint, docs/formats/checkpoint_file.md: head, blocks, digest.

inline constexpr std::array<unsigned char, 8> checkpoint_magic = {0x89, 'P',  'C',  'K',
                                                                  '\r', '\n', 0x1a, '\n'};
inline constexpr std::uint32_t checkpoint_layout_version = 1;
inline constexpr std::size_t checkpoint_piece = std::size_t{4} << 20;  ///< bytes under one checksum
inline constexpr std::size_t checkpoint_digest_size = 64;              ///< hexadecimal digits
/// Magic, version, size of the head: what a reader needs before it can read the head.
inline constexpr std::size_t checkpoint_preface = 8 + 4 + 4;

struct CheckpointTableRow {
  std::string name;
  std::uint64_t size = 0;
  std::vector<std::uint32_t> checksums;  ///< of its pieces
};

struct CheckpointHead {
  CheckpointHeader header;
  std::uint64_t file_size = 0;
  std::vector<CheckpointTableRow> table;
};

[[nodiscard]] constexpr std::uint64_t checkpoint_pieces(std::uint64_t size) {
  return size / checkpoint_piece + (size % checkpoint_piece != 0 ? 1 : 0);
}

/// The bytes of the head, with its own checksum at their end; sets `file_size`.
[[nodiscard]] std::vector<std::byte> encode_head(CheckpointHead& head);

/// The size of the head, from its first `checkpoint_preface` bytes, and the layout's version.
struct CheckpointPreface {
  bool is_checkpoint = false;
  std::uint32_t version = 0;
  std::uint32_t head_size = 0;
};
[[nodiscard]] CheckpointPreface decode_preface(std::span<const std::byte> bytes);

/// Whether the last four bytes of a head are the checksum of those before them.
[[nodiscard]] bool has_valid_checksum(std::span<const std::byte> head);

/// Throws std::runtime_error, with what is wrong, when the bytes contradict themselves. Takes no more memory
/// than a few times their number.
[[nodiscard]] CheckpointHead decode_head(std::span<const std::byte> bytes);

/// Checksum and digest of each piece of each block, in their order; on several threads where that pays.
struct PieceSum {
  std::uint32_t checksum = 0;
  std::string digest;  ///< SHA-256, hexadecimal
};
[[nodiscard]] std::vector<PieceSum> sum_pieces(std::span<const CheckpointBlock> blocks);

/// SHA-256 of the head's bytes and then of the pieces' digests.
[[nodiscard]] std::string digest_of(std::span<const std::byte> head, const std::vector<PieceSum>& pieces);

}  // namespace peercap::detail
