#pragma once

#include "sim/time/sim_time.h"

namespace peercap::peer_support {

/// Distress as the sum of two components that decay exponentially, in units of the threshold of an episode.
struct DistressLevel {
  double fast = 0.0;
  double slow = 0.0;

  [[nodiscard]] double total() const { return fast + slow; }

  template <class Archive>
  void visit_state(Archive& archive) {
    archive(fast, slow);
  }
};

/// How the two components decay: the same for everybody. Rates are per day.
class DistressLaw {
 public:
  DistressLaw(SimDuration fast_decay, SimDuration slow_decay);

  /// The level a time `days` later without further exposure.
  [[nodiscard]] DistressLevel after(const DistressLevel& level, double days) const;

  /// The level that becomes `level` in `days` without further exposure.
  [[nodiscard]] DistressLevel before(const DistressLevel& level, double days) const {
    return after(level, -days);
  }

  /// Days until the total falls to `threshold`; 0 where it is not above it. The total is convex and falling,
  /// so that Newton's method from the left converges without overshooting; a fixed number of steps gives
  /// equal bits.
  [[nodiscard]] double days_until(const DistressLevel& level, double threshold) const;

  /// The integral of the total over the next `days`.
  [[nodiscard]] double integral(const DistressLevel& level, double days) const;

  /// The time in days at which the integral of the total reaches `amount` (> 0), at most `limit`; more than
  /// `limit` where it is not reached by then.
  [[nodiscard]] double days_until_integral(const DistressLevel& level, double amount, double limit) const;

 private:
  double fast_rate_;
  double slow_rate_;
};

}  // namespace peercap::peer_support
