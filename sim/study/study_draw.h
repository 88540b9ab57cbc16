#pragma once

#include <cstdint>

#include "sim/random/random_source.h"

namespace peercap {

/// What a study draws for itself, apart from the draws of the runs it makes.
enum class StudyDraw : std::uint16_t {
  resample,          ///< bootstrap: index is the position in the resample
  permutation_key,   ///< Latin hypercube: index is the round
  permutation_swap,  ///< Latin hypercube: entity is the round, index the position
  jitter,            ///< Latin hypercube: index is the point
  digital_shift,     ///< Sobol sequence
  trajectory_start,  ///< Morris: entity is the trajectory, index the factor
  trajectory_order,  ///< Morris
  ancestor,          ///< approximate Bayesian computation: index is the attempt
  proposal,          ///< approximate Bayesian computation: entity is the parameter
};

/// An integer in [0, bound) from 64 random bits; its bias is below bound / 2^64.
[[nodiscard]] inline std::uint64_t below(std::uint64_t bits, std::uint64_t bound) {
  __extension__ using Wide = unsigned __int128;
  return static_cast<std::uint64_t>((static_cast<Wide>(bits) * bound) >> 64);
}

}  // namespace peercap
