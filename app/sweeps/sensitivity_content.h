#pragma once

#include <string>
#include <vector>

#include "app/studies/study.h"
#include "app/sweeps/sensitivity_study.h"
#include "sim/observe/result_content.h"

namespace peercap::app {

/// The groups of an analysis' result: /study, /factors, /effects, /points.
[[nodiscard]] std::vector<ResultGroup> sensitivity_groups(const Study& study, const FactorChoice& choice,
                                                          const SensitivityPlan& plan,
                                                          const SensitivityOutcome& outcome,
                                                          const std::string& source);

}  // namespace peercap::app
