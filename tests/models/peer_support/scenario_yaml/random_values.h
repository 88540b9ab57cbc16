#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <string>
#include <type_traits>
#include <vector>

#include "models/peer_support/scenario/check.h"
#include "models/peer_support/scenario/scenario.h"
#include "models/peer_support/scenario_yaml/gradual_value.h"
#include "models/peer_support/scenario_yaml/leaf_visitor.h"
#include "models/peer_support/scenario_yaml/schedule.h"
#include "models/peer_support/scenario_yaml/set_value.h"
#include "sim/io/yaml/value_range.h"
#include "sim/io/yaml/value_text.h"
#include "tests/property.h"

/// Random values of every parameter that the catalogue knows, within its range.
namespace peercap::peer_support::testing {

/// A number of the range: one of its ends, few digits, or any bits.
[[nodiscard]] inline double number_in(const Range& range) {
  const double low = std::max(range.low, -1e12);
  const double high = std::min(range.high, 1e12);
  double x = low;
  switch (*rc::gen::inRange(0, 5)) {
    case 0:
      x = *rc::gen::arbitrary<bool>() ? low : high;
      break;
    case 1:  // few digits
      x = low + (high - low) * *rc::gen::inRange(0, 101) / 100.0;
      break;
    case 2:  // near the lower end, at any scale
      x = low + std::ldexp(1.0 + *rc::gen::inRange(0, 1 << 20) * 0x1p-20, *rc::gen::inRange(-80, 10));
      break;
    default:
      x = low + (high - low) * (static_cast<double>(*rc::gen::arbitrary<std::uint64_t>() >> 11) * 0x1p-53);
  }
  return range.contains(x) ? x : std::midpoint(low, high);
}

[[nodiscard]] inline std::string any_text() {
  static const std::vector<std::string> pieces{
      "a",        "Ward 7", "'", "\"", ":",  ": ", " #", "- ", "\n", "\t", "\\", "null", "true", "010",
      "\xC3\xBC", "1e5",    "{", "]",  "&a", "*",  "!",  "%",  "@",  "~",  ",",  " ",    "yes"};
  std::string text;
  for (int n = *rc::gen::inRange(1, 6); n > 0; --n) text += *rc::gen::elementOf(pieces);
  return text;
}

[[nodiscard]] inline CivilDate any_day() {
  return CivilDate{*rc::gen::inRange<std::int32_t>(-20'000, 60'000)};  // 1915 to 2134
}

/// Of texts, mixes and what belongs to a schedule, not every value makes sense beside the others.
template <class T>
inline constexpr bool stands_alone =
    !std::is_same_v<T, std::string> && !std::is_same_v<T, Shares> && !std::is_same_v<T, DateOrNever>;

/// A value of the parameter's type, within its range.
template <class T>
requires stands_alone<T>
[[nodiscard]] T any_value(const ParameterInfo& info) {
  if constexpr (is_gradual_value<T>) {
    const Range range = yaml::effective_range<T>(info.range);
    T value{};
    if constexpr (std::is_same_v<T, SimDuration>) {
      value = duration_from_days(number_in(range));
      if (!range.contains(value.in_days())) value = duration_from_days(range.low) + microseconds(1);
    } else if constexpr (std::is_same_v<T, int>) {
      value = *rc::gen::inRange(static_cast<int>(range.low),
                                static_cast<int>(std::min(range.high, 1'000'000.0)) + 1);
    } else {
      set_number(value, number_in(range));
    }
    return value;
  } else if constexpr (std::is_enum_v<T>) {
    return static_cast<T>(*rc::gen::inRange<std::size_t>(0, level_names(T{}).size()));
  } else if constexpr (std::is_same_v<T, std::uint64_t>) {
    return *rc::gen::arbitrary<std::uint64_t>();
  } else if constexpr (std::is_same_v<T, CivilDate>) {
    return any_day();
  } else if constexpr (std::is_same_v<T, std::vector<CivilDate>>) {
    std::vector<CivilDate> some(*rc::gen::inRange<std::size_t>(0, 5));
    for (CivilDate& day : some) day = any_day();
    return some;
  } else {
    static_assert(std::is_same_v<T, WeeklyWindows>);
    return WeeklyWindows::parse(*rc::gen::element<std::string>(
                                    "always", "daily 22:00-06:00", "Mon-Fri 09:00-17:00",
                                    "Sat 00:00-24:00, Tue 03:01-03:02", "Sun 22:00-06:00, Wed 00:00-24:00"))
        .value();
  }
}

/// The value without loss, to compare values by.
template <class T>
[[nodiscard]] std::string exact_text(const T& value) {
  if constexpr (std::is_same_v<T, SimDuration>)
    return std::to_string(value.ticks());
  else if constexpr (is_gradual_value<T>)
    return std::to_string(std::bit_cast<std::uint64_t>(number_of(value)));
  else if constexpr (std::is_enum_v<T> || std::is_same_v<T, std::uint64_t>)
    return std::to_string(static_cast<std::uint64_t>(value));
  else if constexpr (std::is_same_v<T, CivilDate>)
    return std::to_string(value.day_number());
  else if constexpr (std::is_same_v<T, DateOrNever>)
    return value.date ? std::to_string(value.date->day_number()) : "never";
  else if constexpr (std::is_same_v<T, std::vector<CivilDate>>) {
    std::string text;
    for (const CivilDate day : value) text += std::to_string(day.day_number()) + " ";
    return text;
  } else if constexpr (std::is_same_v<T, WeeklyWindows>) {
    std::string text;
    for (const auto& window : value.windows())
      text += std::to_string(window.begin.ticks()) + "-" + std::to_string(window.end.ticks()) + " ";
    return text;
  } else if constexpr (std::is_same_v<T, Shares>) {
    std::string text;
    for (const auto& [name, weight] : value.weights)
      text += name + " " + std::to_string(std::bit_cast<std::uint64_t>(weight)) + " ";
    return text;
  } else {
    static_assert(std::is_same_v<T, std::string>);
    return value;
  }
}

/// Every parameter with its value, in the order of description.
[[nodiscard]] inline std::vector<std::string> exact_values(Scenario scenario) {
  std::vector<std::string> values;
  visit_leaves(scenario, [&](const std::string& path, auto& value, const ParameterInfo&) {
    values.push_back(path + " = " + exact_text(value));
  });
  return values;
}

/// Whether the scenario could be simulated: no check finds an error.
[[nodiscard]] inline bool is_sound(Scenario& scenario) {
  static DemandMemory demand;
  const auto has_error = [](const std::vector<ScenarioProblem>& problems) {
    return std::ranges::any_of(problems, [](const auto& p) { return p.severity == Severity::error; });
  };
  return !has_error(check(scenario, &demand)) && !has_error(build_phases(scenario)) &&
         !has_error(check_phases(scenario, &demand));
}

}  // namespace peercap::peer_support::testing
