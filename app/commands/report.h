#pragma once

#include <filesystem>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "app/commands/output_form.h"
#include "app/exit_code.h"
#include "sim/io/files/durable_file.h"

namespace CLI {
class App;
}

namespace peercap::app {

struct ReportOptions {
  std::vector<std::string> files = {};  ///< the first is what the report is of
  std::optional<std::filesystem::path> out = {};
  ExistingFile existing = ExistingFile::refuse;
  OutputForm form = OutputForm::text;  ///< json: the document alone, to `out`
};

/// Makes one HTML file of results, which opens without a network; without a name that of the first file with
/// `.html` in place of its ending.
[[nodiscard]] ExitCode report(const ReportOptions& options, std::ostream& out);

/// Adds `report FILE... [--out FILE] [--force] [--json]`.
void add_report_command(CLI::App& app, ExitCode& exit_code);

}  // namespace peercap::app
