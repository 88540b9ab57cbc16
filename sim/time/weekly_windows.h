#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/time/sim_time.h"

namespace peercap {

/// Stretches of the week, which begins on Monday at midnight: opening hours, rotas, meeting hours.
/// Windows are sorted, disjoint, not touching, and lie in [0, 7 days]; a window that crosses the end of the
/// week is held as two.
class WeeklyWindows {
 public:
  struct Window {
    SimDuration begin;
    SimDuration end;
    friend bool operator==(const Window&, const Window&) = default;
  };

  WeeklyWindows() = default;

  /// The whole week.
  [[nodiscard]] static WeeklyWindows always();

  /// Reads "Mon-Fri 09:00-17:00, Sat 10:00-12:30", "daily 07:00-21:00", "Fri 22:00-06:00" (over midnight) or
  /// "always". Overlapping windows are merged. Nothing where the text has another form or no open time.
  [[nodiscard]] static std::optional<WeeklyWindows> parse(std::string_view text);

  /// The shortest text that `parse` reads back as these windows.
  [[nodiscard]] std::string to_string() const;

  [[nodiscard]] const std::vector<Window>& windows() const { return windows_; }
  [[nodiscard]] SimDuration open_per_week() const { return open_per_week_; }

  friend bool operator==(const WeeklyWindows& a, const WeeklyWindows& b) { return a.windows_ == b.windows_; }

 private:
  explicit WeeklyWindows(std::vector<Window> raw);

  std::vector<Window> windows_;
  SimDuration open_per_week_;
};

}  // namespace peercap
