#pragma once

#include "sim/random/exact_math.h"

namespace peercap {

/// P(Z > z) of a standard normal Z, to 7.5e-8, with equal bits everywhere. Source: 26.2.17 of Abramowitz and
/// Stegun, Handbook of Mathematical Functions (1964), after Hastings.
[[nodiscard]] inline double normal_tail(double z) {
  const double size = z < 0.0 ? -z : z;
  const double t = 1.0 / (1.0 + 0.2316419 * size);
  constexpr double series[] = {1.330274429, -1.821255978, 1.781477937, -0.356563782, 0.319381530, 0.0};
  constexpr double inverse_root_two_pi = 0.3989422804014327;
  const double upper =
      inverse_root_two_pi * exact::exp(-0.5 * size * size) * exact::detail::horner(series, t);
  return z < 0.0 ? 1.0 - upper : upper;
}

}  // namespace peercap
