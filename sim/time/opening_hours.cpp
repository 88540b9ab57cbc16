#include "sim/time/opening_hours.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "sim/support/contract.h"

namespace peercap {
namespace {

constexpr std::int64_t week_ticks = weeks(1).ticks();

std::int64_t floor_divide(std::int64_t value, std::int64_t divisor) {
  return value / divisor - (value % divisor < 0 ? 1 : 0);
}

SimTime end_of(CivilDate day) {
  return day.midnight() + days(1);
}

}  // namespace

OpeningHours::OpeningHours(WeeklyWindows windows, std::vector<CivilDate> closed_days)
    : windows_{std::move(windows)}, closed_days_{std::move(closed_days)} {
  std::ranges::sort(closed_days_);
  closed_days_.erase(std::unique(closed_days_.begin(), closed_days_.end()), closed_days_.end());

  std::int64_t open = 0;
  for (const WeeklyWindows::Window& window : windows_.windows()) {
    open_before_window_.push_back(open);
    open += (window.end - window.begin).ticks();
  }
  lost_before_day_.push_back(0);
  for (const CivilDate day : closed_days_) {
    const std::int64_t open_at_midnight = weekly_open_until(day.midnight());
    const std::int64_t lost = weekly_open_until(end_of(day)) - open_at_midnight;
    open_at_closed_day_.push_back(open_at_midnight - lost_before_day_.back());
    lost_before_day_.push_back(lost_before_day_.back() + lost);
  }
}

std::int64_t OpeningHours::weekly_open_until(SimTime t) const {
  const std::int64_t week = floor_divide(t.ticks(), week_ticks);
  const SimDuration in_week = t - (SimTime{} + weeks(week));
  std::int64_t open = week * windows_.open_per_week().ticks();
  const auto& all = windows_.windows();
  const auto after = std::ranges::upper_bound(all, in_week, {}, &WeeklyWindows::Window::begin);
  if (after == all.begin()) return open;
  const auto index = static_cast<std::size_t>(after - all.begin()) - 1;
  return open + open_before_window_[index] + (std::min(in_week, all[index].end) - all[index].begin).ticks();
}

SimTime OpeningHours::weekly_time_of(std::int64_t open) const {
  const std::int64_t per_week = windows_.open_per_week().ticks();
  // The last tick of that open time, not the one after it, decides the week and the window: the earliest
  // moment for exactly one week's open time is the end of that week's last window.
  const std::int64_t week = floor_divide(open - 1, per_week);
  const std::int64_t in_week = open - week * per_week;  // in [1, per_week]
  const auto after = std::ranges::lower_bound(open_before_window_, in_week);
  const auto index = static_cast<std::size_t>(after - open_before_window_.begin()) - 1;
  const std::int64_t offset = windows_.windows()[index].begin.ticks() + in_week - open_before_window_[index];
  std::int64_t ticks = 0;
  if (__builtin_mul_overflow(week, week_ticks, &ticks) || __builtin_add_overflow(ticks, offset, &ticks))
    return SimTime::never();
  return SimTime{ticks};
}

std::size_t OpeningHours::first_closed_day_after(SimTime t) const {
  return static_cast<std::size_t>(std::ranges::lower_bound(closed_days_, date_of(t)) - closed_days_.begin());
}

std::int64_t OpeningHours::open_until(SimTime t) const {
  const std::size_t next = first_closed_day_after(t);
  if (next < closed_days_.size() && closed_days_[next] == date_of(t)) return open_at_closed_day_[next];
  return weekly_open_until(t) - lost_before_day_[next];
}

bool OpeningHours::is_open(SimTime t) const {
  return next_close(t) != t;
}

SimTime OpeningHours::next_open(SimTime t) const {
  // One tick of open time has passed one tick after opening.
  const SimTime after_first_tick = after_open_time(t, microseconds(1));
  return after_first_tick == SimTime::never() ? after_first_tick : after_first_tick - microseconds(1);
}

SimTime OpeningHours::next_close(SimTime t) const {
  const std::size_t next_closed = first_closed_day_after(t);
  SimTime closed_day_begin = SimTime::never();
  if (next_closed < closed_days_.size()) closed_day_begin = closed_days_[next_closed].midnight();
  if (closed_day_begin <= t) return t;

  const SimTime week_begin = SimTime{} + weeks(floor_divide(t.ticks(), week_ticks));
  const SimDuration in_week = t - week_begin;
  const auto& all = windows_.windows();
  const auto after = std::ranges::upper_bound(all, in_week, {}, &WeeklyWindows::Window::begin);
  if (after == all.begin() || std::prev(after)->end <= in_week) return t;
  if (windows_.open_per_week() == weeks(1)) return closed_day_begin;

  SimDuration closing = std::prev(after)->end;
  if (closing == weeks(1) && all.front().begin == SimDuration{}) closing += all.front().end;
  return std::min(saturating_add(week_begin, closing), closed_day_begin);
}

SimDuration OpeningHours::open_between(SimTime a, SimTime b) const {
  require(a <= b, "OpeningHours::open_between: the end lies before the beginning");
  return SimDuration{open_until(b) - open_until(a)};
}

SimTime OpeningHours::after_open_time(SimTime t, SimDuration work) const {
  require(work >= SimDuration{}, "OpeningHours::after_open_time: negative work");
  if (work == SimDuration{}) return t;
  if (windows_.open_per_week() == SimDuration{}) return SimTime::never();
  std::int64_t target = 0;
  if (__builtin_add_overflow(open_until(t), work.ticks(), &target)) return SimTime::never();
  // A closed day that begins with less than the target accumulated lies before the answer, whole.
  const auto days_before =
      std::ranges::lower_bound(open_at_closed_day_, target) - open_at_closed_day_.begin();
  if (__builtin_add_overflow(target, lost_before_day_[static_cast<std::size_t>(days_before)], &target))
    return SimTime::never();
  return weekly_time_of(target);
}

}  // namespace peercap
