#pragma once

#include <string>

#include "sim/io/yaml/value_text.h"

namespace peercap::yaml {

/// The range that holds for a type whatever its parameter says: no negative durations, probabilities up to 1.
template <class T>
[[nodiscard]] Range effective_range(const Range& range) {
  Range result = range;
  if constexpr (std::same_as<T, SimDuration> || std::same_as<T, Rate> || std::same_as<T, WeeklyHours> ||
                std::same_as<T, Probability>)
    if (result.low < 0) result.low = 0;
  if constexpr (std::same_as<T, Probability>)
    if (result.high > 1) result.high = 1;
  return result;
}

/// A bound, given in the base unit of the type, as text in the unit of `like`.
[[nodiscard]] std::string bound_text(double bound, const ParameterInfo& info, SimDuration like);
[[nodiscard]] std::string bound_text(double bound, const ParameterInfo& info, Rate like);
[[nodiscard]] std::string bound_text(double bound, const ParameterInfo& info, WeeklyHours like);
[[nodiscard]] std::string bound_text(double bound, const ParameterInfo& info, Probability like);
[[nodiscard]] std::string bound_text(double bound, const ParameterInfo& info, double like);
[[nodiscard]] std::string bound_text(double bound, const ParameterInfo& info, int like);

/// "is outside the allowed range, at least 0 days": the problem of a value out of range, or nothing.
template <class T>
[[nodiscard]] std::optional<ValueProblem> check_range(double in_base_unit, const ParameterInfo& info) {
  if (effective_range<T>(info.range).contains(in_base_unit)) return std::nullopt;
  const std::string allowed = range_text<T>(info);
  const std::string why = in_base_unit < 0 ? "is negative" : "is out of range";
  return ValueProblem{why + ": allowed is " + allowed, {}, "choose a value " + allowed};
}

}  // namespace peercap::yaml
