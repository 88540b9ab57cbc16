#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <vector>

#include "models/peer_support/behavior/rules.h"
#include "models/peer_support/observation/measures.h"
#include "models/peer_support/observation/run_record.h"
#include "sim/kernel/engine.h"
#include "sim/kernel/partitioning.h"

namespace peercap::peer_support {

/// What one replication of a scenario gives.
struct ReplicationOutcome {
  std::uint32_t replication = 0;
  std::array<double, measure_count> measures{};
  std::array<std::vector<double>, series_count> series;  ///< [series][week]
  RunRecord record;
  std::vector<std::array<double, 3>>
      surveys;  ///< by supporter: trauma, satisfaction, exhaustion; NaN of those gone
  RunReport report;
  bool is_checked = false;  ///< for broken invariants, none of which was found

  template <class Archive>
  void visit_state(Archive& archive) {
    archive(replication, measures, series, record, surveys, report, is_checked);
  }
};

/// Runs one replication of the scenario behind `rules` on `engine`. The outcome depends on rules, seed and
/// replication alone. Throws RunFailure, RunInterrupted, StateFormatError, and InvariantViolation at the end
/// where the rules ask for checks and something was broken (observation/invariants/violation.h).
///
/// Where the scenario asks for twins, a replication is several runs, one after the other: `control` is asked
/// during each, and what it is given to keep holds the results of those before. `resume_from` is such a
/// state, kept by the same replication of the same scenario on any engine.
[[nodiscard]] ReplicationOutcome run_replication(const Rules& rules, std::uint32_t replication,
                                                 Engine& engine, const std::atomic<bool>* stop = nullptr,
                                                 RunControl* control = nullptr,
                                                 const RunState* resume_from = nullptr);

/// Like run_replication, with every fact of the run given to `listener` as well (an event log, a test).
[[nodiscard]] ReplicationOutcome run_replication_observed(const Rules& rules, std::uint32_t replication,
                                                          Engine& engine, Observer& listener);

/// How the processes of a replication are divided among partitions, without running it.
struct Division {
  std::size_t units = 0;
  std::size_t desks = 0;
  std::size_t destinations = 0;
  SimDuration least_delay;  ///< of all channels
  Partitioning partitioning;
};

/// `partitions` as an engine in windows takes it: 0 for what is recommended for `threads`.
[[nodiscard]] Division divide_replication(const Rules& rules, std::uint32_t replication,
                                          std::size_t partitions, std::size_t threads);

}  // namespace peercap::peer_support
