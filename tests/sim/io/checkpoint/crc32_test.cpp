#include "sim/io/checkpoint/crc32.h"

#include <random>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace peercap {
namespace {

std::uint32_t crc32_of(std::string_view text) {
  return crc32(std::as_bytes(std::span{text.data(), text.size()}));
}

/// Bit by bit, as the standard says it.
std::uint32_t slow_crc32(std::span<const std::byte> bytes) {
  std::uint32_t rest = 0xffffffffu;
  for (const std::byte byte : bytes) {
    rest ^= std::to_integer<std::uint32_t>(byte);
    for (int bit = 0; bit < 8; ++bit) rest = (rest & 1u) != 0 ? (rest >> 1) ^ 0xedb88320u : rest >> 1;
  }
  return ~rest;
}

// The check value of the catalogue of CRC algorithms (CRC-32/ISO-HDLC), and those of zlib.
TEST(Crc32, GivesTheKnownValues) {
  EXPECT_EQ(crc32_of(""), 0u);
  EXPECT_EQ(crc32_of("123456789"), 0xcbf43926u);
  EXPECT_EQ(crc32_of("The quick brown fox jumps over the lazy dog"), 0x414fa339u);
}

TEST(Crc32, IsThatOfTheDefinitionAtEveryLength) {
  std::mt19937 chance{7};
  std::vector<std::byte> bytes(300);
  for (std::byte& byte : bytes) byte = static_cast<std::byte>(chance() & 0xffu);
  for (std::size_t begin : {0u, 1u, 3u})
    for (std::size_t size = 0; begin + size <= bytes.size(); ++size) {
      const auto part = std::span<const std::byte>{bytes}.subspan(begin, size);
      ASSERT_EQ(crc32(part), slow_crc32(part)) << begin << " + " << size;
    }
}

}  // namespace
}  // namespace peercap
