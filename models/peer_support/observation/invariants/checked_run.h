#pragma once

#include "models/peer_support/behavior/rules.h"
#include "models/peer_support/organization/organization.h"
#include "sim/random/random_source.h"

namespace peercap::peer_support {

/// The run whose facts are checked. What is referred to outlives the check.
struct CheckedRun {
  const Rules& rules;
  const Organization& organization;
  const RandomSource& random;

  [[nodiscard]] std::uint32_t clinician_of(std::uint32_t supporter) const {
    return organization.supporters[supporter].clinician.value();
  }
  [[nodiscard]] SiteId site_of_clinician(std::uint32_t clinician) const {
    return organization.units[organization.unit_of[clinician]].site;
  }
  [[nodiscard]] SiteId site_of_supporter(std::uint32_t supporter) const {
    return organization.unit(organization.supporters[supporter].unit).site;
  }
  /// The desk goes by the rules of the phase of its latest event: those at `time`.
  [[nodiscard]] const Scenario& scenario_at(SimTime time) const { return rules.at(time).scenario; }

  /// Whether `holds(rules)` is true of one of the phases in [from, to]: what was decided at some time between
  /// them went by one of these.
  template <class Holds>
  [[nodiscard]] bool in_some_phase(SimTime from, SimTime to, Holds&& holds) const {
    for (const Rules* phase = &rules.at(from); phase != nullptr; phase = phase->next_phase) {
      if (phase->phase_begin > to) return false;
      if (holds(*phase)) return true;
    }
    return false;
  }
};

}  // namespace peercap::peer_support
