#include "sim/queueing/erlang.h"

#include <algorithm>
#include <limits>

#include "sim/random/exact_math.h"
#include "sim/support/contract.h"

namespace peercap::queueing {

double erlang_b(std::int64_t servers, double offered_load) {
  require(servers >= 0 && offered_load >= 0.0, "erlang_b: servers and load are not negative");
  double blocking = 1.0;
  for (std::int64_t k = 1; k <= servers; ++k)
    blocking = offered_load * blocking / (static_cast<double>(k) + offered_load * blocking);
  return blocking;
}

double erlang_c(std::int64_t servers, double offered_load) {
  const double blocking = erlang_b(servers, offered_load);
  const auto c = static_cast<double>(servers);
  if (offered_load >= c) return 1.0;
  return c * blocking / (c - offered_load * (1.0 - blocking));
}

DelayQueue::DelayQueue(const DelaySystem& system)
    : system_{system},
      slack_{static_cast<double>(system.servers) * system.service_rate - system.arrival_rate} {
  require(system.arrival_rate > 0.0 && system.service_rate > 0.0 && system.servers >= 1,
          "DelayQueue: rates are positive, there is a server");
  waiting_probability_ = erlang_c(system.servers, offered_load());
}

double DelayQueue::utilization() const {
  return std::min(1.0, offered_load() / static_cast<double>(system_.servers));
}

double DelayQueue::mean_wait() const {
  return slack_ > 0.0 ? waiting_probability_ / slack_ : std::numeric_limits<double>::infinity();
}

double DelayQueue::wait_beyond(double time) const {
  require(time >= 0.0, "DelayQueue: time is not negative");
  return slack_ > 0.0 ? waiting_probability_ * exact::exp(-slack_ * time) : 1.0;
}

PoolingComparison compare_pooling(const DelaySystem& site, std::int64_t sites) {
  require(sites >= 1, "compare_pooling: at least one site");
  const DelaySystem pooled{.arrival_rate = static_cast<double>(sites) * site.arrival_rate,
                           .service_rate = site.service_rate,
                           .servers = sites * site.servers};
  return {.split_wait = DelayQueue{site}.mean_wait(), .pooled_wait = DelayQueue{pooled}.mean_wait()};
}

PriorityWaits priority_waits(double first_arrival_rate, double second_arrival_rate, double service_rate,
                             std::int64_t servers) {
  require(first_arrival_rate >= 0.0 && second_arrival_rate >= 0.0, "priority_waits: rates are not negative");
  constexpr double infinite = std::numeric_limits<double>::infinity();
  const DelayQueue all{{first_arrival_rate + second_arrival_rate, service_rate, servers}};
  const double capacity = static_cast<double>(servers) * service_rate;
  const double first_share = first_arrival_rate / capacity;
  const double share = (first_arrival_rate + second_arrival_rate) / capacity;
  if (first_share >= 1.0) return {infinite, infinite};
  const double first = all.waiting_probability() / (capacity * (1.0 - first_share));
  return {first, share < 1.0 ? first / (1.0 - share) : infinite};
}

}  // namespace peercap::queueing
