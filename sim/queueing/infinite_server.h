#pragma once

#include <cstdint>
#include <functional>

namespace peercap::queueing {

/// P(N > count) of the stationary number in M/G/inf, which is Poisson with mean offered load whatever the law
/// of service. Source: L. Takacs, Introduction to the Theory of Queues (Oxford 1962), chapter 3.
[[nodiscard]] double infinite_server_tail(double offered_load, std::int64_t count);

/// Mean and variance of the stationary number in an infinite-server system whose arrivals come in batches:
/// the mean and the factorial moment E[X (X - 1)] of a batch. Exponential service.
struct BatchNumber {
  double mean = 0.0;
  double variance = 0.0;
};
[[nodiscard]] BatchNumber batch_infinite_server(double batch_rate, double mean_batch, double factorial_moment,
                                                double mean_service);

/// An arrival rate that swings about its mean: mean (1 + amplitude sin(2 pi t / period)), |amplitude| <= 1.
struct SinusoidalRate {
  double mean = 0.0;
  double amplitude = 0.0;
  double period = 0.0;
};

/// The offered load m(t) = integral of lambda(t - u) P(S > u) du of M(t)/G/inf, the mean number in an
/// infinite-server system, with a swinging arrival rate. Source: Eick, Massey and Whitt, M(t)/G/inf queues
/// with sinusoidal arrival rates, Management Science 39 (1993), doi:10.1287/mnsc.39.2.241.
[[nodiscard]] double load_exponential(const SinusoidalRate& rate, double mean_service, double time);
[[nodiscard]] double load_deterministic(const SinusoidalRate& rate, double service, double time);

/// How far the peak of the load of exponential service lags behind that of the arrivals, and how much of
/// their relative swing it keeps.
struct LoadResponse {
  double lag = 0.0;   ///< in the unit of time
  double gain = 0.0;  ///< relative amplitude of the load to that of the rate, in (0, 1]
};
[[nodiscard]] LoadResponse exponential_response(double period, double mean_service);

/// A rate that steps from `base` to `surge` at time 0 and back after `duration`.
struct SurgeRate {
  double base = 0.0;
  double surge = 0.0;
  double duration = 0.0;
};
/// The offered load of exponential service at `time`, in balance at the base rate before 0.
[[nodiscard]] double load_surge(const SurgeRate& rate, double mean_service, double time);

/// m(t) for any rate and any survival function of service, the integral cut at `longest_service` (beyond
/// which survival is 0 or may be neglected) and taken by Simpson's rule on `steps` (even) intervals.
[[nodiscard]] double offered_load(const std::function<double(double)>& arrival_rate,
                                  const std::function<double(double)>& service_survival,
                                  double longest_service, double time, int steps = 2000);

}  // namespace peercap::queueing
