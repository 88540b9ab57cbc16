#include "app/commands/study_command.h"

#include <ostream>
#include <string>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "app/studies/warm_up.h"

namespace peercap::app {

std::optional<ExitCode> settle_warm_up(Study& study, const ExecutionRequest& request,
                                       const InterruptionGuard& interruption, std::ostream& err) {
  std::string said;
  if (!settle_warm_up(study, request, &interruption.stop_flag(), said)) {
    fmt::print(err, "interrupted before anything was run\n");
    return interruption.exit_code();
  }
  if (!said.empty()) fmt::print(err, "{}\n", said);
  return std::nullopt;
}

ExitCode code_of(const StudyEnded& ended, const InterruptionGuard& interruption) {
  switch (ended.end()) {
    case StudyEnd::interrupted:
      return interruption.exit_code();
    case StudyEnd::out_of_time:
      return ExitCode::partial;
    case StudyEnd::failed:
      break;
  }
  return ExitCode::internal_error;
}

std::string assumed_values_line(const Study& study) {
  // Without the file's name, which can be longer than a line.
  return fmt::format(
      "\nThe scenario leans on {} assumed value{}:\n  peercap evidence --scenario FILE lists them\n",
      study.assumed_values, study.assumed_values == 1 ? "" : "s");
}

}  // namespace peercap::app
