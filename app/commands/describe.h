#pragma once

#include <iosfwd>
#include <string>

#include "app/commands/output_form.h"
#include "app/exit_code.h"

namespace CLI {
class App;
}

namespace peercap::app {

struct DescribeOptions {
  std::string topic;  ///< a group, a parameter's path, "parameters", "levels", "evidence" or a key of it;
                      ///< empty: overview
  OutputForm form = OutputForm::text;
};

/// Prints what can be set: parameters with type, unit, range, default, its grade and the paper behind it, the
/// levels of categorical parameters, and the published figures. Returns usage where nothing has the name.
[[nodiscard]] ExitCode describe(const DescribeOptions& options, std::ostream& out, std::ostream& err);

/// Adds `describe [TOPIC] [--json]` and `describe --topology SCENARIO [--partitions N] [--threads N]`.
void add_describe_command(CLI::App& app, ExitCode& exit_code);

}  // namespace peercap::app
