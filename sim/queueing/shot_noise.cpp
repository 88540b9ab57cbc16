#include "sim/queueing/shot_noise.h"

#include "sim/random/exact_math.h"
#include "sim/statistics/special_functions.h"
#include "sim/support/contract.h"

namespace peercap::queueing {

double shot_noise_mean(const ShotNoise& noise) {
  return noise.jump_rate / noise.decay_rate * noise.mean_jump;
}

double shot_noise_variance(const ShotNoise& noise) {
  return shot_noise_mean(noise) * noise.mean_jump;
}

double shot_noise_beyond(const ShotNoise& noise, double level) {
  require(noise.jump_rate > 0.0 && noise.decay_rate > 0.0 && noise.mean_jump > 0.0,
          "ShotNoise: rates and jumps are positive");
  return upper_gamma(noise.jump_rate / noise.decay_rate, level / noise.mean_jump);
}

double sought_ever(const DecayingHazard& hazard, double initial) {
  require(hazard.hazard >= 0.0 && hazard.decay_rate > 0.0 && initial >= 0.0,
          "DecayingHazard: nothing is negative");
  return 1.0 - exact::exp(-hazard.hazard * initial / hazard.decay_rate);
}

double sought_within(const DecayingHazard& hazard, double initial, double time) {
  require(time >= 0.0, "sought_within: time is not negative");
  return sought_ever(hazard, initial * (1.0 - exact::exp(-hazard.decay_rate * time)));
}

double sought_ever_exponential(const DecayingHazard& hazard, double mean_initial) {
  require(hazard.hazard >= 0.0 && hazard.decay_rate > 0.0 && mean_initial >= 0.0,
          "DecayingHazard: nothing is negative");
  const double scaled = hazard.hazard * mean_initial / hazard.decay_rate;
  return scaled / (1.0 + scaled);
}

}  // namespace peercap::queueing
