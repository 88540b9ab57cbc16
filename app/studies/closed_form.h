#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/studies/target_text.h"
#include "models/peer_support/scenario/staffing_estimate.h"

namespace peercap::app {

/// What the closed forms say of a measure with so many supporters; nothing of measures they do not know.
[[nodiscard]] std::optional<double> closed_form_value(const peer_support::StaffingLaw& law,
                                                      const peer_support::Scenario& scenario,
                                                      peer_support::Measure measure, std::int64_t supporters);

/// The fewest supporters for a target by the closed forms.
struct ClosedFormAnswer {
  std::optional<std::int64_t> supporters;
  std::string remark;  ///< what the number rests on, or why there is none
};
[[nodiscard]] ClosedFormAnswer closed_form_answer(const peer_support::StaffingLaw& law,
                                                  const peer_support::Scenario& scenario,
                                                  const StudyTarget& target);

/// The fewest whose protected time holds all hours of sessions; nothing without protected time.
[[nodiscard]] std::optional<std::int64_t> supporters_for_hours(
    const peer_support::StaffingEstimate& estimate);

/// The fewest for everything the closed forms know: the targets, square-root staffing, and the hours
/// where supporters refuse to work beyond protected time.
[[nodiscard]] std::int64_t closed_form_start(const peer_support::StaffingLaw& law,
                                             const peer_support::Scenario& scenario,
                                             std::span<const StudyTarget> targets);

/// What the closed forms assume, sentence by sentence.
[[nodiscard]] std::vector<std::string> closed_form_assumptions();

}  // namespace peercap::app
