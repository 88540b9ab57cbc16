#include "sim/io/checkpoint/checkpoint_layout.h"

#include <algorithm>
#include <limits>
#include <stdexcept>
#include <string_view>
#include <thread>

#include "sim/io/checkpoint/crc32.h"
#include "sim/kernel/executor.h"
#include "sim/observe/content_digest.h"
#include "sim/support/contract.h"

namespace peercap::detail {
namespace {

/// Little endian, packed; a text is its length in 16 bits and its bytes.
class HeadWriter {
 public:
  void add_number(std::uint64_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) bytes_.push_back(static_cast<std::byte>(value >> (8 * i) & 0xffu));
  }
  void add_text(std::string_view text) {
    require(text.size() <= std::numeric_limits<std::uint16_t>::max(),
            "a text of a checkpoint's head is short");
    add_number(text.size(), 2);
    for (const char c : text) bytes_.push_back(static_cast<std::byte>(c));
  }
  void set_number(std::size_t at, std::uint64_t value, std::size_t bytes) {
    for (std::size_t i = 0; i < bytes; ++i) bytes_[at + i] = static_cast<std::byte>(value >> (8 * i) & 0xffu);
  }
  std::vector<std::byte>& bytes() { return bytes_; }

 private:
  std::vector<std::byte> bytes_;
};

class HeadReader {
 public:
  explicit HeadReader(std::span<const std::byte> bytes) : bytes_{bytes} {}

  std::uint64_t number(std::size_t count) {
    const auto part = take(count);
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < count; ++i) value |= std::to_integer<std::uint64_t>(part[i]) << (8 * i);
    return value;
  }
  std::string text() {
    const auto part = take(number(2));
    return {reinterpret_cast<const char*>(part.data()), part.size()};
  }
  [[nodiscard]] std::size_t left() const { return bytes_.size(); }

 private:
  std::span<const std::byte> take(std::size_t count) {
    if (count > bytes_.size()) throw std::runtime_error{"its head ends too early"};
    const auto part = bytes_.first(count);
    bytes_ = bytes_.subspan(count);
    return part;
  }

  std::span<const std::byte> bytes_;
};

constexpr std::size_t checksum_size = 4;
constexpr std::size_t head_size_at = 12;
constexpr std::size_t file_size_at = 16;

}  // namespace

std::vector<std::byte> encode_head(CheckpointHead& head) {
  HeadWriter writer;
  for (const unsigned char c : checkpoint_magic) writer.add_number(c, 1);
  writer.add_number(checkpoint_layout_version, 4);
  writer.add_number(0, 4);  // size of the head, known at the end
  writer.add_number(0, 8);  // size of the file, likewise
  writer.add_number(head.header.format, 4);
  writer.add_text(head.header.kind);
  writer.add_text(head.header.identity);
  writer.add_number(head.table.size(), 4);
  head.file_size = checkpoint_digest_size;
  for (const CheckpointTableRow& row : head.table) {
    writer.add_text(row.name);
    writer.add_number(row.size, 8);
    for (const std::uint32_t checksum : row.checksums) writer.add_number(checksum, checksum_size);
    head.file_size += row.size;
  }
  const std::size_t head_size = writer.bytes().size() + checksum_size;
  require(head_size <= std::numeric_limits<std::uint32_t>::max(), "the head of a checkpoint is short");
  head.file_size += head_size;
  writer.set_number(head_size_at, head_size, 4);
  writer.set_number(file_size_at, head.file_size, 8);
  writer.add_number(crc32(writer.bytes()), checksum_size);
  return std::move(writer.bytes());
}

CheckpointPreface decode_preface(std::span<const std::byte> bytes) {
  CheckpointPreface preface;
  preface.is_checkpoint =
      std::ranges::equal(bytes.first(checkpoint_magic.size()), checkpoint_magic,
                         [](std::byte a, unsigned char b) { return std::to_integer<unsigned char>(a) == b; });
  HeadReader reader{bytes.subspan(checkpoint_magic.size())};
  preface.version = static_cast<std::uint32_t>(reader.number(4));
  preface.head_size = static_cast<std::uint32_t>(reader.number(4));
  return preface;
}

bool has_valid_checksum(std::span<const std::byte> head) {
  if (head.size() < checkpoint_preface + checksum_size) return false;
  const auto summed = head.first(head.size() - checksum_size);
  return HeadReader{head.last(checksum_size)}.number(checksum_size) == crc32(summed);
}

CheckpointHead decode_head(std::span<const std::byte> bytes) {
  HeadReader reader{bytes.subspan(checkpoint_preface)};
  CheckpointHead head;
  head.file_size = reader.number(8);
  head.header.format = static_cast<std::uint32_t>(reader.number(4));
  head.header.kind = reader.text();
  head.header.identity = reader.text();
  const std::uint64_t around_blocks = bytes.size() + checkpoint_digest_size;
  if (head.file_size < around_blocks) throw std::runtime_error{"the file is smaller than its head says"};
  std::uint64_t left = head.file_size - around_blocks;
  for (std::uint64_t rows = reader.number(4); rows > 0; --rows) {
    CheckpointTableRow row;
    row.name = reader.text();
    row.size = reader.number(8);
    if (row.size > left) throw std::runtime_error{"a block is larger than the file"};
    left -= row.size;
    const std::uint64_t pieces = checkpoint_pieces(row.size);
    if (pieces > reader.left() / checksum_size) throw std::runtime_error{"its head ends too early"};
    for (std::uint64_t i = 0; i < pieces; ++i)
      row.checksums.push_back(static_cast<std::uint32_t>(reader.number(checksum_size)));
    head.table.push_back(std::move(row));
  }
  if (reader.left() != checksum_size) throw std::runtime_error{"its head is longer than it says"};
  if (left != 0) throw std::runtime_error{"its parts do not add up to the size of the file"};
  return head;
}

std::vector<PieceSum> sum_pieces(std::span<const CheckpointBlock> blocks) {
  std::vector<std::span<const std::byte>> pieces;
  for (const CheckpointBlock& block : blocks)
    for (auto rest = block.bytes; !rest.empty();) {
      const std::size_t size = std::min(rest.size(), checkpoint_piece);
      pieces.push_back(rest.first(size));
      rest = rest.subspan(size);
    }
  std::vector<PieceSum> sums(pieces.size());
  const std::size_t threads = std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1,
                                                      std::max<std::size_t>(1, pieces.size() / 2));
  const auto executor = make_executor(threads > 1 ? ExecutorKind::threads : ExecutorKind::serial, threads);
  executor->for_each(pieces.size(), [&](std::size_t i) {
    sums[i].checksum = crc32(pieces[i]);
    Sha256 digest;
    digest.update(pieces[i].data(), pieces[i].size());
    sums[i].digest = digest.finish();
  });
  return sums;
}

std::string digest_of(std::span<const std::byte> head, const std::vector<PieceSum>& pieces) {
  Sha256 digest;
  digest.update(head.data(), head.size());
  for (const PieceSum& piece : pieces) digest.update(piece.digest);
  return digest.finish();
}

}  // namespace peercap::detail
