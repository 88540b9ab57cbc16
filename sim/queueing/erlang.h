#pragma once

#include <cstdint>

namespace peercap::queueing {

/// Erlang's loss formula: the share of arrivals that find all `servers` busy and go away. B(0) = 1,
/// B(k) = a B(k-1) / (k + a B(k-1)) with offered load a; servers >= 0, offered_load >= 0. The cost is
/// proportional to the servers, without loss of digits. Source: A. K. Erlang, Solution of some problems in
/// the theory of probabilities of significance in automatic telephone exchanges, Elektroteknikeren 13 (1917).
[[nodiscard]] double erlang_b(std::int64_t servers, double offered_load);

/// Erlang's delay formula: the share of arrivals that have to wait, C = c B / (c - a (1 - B)); 1 where the
/// offered load is not below the servers.
[[nodiscard]] double erlang_c(std::int64_t servers, double offered_load);

/// Poisson arrivals, exponential service, `servers` servers, everybody waits: M/M/c. Any unit of time.
struct DelaySystem {
  double arrival_rate = 0.0;  ///< > 0
  double service_rate = 0.0;  ///< of one server, > 0
  std::int64_t servers = 1;   ///< >= 1
};

/// The stationary M/M/c queue. Means are infinite, and probabilities of waiting 1, where it is not stable.
class DelayQueue {
 public:
  /// Throws ContractViolation for figures out of range.
  explicit DelayQueue(const DelaySystem& system);

  [[nodiscard]] double offered_load() const { return system_.arrival_rate / system_.service_rate; }
  [[nodiscard]] double utilization() const;
  [[nodiscard]] double waiting_probability() const { return waiting_probability_; }
  [[nodiscard]] double mean_wait() const;
  [[nodiscard]] double mean_queue() const { return system_.arrival_rate * mean_wait(); }
  [[nodiscard]] double mean_in_system() const { return mean_queue() + offered_load(); }
  /// P(wait > time).
  [[nodiscard]] double wait_beyond(double time) const;

 private:
  DelaySystem system_;
  double slack_;  ///< c mu - lambda
  double waiting_probability_;
};

/// The mean waits of one queue of `sites` times the arrivals and servers, and of a single site: what pooling
/// gains.
struct PoolingComparison {
  double split_wait = 0.0;
  double pooled_wait = 0.0;
};
[[nodiscard]] PoolingComparison compare_pooling(const DelaySystem& site, std::int64_t sites);

/// Mean waits in an M/M/c queue of two classes with equal service, of which the first goes first without
/// interrupting a service. Source: A. Cobham, Priority assignment in waiting line problems, Operations
/// Research 2 (1954), doi:10.1287/opre.2.1.70.
struct PriorityWaits {
  double first = 0.0;
  double second = 0.0;
};
[[nodiscard]] PriorityWaits priority_waits(double first_arrival_rate, double second_arrival_rate,
                                           double service_rate, std::int64_t servers);

}  // namespace peercap::queueing
