// What of a unit is saved and restored.

#include <algorithm>
#include <vector>

#include "models/peer_support/behavior/unit_process.h"
#include "sim/support/state_archive.h"

namespace peercap::peer_support {

/// Others read what was shown in the week of the last tick and in the one before; the third sheet of the
/// board is written anew before anybody reads it.
template <class Archive>
void UnitProcess::visit_shown(Archive& archive, std::uint64_t week) {
  WeeklyBoard& board = *surroundings_.board;
  std::vector<ShownExhaustion> exhaustion(unit_.size);
  float awareness = 0.0F;
  float users = 0.0F;
  if constexpr (!Archive::reads) {
    for (std::uint32_t i = 0; i < unit_.size; ++i) exhaustion[i] = board.exhaustion(week + 1)[clinician(i)];
    awareness = board.awareness(week + 1)[id_.index()];
    users = board.users(week + 1)[id_.index()];
  }
  archive.in_place("people", exhaustion);
  archive(awareness, users);
  if constexpr (Archive::reads) {
    std::ranges::copy(exhaustion, board.exhaustion_to_show(week) + unit_.first_clinician);
    board.show_unit(week, id_.value(), awareness, users);
  }
}

template <class Archive>
void UnitProcess::visit_state(Archive& archive) {
  visit_phase(archive, rules_);
  archive.in_place("people", weekly_);
  archive.in_place("people", people_);
  archive(concerns_, free_concerns_, hired_);
  archive.in_place("supporters", overload_debts_);
  archive(groups_, tick_, next_tick_, week_, mean_exhaustion_, awareness_, trust_, told_trust_, present_,
          users_, embedded_, distressed_ticks_, supported_ticks_);
  visit_shown(archive, week_);
  visit_shown(archive, week_ + 2);  // that is, in the week before
}

void UnitProcess::save(StateWriter& state) const {
  state(*this);
}

void UnitProcess::restore(StateReader& state) {
  state(*this);
}

}  // namespace peercap::peer_support
