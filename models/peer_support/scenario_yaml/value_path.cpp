#include "models/peer_support/scenario_yaml/value_path.h"

#include <algorithm>

namespace peercap::peer_support {

std::optional<std::vector<PathStep>> parse_path(std::string_view text) {
  constexpr std::string_view key_characters =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
  std::vector<PathStep> steps;
  while (true) {
    const auto key_end = std::min(text.find_first_not_of(key_characters), text.size());
    if (key_end == 0) return std::nullopt;
    PathStep& step = steps.emplace_back();
    step.key = text.substr(0, key_end);
    text.remove_prefix(key_end);
    if (text.starts_with('[')) {
      const auto close = text.find(']');
      if (close == std::string_view::npos) return std::nullopt;
      step.item = text.substr(1, close - 1);
      text.remove_prefix(close + 1);
    }
    if (text.empty()) return steps;
    if (!text.starts_with('.')) return std::nullopt;
    text.remove_prefix(1);
  }
}

std::string to_string(const std::vector<PathStep>& path) {
  std::string text;
  for (const PathStep& step : path) {
    text = join_path(text, step.key);
    if (step.item) text += "[" + *step.item + "]";
  }
  return text;
}

bool matches(const PathStep& pattern, const PathStep& concrete) {
  if (pattern.key != concrete.key || pattern.item.has_value() != concrete.item.has_value()) return false;
  return !pattern.item || *pattern.item == "*" || *pattern.item == *concrete.item;
}

std::string join_path(std::string_view parent, std::string_view key) {
  std::string path{parent};
  if (!path.empty()) path += '.';
  return path.append(key);
}

std::string generic_path(std::string_view path) {
  std::string generic;
  bool inside = false;
  for (const char c : path) {
    if (c == ']') inside = false;
    if (!inside) generic += c;
    if (c == '[') inside = true;
  }
  return generic;
}

std::string parent_path(std::string_view path) {
  int depth = 0;
  for (std::size_t i = path.size(); i-- > 0;) {
    if (path[i] == ']') ++depth;
    if (path[i] == '[') --depth;
    if (depth == 0 && path[i] == '.') return std::string{path.substr(0, i)};
  }
  return {};
}

}  // namespace peercap::peer_support
