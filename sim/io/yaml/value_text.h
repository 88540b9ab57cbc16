#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "sim/io/yaml/number_text.h"
#include "sim/support/parameter.h"
#include "sim/support/quantity.h"
#include "sim/time/civil_date.h"
#include "sim/time/sim_time.h"
#include "sim/time/weekly_windows.h"

/// Values as texts with units: "50 min", "0.36 per year", "1 h/week", "2026-03-15". A year is 365 days.
///
/// parse_value(text, info, value) sets `value` and returns nothing, or leaves it alone and returns the
/// problem. The value it is given (the default, usually) shows which unit to propose where one is missing.
/// The range of `info` is checked in the parameter's base unit; rates, durations and weekly hours are never
/// negative, probabilities lie in [0, 1].
///
/// value_text(value, info) is the canonical text; parse_value reads it back to the same bits.
namespace peercap::yaml {

[[nodiscard]] std::optional<ValueProblem> parse_value(std::string_view text, const ParameterInfo& info,
                                                      SimDuration& value);
[[nodiscard]] std::optional<ValueProblem> parse_value(std::string_view text, const ParameterInfo& info,
                                                      Rate& value);
[[nodiscard]] std::optional<ValueProblem> parse_value(std::string_view text, const ParameterInfo& info,
                                                      WeeklyHours& value);
[[nodiscard]] std::optional<ValueProblem> parse_value(std::string_view text, const ParameterInfo& info,
                                                      Probability& value);
[[nodiscard]] std::optional<ValueProblem> parse_value(std::string_view text, const ParameterInfo& info,
                                                      double& value);
[[nodiscard]] std::optional<ValueProblem> parse_value(std::string_view text, const ParameterInfo& info,
                                                      int& value);
[[nodiscard]] std::optional<ValueProblem> parse_value(std::string_view text, const ParameterInfo& info,
                                                      std::uint64_t& value);
[[nodiscard]] std::optional<ValueProblem> parse_value(std::string_view text, const ParameterInfo& info,
                                                      CivilDate& value);
[[nodiscard]] std::optional<ValueProblem> parse_value(std::string_view text, const ParameterInfo& info,
                                                      WeeklyWindows& value);
[[nodiscard]] std::optional<ValueProblem> parse_value(std::string_view text, const ParameterInfo& info,
                                                      std::string& value);
/// Dates with commas between them, in brackets or not.
[[nodiscard]] std::optional<ValueProblem> parse_value(std::string_view text, const ParameterInfo& info,
                                                      std::vector<CivilDate>& value);

/// Index of the level that `text` names, or the problem with the levels and the nearest of them.
[[nodiscard]] std::optional<ValueProblem> parse_level(std::string_view text,
                                                      std::span<const std::string_view> levels,
                                                      std::size_t& index);

template <class Level>
requires std::is_enum_v<Level>
[[nodiscard]] std::optional<ValueProblem> parse_value(std::string_view text, const ParameterInfo&,
                                                      Level& value) {
  const auto levels = level_names(value);
  std::size_t index = 0;
  auto problem = parse_level(text, levels, index);
  if (!problem) value = static_cast<Level>(index);
  return problem;
}

[[nodiscard]] std::string value_text(SimDuration value, const ParameterInfo& info = {});
[[nodiscard]] std::string value_text(Rate value, const ParameterInfo& info = {});
[[nodiscard]] std::string value_text(WeeklyHours value, const ParameterInfo& info = {});
[[nodiscard]] std::string value_text(Probability value, const ParameterInfo& info = {});
[[nodiscard]] std::string value_text(double value, const ParameterInfo& info = {});
[[nodiscard]] std::string value_text(int value, const ParameterInfo& info = {});
[[nodiscard]] std::string value_text(std::uint64_t value, const ParameterInfo& info = {});
[[nodiscard]] std::string value_text(CivilDate value, const ParameterInfo& info = {});
[[nodiscard]] std::string value_text(const WeeklyWindows& value, const ParameterInfo& info = {});
[[nodiscard]] std::string value_text(const std::string& value, const ParameterInfo& info = {});
[[nodiscard]] std::string value_text(const std::vector<CivilDate>& value, const ParameterInfo& info = {});

template <class Level>
requires std::is_enum_v<Level>
[[nodiscard]] std::string value_text(Level value, const ParameterInfo& = {}) {
  return std::string{level_names(value)[static_cast<std::size_t>(value)]};
}

/// The allowed values of a parameter of type T in words: "between 1 day and 100 years", "at least 0"; empty
/// where everything goes.
template <class T>
[[nodiscard]] std::string range_text(const ParameterInfo& info);

}  // namespace peercap::yaml
