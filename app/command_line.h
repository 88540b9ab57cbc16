#pragma once

#include <filesystem>
#include <string>

namespace peercap::app {

/// The command line as one would type it again.
[[nodiscard]] std::string join_arguments(int argc, const char* const* argv);

/// One word for a shell, in quotes where it needs them.
[[nodiscard]] std::string shell_word(const std::string& text);

/// `command_line` with `flag` (`--resume`, `--discard-partial`, or none) instead of any of these, and with
/// `--out RESULT` if it names no result.
[[nodiscard]] std::string command_with(const std::string& command_line, const std::string& flag,
                                       const std::filesystem::path& result);

}  // namespace peercap::app
