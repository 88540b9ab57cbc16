#pragma once

#include <cstddef>
#include <vector>

#include "models/peer_support/scenario/scenario.h"

namespace peercap::peer_support {

/// Latent exhaustion in SD from which a survey without error counts somebody as concerning.
[[nodiscard]] double concerning_exhaustion(const Exhaustion& exhaustion);

/// How fast clinicians leave the organization, as far as it can be told of somebody whose passing exhaustion
/// is not known: at the equilibrium from which a run starts. Whoever is lastingly exhausted leaves sooner,
/// and is found less often among those who are there. Rates are per day, 0 where there is no turnover.
class TurnoverLaw {
 public:
  explicit TurnoverLaw(const Scenario& scenario);

  /// Of somebody of the profession whose exhaustion varies around `lasting`, in SD.
  [[nodiscard]] double rate(std::size_t profession, double lasting) const;
  /// The share of people of the profession with this lasting exhaustion who are still there, relative to
  /// those whom nothing exhausts: in [1 / burnout_ratio, 1]; 1 where nobody leaves.
  [[nodiscard]] double presence(std::size_t profession, double lasting) const;
  /// The mean of a constant that decays with `decay_days` and ends when the person leaves, integrated over
  /// their stay: what is left of the decay time, averaged over professions.
  [[nodiscard]] double days_left_of(double decay_days) const;
  /// The mean rate of all, in the mix of professions.
  [[nodiscard]] double mean_rate() const;
  /// By how much the mean rate grows for each SD of exhaustion that everybody has more.
  [[nodiscard]] double mean_rate_slope() const;

 private:
  struct Part {
    double share;  ///< of all clinicians
    double rate;   ///< of those who are not exhausted
  };
  [[nodiscard]] double usual_factor() const;

  std::vector<Part> professions_;
  double burnout_ratio_;
  double cut_;         ///< latent exhaustion that counts as concerning
  double passing_sd_;  ///< of the part of exhaustion that passes
};

}  // namespace peercap::peer_support
