#pragma once

#include <cstddef>

#include "models/peer_support/behavior/rules.h"

namespace peercap::peer_support {

/// How replications are run, as far as memory depends on it.
struct MemoryPlan {
  std::size_t side_by_side = 1;  ///< replications at a time
  bool windows = false;          ///< partitions with a queue each
  std::size_t threads_each = 1;  ///< of one replication
  bool saved = false;            ///< checkpoints are made, which hold the state a second time
};

/// Expected bytes of a run, by what they are for.
struct MemoryNeed {
  double program = 0;  ///< the program itself, with its libraries
  // of one replication
  double people = 0;    ///< the organization, what units know of everybody, and the program's office
  double network = 0;   ///< ties of trust
  double events = 0;    ///< that are pending
  double records = 0;   ///< what is observed
  double building = 0;  ///< beyond the above while ties are drawn, where that is the most there ever is
  double saving = 0;    ///< while a checkpoint is written
  // of all
  double results = 0;       ///< what is kept of finished replications until the file is written
  double replications = 1;  ///< at a time

  [[nodiscard]] double replication() const { return people + network + events + records + building + saving; }
  [[nodiscard]] double total() const { return program + replications * replication() + results; }
};

/// What a run of the scenario behind `rules` will take, before anything is built. From the sizes of what is
/// stored, how many there are of it, and the expected ties and pending events; within 15 % of what is
/// resident from 100,000 clinicians on (docs/theory/kernel.md).
[[nodiscard]] MemoryNeed estimate_memory(const Rules& rules, const MemoryPlan& plan);

}  // namespace peercap::peer_support
