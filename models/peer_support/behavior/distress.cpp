#include "models/peer_support/behavior/distress.h"

#include <algorithm>
#include <limits>

#include "sim/random/exact_math.h"

namespace peercap::peer_support {
namespace {

constexpr int newton_steps = 24;

}  // namespace

DistressLaw::DistressLaw(SimDuration fast_decay, SimDuration slow_decay)
    : fast_rate_{1.0 / fast_decay.in_days()}, slow_rate_{1.0 / slow_decay.in_days()} {}

DistressLevel DistressLaw::after(const DistressLevel& level, double days) const {
  return {level.fast > 0.0 ? level.fast * exact::exp(-fast_rate_ * days) : 0.0,
          level.slow > 0.0 ? level.slow * exact::exp(-slow_rate_ * days) : 0.0};
}

double DistressLaw::days_until(const DistressLevel& level, double threshold) const {
  if (level.total() <= threshold) return 0.0;
  if (level.slow <= 0.0) return exact::log(level.fast / threshold) / fast_rate_;
  if (level.fast <= 0.0) return exact::log(level.slow / threshold) / slow_rate_;
  // From a point left of the root each Newton step of a convex falling function stays left of it.
  double t = level.slow > threshold ? exact::log(level.slow / threshold) / slow_rate_ : 0.0;
  for (int step = 0; step < newton_steps; ++step) {
    const DistressLevel at = after(level, t);
    const double slope = fast_rate_ * at.fast + slow_rate_ * at.slow;
    if (slope <= 0.0) break;
    const double excess = at.total() - threshold;
    if (excess <= 0.0) break;
    t += excess / slope;
  }
  return t;
}

double DistressLaw::integral(const DistressLevel& level, double days) const {
  const DistressLevel end = after(level, days);
  return (level.fast - end.fast) / fast_rate_ + (level.slow - end.slow) / slow_rate_;
}

double DistressLaw::days_until_integral(const DistressLevel& level, double amount, double limit) const {
  if (integral(level, limit) < amount) return std::numeric_limits<double>::infinity();
  // The integral is concave and rising: Newton's method from the left stays left of the root.
  double t = 0.0;
  for (int step = 0; step < newton_steps; ++step) {
    const double missing = amount - integral(level, t);
    const double slope = after(level, t).total();
    if (missing <= 0.0 || slope <= 0.0) break;
    t += missing / slope;
  }
  return std::min(t, limit);
}

}  // namespace peercap::peer_support
