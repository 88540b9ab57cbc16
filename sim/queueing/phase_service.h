#pragma once

#include <cstdint>

namespace peercap::queueing {

/// Mean waits of Poisson arrivals and `servers` servers whose service is made of exponential phases, from
/// the stationary chain of queue and phases, cut where `most_waiting` wait. Exact but for the cut, which
/// leaves below 1e-10 for utilizations up to 0.8 at the default. Source: H. C. Tijms, A First Course in
/// Stochastic Models (Wiley 2003), section 9.6. Throw ContractViolation where the queue is not stable.

/// Service in two phases of equal mean: Erlang-2, squared variation 1/2.
[[nodiscard]] double erlang2_service_wait(double arrival_rate, double mean_service, std::int64_t servers,
                                          std::int64_t most_waiting = 150);

/// Service either short or long, both exponential, with balanced means (each kind brings half of the load)
/// and the squared coefficient of variation given, > 1.
[[nodiscard]] double hyperexponential_service_wait(double arrival_rate, double mean_service,
                                                   double squared_variation, std::int64_t servers,
                                                   std::int64_t most_waiting = 400);

}  // namespace peercap::queueing
