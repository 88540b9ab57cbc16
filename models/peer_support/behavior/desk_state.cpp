// What of a desk is saved and restored.

#include "models/peer_support/behavior/desk_process.h"
#include "sim/support/state_archive.h"

namespace peercap::peer_support {

/// The parts of a transfer come at one time, so that none is incomplete between two times.
template <class Archive>
void DeskProcess::visit_state(Archive& archive) {
  visit_phase(archive, rules_);
  archive(supporters_, cases_, clients_, foreign_clients_, transferred_, group_meetings_, triage_queue_,
          in_triage_, waiting_);
  archive(candidates_);
  archive.in_place("units", trust_);
  archive.in_place("units", told_embedded_);
  if constexpr (Archive::reads) {
    calendar_.follow(*rules_);
    supporters_.follow(*rules_);
  }
}

void DeskProcess::save(StateWriter& state) const {
  state(*this);
}

void DeskProcess::restore(StateReader& state) {
  state(*this);
}

}  // namespace peercap::peer_support
