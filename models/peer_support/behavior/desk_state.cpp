// What of a desk is saved and restored.

#include "models/peer_support/behavior/desk_process.h"
#include "sim/support/state_archive.h"

namespace peercap::peer_support {

/// As units do with what they show (unit_state.cpp).
template <class Archive>
void DeskProcess::visit_shown(Archive& archive, std::uint64_t week) {
  std::vector<std::uint8_t> serving(supporters_.size());
  if constexpr (!Archive::reads)
    for (std::uint32_t i = 0; i < supporters_.size(); ++i)
      serving[i] = board_.serving(week + 1)[supporters_[i].id];
  archive.in_place("supporters", serving);
  if constexpr (Archive::reads)
    for (std::uint32_t i = 0; i < supporters_.size(); ++i)
      board_.show_supporter(week, supporters_[i].id, serving[i] != 0);
}

/// The parts of a transfer come at one time, so that none is incomplete between two times.
template <class Archive>
void DeskProcess::visit_state(Archive& archive) {
  visit_phase(archive, rules_);
  archive(supporters_, cases_, clients_, foreign_clients_, transferred_, group_meetings_, triage_queue_,
          in_triage_, waiting_);
  archive(candidates_);
  archive.in_place("units", trust_);
  archive.in_place("units", told_embedded_);
  archive(week_, next_on_call_change_);
  visit_shown(archive, week_);
  visit_shown(archive, week_ + 2);  // that is, in the week before
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
