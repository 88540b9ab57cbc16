#include "sim/queueing/contact_delay.h"

#include <algorithm>

#include "sim/random/exact_math.h"
#include "sim/support/contract.h"

namespace peercap::queueing {

OpeningWait::OpeningWait(std::span<const double> closed_stretches, double period)
    : stretches_{closed_stretches.begin(), closed_stretches.end()}, period_{period} {
  require(period > 0.0, "OpeningWait: the period is positive");
  double closed = 0.0;
  for (const double stretch : stretches_) {
    require(stretch >= 0.0, "OpeningWait: stretches are not negative");
    closed += stretch;
    mean_ += stretch * stretch / (2.0 * period);
  }
  require(closed <= period * (1.0 + 1e-12), "OpeningWait: stretches fit into the period");
  open_ = std::max(0.0, 1.0 - closed / period);
}

double OpeningWait::beyond(double time) const {
  require(time >= 0.0, "OpeningWait: time is not negative");
  double sum = 0.0;
  for (const double stretch : stretches_) sum += std::max(0.0, stretch - time);
  return sum / period_;
}

double recovery_before_contact(double decay_rate, double contact_rate) {
  require(decay_rate > 0.0 && contact_rate > 0.0, "recovery_before_contact: rates are positive");
  const double power = contact_rate / decay_rate;
  // With y = log(1 + x) the integrand is exp(y - power y - (e^y - 1)): smooth, and below e^-40 from y = 3.8.
  constexpr double end = 3.8;
  constexpr int steps = 20000;
  const double step = end / steps;
  double sum = 0.0;
  for (int i = 0; i <= steps; ++i) {
    const double y = i * step;
    const int weight = i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2;
    sum += weight * exact::exp((1.0 - power) * y - (exact::exp(y) - 1.0));
  }
  return sum * step / 3.0;
}

}  // namespace peercap::queueing
