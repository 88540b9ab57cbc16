#pragma once

#include <string>

#include "app/studies/sizing_study.h"
#include "app/studies/study.h"
#include "models/peer_support/scenario/staffing_estimate.h"

namespace peercap::app {

/// The answer in plain words, 80 columns: the size and how sure it is, what binds, what one fewer would do,
/// what the scenario as it is gives, and what the closed forms say beside it.
[[nodiscard]] std::string sizing_report(const Study& study, const SizingOutcome& outcome,
                                        const peer_support::StaffingLaw& law);

/// Its first sentences: the size and how sure it is, or that there is none.
[[nodiscard]] std::string sizing_answer(const Study& study, const SizingOutcome& outcome,
                                        const peer_support::StaffingLaw& law);

/// "34 supporters"; of an empty candidate "today, with 60 supporters".
[[nodiscard]] std::string sizing_words(const Study& study, const SizingOutcome& outcome,
                                       const peer_support::StaffingLaw& law,
                                       const std::vector<std::int64_t>& candidate);

/// The same as JSON, `format: peercap-sizing/1`.
[[nodiscard]] std::string sizing_json(const Study& study, const SizingOutcome& outcome,
                                      const peer_support::StaffingLaw& law);

}  // namespace peercap::app
