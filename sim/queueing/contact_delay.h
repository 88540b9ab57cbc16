#pragma once

#include <span>
#include <vector>

namespace peercap::queueing {

/// The wait until the next opening for somebody who comes at any time with equal chance, nobody else waiting,
/// from the lengths of the closed stretches of one period. All in one unit of time. Throws ContractViolation
/// for a negative stretch, or stretches longer than the period.
class OpeningWait {
 public:
  OpeningWait(std::span<const double> closed_stretches, double period);

  [[nodiscard]] double mean() const { return mean_; }  ///< sum of g^2 / (2 period)
  [[nodiscard]] double none() const { return open_; }  ///< P(wait = 0), the share of time that is open
  [[nodiscard]] double beyond(double time) const;      ///< P(wait > time): sum of (g - time)+ / period

 private:
  std::vector<double> stretches_;
  double period_;
  double mean_ = 0.0;
  double open_ = 1.0;
};

/// The probability that distress which begins at 1 + an exponential excess of mean 1, and decays at
/// `decay_rate`, falls to 1 before a contact that comes at `contact_rate`: the integral of (1 + x)^(-contact
/// rate / decay rate) e^-x over x > 0, by quadrature to about 1e-10. Both rates are positive.
[[nodiscard]] double recovery_before_contact(double decay_rate, double contact_rate);

}  // namespace peercap::queueing
