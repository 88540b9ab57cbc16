#pragma once

#include <cstdint>
#include <vector>

namespace peercap::queueing {

/// A station of an open network.
struct NetworkStation {
  double external_arrival_rate = 0.0;  ///< >= 0
  double mean_service = 0.0;           ///< > 0
  std::int64_t servers = 1;
  std::vector<double> routes = {};  ///< [stations] probabilities of going on to each; the rest leaves
};

struct StationLoad {
  double arrival_rate = 0.0;  ///< with all returns
  double utilization = 0.0;   ///< may exceed 1: then waits are infinite
  double mean_wait = 0.0;     ///< of one visit
  double mean_in_system = 0.0;
};

struct NetworkLoad {
  std::vector<StationLoad> stations;
  double mean_time_in_network = 0.0;  ///< by Little's law, all visits together
};

/// A Jackson network: arrival rates solve lambda = gamma + lambda P, each station is an M/M/c queue of its
/// own. Source: J. R. Jackson, Networks of waiting lines, Operations Research 5 (1957),
/// doi:10.1287/opre.5.4.518. Throws ContractViolation for routes of another length, negative, summing beyond
/// 1, or never leaving.
[[nodiscard]] NetworkLoad solve_open_network(const std::vector<NetworkStation>& stations);

}  // namespace peercap::queueing
