#pragma once

#include <cmath>
#include <cstdint>
#include <type_traits>

#include "sim/support/quantity.h"
#include "sim/time/sim_time.h"

namespace peercap::peer_support {

/// Parameters that can take any value in between. Every double holds their values exactly.
template <class T>
inline constexpr bool is_gradual_value =
    std::is_same_v<T, SimDuration> || std::is_same_v<T, Rate> || std::is_same_v<T, WeeklyHours> ||
    std::is_same_v<T, Probability> || std::is_same_v<T, double> || std::is_same_v<T, int>;

/// The value as a number: ticks, events a day, hours a week, a probability, the number itself.
[[nodiscard]] inline double number_of(SimDuration value) {
  return static_cast<double>(value.ticks());
}
[[nodiscard]] inline double number_of(Rate value) {
  return value.per_day;
}
[[nodiscard]] inline double number_of(WeeklyHours value) {
  return value.hours_per_week;
}
[[nodiscard]] inline double number_of(Probability value) {
  return value.value;
}
[[nodiscard]] inline double number_of(double value) {
  return value;
}
[[nodiscard]] inline double number_of(int value) {
  return value;
}

/// The other way; durations and counts are rounded.
inline void set_number(SimDuration& value, double number) {
  value = SimDuration{static_cast<std::int64_t>(std::floor(number + 0.5))};
}
inline void set_number(Rate& value, double number) {
  value.per_day = number;
}
inline void set_number(WeeklyHours& value, double number) {
  value.hours_per_week = number;
}
inline void set_number(Probability& value, double number) {
  value.value = number;
}
inline void set_number(double& value, double number) {
  value = number;
}
inline void set_number(int& value, double number) {
  value = static_cast<int>(std::floor(number + 0.5));
}

}  // namespace peercap::peer_support
