// Arithmetic of times in whole ticks, and calendars against a list of all their open stretches.

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "sim/time/civil_date.h"
#include "sim/time/opening_hours.h"
#include "sim/time/rota.h"
#include "sim/time/sim_time.h"
#include "sim/time/weekly_windows.h"
#include "tests/property.h"

namespace peercap {
namespace {

using testing::check_property;

std::int64_t from_to(std::int64_t low, std::int64_t high) {
  return *rc::gen::inRange(low, high + 1);
}

/// Ticks of any magnitude, so that three of them can be added.
SimDuration any_duration() {
  const std::int64_t limit = std::int64_t{1} << from_to(1, 61);
  return SimDuration{from_to(-limit, limit)};
}

TEST(TimeProperty, SumsAndDifferencesUndoEachOther) {
  check_property(
      [] {
        const SimDuration a = any_duration();
        const SimDuration b = any_duration();
        const SimTime t{any_duration().ticks()};
        RC_ASSERT(a + b == b + a);
        RC_ASSERT((a + b) - b == a);
        RC_ASSERT((t + a) - t == a);
        RC_ASSERT((t + a) - a == t);
        RC_ASSERT((t + a < t) == (a < SimDuration{}));
        SimDuration sum = a;
        sum += b;
        RC_ASSERT(sum == a + b);
        sum -= b;
        RC_ASSERT(sum == a);
      },
      1000);
}

TEST(TimeProperty, MultiplesDivideBackWithoutRemainder) {
  check_property(
      [] {
        const std::int64_t n = from_to(-1'000'000, 1'000'000);
        const SimDuration unit{from_to(1, std::int64_t{1} << 42)};
        const SimDuration rest{from_to(0, unit.ticks() - 1)};
        RC_ASSERT((n * unit) / unit == n);
        // Toward zero.
        RC_ASSERT((n * unit + (n < 0 ? SimDuration{} - rest : rest)) / unit == n);
      },
      1000);
}

TEST(TimeProperty, RealNumbersOfDaysAreTheNearestTick) {
  check_property(
      [] {
        // Up to 2^52 ticks, 142 years, a double tells half ticks apart.
        const SimDuration exact{from_to(-(std::int64_t{1} << 52), std::int64_t{1} << 52)};
        const SimDuration back = duration_from_days(exact.in_days());
        RC_ASSERT(std::abs((back - exact).ticks()) <= 1);
        RC_ASSERT(duration_from_hours(exact.in_hours()).ticks() - exact.ticks() <= 1);
        // Whole days are exact, and rounding keeps the order.
        const std::int64_t whole = from_to(-100'000, 100'000);
        RC_ASSERT(duration_from_days(static_cast<double>(whole)) == days(whole));
        const double shorter = *rc::gen::arbitrary<double>();
        const double longer = *rc::gen::arbitrary<double>();
        RC_ASSERT(duration_from_days(std::min(shorter, longer)) <=
                  duration_from_days(std::max(shorter, longer)));
      },
      1000);
}

TEST(TimeProperty, SaturatingSumsAreTheSumOrNever) {
  check_property(
      [] {
        const SimTime t{*rc::gen::arbitrary<std::int64_t>()};
        const SimDuration d{*rc::gen::arbitrary<std::int64_t>()};
        __extension__ using Wide = __int128;
        const Wide exact = Wide{t.ticks()} + d.ticks();
        const bool fits = exact <= std::numeric_limits<std::int64_t>::max() &&
                          exact >= std::numeric_limits<std::int64_t>::min();
        RC_ASSERT(saturating_add(t, d) ==
                  (fits ? SimTime{static_cast<std::int64_t>(exact)} : SimTime::never()));
      },
      1000);
}

TEST(TimeProperty, EveryMomentLiesInItsDay) {
  check_property(
      [] {
        // Three million years on both sides, as many days as a CivilDate can number safely.
        const SimTime t{from_to(-(std::int64_t{1} << 56), std::int64_t{1} << 56)};
        const CivilDate day = date_of(t);
        RC_ASSERT(day.midnight() <= t);
        RC_ASSERT(t < CivilDate{day.day_number() + 1}.midnight());
        RC_ASSERT(static_cast<int>(CivilDate{day.day_number() + 1}.weekday()) ==
                  (static_cast<int>(day.weekday()) + 1) % 7);
      },
      1000);
}

std::string clock(std::int64_t minute) {
  std::string text = "00:00";
  text[0] = static_cast<char>('0' + minute / 600);
  text[1] = static_cast<char>('0' + minute / 60 % 10);
  text[3] = static_cast<char>('0' + minute % 60 / 10);
  text[4] = static_cast<char>('0' + minute % 10);
  return text;
}

/// One to four stretches of the week, some over midnight or over its end.
std::string any_windows() {
  if (from_to(0, 19) == 0) return "always";
  const std::array<std::string, 7> names{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  std::string text;
  for (std::int64_t n = from_to(1, 4); n > 0; --n) {
    const std::int64_t begin = from_to(0, 1439);
    const std::int64_t end = (begin + from_to(1, 1439)) % 1440;
    text += (text.empty() ? "" : ", ") + names[static_cast<std::size_t>(from_to(0, 6))] + "-" +
            names[static_cast<std::size_t>(from_to(0, 6))] + " " + clock(begin) + "-" + clock(end);
  }
  return text;
}

/// Every open stretch of a calendar over some weeks on both sides of the origin, in order; touching ones are
/// one.
class OpenStretches {
 public:
  static constexpr std::int64_t weeks_each_side = 6;

  OpenStretches(const WeeklyWindows& windows, const std::vector<CivilDate>& closed_days) {
    for (std::int64_t day = -7 * weeks_each_side; day < 7 * weeks_each_side; ++day) {
      const CivilDate date{static_cast<std::int32_t>(day)};
      if (std::ranges::find(closed_days, date) != closed_days.end()) continue;
      const SimTime monday = date.midnight() - days(static_cast<std::int64_t>(date.weekday()));
      for (const auto& window : windows.windows())
        add(std::max(monday + window.begin, date.midnight()),
            std::min(monday + window.end, date.midnight() + days(1)));
    }
  }

  [[nodiscard]] bool is_open(SimTime t) const {
    return std::ranges::any_of(stretches_, [t](const auto& s) { return s.first <= t && t < s.second; });
  }
  /// Nothing is said of what lies beyond the weeks kept: never() there.
  [[nodiscard]] SimTime next_open(SimTime t) const {
    for (const auto& [begin, end] : stretches_)
      if (t < end) return std::max(begin, t);
    return SimTime::never();
  }
  [[nodiscard]] SimTime next_close(SimTime t) const {
    for (const auto& [begin, end] : stretches_)
      if (begin <= t && t < end) return end;
    return t;
  }
  [[nodiscard]] SimDuration open_between(SimTime a, SimTime b) const {
    SimDuration open;
    for (const auto& [begin, end] : stretches_)
      open += std::max(SimDuration{}, std::min(end, b) - std::max(begin, a));
    return open;
  }
  [[nodiscard]] SimTime after_open_time(SimTime t, SimDuration work) const {
    if (work == SimDuration{}) return t;
    for (const auto& [begin, end] : stretches_) {
      if (end <= t) continue;
      const SimTime from = std::max(begin, t);
      if (work <= end - from) return from + work;
      work -= end - from;
    }
    return SimTime::never();
  }

 private:
  void add(SimTime begin, SimTime end) {
    if (begin >= end) return;
    if (!stretches_.empty() && stretches_.back().second == begin)
      stretches_.back().second = end;
    else
      stretches_.emplace_back(begin, end);
  }

  std::vector<std::pair<SimTime, SimTime>> stretches_;
};

TEST(CalendarProperty, AnswersAsTheListOfAllStretches) {
  check_property(
      [] {
        const std::string text = any_windows();
        RC_LOG() << text << '\n';
        const WeeklyWindows windows = WeeklyWindows::parse(text).value();
        std::vector<CivilDate> closed;
        for (std::int64_t n = from_to(0, 8); n > 0; --n)
          closed.emplace_back(static_cast<std::int32_t>(from_to(-20, 20)));
        const OpeningHours found{windows, closed};
        const OpenStretches expected{windows, closed};
        // The list ends six weeks from the origin; questions stay within four.
        const SimTime end = SimTime{} + weeks(4);
        for (int question = 0; question < 20; ++question) {
          // Most at whole minutes and one tick beside them, where the boundaries lie.
          SimTime t = SimTime{} + minutes(from_to(-3 * 10'080, 3 * 10'080));
          t = t + microseconds(*rc::gen::element<std::int64_t>(-1, 0, 0, 1, from_to(0, 59'999'999)));
          RC_LOG() << "at tick " << t.ticks() << '\n';
          RC_ASSERT(found.is_open(t) == expected.is_open(t));
          if (const SimTime open = expected.next_open(t); open < end) RC_ASSERT(found.next_open(t) == open);
          if (const SimTime shut = expected.next_close(t); shut < end) RC_ASSERT(found.next_close(t) == shut);
          const SimTime later = t + SimDuration{from_to(0, weeks(1).ticks())};
          RC_ASSERT(found.open_between(t, later) == expected.open_between(t, later));
          const SimDuration work{from_to(0, hours(60).ticks())};
          if (const SimTime done = expected.after_open_time(t, work); done < end)
            RC_ASSERT(found.after_open_time(t, work) == done);
        }
      },
      300);
}

TEST(CalendarProperty, WindowsReadBackFromTheirText) {
  check_property(
      [] {
        const WeeklyWindows windows = WeeklyWindows::parse(any_windows()).value();
        RC_ASSERT(WeeklyWindows::parse(windows.to_string()).value() == windows);
      },
      500);
}

TEST(CalendarProperty, RotasAnswerAsTheListOfAllDuties) {
  check_property([] {
    // Duties that do not overlap: each begins in its day, ends at most where the next day's earliest would
    // begin.
    const auto cycle = static_cast<int>(from_to(1, 14));
    std::vector<std::optional<Rota::Duty>> duties(static_cast<std::size_t>(cycle));
    for (auto& duty : duties)
      if (from_to(0, 2) > 0) {
        const SimDuration begin = minutes(from_to(8 * 60, 23 * 60));
        duty = Rota::Duty{begin, begin + minutes(from_to(1, 9 * 60))};
      }
    if (std::ranges::none_of(duties, [](const auto& duty) { return duty.has_value(); }))
      duties.front() = Rota::Duty{hours(8), hours(16)};
    const std::vector<int> offsets{0, static_cast<int>(from_to(0, 30))};
    const Rota rota{cycle, duties, offsets};
    for (int team = 0; team < 2; ++team) {
      std::vector<ShiftInterval> all;
      for (std::int32_t day = -60; day < 60; ++day) {
        const int place = (((day + offsets[static_cast<std::size_t>(team)]) % cycle) + cycle) % cycle;
        if (const auto& duty = duties[static_cast<std::size_t>(place)])
          all.push_back(
              {CivilDate{day}.midnight() + duty->begin, CivilDate{day}.midnight() + duty->end, day});
      }
      for (int question = 0; question < 20; ++question) {
        const SimTime t = SimTime{} + minutes(from_to(-30 * 1440, 30 * 1440)) +
                          microseconds(*rc::gen::element<std::int64_t>(-1, 0, 1));
        const auto running =
            std::ranges::find_if(all, [t](const auto& duty) { return duty.begin <= t && t < duty.end; });
        const auto next = std::ranges::find_if(all, [t](const auto& duty) { return duty.begin >= t; });
        RC_ASSERT(rota.on_duty(team, t) == (running != all.end()));
        if (running != all.end()) RC_ASSERT(rota.duty_at(team, t).value() == *running);
        RC_ASSERT(rota.next_duty(team, t) == *next);
        const SimTime until = t + SimDuration{from_to(0, weeks(2).ticks())};
        std::vector<ShiftInterval> overlapping;
        std::ranges::copy_if(all, std::back_inserter(overlapping), [&](const auto& duty) {
          return t < until && duty.begin < until && t < duty.end;
        });
        std::vector<ShiftInterval> visited;
        rota.for_each_duty(team, t, until, [&](const ShiftInterval& duty) { visited.push_back(duty); });
        RC_ASSERT(visited == overlapping);
      }
    }
  });
}

}  // namespace
}  // namespace peercap
