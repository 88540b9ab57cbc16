#include "sim/time/weekly_windows.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cstdio>

namespace peercap {
namespace {

constexpr std::array<std::string_view, 7> day_names{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
constexpr std::array<std::string_view, 7> day_titles{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};

std::string_view trim(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

std::optional<int> parse_day(std::string_view text) {
  if (text.size() != 3) return std::nullopt;
  std::string lower{text};
  for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  const auto found = std::ranges::find(day_names, std::string_view{lower});
  if (found == day_names.end()) return std::nullopt;
  return static_cast<int>(found - day_names.begin());
}

std::optional<SimDuration> parse_clock(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  for (const std::size_t i : {0U, 1U, 3U, 4U})
    if (!std::isdigit(static_cast<unsigned char>(text[i]))) return std::nullopt;
  const int hour = (text[0] - '0') * 10 + (text[1] - '0');
  const int minute = (text[3] - '0') * 10 + (text[4] - '0');
  if (minute > 59 || hour > 24 || (hour == 24 && minute > 0)) return std::nullopt;
  return hours(hour) + minutes(minute);
}

struct DaySpan {
  int first;
  int last;
};

std::optional<DaySpan> parse_days(std::string_view text) {
  if (text == "daily") return DaySpan{0, 6};
  if (const auto dash = text.find('-'); dash != std::string_view::npos) {
    const auto first = parse_day(text.substr(0, dash));
    const auto last = parse_day(text.substr(dash + 1));
    if (!first || !last) return std::nullopt;
    return DaySpan{*first, *last};
  }
  const auto day = parse_day(text);
  if (!day) return std::nullopt;
  return DaySpan{*day, *day};
}

/// Adds the windows of one entry such as "Mon-Fri 09:00-17:00"; false where it is not one.
bool add_entry(std::string_view entry, std::vector<WeeklyWindows::Window>& windows) {
  const auto space = entry.find(' ');
  if (space == std::string_view::npos) return false;
  const auto span = parse_days(entry.substr(0, space));
  const auto clock = trim(entry.substr(space));
  if (!span || clock.size() != 11 || clock[5] != '-') return false;
  const auto begin = parse_clock(clock.substr(0, 5));
  auto end = parse_clock(clock.substr(6));
  if (!begin || !end || *begin == *end || *begin == hours(24)) return false;
  if (*end < *begin) *end += days(1);
  for (int day = span->first;; day = (day + 1) % 7) {
    const SimDuration from = days(day) + *begin;
    const SimDuration to = days(day) + *end;
    windows.push_back({from, std::min(to, weeks(1))});
    if (to > weeks(1)) windows.push_back({SimDuration{}, to - weeks(1)});
    if (day == span->last) break;
  }
  return true;
}

std::string clock_text(SimDuration since_midnight) {
  const auto total = since_midnight / minutes(1);
  std::array<char, 48> text{};
  std::snprintf(text.data(), text.size(), "%02lld:%02lld", static_cast<long long>(total / 60),
                static_cast<long long>(total % 60));
  return text.data();
}

}  // namespace

WeeklyWindows::WeeklyWindows(std::vector<Window> raw) {
  std::ranges::sort(raw, {}, &Window::begin);
  for (const Window& window : raw) {
    if (!windows_.empty() && window.begin <= windows_.back().end)
      windows_.back().end = std::max(windows_.back().end, window.end);
    else
      windows_.push_back(window);
  }
  for (const Window& window : windows_) open_per_week_ += window.end - window.begin;
}

WeeklyWindows WeeklyWindows::always() {
  return WeeklyWindows{{{SimDuration{}, weeks(1)}}};
}

std::optional<WeeklyWindows> WeeklyWindows::parse(std::string_view text) {
  text = trim(text);
  if (text == "always") return always();
  std::vector<Window> raw;
  while (true) {
    const auto comma = text.find(',');
    if (!add_entry(trim(text.substr(0, comma)), raw)) return std::nullopt;
    if (comma == std::string_view::npos) break;
    text = text.substr(comma + 1);
  }
  return WeeklyWindows{std::move(raw)};
}

std::string WeeklyWindows::to_string() const {
  if (open_per_week_ == weeks(1)) return "always";
  // Cut at midnights, then join equal days that follow each other into one entry.
  struct Piece {
    int day;
    SimDuration begin;
    SimDuration end;
  };
  std::vector<Piece> pieces;
  for (const Window& window : windows_) {
    for (auto day = window.begin / days(1); days(day) < window.end; ++day)
      pieces.push_back({static_cast<int>(day), std::max(window.begin, days(day)) - days(day),
                        std::min(window.end, days(day + 1)) - days(day)});
  }
  std::string text;
  std::vector<bool> done(pieces.size(), false);
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (done[i]) continue;
    int last = pieces[i].day;
    for (std::size_t j = i + 1; j < pieces.size(); ++j) {
      if (!done[j] && pieces[j].day == last + 1 && pieces[j].begin == pieces[i].begin &&
          pieces[j].end == pieces[i].end) {
        last = pieces[j].day;
        done[j] = true;
      }
    }
    if (!text.empty()) text += ", ";
    text += day_titles[static_cast<std::size_t>(pieces[i].day)];
    if (last != pieces[i].day) {
      text += '-';
      text += day_titles[static_cast<std::size_t>(last)];
    }
    text += ' ';
    text += clock_text(pieces[i].begin);
    text += '-';
    text += clock_text(pieces[i].end);
  }
  return text;
}

}  // namespace peercap
