#pragma once

#include <algorithm>
#include <cstddef>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "tests/property.h"

/// Files with accidents: what an editor, a merge or a broken transfer makes of a text.
namespace peercap::testing {

[[nodiscard]] inline std::string text_of_file(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream{path, std::ios::binary}.rdbuf();
  return text.str();
}

/// A shipped scenario whose scheduled changes take a day each: every day of one is a phase, which takes its
/// time to check.
[[nodiscard]] inline std::string with_short_ramps(std::string scenario) {
  for (const std::string ramp : {"over: 30 days", "over: 14 days"})
    if (const auto at = scenario.find(ramp); at != std::string::npos)
      scenario.replace(at, ramp.size(), "over: 1 day");
  return scenario;
}

[[nodiscard]] inline std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in{text};
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

[[nodiscard]] inline std::string join(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + '\n';
  return text;
}

/// A place in a text of this size, its end included.
[[nodiscard]] inline std::size_t any_place(std::size_t size) {
  return *rc::gen::inRange<std::size_t>(0, size + 1);
}

/// What a reader of structured text may stumble over.
[[nodiscard]] inline std::string any_stumbling_block() {
  using namespace std::string_literals;
  static const std::vector<std::string> blocks{"\0"s,  "\xFF",     "\xEF\xBB\xBF",
                                               "\xC3", "\r",       "\t",
                                               "\"",   "'",        ":",
                                               ": ",   "- ",       "{",
                                               "}",    "[",        "]",
                                               ",",    ";",        "#",
                                               "&a ",  "*a",       "!!",
                                               "| ",   "---",      "...",
                                               "nan",  ".inf",     "1e999",
                                               "-1",   "0",        "null",
                                               "~",    "<<",       "9223372036854775808",
                                               "[*]",  "a.b.c",    "1 h/week",
                                               "50 %", "per year", "2026-02-30",
                                               "../",  "=",        "\n",
                                               "\n\n", "  "};
  return *rc::gen::elementOf(blocks);
}

/// The value behind `key:` of one line put into another, or whole lines deleted, doubled, swapped, moved
/// to the side.
[[nodiscard]] inline std::string with_lines_disturbed(const std::string& text) {
  std::vector<std::string> lines = lines_of(text);
  if (lines.empty()) return text;
  const auto any_line = [&] { return *rc::gen::inRange<std::size_t>(0, lines.size()); };
  const std::size_t i = any_line();
  const std::size_t j = any_line();
  const auto place = lines.begin() + static_cast<std::ptrdiff_t>(i);
  switch (*rc::gen::inRange(0, 7)) {
    case 0:
      lines.erase(place);
      break;
    case 1:
      lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(j), std::string{*place});
      break;
    case 2:
      std::swap(lines[i], lines[j]);
      break;
    case 3:  // indentation
      lines[i].insert(0, std::string(*rc::gen::inRange<std::size_t>(1, 5), ' '));
      break;
    case 4:
      lines[i].erase(0, std::min(lines[i].find_first_not_of(' '), *rc::gen::inRange<std::size_t>(1, 5)));
      break;
    case 5: {  // a value in another's place
      const std::size_t to = lines[i].find(": ");
      const std::size_t from = lines[j].find(": ");
      if (to != std::string::npos && from != std::string::npos)
        lines[i] = lines[i].substr(0, to) + lines[j].substr(from);
      break;
    }
    default: {  // a field of a table in another's place
      const std::size_t to = lines[i].find(',', any_place(lines[i].size()));
      const std::size_t from = lines[j].find(',', any_place(lines[j].size()));
      if (to != std::string::npos && from != std::string::npos)
        lines[i] = lines[i].substr(0, to) + lines[j].substr(from);
    }
  }
  return join(lines);
}

/// Bytes flipped, replaced, deleted or put in between, or the rest cut off.
[[nodiscard]] inline std::string with_bytes_disturbed(std::string text) {
  const std::size_t at = any_place(text.size());
  const std::size_t span = *rc::gen::inRange<std::size_t>(1, 40);
  switch (*rc::gen::inRange(0, 6)) {
    case 0:
      if (at < text.size()) text[at] = static_cast<char>(text[at] ^ (1 << *rc::gen::inRange(0, 8)));
      break;
    case 1:
      if (at < text.size()) text[at] = static_cast<char>(*rc::gen::inRange(0, 256));
      break;
    case 2:
      text.erase(at, span);
      break;
    case 3:
      text.resize(at);
      break;
    case 4:
      text.insert(at, text.substr(any_place(text.size()), span));
      break;
    default:
      text.insert(at, any_stumbling_block());
  }
  return text;
}

/// The text after one to four accidents.
[[nodiscard]] inline std::string mutated(std::string text) {
  for (int n = *rc::gen::inRange(1, 5); n > 0; --n)
    text = *rc::gen::arbitrary<bool>() ? with_lines_disturbed(text) : with_bytes_disturbed(text);
  return text;
}

}  // namespace peercap::testing
