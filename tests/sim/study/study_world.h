#pragma once

#include <cstdint>

#include "sim/random/distributions.h"
#include "sim/random/random_source.h"

namespace peercap {

/// Draws of the worlds that tests of studies look at.
enum class WorldDraw : std::uint16_t { noise, shared, service };

/// A standard normal that belongs to (seed, replication, entity, index) alone.
inline double noise(std::uint64_t seed, std::int64_t replication, std::uint64_t entity,
                    std::uint64_t index = 0, WorldDraw purpose = WorldDraw::noise) {
  const RandomSource random{seed, static_cast<std::uint32_t>(replication)};
  return standard_normal(random.draw(EntityKey{entity}, purpose, index).uniform());
}

}  // namespace peercap
