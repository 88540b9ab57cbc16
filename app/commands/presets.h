#pragma once

#include <iosfwd>
#include <string>

#include "app/commands/output_form.h"
#include "app/exit_code.h"

namespace CLI {
class App;
}

namespace peercap::app {

/// Prints the preset of that name, or, where it is empty, a list of all. Returns usage where there is none.
[[nodiscard]] ExitCode presets(const std::string& name, OutputForm form, std::ostream& out,
                               std::ostream& err);

/// Writes a new scenario file from the preset, and says how to go on. Returns usage where there is no such
/// preset and input_output where the file exists already or cannot be written; nothing is overwritten.
[[nodiscard]] ExitCode new_scenario(const std::string& file, const std::string& preset, std::ostream& out,
                                    std::ostream& err);

/// Adds `presets [NAME] [--json]` and `new FILE [--from PRESET]`.
void add_presets_command(CLI::App& app, ExitCode& exit_code);
void add_new_command(CLI::App& app, ExitCode& exit_code);

}  // namespace peercap::app
