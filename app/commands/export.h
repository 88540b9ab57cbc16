#pragma once

#include <cstdint>
#include <filesystem>
#include <iosfwd>
#include <optional>
#include <string>

#include "app/exit_code.h"
#include "sim/io/files/durable_file.h"

namespace CLI {
class App;
}

namespace peercap::app {

struct ExportOptions {
  std::string file = {};
  std::optional<std::string> table = {};             ///< this table, as CSV to `out`
  std::optional<std::filesystem::path> folder = {};  ///< every table, a file each, with columns.csv
  std::optional<std::filesystem::path> events = {};  ///< the event log of one replication of a run
  std::uint32_t replication = 0;                     ///< of the event log
  ExistingFile existing = ExistingFile::refuse;
};

/// Tables of a result file as CSV, for spreadsheets and statistics programs; without a table or folder the
/// list of tables. An event log is made by running the replication again from the scenario in the file: its
/// digest has to be that of the file, or nothing is written.
[[nodiscard]] ExitCode export_tables(const ExportOptions& options, std::ostream& out, std::ostream& err);

/// Adds `export FILE [--table NAME] [--csv FOLDER] [--events FILE] [--replication N] [--force]`.
void add_export_command(CLI::App& app, ExitCode& exit_code);

}  // namespace peercap::app
