#pragma once

#include <iosfwd>
#include <optional>
#include <string>

#include "app/execution_plan.h"
#include "app/exit_code.h"
#include "app/interruption.h"
#include "app/studies/sizing_study.h"
#include "app/studies/study.h"

/// What the commands that run studies have in common.
namespace peercap::app {

/// Carries out the study's `warm_up` and says on `err` what was found. The code to end with where somebody
/// interrupts; nothing where the command goes on.
[[nodiscard]] std::optional<ExitCode> settle_warm_up(Study& study, const ExecutionRequest& request,
                                                     const InterruptionGuard& interruption,
                                                     std::ostream& err);

/// A closing line for a person: how many assumed values the study's scenario leans on.
[[nodiscard]] std::string assumed_values_line(const Study& study);

/// Of a study that ended before its answer.
[[nodiscard]] ExitCode code_of(const StudyEnded& ended, const InterruptionGuard& interruption);

}  // namespace peercap::app
