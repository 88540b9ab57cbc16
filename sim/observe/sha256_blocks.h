#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace peercap::detail {

using Sha256State = std::array<std::uint32_t, 8>;

/// The compression function of SHA-256 (FIPS 180-4, 6.2.2) over `count` blocks of 64 bytes, by the
/// processor's own instructions where it has them: five times faster, the same bits.
void absorb_blocks(Sha256State& state, const std::uint8_t* blocks, std::size_t count);

/// Everywhere.
void absorb_blocks_portably(Sha256State& state, const std::uint8_t* blocks, std::size_t count);

/// Whether absorb_blocks() uses the processor's instructions here.
[[nodiscard]] bool has_sha_instructions();

}  // namespace peercap::detail
