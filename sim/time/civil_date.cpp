#include "sim/time/civil_date.h"

#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>

namespace peercap {
namespace {

constexpr std::chrono::sys_days origin = std::chrono::year{1970} / 1 / 5;  // a Monday

std::optional<int> parse_digits(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || text.front() == '-') return std::nullopt;
  return value;
}

}  // namespace

std::optional<CivilDate> CivilDate::parse(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = parse_digits(text.substr(0, 4));
  const auto month = parse_digits(text.substr(5, 2));
  const auto day = parse_digits(text.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  const auto date = std::chrono::year{*year} / *month / *day;
  if (!date.ok()) return std::nullopt;
  return CivilDate{static_cast<std::int32_t>((std::chrono::sys_days{date} - origin).count())};
}

std::string CivilDate::to_string() const {
  const std::chrono::year_month_day date{origin + std::chrono::days{day_}};
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return text.data();
}

}  // namespace peercap
