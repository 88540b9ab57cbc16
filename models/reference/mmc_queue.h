#pragma once

#include <cstdint>
#include <memory>

#include "sim/kernel/engine.h"

namespace peercap::reference {

/// An M/M/c station: Poisson arrivals, exponential service, c equal servers, first come first served.
struct MmcParameters {
  double arrivals_per_hour = 4.0;
  double services_per_hour = 1.0;
  std::uint32_t servers = 5;
};

/// What happened to the customers that arrived after the warm-up and were served before the end.
struct MmcResult {
  std::uint64_t served = 0;
  std::uint64_t waited = 0;           ///< those who did not find a free server
  std::int64_t total_wait_ticks = 0;  ///< exact
  RunReport report;

  [[nodiscard]] double mean_wait_hours() const {
    return static_cast<double>(total_wait_ticks) / 3.6e9 / static_cast<double>(served);
  }
  [[nodiscard]] double probability_of_waiting() const {
    return static_cast<double>(waited) / static_cast<double>(served);
  }
};

/// Runs the station on `engine` from time zero, or on from where a state of the same run was saved. Theory:
/// Erlang C (A. K. Erlang, 1917).
[[nodiscard]] MmcResult run_mmc(const MmcParameters& parameters, Engine& engine, std::uint64_t seed,
                                std::uint32_t replication, SimDuration warm_up, SimDuration horizon,
                                RunControl* control = nullptr, const RunState* resume_from = nullptr);

}  // namespace peercap::reference
