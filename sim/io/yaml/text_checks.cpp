#include "sim/io/yaml/text_checks.h"

#include <algorithm>

#include <fmt/format.h>

#include "sim/io/yaml/quotes.h"

namespace peercap::yaml {
namespace {

constexpr unsigned char byte_at(std::string_view text, std::size_t i) {
  return static_cast<unsigned char>(text[i]);
}

SourceLocation locate(const std::string& file, std::string_view text, std::size_t offset) {
  const Place place = place_of(text, offset);
  return {file, place.line, place.column};
}

/// The first byte that no text file holds, or npos.
std::size_t find_forbidden_byte(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const unsigned char c = byte_at(text, i);
    if (c < 0x80) {
      const bool line_end = c == '\n' || (c == '\r' && i + 1 < text.size() && text[i + 1] == '\n');
      if ((c < 0x20 && c != '\t' && !line_end) || c == 0x7f) return i;
      ++i;
      continue;
    }
    const std::size_t length = utf8_length(text.substr(i));
    if (length == 0) return i;
    i += length;
  }
  return std::string_view::npos;
}

void report_forbidden_byte(std::string_view text, std::size_t at, const std::string& file,
                           Diagnostics& diagnostics) {
  const unsigned char c = byte_at(text, at);
  const auto where = locate(file, text, at);
  if (c == 0)
    diagnostics.error(where, "a NUL byte: this is not a text file", "save the file as plain text, UTF-8");
  else if (c == '\r')
    diagnostics.error(where, "a carriage return without a line feed",
                      "save the file with Unix (LF) or Windows (CRLF) line ends");
  else if (c < 0x80)
    diagnostics.error(where, fmt::format("a control character (byte 0x{:02x})", c), "remove it");
  else
    diagnostics.error(where, fmt::format("byte 0x{:02x} is not UTF-8 text", c),
                      "save the file with the encoding UTF-8");
}

void report_tabs_and_long_lines(std::string_view text, const std::string& file, Diagnostics& diagnostics,
                                bool& readable) {
  int line = 1;
  for (std::size_t begin = 0; begin < text.size(); ++line) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const auto content = text.substr(begin, end - begin);
    if (content.size() > max_line_bytes) {
      diagnostics.error(
          {file, line, 1},
          fmt::format("a line of {} bytes; at most {} are read", content.size(), max_line_bytes),
          "break the line");
      readable = false;
      return;
    }
    const std::size_t tab = content.find_first_not_of(' ');
    if (tab != std::string_view::npos && content[tab] == '\t' &&
        content.find_first_not_of(" \t\r") != std::string_view::npos) {
      diagnostics.error({file, line, static_cast<int>(tab) + 1},
                        "a tab in the indentation; YAML indents with spaces only",
                        "replace the tab by spaces (two for each level)");
      readable = false;
      return;
    }
    begin = end + 1;
  }
}

}  // namespace

std::size_t utf8_length(std::string_view text) {
  const unsigned char lead = byte_at(text, 0);
  if (lead < 0x80) return 1;
  const std::size_t length = lead >= 0xc2 && lead <= 0xdf   ? 2
                             : (lead & 0xf0) == 0xe0        ? 3
                             : lead >= 0xf0 && lead <= 0xf4 ? 4
                                                            : 0;
  if (length == 0 || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i)
    if ((byte_at(text, i) & 0xc0) != 0x80) return 0;
  const unsigned char second = byte_at(text, 1);
  const bool overlong = (lead == 0xe0 && second < 0xa0) || (lead == 0xf0 && second < 0x90);
  const bool surrogate = lead == 0xed && second >= 0xa0;
  const bool beyond = lead == 0xf4 && second >= 0x90;
  return overlong || surrogate || beyond ? 0 : length;
}

std::string_view line_around(std::string_view text, std::size_t offset) {
  offset = std::min(offset, text.size());
  const std::size_t before = offset == 0 ? std::string_view::npos : text.rfind('\n', offset - 1);
  const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
  const std::size_t end = std::min(text.find('\n', offset), text.size());
  auto line = text.substr(begin, end - begin);
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return line;
}

Place place_of(std::string_view text, std::size_t offset) {
  offset = std::min(offset, text.size());
  const auto before = text.substr(0, offset);
  const std::size_t newline = before.rfind('\n');
  const auto on_line = newline == std::string_view::npos ? before : before.substr(newline + 1);
  const auto characters =
      std::ranges::count_if(on_line, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; });
  return {static_cast<int>(std::ranges::count(before, '\n')) + 1, static_cast<int>(characters) + 1};
}

bool check_text(std::string_view text, const std::string& file, Diagnostics& diagnostics) {
  if (text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff")) {
    diagnostics.error({file, 1, 1}, "the file is encoded as UTF-16", "save the file with the encoding UTF-8");
    return false;
  }
  if (const std::size_t at = find_forbidden_byte(text); at != std::string_view::npos) {
    report_forbidden_byte(text, at, file, diagnostics);
    return false;
  }
  if (const std::size_t at = find_overlong_bracket(text, max_bracket_bytes); at != std::string_view::npos) {
    diagnostics.error(
        locate(file, text, at),
        fmt::format("a list or mapping in brackets that is not closed within {} bytes", max_bracket_bytes),
        "close it, or write long lists with one `- ` item a line");
    return false;
  }
  bool readable = true;
  report_tabs_and_long_lines(text, file, diagnostics, readable);
  return readable;
}

}  // namespace peercap::yaml
