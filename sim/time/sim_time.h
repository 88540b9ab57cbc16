#pragma once

#include <compare>
#include <cstdint>
#include <limits>

namespace peercap {

/// A span of simulated time: a whole number of ticks of one microsecond.
class SimDuration {
 public:
  constexpr SimDuration() = default;
  constexpr explicit SimDuration(std::int64_t ticks) : ticks_{ticks} {}

  [[nodiscard]] constexpr std::int64_t ticks() const { return ticks_; }
  [[nodiscard]] constexpr double in_hours() const { return static_cast<double>(ticks_) / 3.6e9; }
  [[nodiscard]] constexpr double in_days() const { return static_cast<double>(ticks_) / 8.64e10; }

  friend constexpr auto operator<=>(SimDuration, SimDuration) = default;
  friend constexpr SimDuration operator+(SimDuration a, SimDuration b) {
    return SimDuration{a.ticks_ + b.ticks_};
  }
  friend constexpr SimDuration operator-(SimDuration a, SimDuration b) {
    return SimDuration{a.ticks_ - b.ticks_};
  }
  friend constexpr SimDuration operator*(std::int64_t n, SimDuration d) { return SimDuration{n * d.ticks_}; }
  friend constexpr std::int64_t operator/(SimDuration a, SimDuration b) { return a.ticks_ / b.ticks_; }
  constexpr SimDuration& operator+=(SimDuration other) {
    ticks_ += other.ticks_;
    return *this;
  }
  constexpr SimDuration& operator-=(SimDuration other) {
    ticks_ -= other.ticks_;
    return *this;
  }

  template <class Archive>
  void visit_state(Archive& archive) {
    archive(ticks_);
  }

 private:
  std::int64_t ticks_ = 0;
};

[[nodiscard]] constexpr SimDuration microseconds(std::int64_t n) {
  return SimDuration{n};
}
[[nodiscard]] constexpr SimDuration seconds(std::int64_t n) {
  return SimDuration{n * 1'000'000};
}
[[nodiscard]] constexpr SimDuration minutes(std::int64_t n) {
  return seconds(60 * n);
}
[[nodiscard]] constexpr SimDuration hours(std::int64_t n) {
  return minutes(60 * n);
}
[[nodiscard]] constexpr SimDuration days(std::int64_t n) {
  return hours(24 * n);
}
[[nodiscard]] constexpr SimDuration weeks(std::int64_t n) {
  return days(7 * n);
}

/// The nearest duration to a real number of days; values beyond about 290,000 years are cut there.
[[nodiscard]] constexpr SimDuration duration_from_days(double value) {
  constexpr double limit = 9.2e18;
  const double ticks = value * 8.64e10;
  if (!(ticks < limit)) return SimDuration{static_cast<std::int64_t>(limit)};
  if (!(ticks > -limit)) return SimDuration{-static_cast<std::int64_t>(limit)};
  return SimDuration{static_cast<std::int64_t>(ticks + (ticks < 0 ? -0.5 : 0.5))};
}
[[nodiscard]] constexpr SimDuration duration_from_hours(double value) {
  return duration_from_days(value / 24.0);
}

/// A moment: ticks since the origin, midnight at the beginning of Monday, 1970-01-05, in naive local civil
/// time (one zone, no daylight saving). Whole weeks of ticks since the origin therefore begin on Mondays.
class SimTime {
 public:
  constexpr SimTime() = default;
  constexpr explicit SimTime(std::int64_t ticks) : ticks_{ticks} {}

  [[nodiscard]] constexpr std::int64_t ticks() const { return ticks_; }
  [[nodiscard]] static constexpr SimTime never() { return SimTime{std::numeric_limits<std::int64_t>::max()}; }

  friend constexpr auto operator<=>(SimTime, SimTime) = default;
  friend constexpr SimTime operator+(SimTime t, SimDuration d) { return SimTime{t.ticks_ + d.ticks()}; }
  friend constexpr SimTime operator-(SimTime t, SimDuration d) { return SimTime{t.ticks_ - d.ticks()}; }
  friend constexpr SimDuration operator-(SimTime a, SimTime b) { return SimDuration{a.ticks_ - b.ticks_}; }

  template <class Archive>
  void visit_state(Archive& archive) {
    archive(ticks_);
  }

 private:
  std::int64_t ticks_ = 0;
};

/// `t + d`, or never() where the sum would not fit.
[[nodiscard]] constexpr SimTime saturating_add(SimTime t, SimDuration d) {
  std::int64_t sum = 0;
  if (__builtin_add_overflow(t.ticks(), d.ticks(), &sum)) return SimTime::never();
  return SimTime{sum};
}

}  // namespace peercap
