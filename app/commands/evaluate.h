#pragma once

#include <iosfwd>
#include <string>

#include "app/execution_plan.h"
#include "app/exit_code.h"
#include "sim/io/yaml/diagnostic_renderer.h"

namespace CLI {
class App;
}

namespace peercap::app {

struct EvaluateOptions {
  std::string scenario = {};  ///< where the request names none
  ExecutionRequest request = {};
  yaml::Color color = yaml::Color::never;
};

/// Reads one request from `in`, a JSON object (docs/formats/sweep_file.md):
///
///     {"scenario": "clinic.yaml", "variant": "no_effect", "seed": 7, "replications": 20,
///      "parameters": {"supporters.count": 8, "supporters.protected_time": "0.5 h/week"},
///      "measures": ["contact_within_limit_share"], "values": true}
///
/// runs the scenario with these parameters, and answers on `out` with `peercap-evaluation/1`: each measure's
/// mean, interval, standard deviation and number of replications, and with `values` all of them. Problems are
/// in the answer as well as on `err`. Equal requests give equal answers. `partial` where some replications
/// failed, `internal_error` where all did.
[[nodiscard]] ExitCode evaluate(const EvaluateOptions& options, std::istream& in, std::ostream& out,
                                std::ostream& err);

/// Adds `evaluate [SCENARIO] --json`.
void add_evaluate_command(CLI::App& app, ExitCode& exit_code);

}  // namespace peercap::app
