#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "sim/support/quantity.h"
#include "sim/time/sim_time.h"

namespace peercap::yaml {

/// A unit of time and what it is called in files; the first name is the one written for one, the second for
/// several.
struct TimeUnit {
  std::int64_t ticks;
  std::array<std::string_view, 6> names;
};

/// Longest first.
inline constexpr std::array<TimeUnit, 8> time_units{{
    {days(365).ticks(), {"year", "years", "yr", "y", "a", ""}},
    {weeks(1).ticks(), {"week", "weeks", "wk", "w", "", ""}},
    {days(1).ticks(), {"day", "days", "d", "", "", ""}},
    {hours(1).ticks(), {"h", "h", "hour", "hours", "hr", "hrs"}},
    {minutes(1).ticks(), {"min", "min", "minute", "minutes", "mins", ""}},
    {seconds(1).ticks(), {"s", "s", "sec", "second", "seconds", "secs"}},
    {1000, {"ms", "ms", "millisecond", "milliseconds", "", ""}},
    {1, {"us", "us", "microsecond", "microseconds", "", ""}},
}};

[[nodiscard]] constexpr const TimeUnit* find_time_unit(std::string_view name) {
  for (const TimeUnit& unit : time_units)
    for (const auto known : unit.names)
      if (!known.empty() && known == name) return &unit;
  return nullptr;
}

/// `value` events in each unit of time. Years, weeks and days go through the functions that the defaults use,
/// so that a default and its text are the same bits.
[[nodiscard]] constexpr Rate rate_per(double value, const TimeUnit& unit) {
  if (unit.ticks == days(365).ticks()) return per_year(value);
  if (unit.ticks == weeks(1).ticks()) return per_week(value);
  if (unit.ticks == days(1).ticks()) return per_day(value);
  return per_day(value * static_cast<double>(days(1).ticks() / unit.ticks));
}

}  // namespace peercap::yaml
