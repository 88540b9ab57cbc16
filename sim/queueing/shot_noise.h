#pragma once

namespace peercap::queueing {

/// Shot noise: jumps of exponential size come as a Poisson stream, and what they add decays exponentially.
/// Its stationary law is Gamma(jump rate / decay rate, scale mean jump). Source: J. Rice, On generalized shot
/// noise, Advances in Applied Probability 9 (1977), for the moments; the Gamma law follows from its
/// transform.
struct ShotNoise {
  double jump_rate = 0.0;   ///< > 0
  double decay_rate = 0.0;  ///< > 0
  double mean_jump = 0.0;   ///< > 0
};

[[nodiscard]] double shot_noise_mean(const ShotNoise& noise);
[[nodiscard]] double shot_noise_variance(const ShotNoise& noise);
/// P(level > `level`), level >= 0.
[[nodiscard]] double shot_noise_beyond(const ShotNoise& noise, double level);

/// Help sought at a hazard in proportion to a distress that decays from `initial`: the probability that it is
/// sought at all, 1 - exp(-h D / k), and within `time`.
struct DecayingHazard {
  double hazard = 0.0;      ///< per unit of distress and time
  double decay_rate = 0.0;  ///< > 0
};
[[nodiscard]] double sought_ever(const DecayingHazard& hazard, double initial);
[[nodiscard]] double sought_within(const DecayingHazard& hazard, double initial, double time);
/// The probability that it is ever sought where the initial distress is exponential with `mean_initial`.
[[nodiscard]] double sought_ever_exponential(const DecayingHazard& hazard, double mean_initial);

}  // namespace peercap::queueing
