#pragma once

#include <compare>

namespace peercap {

/// A year is 365 days and a week 7 days wherever a rate or a duration is given in them.
inline constexpr double days_per_year = 365.0;
inline constexpr double days_per_week = 7.0;
inline constexpr double hours_per_day = 24.0;

/// Events per day.
struct Rate {
  double per_day = 0.0;
  [[nodiscard]] constexpr double per_year() const { return per_day * days_per_year; }
  friend constexpr auto operator<=>(Rate, Rate) = default;
};
[[nodiscard]] constexpr Rate per_year(double value) {
  return {value / days_per_year};
}
[[nodiscard]] constexpr Rate per_week(double value) {
  return {value / days_per_week};
}
[[nodiscard]] constexpr Rate per_day(double value) {
  return {value};
}

/// Working hours in each week.
struct WeeklyHours {
  double hours_per_week = 0.0;
  friend constexpr auto operator<=>(WeeklyHours, WeeklyHours) = default;
};

/// A number in [0, 1].
struct Probability {
  double value = 0.0;
  friend constexpr auto operator<=>(Probability, Probability) = default;
};

}  // namespace peercap
