#pragma once

#include <array>
#include <iosfwd>
#include <string>
#include <vector>

#include "app/execution_plan.h"
#include "app/exit_code.h"
#include "app/progress.h"
#include "models/peer_support/observation/patterns.h"
#include "models/peer_support/scenario_yaml/load.h"
#include "sim/io/yaml/diagnostic_renderer.h"

namespace peercap::app {

/// A scenario that is held against the patterns P1-P10.
struct PatternRequest {
  std::string scenario;
  peer_support::LoadOptions load;
  ExecutionRequest request;
  ProgressStyle progress = ProgressStyle::silent;
  yaml::Color color = yaml::Color::never;
};

/// The figures of the patterns.
struct PatternRun {
  ExitCode code = ExitCode::done;  ///< other than done: nothing else holds
  std::string scenario_name;
  std::size_t replications = 0;
  std::array<Summary, peer_support::pattern_figure_count> figures;  ///< over the replications
};

/// Runs the scenario over three years, as a new program over four, and under pressure; what goes wrong is
/// told on `err`.
[[nodiscard]] PatternRun run_patterns(const PatternRequest& request, std::ostream& err);

}  // namespace peercap::app
