#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "models/peer_support/behavior/rules.h"
#include "sim/random/random_source.h"

namespace peercap::peer_support {

/// Names one candidate event of a unit for all draws about it: week since the calendar's origin (14 bits),
/// layer of the reference intensity (2 bits), number within week and layer (12 bits).
class CandidateId {
 public:
  constexpr CandidateId(std::uint64_t week, std::uint64_t layer, std::uint64_t number)
      : value_{week << 14 | layer << 12 | number} {}
  constexpr explicit CandidateId(std::uint64_t value) : value_{value} {}

  static constexpr std::uint64_t number_limit = 1U << 12;

  [[nodiscard]] constexpr std::uint64_t value() const { return value_; }
  /// The index of draws about the member of the unit at `position` (below 2^16) in this event.
  [[nodiscard]] constexpr std::uint64_t for_position(std::uint32_t position) const {
    return value_ << 16 | position;
  }

 private:
  std::uint64_t value_;
};

/// A clinical event of a unit that happens.
struct ClinicalEvent {
  CandidateId candidate;
  SimTime time;
};

/// The factor on a unit's event rate is clamped here.
inline constexpr double max_event_factor = 4.0;

/// Appends to `events` what happens in the unit during the week that begins at `week_begin`, at `factor`
/// times the reference intensity.
///
/// Candidates come for each week from layers of the intensity, [0,1), [1,2) and [2,4) times the reference.
/// Each carries a mark within its layer and happens where the factor exceeds the mark: a higher factor adds
/// events and never moves or changes one. Throws ContractViolation where a layer has more candidates than a
/// CandidateId can number.
void draw_clinical_events(const Rules& rules, const RandomSource& random, const Unit& unit,
                          const DepartmentEntry& department, SimTime week_begin, double factor,
                          std::vector<ClinicalEvent>& events);

}  // namespace peercap::peer_support
