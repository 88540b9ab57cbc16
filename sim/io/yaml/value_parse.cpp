#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "sim/io/yaml/similar.h"
#include "sim/io/yaml/time_units.h"
#include "sim/io/yaml/value_range.h"
#include "sim/io/yaml/value_text.h"

namespace peercap::yaml {
namespace {

/// The unit at the end of a canonical text: "min" of "30 min", "per year" of "0.36 per year".
std::string unit_of(const std::string& canonical) {
  const auto blank = canonical.find(' ');
  if (blank != std::string::npos) return canonical.substr(blank + 1);
  const auto slash = canonical.find('/');
  return slash == std::string::npos ? std::string{} : canonical.substr(slash);
}

ValueProblem missing_unit(std::string_view number, std::string_view what_is_due, const std::string& example) {
  return {
      fmt::format("has no unit; {} is due", what_is_due), fmt::format("{} {}", number, unit_of(example)), {}};
}

ValueProblem wrong_unit(std::string_view unit, std::string_view what_is_due, const std::string& example) {
  const bool calendar_month = unit.starts_with("month");
  return {fmt::format("has the unit `{}`; {} is due", unit, what_is_due),
          {},
          calendar_month ? "a month has no fixed length: write days or weeks"
                         : fmt::format("write it like `{}`", example)};
}

/// `problem` of the number inside a text: the corrected text keeps its unit.
ValueProblem with_unit(ValueProblem problem, std::string_view unit) {
  if (!problem.corrected.empty() && !unit.empty()) problem.corrected += fmt::format(" {}", unit);
  return problem;
}

/// "per year", "/year", "/ year" without what comes before the name of the time unit; nothing where there is
/// no "per".
std::optional<std::string_view> after_per(std::string_view unit) {
  if (unit.starts_with('/')) return trim(unit.substr(1));
  if (unit.starts_with("per ")) return trim(unit.substr(4));
  return std::nullopt;
}

constexpr std::string_view duration_due = "a duration such as `50 min`, `7 days` or `2 weeks`";
constexpr std::string_view rate_due = "a rate such as `0.36 per year` or `0.05 per week`";
constexpr std::string_view weekly_hours_due = "hours a week, such as `0.5 h/week`,";

std::optional<ValueProblem> scale_to_ticks(std::string_view number, const TimeUnit& unit,
                                           SimDuration& value) {
  std::int64_t whole = 0;
  std::int64_t ticks = 0;
  if (!parse_whole_number(number, whole) && !__builtin_mul_overflow(whole, unit.ticks, &ticks)) {
    value = SimDuration{ticks};
    return std::nullopt;
  }
  double real = 0;
  if (auto problem = parse_number(number, real)) return with_unit(std::move(*problem), unit.names.front());
  const double exact = real * static_cast<double>(unit.ticks);
  constexpr double limit = 9.2e18;
  if (std::abs(exact) > limit) return ValueProblem{"is too long: more than about 290,000 years", {}, {}};
  ticks = static_cast<std::int64_t>(std::llround(exact));
  if (ticks == 0 && real != 0)
    return ValueProblem{"is shorter than a microsecond, the shortest time there is", {}, {}};
  value = SimDuration{ticks};
  return std::nullopt;
}

template <class T, class Whole>
std::optional<ValueProblem> parse_bounded_whole(std::string_view text, const ParameterInfo& info, T& value) {
  text = trim(text);
  const auto [number, unit] = split_unit(text);
  Whole whole{};
  if (!unit.empty() && !number.empty() && !parse_whole_number(number, whole))
    return ValueProblem{
        fmt::format("has `{}` after the number; a bare whole number is due", unit), std::string{number}, {}};
  if (auto problem = parse_whole_number(text, whole)) return problem;
  if constexpr (std::same_as<T, int>) {
    if (auto problem = check_range<int>(static_cast<double>(whole), info)) return problem;
    if (whole > std::numeric_limits<int>::max() || whole < std::numeric_limits<int>::min())
      return ValueProblem{"is too large for a whole number", {}, {}};
  }
  value = static_cast<T>(whole);
  return std::nullopt;
}

/// Whether the text after a number is the unit that a plain number must carry: "points" or "point", "per SD"
/// or "/SD".
bool names_unit(std::string_view written, std::string_view due) {
  const auto without_plural = [](std::string_view word) {
    if (word.size() > 1 && word.ends_with('s')) word.remove_suffix(1);
    return word;
  };
  const auto per_written = after_per(written);
  const auto per_due = after_per(due);
  if (per_written.has_value() != per_due.has_value()) return false;
  if (per_written) return without_plural(*per_written) == without_plural(*per_due);
  return without_plural(written) == without_plural(due);
}

}  // namespace

std::optional<ValueProblem> parse_value(std::string_view text, const ParameterInfo& info,
                                        SimDuration& value) {
  const auto [number, unit] = split_unit(text);
  double ignored = 0;
  if (auto problem = parse_number(number, ignored); problem && number.empty())
    return ValueProblem{
        fmt::format("is not {}", duration_due), {}, fmt::format("write it like `{}`", value_text(value))};
  else if (problem)
    return with_unit(std::move(*problem), unit);
  if (unit.empty()) return missing_unit(number, duration_due, value_text(value));
  const TimeUnit* time_unit = find_time_unit(unit);
  if (time_unit == nullptr) return wrong_unit(unit, duration_due, value_text(value));
  SimDuration parsed;
  if (auto problem = scale_to_ticks(number, *time_unit, parsed)) return problem;
  if (auto problem = check_range<SimDuration>(parsed.in_days(), info)) return problem;
  value = parsed;
  return std::nullopt;
}

std::optional<ValueProblem> parse_value(std::string_view text, const ParameterInfo& info, Rate& value) {
  const auto [number, unit] = split_unit(text);
  double parsed = 0;
  if (auto problem = parse_number(number, parsed); problem && number.empty())
    return ValueProblem{
        fmt::format("is not {}", rate_due), {}, fmt::format("write it like `{}`", value_text(value))};
  else if (problem)
    return with_unit(std::move(*problem), unit);
  if (unit.empty()) return missing_unit(number, rate_due, value_text(value));
  const auto per = after_per(unit);
  const TimeUnit* time_unit = per ? find_time_unit(*per) : nullptr;
  if (time_unit == nullptr) return wrong_unit(unit, rate_due, value_text(value));
  const Rate rate = rate_per(parsed, *time_unit);
  if (!std::isfinite(rate.per_day) || (rate.per_day == 0 && parsed != 0))
    return ValueProblem{"is beyond the range of a number of double precision", {}, {}};
  if (auto problem = check_range<Rate>(rate.per_day, info)) return problem;
  value = rate;
  return std::nullopt;
}

std::optional<ValueProblem> parse_value(std::string_view text, const ParameterInfo& info,
                                        WeeklyHours& value) {
  const auto [number, unit] = split_unit(text);
  double parsed = 0;
  if (auto problem = parse_number(number, parsed); problem && number.empty())
    return ValueProblem{fmt::format("is not {} hours", weekly_hours_due),
                        {},
                        fmt::format("write it like `{}`", value_text(value))};
  else if (problem)
    return with_unit(std::move(*problem), unit);
  if (unit.empty())
    return ValueProblem{
        fmt::format("has no unit; {} are due", weekly_hours_due), fmt::format("{} h/week", number), {}};
  // "h/week", "min per week": a unit of time, then the week.
  const auto cut = std::min(unit.find('/'), unit.find(" per "));
  const TimeUnit* time_unit = cut < unit.size() ? find_time_unit(trim(unit.substr(0, cut))) : nullptr;
  const auto per = cut < unit.size() ? after_per(trim(unit.substr(cut))) : std::nullopt;
  const TimeUnit* week = per ? find_time_unit(*per) : nullptr;
  if (time_unit == nullptr || week == nullptr || week->ticks != weeks(1).ticks() ||
      time_unit->ticks > hours(1).ticks())
    return ValueProblem{fmt::format("has the unit `{}`; {} are due", unit, weekly_hours_due),
                        {},
                        fmt::format("write it like `{}`", value_text(value))};
  const double hours_per_week = time_unit->ticks == hours(1).ticks()
                                    ? parsed
                                    : parsed / static_cast<double>(hours(1).ticks() / time_unit->ticks);
  if (auto problem = check_range<WeeklyHours>(hours_per_week, info)) return problem;
  value = WeeklyHours{hours_per_week};
  return std::nullopt;
}

std::optional<ValueProblem> parse_value(std::string_view text, const ParameterInfo& info,
                                        Probability& value) {
  const auto [number, unit] = split_unit(text);
  double parsed = 0;
  if (auto problem = parse_number(number, parsed)) {
    if (number.empty()) return ValueProblem{"is not a number; a probability between 0 and 1 is due", {}, {}};
    return with_unit(std::move(*problem), unit);
  }
  if (unit == "%" || unit == "percent")
    parsed /= 100;
  else if (!unit.empty())
    return ValueProblem{
        fmt::format("has the unit `{}`; a probability is a bare number between 0 and 1", unit),
        std::string{number},
        {}};
  if (auto problem = check_range<Probability>(parsed, info)) {
    if (unit.empty() && parsed > 1 && parsed <= 100)
      problem->hint += fmt::format(", or `{} %` if percent is meant", number);
    return problem;
  }
  value = Probability{parsed};
  return std::nullopt;
}

std::optional<ValueProblem> parse_value(std::string_view text, const ParameterInfo& info, double& value) {
  const auto [number, unit] = split_unit(text);
  double parsed = 0;
  if (auto problem = parse_number(number, parsed)) {
    if (number.empty())
      return ValueProblem{"is not a number", {}, fmt::format("write it like `{}`", value_text(value, info))};
    return with_unit(std::move(*problem), unit);
  }
  if (info.unit.empty() && !unit.empty())
    return ValueProblem{
        fmt::format("has the unit `{}`; a bare number is due", unit), std::string{number}, {}};
  if (!info.unit.empty() && unit.empty())
    return ValueProblem{
        fmt::format("has no unit; `{}` is due", info.unit), fmt::format("{} {}", number, info.unit), {}};
  if (!info.unit.empty() && !names_unit(unit, info.unit))
    return ValueProblem{fmt::format("has the unit `{}`; `{}` is due", unit, info.unit),
                        {},
                        fmt::format("write it like `{}`", value_text(value, info))};
  if (auto problem = check_range<double>(parsed, info)) return problem;
  value = parsed;
  return std::nullopt;
}

std::optional<ValueProblem> parse_value(std::string_view text, const ParameterInfo& info, int& value) {
  return parse_bounded_whole<int, std::int64_t>(text, info, value);
}

std::optional<ValueProblem> parse_value(std::string_view text, const ParameterInfo& info,
                                        std::uint64_t& value) {
  return parse_bounded_whole<std::uint64_t, std::uint64_t>(text, info, value);
}

std::optional<ValueProblem> parse_value(std::string_view text, const ParameterInfo&, CivilDate& value) {
  text = trim(text);
  const auto parsed = CivilDate::parse(text);
  if (!parsed) {
    const bool right_form = text.size() == 10 && text[4] == '-' && text[7] == '-' &&
                            text.find_first_not_of("0123456789-") == std::string_view::npos;
    return right_form ? ValueProblem{"is not a day of the calendar", {}, "check the month and the day"}
                      : ValueProblem{"is not a date", {}, "write year-month-day, such as `2026-03-15`"};
  }
  value = *parsed;
  return std::nullopt;
}

std::optional<ValueProblem> parse_value(std::string_view text, const ParameterInfo&, WeeklyWindows& value) {
  auto parsed = WeeklyWindows::parse(text);
  if (!parsed)
    return ValueProblem{
        "does not name hours of the week",
        {},
        "write them like `Mon-Fri 09:00-17:00, Sat 10:00-12:30`, `daily 07:00-21:00` or `always`"};
  value = std::move(*parsed);
  return std::nullopt;
}

std::optional<ValueProblem> parse_value(std::string_view text, const ParameterInfo&, std::string& value) {
  value = text;
  return std::nullopt;
}

std::optional<ValueProblem> parse_value(std::string_view text, const ParameterInfo& info,
                                        std::vector<CivilDate>& value) {
  text = trim(text);
  if (text.starts_with('[') && text.ends_with(']')) text = trim(text.substr(1, text.size() - 2));
  std::vector<CivilDate> dates;
  while (!text.empty()) {
    const auto comma = std::min(text.find(','), text.size());
    if (auto problem = parse_value(text.substr(0, comma), info, dates.emplace_back())) return problem;
    text = trim(text.substr(std::min(comma + 1, text.size())));
  }
  value = std::move(dates);
  return std::nullopt;
}

std::optional<ValueProblem> parse_level(std::string_view text, std::span<const std::string_view> levels,
                                        std::size_t& index) {
  text = trim(text);
  std::vector<std::string> names;
  std::string listed;
  for (std::size_t i = 0; i < levels.size(); ++i) {
    if (levels[i] == text) {
      index = i;
      return std::nullopt;
    }
    names.emplace_back(levels[i]);
    listed += (i == 0 ? "`" : i + 1 == levels.size() ? " or `" : ", `") + names.back() + "`";
  }
  ValueProblem problem{"is not one of its levels; allowed is " + listed, {}, {}};
  // YAML's words for truth are what people write for a switch.
  if (names == std::vector<std::string>{"off", "on"}) {
    if (text == "true" || text == "yes" || text == "True" || text == "Yes" || text == "ON")
      problem.corrected = "on";
    if (text == "false" || text == "no" || text == "False" || text == "No" || text == "OFF")
      problem.corrected = "off";
  }
  if (problem.corrected.empty())
    if (const auto similar = find_similar(text, names))
      problem.hint = fmt::format("did you mean `{}`?", *similar);
  return problem;
}

}  // namespace peercap::yaml
