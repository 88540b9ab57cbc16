#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/time/civil_date.h"
#include "sim/time/sim_time.h"
#include "sim/time/weekly_windows.h"

namespace peercap {

/// A calendar of open time: weekly windows, except on closed days, which are shut from midnight to midnight.
///
/// Open stretches are half-open [begin, end), in ticks. Every question is answered in closed form, from the
/// open time accumulated since the origin: O(log windows + log closed days), however far apart the times are.
class OpeningHours {
 public:
  /// `closed_days` may come in any order and may repeat. Without windows the calendar never opens.
  explicit OpeningHours(WeeklyWindows windows, std::vector<CivilDate> closed_days = {});

  [[nodiscard]] bool is_open(SimTime t) const;

  /// The earliest open moment not before `t` (`t` itself where it is open); never() where there is none.
  [[nodiscard]] SimTime next_open(SimTime t) const;

  /// The earliest shut moment not before `t` (`t` itself where it is shut); never() where there is none.
  [[nodiscard]] SimTime next_close(SimTime t) const;

  /// Open time in [a, b). Throws ContractViolation where `b` lies before `a`.
  [[nodiscard]] SimDuration open_between(SimTime a, SimTime b) const;

  /// The earliest moment not before `t` at which `work` of open time has passed since `t`: for work that ends
  /// exactly at closing time, the closing time; `t` for no work; never() where that much time never opens or
  /// the moment cannot be represented. Throws ContractViolation for negative work.
  [[nodiscard]] SimTime after_open_time(SimTime t, SimDuration work) const;

  [[nodiscard]] const WeeklyWindows& weekly_windows() const { return windows_; }

  /// Sorted, each once.
  [[nodiscard]] const std::vector<CivilDate>& closed_days() const { return closed_days_; }

 private:
  /// Open ticks by the weekly windows alone, from the origin to `t` (negative before the origin).
  [[nodiscard]] std::int64_t weekly_open_until(SimTime t) const;

  /// The earliest moment at which `weekly_open_until` reaches `open`; needs some open time each week.
  [[nodiscard]] SimTime weekly_time_of(std::int64_t open) const;

  /// Open ticks up to `t`, closed days left out; the zero is arbitrary, differences count.
  [[nodiscard]] std::int64_t open_until(SimTime t) const;

  /// The first closed day that is not over at `t`, as an index into closed_days_ (its size where there is
  /// none).
  [[nodiscard]] std::size_t first_closed_day_after(SimTime t) const;

  WeeklyWindows windows_;
  std::vector<CivilDate> closed_days_;
  std::vector<std::int64_t> open_before_window_;  ///< [windows] open ticks of the week before each window
  std::vector<std::int64_t> lost_before_day_;  ///< [closed days + 1] weekly open ticks on earlier closed days
  std::vector<std::int64_t> open_at_closed_day_;  ///< [closed days] open_until(midnight of the day)
};

}  // namespace peercap
