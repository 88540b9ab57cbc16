#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

#include "app/execution_plan.h"
#include "app/exit_code.h"
#include "app/progress.h"
#include "app/validation/validation_file.h"
#include "sim/io/yaml/diagnostic_renderer.h"
#include "sim/statistics/summary.h"

namespace peercap::app {

/// One line of the tables: what was published, and what the model makes of it.
struct ValidationRow {
  std::string program;
  std::string name;
  int pattern = 0;  ///< 1 to 10: of P1-P10; else 0
  std::string what;
  std::string published;
  std::string evidence;  ///< keys, separated by commas; empty where no figure was found
  std::string because;   ///< why the accepted interval is what it is; empty where it follows from a count
  std::string explained;
  Interval accepted;
  bool is_direction = false;
  bool is_share = false;
  peer_support::FigureOrigin origin = peer_support::FigureOrigin::predicted;
  Summary simulated;
  bool is_inside = false;
};

struct ValidationOptions {
  ExecutionRequest request = {};
  ProgressStyle progress = ProgressStyle::silent;
  yaml::Color color = yaml::Color::never;
  std::int64_t replications = 0;  ///< of each world; 0: as the file says
};

struct ValidationOutcome {
  ExitCode code = ExitCode::done;   ///< other than done: the rows are not complete
  std::vector<ValidationRow> rows;  ///< in the order of the files; those of the patterns after their file's
  int patterns_inside = 0;          ///< of the ten
  bool has_patterns = false;
};

/// Runs every world of every program and reads its figures. What goes wrong is told on `err`.
[[nodiscard]] ValidationOutcome run_validation(const std::vector<ValidationFile>& programs,
                                               const ValidationOptions& options, std::ostream& err);

}  // namespace peercap::app
