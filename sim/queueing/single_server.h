#pragma once

#include <cstdint>

namespace peercap::queueing {

/// The mean wait of M/G/1, lambda E[S]^2 (1 + C^2) / (2 (1 - rho)) with C^2 the squared coefficient of
/// variation of service; infinite where rho = lambda E[S] is not below 1. Sources: F. Pollaczek (1930) and
/// A. Y. Khinchine (1932); L. Kleinrock, Queueing Systems, volume 1 (Wiley 1975), section 5.6.
[[nodiscard]] double pollaczek_khinchine_wait(double arrival_rate, double mean_service,
                                              double squared_variation);

/// An approximation of the mean wait of M/G/c: (1 + C^2) / 2 times that of M/M/c. Source: A. M. Lee and P. A.
/// Longton, Queueing processes associated with airline passenger check-in, Operational Research Quarterly 10
/// (1959).
[[nodiscard]] double lee_longton_wait(double arrival_rate, double mean_service, double squared_variation,
                                      std::int64_t servers);

/// The mean wait of M/D/c, exactly, by Crommelin's series; infinite where it is not stable. Source: C. D.
/// Crommelin, Delay probability formulae when the holding times are constant, Post Office Electrical
/// Engineers' Journal 25 (1932).
[[nodiscard]] double deterministic_service_wait(double arrival_rate, double service, std::int64_t servers);

/// The mean time in an M/G/1 queue whose server shares itself among all present: E[S] / (1 - rho), whatever
/// the law of service; and that of a customer who needs `service`. Source: L. Kleinrock, Queueing Systems,
/// volume 2 (Wiley 1976), section 4.4.
[[nodiscard]] double processor_sharing_time(double arrival_rate, double mean_service);
[[nodiscard]] double processor_sharing_time_of(double service, double arrival_rate, double mean_service);

}  // namespace peercap::queueing
