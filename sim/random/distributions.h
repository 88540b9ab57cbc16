#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>

#include "sim/random/exact_math.h"
#include "sim/random/normal_quantile.h"
#include "sim/random/random_source.h"

/// Variates by inversion of one uniform number: monotone in it, so that common random numbers stay common
/// when a parameter changes.
namespace peercap {

/// Exponential with mean 1.
[[nodiscard]] inline double standard_exponential(double uniform) {
  return -exact::log(uniform);
}

[[nodiscard]] inline double standard_normal(double uniform) {
  return normal_quantile(uniform);
}

/// Log-normal with the given mean (> 0) and coefficient of variation (>= 0) at the standard normal `z`.
[[nodiscard]] inline double lognormal(double mean, double coefficient_of_variation, double z) {
  const double variance = exact::log(1.0 + coefficient_of_variation * coefficient_of_variation);
  return mean * exact::exp(std::sqrt(variance) * z - 0.5 * variance);
}

/// The sum of two exponentials of equal mean, with the given mean (> 0): Erlang-2, coefficient of variation
/// 0.71.
[[nodiscard]] inline double two_phases(double mean, double first_uniform, double second_uniform) {
  return 0.5 * mean * (standard_exponential(first_uniform) + standard_exponential(second_uniform));
}

/// Short or long, both exponential, with balanced means (each kind brings half of the mean), the given mean
/// (> 0) and coefficient of variation (>= 1); `kind` chooses. Source: H. C. Tijms, A First Course in
/// Stochastic Models (Wiley 2003), appendix B.
[[nodiscard]] inline double balanced_hyperexponential(double mean, double coefficient_of_variation,
                                                      double uniform, double kind) {
  const double square = coefficient_of_variation * coefficient_of_variation;
  const double short_share = 0.5 * (1.0 + std::sqrt((square - 1.0) / (square + 1.0)));
  const double share = kind < short_share ? short_share : 1.0 - short_share;
  return mean / (2.0 * share) * standard_exponential(uniform);
}

/// Poisson with mean in [0, 64], by sequential search.
[[nodiscard]] inline std::uint32_t poisson_by_inversion(double mean, double uniform) {
  // The commonest answer without an exponential: exp(-m) lies above 1 - m.
  if (uniform <= 1.0 - mean) return 0;
  double probability = exact::exp(-mean);
  double cumulative = probability;
  std::uint32_t count = 0;
  while (uniform > cumulative && count < 1000) {
    ++count;
    probability *= mean / count;
    cumulative += probability;
  }
  return count;
}

/// Poisson with any mean in [0, 4e6]: the sum of draws with means of at most 64, at indices `index` * 2^16 +
/// 0, 1, ...
/// (`index` has 32 bits).
template <DrawPurpose Purpose>
[[nodiscard]] std::uint64_t poisson(const RandomSource& random, EntityKey entity, Purpose purpose,
                                    std::uint64_t index, double mean) {
  std::uint64_t count = 0;
  std::uint64_t part = index << 16;
  for (; mean > 64.0; mean -= 64.0)
    count += poisson_by_inversion(64.0, random.draw(entity, purpose, part++).uniform());
  return count + poisson_by_inversion(mean, random.draw(entity, purpose, part).uniform());
}

/// The index at which the running sum of `weights` passes `uniform` times their total. At least one weight is
/// positive.
[[nodiscard]] inline std::size_t weighted_choice(std::span<const double> weights, double uniform) {
  double total = 0.0;
  for (const double weight : weights) total += weight;
  double remaining = uniform * total;
  std::size_t last_positive = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (weights[i] <= 0.0) continue;
    last_positive = i;
    if (remaining < weights[i]) return i;
    remaining -= weights[i];
  }
  return last_positive;
}

}  // namespace peercap
