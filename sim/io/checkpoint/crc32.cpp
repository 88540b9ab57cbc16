#include "sim/io/checkpoint/crc32.h"

#include <array>

namespace peercap {
namespace {

constexpr std::size_t slices = 8;
using Tables = std::array<std::array<std::uint32_t, 256>, slices>;

/// [k][byte]: what `byte` leaves behind when k zero bytes follow it.
constexpr Tables make_tables() {
  Tables tables{};
  for (std::uint32_t byte = 0; byte < 256; ++byte) {
    std::uint32_t rest = byte;
    for (int bit = 0; bit < 8; ++bit) rest = (rest & 1u) != 0 ? (rest >> 1) ^ 0xedb88320u : rest >> 1;
    tables[0][byte] = rest;
  }
  for (std::size_t k = 1; k < slices; ++k)
    for (std::size_t byte = 0; byte < 256; ++byte) {
      const std::uint32_t before = tables[k - 1][byte];
      tables[k][byte] = (before >> 8) ^ tables[0][before & 0xffu];
    }
  return tables;
}

constexpr Tables tables = make_tables();

std::uint32_t value_of(std::byte byte) {
  return std::to_integer<std::uint32_t>(byte);
}

}  // namespace

// Eight bytes a step: Kounavis & Berry, A systematic approach to building high performance software-based CRC
// generators, ISCC 2005.
std::uint32_t crc32(std::span<const std::byte> bytes) {
  std::uint32_t rest = 0xffffffffu;
  std::size_t at = 0;
  for (; at + slices <= bytes.size(); at += slices) {
    const auto next = bytes.subspan(at, slices);
    const std::uint32_t low = rest ^ (value_of(next[0]) | value_of(next[1]) << 8 | value_of(next[2]) << 16 |
                                      value_of(next[3]) << 24);
    rest = tables[7][low & 0xffu] ^ tables[6][(low >> 8) & 0xffu] ^ tables[5][(low >> 16) & 0xffu] ^
           tables[4][low >> 24] ^ tables[3][value_of(next[4])] ^ tables[2][value_of(next[5])] ^
           tables[1][value_of(next[6])] ^ tables[0][value_of(next[7])];
  }
  for (; at < bytes.size(); ++at) rest = (rest >> 8) ^ tables[0][(rest ^ value_of(bytes[at])) & 0xffu];
  return rest ^ 0xffffffffu;
}

}  // namespace peercap
