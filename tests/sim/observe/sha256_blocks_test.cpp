#include "sim/observe/sha256_blocks.h"

#include <random>
#include <vector>

#include <gtest/gtest.h>

namespace peercap::detail {
namespace {

// The published vectors are met by whichever way the processor has (Sha256.AgreesWithPublishedVectors); both
// give the same from any state.
TEST(Sha256Blocks, InstructionsGiveThePortableBits) {
  if (!has_sha_instructions()) GTEST_SKIP() << "this processor has no instructions for SHA-256";
  std::mt19937 chance{256};
  for (std::size_t blocks = 0; blocks <= 40; ++blocks) {
    Sha256State state;
    for (std::uint32_t& word : state) word = static_cast<std::uint32_t>(chance());
    std::vector<std::uint8_t> bytes(64 * blocks + 1);
    for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(chance() & 0xffu);
    Sha256State portable = state;
    absorb_blocks(state, bytes.data() + 1, blocks);
    absorb_blocks_portably(portable, bytes.data() + 1, blocks);
    EXPECT_EQ(state, portable) << blocks << " blocks";
  }
}

// SHA-256 of "abc", whose only block is padded by hand (FIPS 180-4, example of its appendix).
TEST(Sha256Blocks, BothWaysMeetThePublishedExample) {
  std::array<std::uint8_t, 64> block{'a', 'b', 'c', 0x80};
  block[63] = 24;
  const Sha256State initial = {0x6a09e667u, 0xbb67ae85u, 0x3c6ef372u, 0xa54ff53au,
                               0x510e527fu, 0x9b05688cu, 0x1f83d9abu, 0x5be0cd19u};
  const Sha256State expected = {0xba7816bfu, 0x8f01cfeau, 0x414140deu, 0x5dae2223u,
                                0xb00361a3u, 0x96177a9cu, 0xb410ff61u, 0xf20015adu};
  Sha256State state = initial;
  absorb_blocks(state, block.data(), 1);
  EXPECT_EQ(state, expected);
  state = initial;
  absorb_blocks_portably(state, block.data(), 1);
  EXPECT_EQ(state, expected);
}

}  // namespace
}  // namespace peercap::detail
