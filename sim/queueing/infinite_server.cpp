#include "sim/queueing/infinite_server.h"

#include <cmath>

#include "sim/random/exact_math.h"
#include "sim/statistics/special_functions.h"
#include "sim/support/contract.h"

namespace peercap::queueing {
namespace {

constexpr double two_pi = 6.283185307179586477;

}  // namespace

double infinite_server_tail(double offered_load, std::int64_t count) {
  return poisson_tail(offered_load, count);
}

BatchNumber batch_infinite_server(double batch_rate, double mean_batch, double factorial_moment,
                                  double mean_service) {
  require(batch_rate >= 0.0 && mean_batch > 0.0 && factorial_moment >= 0.0 && mean_service > 0.0,
          "batch_infinite_server: rates and moments are not negative");
  const double mean = batch_rate * mean_batch * mean_service;
  return {.mean = mean, .variance = mean * (1.0 + factorial_moment / (2.0 * mean_batch))};
}

double load_exponential(const SinusoidalRate& rate, double mean_service, double time) {
  require(rate.period > 0.0 && mean_service > 0.0, "load_exponential: period and service are positive");
  const double omega = two_pi / rate.period;
  const double mu = 1.0 / mean_service;
  const double swing =
      (mu * std::sin(omega * time) - omega * std::cos(omega * time)) / (mu * mu + omega * omega);
  return rate.mean * (mean_service + rate.amplitude * swing);
}

double load_deterministic(const SinusoidalRate& rate, double service, double time) {
  require(rate.period > 0.0 && service >= 0.0, "load_deterministic: the period is positive");
  const double omega = two_pi / rate.period;
  const double swing = (std::cos(omega * (time - service)) - std::cos(omega * time)) / omega;
  return rate.mean * (service + rate.amplitude * swing);
}

LoadResponse exponential_response(double period, double mean_service) {
  require(period > 0.0 && mean_service > 0.0, "exponential_response: period and service are positive");
  const double omega = two_pi / period;
  const double ratio = omega * mean_service;
  return {.lag = std::atan(ratio) / omega, .gain = 1.0 / std::sqrt(1.0 + ratio * ratio)};
}

double load_surge(const SurgeRate& rate, double mean_service, double time) {
  require(rate.duration >= 0.0 && mean_service > 0.0, "load_surge: service is positive");
  const double rise = (rate.surge - rate.base) * mean_service;
  double load = rate.base * mean_service;
  if (time > 0.0) load += rise * (1.0 - exact::exp(-time / mean_service));
  if (time > rate.duration) load -= rise * (1.0 - exact::exp(-(time - rate.duration) / mean_service));
  return load;
}

double offered_load(const std::function<double(double)>& arrival_rate,
                    const std::function<double(double)>& service_survival, double longest_service,
                    double time, int steps) {
  require(longest_service > 0.0 && steps >= 2 && steps % 2 == 0, "offered_load: steps are even");
  const double step = longest_service / steps;
  double sum = 0.0;
  for (int i = 0; i <= steps; ++i) {
    const double age = i * step;
    const int weight = i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2;
    sum += weight * arrival_rate(time - age) * service_survival(age);
  }
  return sum * step / 3.0;
}

}  // namespace peercap::queueing
