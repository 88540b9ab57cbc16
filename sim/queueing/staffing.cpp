#include "sim/queueing/staffing.h"

#include <algorithm>
#include <cmath>

#include "sim/queueing/erlang.h"
#include "sim/statistics/special_functions.h"
#include "sim/support/contract.h"

namespace peercap::queueing {
namespace {

/// The hazard of a standard normal; for large z by its expansion, where density and tail underflow.
double normal_hazard(double z) {
  if (z > 30.0) return z + 1.0 / z - 2.0 / (z * z * z);
  return normal_density(z) / normal_cumulative(-z);
}

/// Where a falling function takes a value, by bisection of [low, high].
double solve_falling(const std::function<double(double)>& function, double value, double low, double high) {
  for (int i = 0; i < 200; ++i) {
    const double middle = 0.5 * (low + high);
    if (middle <= low || middle >= high) break;
    (function(middle) > value ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

constexpr double largest_beta = 37.0;

}  // namespace

double halfin_whitt_waiting(double beta) {
  require(beta > 0.0, "halfin_whitt_waiting: beta is positive");
  const double density = normal_density(beta);
  return density / (density + beta * normal_cumulative(beta));
}

double garnett_waiting(double beta, double rate_ratio) {
  require(rate_ratio > 0.0, "garnett_waiting: the ratio of rates is positive");
  const double root = std::sqrt(rate_ratio);
  return 1.0 / (1.0 + root * normal_hazard(beta / root) / normal_hazard(-beta));
}

double halfin_whitt_beta(double waiting_probability) {
  require(waiting_probability > 0.0 && waiting_probability < 1.0, "halfin_whitt_beta: p lies in (0, 1)");
  return solve_falling(halfin_whitt_waiting, waiting_probability, 0.0, largest_beta);
}

double garnett_beta(double waiting_probability, double rate_ratio) {
  require(waiting_probability > 0.0 && waiting_probability < 1.0, "garnett_beta: p lies in (0, 1)");
  return solve_falling([&](double beta) { return garnett_waiting(beta, rate_ratio); }, waiting_probability,
                       -largest_beta, largest_beta);
}

std::int64_t square_root_staffing(double offered_load, double beta) {
  require(offered_load >= 0.0, "square_root_staffing: the load is not negative");
  const double servers = std::ceil(offered_load + beta * std::sqrt(offered_load));
  return std::max<std::int64_t>(1, static_cast<std::int64_t>(servers));
}

std::optional<std::int64_t> smallest_meeting(std::int64_t low, std::int64_t high,
                                             const std::function<bool(std::int64_t)>& meets) {
  require(low <= high, "smallest_meeting: low is not above high");
  std::int64_t failing = low - 1;
  std::int64_t step = 1;
  std::int64_t candidate = low;
  while (!meets(candidate)) {
    if (candidate == high) return std::nullopt;
    failing = candidate;
    candidate = step > high - candidate ? high : candidate + step;
    step *= 2;
  }
  while (candidate - failing > 1) {
    const std::int64_t middle = failing + (candidate - failing) / 2;
    (meets(middle) ? candidate : failing) = middle;
  }
  return candidate;
}

std::int64_t fewest_servers_for_delay(double offered_load, double waiting_probability) {
  require(offered_load >= 0.0 && waiting_probability > 0.0 && waiting_probability < 1.0,
          "fewest_servers_for_delay: the target lies in (0, 1)");
  const auto low = static_cast<std::int64_t>(std::floor(offered_load)) + 1;
  return *smallest_meeting(low, low + static_cast<std::int64_t>(1e15), [&](std::int64_t servers) {
    return erlang_c(servers, offered_load) <= waiting_probability;
  });
}

}  // namespace peercap::queueing
