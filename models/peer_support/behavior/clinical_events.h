#pragma once

#include <array>
#include <cstdint>
#include <span>
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

  template <class Archive>
  void visit_state(Archive& archive) {
    archive(value_);
  }

 private:
  std::uint64_t value_;
};

/// A clinical event of a unit that happens.
struct ClinicalEvent {
  CandidateId candidate;
  SimTime time;
};

/// The intensity of a unit's events is clamped here, relative to the reference.
inline constexpr double max_event_factor = 8.0;

/// The intensity from `begin` on, until the next segment, relative to the reference.
struct IntensitySegment {
  SimTime begin;
  double factor;
};

/// Appends to `events` what happens in the unit during the week that begins at `week_begin`, at the intensity
/// of `segments` (at least one; the first begins no later than the week, the others follow in order of time)
/// relative to the rules' reference.
///
/// Candidates come for each week from layers of the intensity, [0,1), [1,2), [2,4) and [4,8) times the
/// reference. Each carries a mark within its layer and happens where the intensity at its time exceeds the
/// mark: a higher intensity adds events and never moves or changes one. Throws ContractViolation where a
/// layer has more candidates than a CandidateId can number.
void draw_clinical_events(const Rules& rules, const RandomSource& random, const Unit& unit,
                          const DepartmentEntry& department, SimTime week_begin,
                          std::span<const IntensitySegment> segments, std::vector<ClinicalEvent>& events);

}  // namespace peercap::peer_support
