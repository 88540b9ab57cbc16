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

struct MergeOptions {
  std::vector<std::filesystem::path> files = {};  ///< or folders, of which every shard is taken
  std::optional<std::filesystem::path> out = {};  ///< absent: by the study's name
  ExistingFile existing = ExistingFile::refuse;
  OutputForm form = OutputForm::text;
  std::string command_line = "peercap merge";
};

/// Makes one result of all shards of a sweep, with the same content as that of the sweep in one go; they are
/// left as they are. `partial` where runs failed, `invalid_input` where the files are not all shards of one
/// sweep, which is said on `err`. Throws InputOutputError where the result cannot be written.
[[nodiscard]] ExitCode merge(const MergeOptions& options, std::ostream& out, std::ostream& err);

/// Adds `merge FILE|FOLDER... [--out FILE]`.
void add_merge_command(CLI::App& app, ExitCode& exit_code, const std::string& command_line);

}  // namespace peercap::app
