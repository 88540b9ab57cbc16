#pragma once

#include <limits>
#include <string>
#include <string_view>

namespace peercap {

/// How far a default can be trusted.
enum class Grade {
  measured,  ///< a published figure
  fitted,    ///< chosen so that published figures come out
  assumed,   ///< no evidence: belongs into a sensitivity analysis
  setting,   ///< describes the user's organization or the run, not the world
};

[[nodiscard]] constexpr std::string_view to_string(Grade grade) {
  switch (grade) {
    case Grade::measured:
      return "measured";
    case Grade::fitted:
      return "fitted";
    case Grade::assumed:
      return "assumed";
    case Grade::setting:
      return "setting";
  }
  return "?";
}

/// Which values make sense, in the parameter's base unit (days for durations, 1/day for rates, h/week for
/// weekly hours, otherwise the unit of ParameterInfo).
struct Range {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  bool low_excluded = false;

  [[nodiscard]] constexpr bool contains(double value) const {
    return (low_excluded ? value > low : value >= low) && value <= high;
  }
};

[[nodiscard]] constexpr Range at_least(double low) {
  return {.low = low};
}
[[nodiscard]] constexpr Range above(double low) {
  return {.low = low, .low_excluded = true};
}
[[nodiscard]] constexpr Range between(double low, double high) {
  return {.low = low, .high = high};
}

enum class Sweepable { no, yes };

/// What the catalogue says of one parameter, beside its type and its default.
struct ParameterInfo {
  std::string_view meaning;  ///< one sentence
  Range range = {};          ///< allowed values
  std::string_view unit =
      {};  ///< of a plain number: "points", "per SD"; empty for pure numbers, counts, text
  Grade grade = Grade::assumed;    ///< of the default
  std::string_view evidence = {};  ///< key in configs/evidence.yaml; empty where the default is assumed
  Sweepable sweepable = Sweepable::yes;
};

}  // namespace peercap
