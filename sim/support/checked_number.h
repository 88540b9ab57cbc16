#pragma once

#include <cstdint>

#include "sim/support/contract.h"

namespace peercap {

/// `value` in whole steps of 1 / `scale`, rounded half away from zero. Throws ContractViolation with `what`
/// for what is no number, infinite, or beyond 64 bits: a conversion would make something of it.
[[nodiscard]] inline std::int64_t fixed_point(double value, double scale, const char* what) {
  constexpr double limit = 9.2e18;
  const double steps = value * scale + (value < 0.0 ? -0.5 : 0.5);
  require(steps > -limit && steps < limit, what);
  return static_cast<std::int64_t>(steps);
}

/// `value`. Throws ContractViolation with `what` unless it is in [0, 1], which what is no number is not.
[[nodiscard]] inline double probability(double value, const char* what) {
  require(value >= 0.0 && value <= 1.0, what);
  return value;
}

}  // namespace peercap
