#include "sim/io/yaml/quotes.h"

#include <algorithm>

namespace peercap::yaml {
namespace {

/// The byte after the closing quote, or npos where the line ends before it.
std::size_t end_of_quote(std::string_view text, std::size_t offset) {
  const char quote = text[offset];
  for (std::size_t i = offset + 1; i < text.size() && text[i] != '\n'; ++i) {
    if (quote == '"' && text[i] == '\\')
      ++i;
    else if (quote == '\'' && text[i] == '\'' && i + 1 < text.size() && text[i + 1] == '\'')
      ++i;
    else if (text[i] == quote)
      return i + 1;
  }
  return std::string_view::npos;
}

bool begins_token(std::string_view text, std::size_t i) {
  return i == 0 || std::string_view{" \n\t[{,"}.find(text[i - 1]) != std::string_view::npos;
}

std::size_t end_of_line(std::string_view text, std::size_t i) {
  return std::min(text.find('\n', i), text.size());
}

}  // namespace

bool closes_on_line(std::string_view text, std::size_t offset) {
  return end_of_quote(text, offset) != std::string_view::npos;
}

std::size_t find_open_quote(std::string_view text, std::size_t offset) {
  for (std::size_t i = offset; i < text.size();) {
    const char c = text[i];
    if (c == '#' && begins_token(text, i)) {
      i = end_of_line(text, i);
    } else if ((c == '"' || c == '\'') && begins_token(text, i)) {
      const std::size_t end = end_of_quote(text, i);
      if (end == std::string_view::npos) return i;
      i = end;
    } else {
      ++i;
    }
  }
  return std::string_view::npos;
}

std::size_t find_overlong_bracket(std::string_view text, std::size_t limit) {
  std::size_t depth = 0;
  std::size_t outermost = 0;
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    std::size_t next = i + 1;
    if (depth > 0 && i - outermost > limit) return outermost;
    if (c == '#' && begins_token(text, i)) {
      next = end_of_line(text, i);
    } else if ((c == '"' || c == '\'') && begins_token(text, i)) {
      const std::size_t end = end_of_quote(text, i);
      if (end != std::string_view::npos) next = end;
    } else if ((c == '[' || c == '{') && (depth > 0 || begins_token(text, i))) {
      if (depth++ == 0) outermost = i;
    } else if ((c == ']' || c == '}') && depth > 0) {
      --depth;
    }
    i = next;
  }
  return std::string_view::npos;
}

}  // namespace peercap::yaml
