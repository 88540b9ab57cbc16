#pragma once

#include <functional>
#include <vector>

namespace peercap::queueing {

/// Clients alternate between needing a supporter and being content until they return: Erlang-R. Any unit of
/// time. Source: G. B. Yom-Tov and A. Mandelbaum, Erlang-R: a time-varying queue with reentrant customers, in
/// support of healthcare staffing, Manufacturing & Service Operations Management 16 (2014),
/// doi:10.1287/msom.2013.0474.
struct ReentrantService {
  double service_rate = 0.0;        ///< of a session, > 0
  double return_rate = 0.0;         ///< 1 / mean time between sessions, > 0
  double return_probability = 0.0;  ///< after a session, in [0, 1)
};

struct ReentrantLoad {
  double needy = 0.0;    ///< mean number in service when nobody waits: the load that is to be staffed
  double content = 0.0;  ///< mean number between sessions
};

/// With a constant rate of new clients: lambda / (mu (1 - p)) and p lambda / (delta (1 - p)).
[[nodiscard]] ReentrantLoad stationary_load(const ReentrantService& service, double arrival_rate);

/// Sessions a client gets, 1 / (1 - p); with at most `cap` of them (1 - p^cap) / (1 - p).
[[nodiscard]] double mean_sessions(double return_probability);
[[nodiscard]] double mean_sessions(double return_probability, int cap);

/// What a swing of the arrival rate with the given period becomes in the needy load: the share of its
/// relative amplitude that is kept, and the lag of the peak.
struct ReentrantResponse {
  double gain = 0.0;
  double lag = 0.0;
};
[[nodiscard]] ReentrantResponse sinusoidal_response(const ReentrantService& service, double period);

/// The loads at 0, step, ..., count * step, [count + 1], with an arrival rate that varies in time: R1' =
/// lambda(t) + delta R2 - mu R1, R2' = p mu R1 - delta R2, by the classic Runge-Kutta method of fourth order
/// with steps short beside 1 / mu and 1 / delta.
[[nodiscard]] std::vector<ReentrantLoad> varying_load(const ReentrantService& service,
                                                      const std::function<double(double)>& arrival_rate,
                                                      ReentrantLoad start, double step, int count);

}  // namespace peercap::queueing
