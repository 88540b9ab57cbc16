#pragma once

#include <cstdint>

#include "sim/queueing/birth_death.h"

namespace peercap::queueing {

/// Poisson arrivals, exponential service and patience, `servers` servers: M/M/c+M, Erlang A. Any unit of
/// time.
struct ImpatientSystem {
  double arrival_rate = 0.0;      ///< > 0
  double service_rate = 0.0;      ///< of one server, > 0
  double abandonment_rate = 0.0;  ///< 1 / mean patience, > 0
  std::int64_t servers = 1;       ///< >= 1
};

/// The stationary Erlang A queue, for up to 1e4 servers and more, in overload too. Sources: A. Mandelbaum
/// and S. Zeltyn, Service engineering in action: the Palm/Erlang-A queue, with applications to call centers,
/// in Advances in Services Innovations (2007), doi:10.1007/978-3-540-29860-1_2.
class ImpatientQueue {
 public:
  /// Throws ContractViolation for figures out of range.
  explicit ImpatientQueue(const ImpatientSystem& system);

  [[nodiscard]] double offered_load() const { return system_.arrival_rate / system_.service_rate; }
  /// The share of arrivals that cannot be served at once.
  [[nodiscard]] double waiting_probability() const { return waiting_probability_; }
  /// The share that leaves unserved, theta E[queue] / lambda.
  [[nodiscard]] double abandonment_probability() const;
  [[nodiscard]] double mean_queue() const { return mean_queue_; }
  [[nodiscard]] double mean_in_system() const { return number_.mean(); }
  /// Of all, those who leave included; waits end with service or leaving.
  [[nodiscard]] double mean_wait() const { return mean_queue_ / system_.arrival_rate; }
  [[nodiscard]] double utilization() const;

  /// P(wait > time) of all; the wait ends with service or leaving.
  [[nodiscard]] double wait_beyond(double time) const;
  /// P(served after a wait of at most `time`), a share of all arrivals.
  [[nodiscard]] double served_within(double time) const;

  [[nodiscard]] const NumberDistribution& number_in_system() const { return number_; }

 private:
  [[nodiscard]] double scaled_log_density(double wait) const;
  [[nodiscard]] double integral(double from, double to, double discount) const;

  ImpatientSystem system_;
  NumberDistribution number_;
  double waiting_probability_;
  double mean_queue_;
  double peak_;   ///< where the density of the offered wait is largest
  double first_;  ///< outside [first, last] that density is below e^-45 of its peak
  double last_;
  double total_ = 0;  ///< integral of the scaled density
};

}  // namespace peercap::queueing
