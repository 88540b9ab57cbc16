#include "sim/queueing/impatient_queue.h"

#include <algorithm>

#include "sim/random/exact_math.h"
#include "sim/support/contract.h"

namespace peercap::queueing {
namespace {

NumberDistribution stationary_number(const ImpatientSystem& system) {
  require(system.arrival_rate > 0.0 && system.service_rate > 0.0 && system.abandonment_rate > 0.0 &&
              system.servers >= 1,
          "ImpatientQueue: rates are positive, there is a server");
  return stationary_birth_death([&](std::int64_t) { return system.arrival_rate; },
                                [&](std::int64_t n) {
                                  const std::int64_t busy = std::min(n, system.servers);
                                  return static_cast<double>(busy) * system.service_rate +
                                         static_cast<double>(n - busy) * system.abandonment_rate;
                                });
}

}  // namespace

// The wait V that an arrival of endless patience would meet has, above 0, a density proportional to
// exp(lambda (1 - e^(-theta v)) / theta - c mu v): log-concave. Its integral over (0, infinity) is the
// probability of waiting, which fixes the factor; everything is taken relative to the peak, so that nothing
// overflows.
double ImpatientQueue::scaled_log_density(double wait) const {
  const double theta = system_.abandonment_rate;
  const auto log_density = [&](double v) {
    return system_.arrival_rate * (1.0 - exact::exp(-theta * v)) / theta -
           static_cast<double>(system_.servers) * system_.service_rate * v;
  };
  return log_density(wait) - log_density(peak_);
}

ImpatientQueue::ImpatientQueue(const ImpatientSystem& system)
    : system_{system},
      number_{stationary_number(system)},
      waiting_probability_{number_.at_least(system.servers)},
      mean_queue_{number_.mean_excess(system.servers)} {
  const double capacity = static_cast<double>(system.servers) * system.service_rate;
  peak_ = system.arrival_rate > capacity
              ? exact::log(system.arrival_rate / capacity) / system.abandonment_rate
              : 0.0;
  constexpr double depth = -45.0;
  double step = 1.0 / capacity;
  while (scaled_log_density(peak_ + step) > depth) step *= 2.0;
  last_ = peak_ + step;
  first_ = 0.0;
  if (scaled_log_density(0.0) < depth) {
    double low = 0.0;
    double high = peak_;
    for (int i = 0; i < 60; ++i) {
      const double middle = 0.5 * (low + high);
      (scaled_log_density(middle) < depth ? low : high) = middle;
    }
    first_ = low;
  }
  total_ = integral(first_, last_, 0.0);
}

/// The integral of the scaled density times e^(-discount v), by Gauss's rule of five points on panels that
/// are short beside the width of the density.
double ImpatientQueue::integral(double from, double to, double discount) const {
  constexpr int panels = 100;
  constexpr double nodes[] = {0.0, 0.5384693101056830910, 0.9061798459386639928};
  constexpr double weights[] = {0.5688888888888888889, 0.4786286704993664680, 0.2369268850561890875};
  from = std::max(from, first_);
  to = std::min(to, last_);
  if (to <= from) return 0.0;
  const double half = 0.5 * (to - from) / panels;
  const auto value = [&](double v) { return exact::exp(scaled_log_density(v) - discount * v); };
  double sum = 0.0;
  for (int panel = 0; panel < panels; ++panel) {
    const double center = from + (2 * panel + 1) * half;
    sum += weights[0] * value(center);
    for (int k = 1; k < 3; ++k)
      sum += weights[k] * (value(center - nodes[k] * half) + value(center + nodes[k] * half));
  }
  return sum * half;
}

double ImpatientQueue::abandonment_probability() const {
  return system_.abandonment_rate * mean_queue_ / system_.arrival_rate;
}

double ImpatientQueue::utilization() const {
  return (number_.mean() - mean_queue_) / static_cast<double>(system_.servers);
}

double ImpatientQueue::wait_beyond(double time) const {
  require(time >= 0.0, "ImpatientQueue: time is not negative");
  const double offered = waiting_probability_ * integral(time, last_, 0.0) / total_;
  return offered * exact::exp(-system_.abandonment_rate * time);
}

double ImpatientQueue::served_within(double time) const {
  require(time >= 0.0, "ImpatientQueue: time is not negative");
  return 1.0 - waiting_probability_ +
         waiting_probability_ * integral(0.0, time, system_.abandonment_rate) / total_;
}

}  // namespace peercap::queueing
