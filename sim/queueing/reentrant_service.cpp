#include "sim/queueing/reentrant_service.h"

#include <algorithm>
#include <cmath>
#include <complex>

#include "sim/support/contract.h"

namespace peercap::queueing {
namespace {

void check(const ReentrantService& service) {
  require(service.service_rate > 0.0 && service.return_rate > 0.0, "ReentrantService: rates are positive");
  require(service.return_probability >= 0.0 && service.return_probability < 1.0,
          "ReentrantService: the probability of returning lies in [0, 1)");
}

}  // namespace

ReentrantLoad stationary_load(const ReentrantService& service, double arrival_rate) {
  check(service);
  const double sessions = arrival_rate / (1.0 - service.return_probability);
  return {.needy = sessions / service.service_rate,
          .content = service.return_probability * sessions / service.return_rate};
}

double mean_sessions(double return_probability) {
  require(return_probability >= 0.0 && return_probability < 1.0, "mean_sessions: p lies in [0, 1)");
  return 1.0 / (1.0 - return_probability);
}

double mean_sessions(double return_probability, int cap) {
  require(return_probability >= 0.0 && return_probability <= 1.0 && cap >= 0,
          "mean_sessions: p lies in [0, 1], the cap is not negative");
  double sum = 0.0;
  double reaching = 1.0;
  for (int session = 0; session < cap; ++session) {
    sum += reaching;
    reaching *= return_probability;
  }
  return sum;
}

ReentrantResponse sinusoidal_response(const ReentrantService& service, double period) {
  check(service);
  require(period > 0.0, "sinusoidal_response: the period is positive");
  const double omega = 6.283185307179586477 / period;
  const double mu = service.service_rate;
  const double delta = service.return_rate;
  const double p = service.return_probability;
  const std::complex<double> frequency{0.0, omega};
  const std::complex<double> transfer =
      (frequency + delta) / ((frequency + mu) * (frequency + delta) - p * mu * delta);
  return {.gain = std::abs(transfer) * mu * (1.0 - p), .lag = -std::arg(transfer) / omega};
}

std::vector<ReentrantLoad> varying_load(const ReentrantService& service,
                                        const std::function<double(double)>& arrival_rate,
                                        ReentrantLoad start, double step, int count) {
  check(service);
  require(step > 0.0 && count >= 0, "varying_load: the step is positive");
  const double mu = service.service_rate;
  const double delta = service.return_rate;
  const double p = service.return_probability;
  const auto slope = [&](const ReentrantLoad& load, double arrivals) {
    return ReentrantLoad{.needy = arrivals + delta * load.content - mu * load.needy,
                         .content = p * mu * load.needy - delta * load.content};
  };
  const auto moved = [](const ReentrantLoad& load, const ReentrantLoad& by, double time) {
    return ReentrantLoad{load.needy + time * by.needy, load.content + time * by.content};
  };
  // Substeps keep the method accurate however coarse the grid is that is asked for.
  const int substeps = std::max(1, static_cast<int>(std::ceil(step * (mu + delta) / 0.05)));
  const double h = step / substeps;
  std::vector<ReentrantLoad> loads{start};
  ReentrantLoad load = start;
  for (int i = 0; i < count; ++i) {
    for (int j = 0; j < substeps; ++j) {
      const double time = i * step + j * h;
      const double middle = arrival_rate(time + 0.5 * h);
      const ReentrantLoad k1 = slope(load, arrival_rate(time));
      const ReentrantLoad k2 = slope(moved(load, k1, 0.5 * h), middle);
      const ReentrantLoad k3 = slope(moved(load, k2, 0.5 * h), middle);
      const ReentrantLoad k4 = slope(moved(load, k3, h), arrival_rate(time + h));
      load.needy += h / 6.0 * (k1.needy + 2.0 * k2.needy + 2.0 * k3.needy + k4.needy);
      load.content += h / 6.0 * (k1.content + 2.0 * k2.content + 2.0 * k3.content + k4.content);
    }
    loads.push_back(load);
  }
  return loads;
}

}  // namespace peercap::queueing
