#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/event/event.h"
#include "sim/time/sim_time.h"

namespace peercap {

/// Where a run stands between two events, free of engine, threads and partitions: whoever has come to the
/// same time of the same run has the same bytes.
struct RunState {
  SimTime reached;           ///< everything before it has been handled, nothing at or after it
  std::uint64_t events = 0;  ///< as in RunReport
  std::uint64_t skipped_timers = 0;
  std::vector<Event> pending;        ///< in their total order, without timers that are no longer set
  std::vector<std::byte> records;    ///< what the kernel keeps for each process
  std::vector<std::byte> processes;  ///< each process's name and own state, in the order of ids
  std::vector<std::byte> observer;   ///< what has been observed; empty where nobody listens

  template <class Archive>
  void visit_state(Archive& archive) {
    archive(reached, events, skipped_timers, pending, records, processes, observer);
  }
  friend bool operator==(const RunState&, const RunState&) = default;
};

}  // namespace peercap
