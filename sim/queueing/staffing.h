#pragma once

#include <cstdint>
#include <functional>
#include <optional>

namespace peercap::queueing {

/// The limit of the probability of waiting when servers = R + beta sqrt(R) and the offered load R grows:
/// 1 / (1 + beta Phi(beta) / phi(beta)); beta > 0. Source: S. Halfin and W. Whitt, Heavy-traffic limits for
/// queues with many exponential servers, Operations Research 29 (1981), doi:10.1287/opre.29.3.567.
[[nodiscard]] double halfin_whitt_waiting(double beta);

/// The same with patience of rate theta and service of rate mu, `rate_ratio` = theta / mu > 0, for any beta.
/// Source: O. Garnett, A. Mandelbaum and M. Reiman, Designing a call center with impatient customers,
/// Manufacturing & Service Operations Management 4 (2002), doi:10.1287/msom.4.3.208.7753.
[[nodiscard]] double garnett_waiting(double beta, double rate_ratio);

/// The beta at which the limit equals `waiting_probability`, which lies in (0, 1).
[[nodiscard]] double halfin_whitt_beta(double waiting_probability);
[[nodiscard]] double garnett_beta(double waiting_probability, double rate_ratio);

/// Square-root staffing: R + beta sqrt(R), rounded up, at least 1.
[[nodiscard]] std::int64_t square_root_staffing(double offered_load, double beta);

/// The smallest number in [low, high] that `meets`, of a property that holds from some number on; nothing
/// where even `high` does not. Looks at about 2 log2 of the answer numbers, so that a bound far above it
/// costs little.
[[nodiscard]] std::optional<std::int64_t> smallest_meeting(std::int64_t low, std::int64_t high,
                                                           const std::function<bool(std::int64_t)>& meets);

/// The fewest servers of M/M/c with a probability of waiting of at most the target, in (0, 1).
[[nodiscard]] std::int64_t fewest_servers_for_delay(double offered_load, double waiting_probability);

}  // namespace peercap::queueing
