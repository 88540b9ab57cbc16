#pragma once

#include <tuple>

#include "sim/time/sim_time.h"

namespace peercap::peer_support {

/// How good a match is, the best one greatest: by `value`, in steps that a coordinator can tell apart, then
/// by how long ago the supporter was last occupied.
struct MatchRank {
  double value = 0.0;
  SimTime last_occupied;  ///< before all others of whoever never was

  [[nodiscard]] bool is_better_than(const MatchRank& other) const {
    return std::tie(value, other.last_occupied) > std::tie(other.value, last_occupied);
  }
};

}  // namespace peercap::peer_support
