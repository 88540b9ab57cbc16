#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>

#include "models/peer_support/scenario/schedule_spec.h"

namespace peercap::peer_support {

/// How far a scheduled change with a date has come, by day number (CivilDate).
class ChangeCourse {
 public:
  explicit ChangeCourse(const ScheduledChange& change)
      : begin_{change.at.date.value_or(CivilDate{}).day_number()}, steps_{change.over / days(1)} {
    if (change.until.date) back_ = change.until.date->day_number();
  }

  [[nodiscard]] std::int64_t begin() const { return begin_; }
  [[nodiscard]] std::int64_t steps() const { return steps_; }
  [[nodiscard]] std::optional<std::int64_t> back() const { return back_; }
  /// The first day on which nothing is left of it.
  [[nodiscard]] std::int64_t end() const {
    return back_ ? *back_ + steps_ : std::numeric_limits<std::int64_t>::max();
  }
  /// The first day on which numbers have arrived.
  [[nodiscard]] std::int64_t complete() const { return begin_ + steps_; }

  /// Part of the way from the value before to the new one, for numbers.
  [[nodiscard]] double weight(std::int64_t day) const {
    if (day < begin_ || day >= end()) return 0.0;
    if (!back_ || day < *back_) return rise(day);
    return rise(*back_) * (1.0 - static_cast<double>(day - *back_) / static_cast<double>(steps_));
  }
  /// Whether what cannot move step by step has its new value.
  [[nodiscard]] bool switched(std::int64_t day) const { return day >= begin_ && (!back_ || day < *back_); }

 private:
  [[nodiscard]] double rise(std::int64_t day) const {
    if (day >= complete()) return 1.0;
    return static_cast<double>(day - begin_) / static_cast<double>(steps_);
  }

  std::int64_t begin_;
  std::int64_t steps_;
  std::optional<std::int64_t> back_;
};

}  // namespace peercap::peer_support
