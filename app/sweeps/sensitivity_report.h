#pragma once

#include <string>

#include "app/studies/study.h"
#include "app/sweeps/sensitivity_study.h"

namespace peercap::app {

/// The most influential parameters of each measure in words, 80 columns: by how much they move it, with
/// intervals and the numbers these rest on, and how far each was moved.
[[nodiscard]] std::string sensitivity_report(const Study& study, const FactorChoice& choice,
                                             const SensitivityPlan& plan, const SensitivityOutcome& outcome);

/// All of them as JSON, `format: peercap-sensitivity/1`.
[[nodiscard]] std::string sensitivity_json(const Study& study, const FactorChoice& choice,
                                           const SensitivityPlan& plan, const SensitivityOutcome& outcome);

}  // namespace peercap::app
