#include "sim/io/yaml/diagnostic_renderer.h"

#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "sim/io/yaml/file_text.h"
#include "sim/io/yaml/text_checks.h"

namespace peercap::yaml {
namespace {

constexpr std::size_t shown_characters = 100;

struct Palette {
  std::string_view bold, error, warning, note, caret, reset;
};
constexpr Palette plain_palette{"", "", "", "", "", ""};
constexpr Palette color_palette{"\033[1m", "\033[1;31m", "\033[1;33m", "\033[1;36m", "\033[1;32m", "\033[0m"};

std::string_view severity_name(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "error";
    case Severity::warning:
      return "warning";
    case Severity::note:
      break;
  }
  return "note";
}

std::string_view severity_color(Severity severity, const Palette& palette) {
  switch (severity) {
    case Severity::error:
      return palette.error;
    case Severity::warning:
      return palette.warning;
    case Severity::note:
      break;
  }
  return palette.note;
}

/// The characters of a line as they are shown, one string each; what is not UTF-8 or controls the terminal
/// becomes "?".
std::vector<std::string> split_characters(std::string_view text) {
  std::vector<std::string> characters;
  while (!text.empty()) {
    const std::size_t length = utf8_length(text);
    const auto c = static_cast<unsigned char>(text.front());
    // U+0080-U+009F are control characters too, and U+202A-U+202E, U+2066-U+2069 reorder what is shown.
    const auto piece = text.substr(0, std::max<std::size_t>(length, 1));
    const bool second_controls = length == 2 && c == 0xc2 && static_cast<unsigned char>(text[1]) < 0xa0;
    const bool reorders = length == 3 && c == 0xe2 &&
                          ((text[1] == '\x80' && text[2] >= '\xaa' && text[2] <= '\xae') ||
                           (text[1] == '\x81' && text[2] >= '\xa6' && text[2] <= '\xa9'));
    if (c == '\t')
      characters.emplace_back(" ");
    else if (length == 0 || c < 0x20 || c == 0x7f || second_controls || reorders)
      characters.emplace_back("?");
    else
      characters.emplace_back(piece);
    text.remove_prefix(piece.size());
  }
  return characters;
}

std::string join(const std::vector<std::string>& characters, std::size_t begin, std::size_t end) {
  std::string text;
  for (std::size_t i = begin; i < end; ++i) text += characters[i];
  return text;
}

std::string render_source(const std::string& line, int column, const Palette& palette) {
  const auto characters = split_characters(line);
  const std::size_t caret = std::min(static_cast<std::size_t>(std::max(column, 1)) - 1, characters.size());
  std::size_t begin = 0;
  if (characters.size() > shown_characters && caret > shown_characters / 2)
    begin = std::min(caret - shown_characters / 2, characters.size() - shown_characters);
  const std::size_t end = std::min(characters.size(), begin + shown_characters);
  const std::string_view before = begin > 0 ? "..." : "";
  const std::string_view after = end < characters.size() ? "..." : "";
  return fmt::format("    {}{}{}\n    {:{}}{}^{}\n", before, join(characters, begin, end), after, "",
                     before.size() + caret - begin, palette.caret, palette.reset);
}

}  // namespace

void SourceLines::add(const std::string& file, std::string text) {
  texts_[file] = std::move(text);
}

std::optional<std::string> SourceLines::line(const std::string& file, int number) {
  auto found = texts_.find(file);
  if (found == texts_.end()) {
    Diagnostics ignored;
    found = texts_.emplace(file, read_file_text(file, ignored)).first;
  }
  if (!found->second || number < 1) return std::nullopt;
  std::string_view text = *found->second;
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  for (int i = 1; i < number; ++i) {
    const auto end = text.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    text.remove_prefix(end + 1);
  }
  return std::string{line_around(text, 0)};
}

std::string sanitize(std::string_view text) {
  const auto characters = split_characters(text);
  return join(characters, 0, characters.size());
}

std::string render(const Diagnostics& diagnostics, SourceLines& sources, Color color) {
  const Palette& palette = color == Color::always ? color_palette : plain_palette;
  std::string text;
  for (const Problem& problem : diagnostics.sorted()) {
    const SourceLocation& where = problem.where;
    std::string place = sanitize(where.file);
    if (where.line > 0) place += fmt::format(":{}:{}", where.line, std::max(where.column, 1));
    text += fmt::format("{}{}:{} {}{}:{} {}\n", palette.bold, place, palette.reset,
                        severity_color(problem.severity, palette), severity_name(problem.severity),
                        palette.reset, sanitize(problem.what));
    if (where.line > 0)
      if (const auto line = sources.line(where.file, where.line))
        text += render_source(*line, where.column, palette);
    if (!problem.suggestion.empty()) text += fmt::format("  suggestion: {}\n", sanitize(problem.suggestion));
  }
  return text;
}

}  // namespace peercap::yaml
