#pragma once

#include <iosfwd>
#include <string>

#include "app/exit_code.h"
#include "models/peer_support/scenario_yaml/load.h"
#include "sim/io/yaml/diagnostic_renderer.h"

namespace CLI {
class App;
}

namespace peercap::app {

struct ShowOptions {
  enum class Values { given, all };  ///< what the files and the command line say, or every parameter
  enum class OriginNotes { hidden, shown };

  std::string file;
  peer_support::LoadOptions load;
  Values values = Values::given;
  OriginNotes origins = OriginNotes::hidden;
  yaml::Color color = yaml::Color::never;
};

/// Prints a scenario as it will be run: the given values as `path=value` lines, or all of them as a file that
/// loads back to the same scenario; behind each, if wanted, where it came from. Problems go to `err`.
[[nodiscard]] ExitCode show(const ShowOptions& options, std::ostream& out, std::ostream& err);

/// Adds `show FILE [--resolved] [--origins] [--set PATH=VALUE]... [--variant NAME]`.
void add_show_command(CLI::App& app, ExitCode& exit_code);

}  // namespace peercap::app
