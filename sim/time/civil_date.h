#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sim/time/sim_time.h"

namespace peercap {

enum class Weekday : std::uint8_t { monday, tuesday, wednesday, thursday, friday, saturday, sunday };

/// A day of the proleptic Gregorian calendar, held as days since Monday, 1970-01-05.
class CivilDate {
 public:
  constexpr CivilDate() = default;
  constexpr explicit CivilDate(std::int32_t day) : day_{day} {}

  /// Reads "2026-03-15"; nothing where the text is not an existing day of that form.
  [[nodiscard]] static std::optional<CivilDate> parse(std::string_view text);
  [[nodiscard]] std::string to_string() const;

  [[nodiscard]] constexpr std::int32_t day_number() const { return day_; }
  [[nodiscard]] constexpr Weekday weekday() const { return static_cast<Weekday>(((day_ % 7) + 7) % 7); }
  [[nodiscard]] constexpr SimTime midnight() const { return SimTime{} + days(day_); }

  friend constexpr auto operator<=>(CivilDate, CivilDate) = default;

 private:
  std::int32_t day_ = 0;
};

/// The day that contains `t`.
[[nodiscard]] constexpr CivilDate date_of(SimTime t) {
  const std::int64_t day_ticks = days(1).ticks();
  std::int64_t day = t.ticks() / day_ticks;
  if (t.ticks() % day_ticks < 0) --day;
  return CivilDate{static_cast<std::int32_t>(day)};
}

}  // namespace peercap
