#pragma once

#include <string>

#include "app/calibration/calibration_study.h"
#include "app/studies/study.h"

namespace peercap::app {

/// The answer on a terminal, 80 columns: how well the model fits, each parameter before and after, each
/// figure as observed and as it comes out.
[[nodiscard]] std::string calibration_report(const Study& study, const CalibrationOutcome& outcome);

/// The same, and every set of parameters with its weight, as a `peercap-posterior/1`
/// (docs/formats/posterior_file.md).
[[nodiscard]] std::string posterior_json(const Study& study, const CalibrationOutcome& outcome);

}  // namespace peercap::app
