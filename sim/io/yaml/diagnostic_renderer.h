#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "sim/support/diagnostics.h"

namespace peercap::yaml {

enum class Color { never, always };

/// The lines of the files that problems are about: files are read when first asked for (the same bound holds
/// as for scenario files; what cannot be read has no lines).
class SourceLines {
 public:
  /// Uses `text` for the file of this name instead of reading it.
  void add(const std::string& file, std::string text);
  /// The line, counted from 1, without its end.
  [[nodiscard]] std::optional<std::string> line(const std::string& file, int number);

 private:
  std::map<std::string, std::optional<std::string>> texts_;
};

/// All problems for a terminal, sorted by place, each as
///
///     file:line:column: error: what
///         the source line
///             ^
///       suggestion: what to write instead
///
/// Control characters of the file never reach the terminal; a long line is cut around the caret.
[[nodiscard]] std::string render(const Diagnostics& diagnostics, SourceLines& sources,
                                 Color color = Color::never);

/// `text` with control characters replaced, so that it can be shown.
[[nodiscard]] std::string sanitize(std::string_view text);

}  // namespace peercap::yaml
