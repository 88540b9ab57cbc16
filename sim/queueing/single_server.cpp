#include "sim/queueing/single_server.h"

#include <limits>

#include "sim/queueing/erlang.h"
#include "sim/statistics/special_functions.h"
#include "sim/support/contract.h"

namespace peercap::queueing {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

}  // namespace

double pollaczek_khinchine_wait(double arrival_rate, double mean_service, double squared_variation) {
  require(arrival_rate >= 0.0 && mean_service >= 0.0 && squared_variation >= 0.0,
          "pollaczek_khinchine_wait: nothing is negative");
  const double utilization = arrival_rate * mean_service;
  if (utilization >= 1.0) return infinite;
  return arrival_rate * mean_service * mean_service * (1.0 + squared_variation) / (2.0 * (1.0 - utilization));
}

double lee_longton_wait(double arrival_rate, double mean_service, double squared_variation,
                        std::int64_t servers) {
  require(mean_service > 0.0 && squared_variation >= 0.0, "lee_longton_wait: service is positive");
  return 0.5 * (1.0 + squared_variation) *
         DelayQueue{{arrival_rate, 1.0 / mean_service, servers}}.mean_wait();
}

double deterministic_service_wait(double arrival_rate, double service, std::int64_t servers) {
  require(arrival_rate > 0.0 && service > 0.0 && servers >= 1,
          "deterministic_service_wait: rates are positive, there is a server");
  const double load = arrival_rate * service;
  const auto c = static_cast<double>(servers);
  if (load >= c) return infinite;
  // The sum over i of E[(N_i - i c)^+] / load, N_i Poisson with mean i load.
  double sum = 0.0;
  for (std::int64_t i = 1; i < 1'000'000; ++i) {
    const double mean = static_cast<double>(i) * load;
    const double above = poisson_tail(mean, i * servers - 1) - c / load * poisson_tail(mean, i * servers);
    sum += above;
    if (above < 1e-16 * sum) break;
  }
  return service * sum;
}

double processor_sharing_time(double arrival_rate, double mean_service) {
  return processor_sharing_time_of(mean_service, arrival_rate, mean_service);
}

double processor_sharing_time_of(double service, double arrival_rate, double mean_service) {
  require(service >= 0.0 && arrival_rate >= 0.0 && mean_service >= 0.0,
          "processor_sharing_time_of: nothing is negative");
  const double utilization = arrival_rate * mean_service;
  return utilization < 1.0 ? service / (1.0 - utilization) : infinite;
}

}  // namespace peercap::queueing
