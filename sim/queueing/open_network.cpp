#include "sim/queueing/open_network.h"

#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>

#include "sim/queueing/erlang.h"
#include "sim/support/contract.h"

namespace peercap::queueing {
namespace {

/// Solves A x = b by elimination with row pivots.
std::vector<double> solve_linear(std::vector<std::vector<double>> a, std::vector<double> b) {
  const std::size_t n = b.size();
  for (std::size_t column = 0; column < n; ++column) {
    std::size_t pivot = column;
    for (std::size_t row = column + 1; row < n; ++row)
      if (std::abs(a[row][column]) > std::abs(a[pivot][column])) pivot = row;
    require(std::abs(a[pivot][column]) > 1e-12, "solve_open_network: some customers never leave");
    std::swap(a[pivot], a[column]);
    std::swap(b[pivot], b[column]);
    for (std::size_t row = column + 1; row < n; ++row) {
      const double factor = a[row][column] / a[column][column];
      for (std::size_t k = column; k < n; ++k) a[row][k] -= factor * a[column][k];
      b[row] -= factor * b[column];
    }
  }
  for (std::size_t row = n; row-- > 0;) {
    for (std::size_t k = row + 1; k < n; ++k) b[row] -= a[row][k] * b[k];
    b[row] /= a[row][row];
  }
  return b;
}

std::vector<double> arrival_rates(const std::vector<NetworkStation>& stations) {
  const std::size_t n = stations.size();
  std::vector<std::vector<double>> balance(n, std::vector<double>(n, 0.0));
  std::vector<double> external;
  for (std::size_t from = 0; from < n; ++from) {
    const NetworkStation& station = stations[from];
    require(station.routes.size() == n, "solve_open_network: a route to each station");
    require(station.external_arrival_rate >= 0.0 && station.mean_service > 0.0,
            "solve_open_network: rates are not negative, service is positive");
    balance[from][from] += 1.0;
    double sum = 0.0;
    for (std::size_t to = 0; to < n; ++to) {
      require(station.routes[to] >= 0.0, "solve_open_network: routes are not negative");
      balance[to][from] -= station.routes[to];
      sum += station.routes[to];
    }
    require(sum <= 1.0 + 1e-12, "solve_open_network: routes sum to at most 1");
    external.push_back(station.external_arrival_rate);
  }
  return solve_linear(std::move(balance), std::move(external));
}

}  // namespace

NetworkLoad solve_open_network(const std::vector<NetworkStation>& stations) {
  NetworkLoad load;
  double external = 0.0;
  double present = 0.0;
  const std::vector<double> rates = arrival_rates(stations);
  for (std::size_t i = 0; i < stations.size(); ++i) {
    const NetworkStation& station = stations[i];
    external += station.external_arrival_rate;
    StationLoad figures{.arrival_rate = rates[i]};
    figures.utilization = rates[i] * station.mean_service / static_cast<double>(station.servers);
    if (rates[i] > 0.0) {
      const DelayQueue queue{{rates[i], 1.0 / station.mean_service, station.servers}};
      figures.mean_wait = queue.mean_wait();
      figures.mean_in_system = queue.mean_in_system();
    }
    present += figures.mean_in_system;
    load.stations.push_back(figures);
  }
  load.mean_time_in_network = external > 0.0 ? present / external : std::numeric_limits<double>::quiet_NaN();
  return load;
}

}  // namespace peercap::queueing
