#pragma once

#include <string>
#include <vector>

#include "app/studies/sizing_study.h"
#include "app/studies/study.h"
#include "models/peer_support/scenario/staffing_estimate.h"
#include "sim/observe/result_content.h"

namespace peercap::app {

/// The groups of a sizing's result: /study (texts: name, description, source, scenario, answer), /search
/// (what was looked for), /assessments (each look at a candidate by each target, with its part in the answer)
/// and /closed_form.
[[nodiscard]] std::vector<ResultGroup> sizing_groups(const Study& study, const SizingOutcome& outcome,
                                                     const peer_support::StaffingLaw& law,
                                                     const std::string& source);

}  // namespace peercap::app
