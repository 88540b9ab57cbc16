#include "app/cluster/slurm_words.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

#include <fmt/format.h>

namespace peercap::app {
namespace {

/// Digits alone, at most a billion.
std::optional<std::int64_t> parse_count(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure != std::errc{} || end != text.data() + text.size() || value < 0 || value > 1'000'000'000)
    return std::nullopt;
  return value;
}

/// The numbers between colons.
std::optional<std::vector<std::int64_t>> parse_counts(std::string_view text) {
  std::vector<std::int64_t> counts;
  while (true) {
    const std::size_t colon = text.find(':');
    const auto count = parse_count(text.substr(0, colon));
    if (!count) return std::nullopt;
    counts.push_back(*count);
    if (colon == std::string_view::npos) return counts;
    text.remove_prefix(colon + 1);
  }
}

}  // namespace

std::optional<std::chrono::seconds> parse_time_limit(std::string_view text) {
  // Which unit the first number has depends on whether there are days, and else on how many numbers there
  // are.
  constexpr std::int64_t minute = 60;
  constexpr std::int64_t hour = 60 * minute;
  constexpr std::int64_t day = 24 * hour;
  std::int64_t seconds = 0;
  std::array<std::int64_t, 3> units{hour, minute, 1};
  const std::size_t dash = text.find('-');
  if (dash != std::string_view::npos) {
    const auto days = parse_count(text.substr(0, dash));
    if (!days) return std::nullopt;
    seconds = *days * day;
    text.remove_prefix(dash + 1);
  }
  const auto counts = parse_counts(text);
  if (!counts || counts->size() > units.size()) return std::nullopt;
  const std::size_t skipped = dash == std::string_view::npos && counts->size() < units.size() ? 1 : 0;
  for (std::size_t i = 0; i < counts->size(); ++i) seconds += (*counts)[i] * units[i + skipped];
  if (seconds <= 0) return std::nullopt;
  return std::chrono::seconds{seconds};
}

std::string time_limit_text(std::chrono::seconds limit) {
  const std::int64_t seconds = limit.count();
  const std::int64_t days = seconds / 86'400;
  const std::string clock =
      fmt::format("{:02}:{:02}:{:02}", seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
  return days == 0 ? clock : fmt::format("{}-{}", days, clock);
}

std::optional<std::uint64_t> parse_memory(std::string_view text) {
  constexpr std::string_view units = "KMGT";
  std::size_t unit = 1;
  if (!text.empty()) {
    const char last = text.back();
    const std::size_t found = units.find(last >= 'a' && last <= 'z' ? static_cast<char>(last - 32) : last);
    if (found != std::string_view::npos) {
      unit = found;
      text.remove_suffix(1);
    }
  }
  const auto count = parse_count(text);
  if (!count || *count == 0) return std::nullopt;
  const auto value = static_cast<std::uint64_t>(*count);
  if (unit == 0) return (value + 1023) / 1024;
  return value << (10 * (unit - 1));
}

std::string directive_word(std::string_view text) {
  constexpr std::string_view plain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-+=:.,/@%[]";
  // A backslash protects everything but a blank, and quotation marks protect that.
  std::string word;
  bool is_quoted = false;
  for (const char c : text) {
    const bool is_plain = static_cast<unsigned char>(c) >= 0x80 || plain.find(c) != std::string_view::npos;
    is_quoted = is_quoted || !is_plain;
    if (!is_plain && c != ' ') word += '\\';
    word += c;
  }
  return is_quoted ? '"' + word + '"' : word;
}

bool has_control_character(std::string_view text) {
  return std::ranges::any_of(text, [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) == 0x7f;
  });
}

}  // namespace peercap::app
