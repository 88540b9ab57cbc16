#pragma once

#include <array>
#include <cstdint>

#include <Random123/philox.h>

namespace peercap {

/// Philox 4x32 with ten rounds: a keyed bijection of 128-bit counters whose outputs pass the statistical
/// batteries. Source: Salmon, Moraes, Dror & Shaw, Parallel random numbers: as easy as 1, 2, 3, SC '11,
/// doi:10.1145/2063384.2063405; the Random123 library's implementation.
[[nodiscard]] inline std::array<std::uint32_t, 4> philox4x32_10(std::array<std::uint32_t, 4> counter,
                                                                std::array<std::uint32_t, 2> key) {
  const r123::Philox4x32::ctr_type in{{counter[0], counter[1], counter[2], counter[3]}};
  const auto out = r123::Philox4x32{}(in, r123::Philox4x32::key_type{{key[0], key[1]}});
  return {out[0], out[1], out[2], out[3]};
}

}  // namespace peercap
