#pragma once

#include <cstdint>

#include "sim/kernel/engine.h"

namespace peercap::reference {

/// PHOLD, the usual load for engines: a fixed population of events that hop between processes (R. M.
/// Fujimoto, Performance of Time Warp under synthetic workloads, SCS Multiconference on Distributed
/// Simulation, 1990). Times are in the model's units of a second.
struct PholdParameters {
  std::uint32_t processes = 1024;
  std::uint32_t events_each = 16;
  double remote_share = 0.9;      ///< of events that go to another process, any with equal probability
  double least_delay = 0.1;       ///< the lookahead
  double mean_extra_delay = 0.9;  ///< of the exponential part
};

/// Runs it on `engine` from time zero for `horizon`, or on from where a state of the same run was saved. The
/// number of events is about processes * events_each * horizon / (least_delay + mean_extra_delay).
[[nodiscard]] RunReport run_phold(const PholdParameters& parameters, Engine& engine, std::uint64_t seed,
                                  SimDuration horizon, Observer* observer = nullptr,
                                  RunControl* control = nullptr, const RunState* resume_from = nullptr);

}  // namespace peercap::reference
