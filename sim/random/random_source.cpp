#include "sim/random/random_source.h"

namespace peercap {

// The replication's key is itself a draw from the seed, so that (seed, replication) pairs give unrelated
// streams even for neighboring seeds.
RandomSource::RandomSource(std::uint64_t seed, std::uint32_t replication) : key_{} {
  constexpr std::uint32_t domain = 0x70636170;  // keeps this use of the seed apart from every other
  const auto block = philox4x32_10({replication, 0, 0, domain}, {static_cast<std::uint32_t>(seed),
                                                                 static_cast<std::uint32_t>(seed >> 32)});
  key_ = {block[0], block[1]};
}

}  // namespace peercap
