#include "sim/time/opening_hours.h"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "sim/support/contract.h"

namespace peercap {
namespace {

WeeklyWindows read(const std::string& text) {
  return WeeklyWindows::parse(text).value();
}
CivilDate day(const char* text) {
  return CivilDate::parse(text).value();
}
SimTime at(const char* date, int hour, int minute = 0) {
  return day(date).midnight() + hours(hour) + minutes(minute);
}

TEST(OpeningHours, WindowsAreHalfOpen) {
  const OpeningHours office{read("Mon-Fri 09:00-17:00")};
  EXPECT_FALSE(office.is_open(at("2026-03-16", 9) - microseconds(1)));
  EXPECT_TRUE(office.is_open(at("2026-03-16", 9)));
  EXPECT_TRUE(office.is_open(at("2026-03-16", 17) - microseconds(1)));
  EXPECT_FALSE(office.is_open(at("2026-03-16", 17)));
}

TEST(OpeningHours, FindsTheNextOpeningOverWeekendsAndHolidays) {
  const OpeningHours office{read("Mon-Fri 09:00-17:00"), {day("2026-03-16")}};
  EXPECT_EQ(office.next_open(at("2026-03-13", 17)), at("2026-03-17", 9));
  EXPECT_EQ(office.next_open(at("2026-03-13", 16, 59)), at("2026-03-13", 16, 59));
  EXPECT_EQ(office.next_close(at("2026-03-13", 10)), at("2026-03-13", 17));
  EXPECT_EQ(office.next_close(at("2026-03-14", 10)), at("2026-03-14", 10));
}

TEST(OpeningHours, WorkThatEndsAtClosingTimeEndsThere) {
  const OpeningHours office{read("Mon-Fri 09:00-17:00")};
  EXPECT_EQ(office.after_open_time(at("2026-03-13", 12), hours(5)), at("2026-03-13", 17));
  EXPECT_EQ(office.after_open_time(at("2026-03-13", 12), hours(5) + microseconds(1)),
            at("2026-03-16", 9) + microseconds(1));
  EXPECT_EQ(office.after_open_time(at("2026-03-14", 12), SimDuration{}), at("2026-03-14", 12));
  EXPECT_EQ(office.after_open_time(at("2026-03-14", 12), hours(40)), at("2026-03-20", 17));
}

TEST(OpeningHours, AHolidayCutsANightThatCrossesIntoIt) {
  const OpeningHours nights{read("daily 22:00-06:00"), {day("2026-01-01")}};
  EXPECT_EQ(nights.next_close(at("2025-12-31", 23)), at("2026-01-01", 0));
  EXPECT_EQ(nights.next_open(at("2026-01-01", 0)), at("2026-01-02", 0));
  EXPECT_EQ(nights.next_close(at("2026-01-02", 0)), at("2026-01-02", 6));
}

TEST(OpeningHours, AlwaysOpenNeverClosesExceptOnClosedDays) {
  const OpeningHours always{WeeklyWindows::always()};
  EXPECT_EQ(always.next_close(at("2026-01-01", 5)), SimTime::never());
  EXPECT_EQ(always.after_open_time(at("2026-01-01", 5), days(1000)), at("2026-01-01", 5) + days(1000));
  const OpeningHours but_one{WeeklyWindows::always(), {day("2027-01-01")}};
  EXPECT_EQ(but_one.next_close(at("2026-01-01", 5)), at("2027-01-01", 0));
  EXPECT_EQ(but_one.next_open(at("2027-01-01", 0)), at("2027-01-02", 0));
}

TEST(OpeningHours, ANightOverTheEndOfTheWeekIsOneStretch) {
  const OpeningHours nights{read("Sun 22:00-06:00")};
  EXPECT_EQ(nights.next_close(at("2026-03-15", 23)), at("2026-03-16", 6));
  EXPECT_EQ(nights.open_between(at("2026-03-15", 0), at("2026-03-17", 0)), hours(8));
}

TEST(OpeningHours, WithoutWindowsNothingEverOpens) {
  const OpeningHours shut{WeeklyWindows{}};
  EXPECT_FALSE(shut.is_open(SimTime{}));
  EXPECT_EQ(shut.next_open(SimTime{}), SimTime::never());
  EXPECT_EQ(shut.next_close(SimTime{5}), SimTime{5});
  EXPECT_EQ(shut.after_open_time(SimTime{}, hours(1)), SimTime::never());
  EXPECT_EQ(shut.after_open_time(SimTime{3}, SimDuration{}), SimTime{3});
  EXPECT_EQ(shut.open_between(SimTime{}, SimTime{} + weeks(5)), SimDuration{});
}

TEST(OpeningHours, MomentsBeyondRepresentableTimeAreNever) {
  const OpeningHours brief{read("Mon 09:00-09:01")};
  EXPECT_EQ(brief.after_open_time(SimTime{}, days(365 * 100)), SimTime::never());
  EXPECT_EQ(brief.next_open(SimTime::never()), SimTime::never());
  const OpeningHours always{WeeklyWindows::always()};
  EXPECT_EQ(always.after_open_time(SimTime{1}, SimDuration{SimTime::never().ticks()}), SimTime::never());
}

TEST(OpeningHours, RefusesNegativeSpans) {
  const OpeningHours always{WeeklyWindows::always()};
  EXPECT_THROW((void)always.open_between(SimTime{1}, SimTime{0}), ContractViolation);
  EXPECT_THROW((void)always.after_open_time(SimTime{1}, SimDuration{-1}), ContractViolation);
}

TEST(OpeningHours, ClosedDaysMayComeUnsortedAndRepeated) {
  const OpeningHours once{read("daily 08:00-18:00"), {day("2026-01-01"), day("2026-05-01")}};
  const OpeningHours messy{read("daily 08:00-18:00"),
                           {day("2026-05-01"), day("2026-01-01"), day("2026-05-01")}};
  EXPECT_EQ(once.closed_days(), messy.closed_days());
  EXPECT_EQ(messy.open_between(at("2026-01-01", 0), at("2027-01-01", 0)), hours(363 * 10));
}

/// The same calendar, minute by minute, over some weeks around the origin.
class MinuteCalendar {
 public:
  static constexpr int weeks_each_side = 4;

  MinuteCalendar(const WeeklyWindows& windows, const std::vector<CivilDate>& closed_days) {
    for (SimTime t = first(); t < last(); t = t + minutes(1)) {
      const SimDuration in_week{((t.ticks() % weeks(1).ticks()) + weeks(1).ticks()) % weeks(1).ticks()};
      const bool in_window = std::ranges::any_of(windows.windows(), [&](const auto& window) {
        return window.begin <= in_week && in_week < window.end;
      });
      open_.push_back(in_window && std::ranges::find(closed_days, date_of(t)) == closed_days.end());
    }
  }

  static SimTime first() { return SimTime{} - weeks(weeks_each_side); }
  static SimTime last() { return SimTime{} + weeks(weeks_each_side); }

  bool is_open(SimTime t) const { return open_[static_cast<std::size_t>((t - first()) / minutes(1))]; }

  /// The next whole minute boundary at which the state is `open`, or last().
  SimTime next(SimTime t, bool open) const {
    if (is_open(t) == open) return t;
    for (auto i = static_cast<std::size_t>((t - first()) / minutes(1)) + 1; i < open_.size(); ++i)
      if (open_[i] == open) return first() + minutes(static_cast<std::int64_t>(i));
    return last();
  }

  SimDuration open_between(SimTime a, SimTime b) const {
    SimDuration open;
    while (a < b) {
      const SimTime minute_end = std::min(b, first() + minutes((a - first()) / minutes(1) + 1));
      if (is_open(a)) open += minute_end - a;
      a = minute_end;
    }
    return open;
  }

 private:
  std::vector<bool> open_;
};

TEST(OpeningHours, AgreesWithACalendarKeptMinuteByMinute) {
  std::mt19937_64 generator{7};
  const auto below = [&](std::uint64_t n) { return static_cast<std::int64_t>(generator() % n); };
  const std::string texts[] = {"Mon-Fri 09:00-17:00",
                               "always",
                               "daily 22:00-06:00",
                               "Sun 22:00-06:00, Wed 00:00-24:00",
                               "Mon-Thu 08:00-12:00, Mon-Thu 13:00-17:30, Sat 23:59-00:01",
                               "Fri-Mon 18:00-09:00",
                               "Tue 10:00-10:01"};
  for (int trial = 0; trial < 40; ++trial) {
    const auto windows = read(texts[trial % std::ssize(texts)]);
    std::vector<CivilDate> closed;
    for (auto n = below(10); n > 0; --n) {
      const CivilDate start{static_cast<std::int32_t>(below(44) - 22)};
      closed.push_back(start);
      if (below(3) == 0) closed.push_back(CivilDate{start.day_number() + 1});
    }
    const OpeningHours hours_open{windows, closed};
    const MinuteCalendar reference{windows, closed};
    for (int question = 0; question < 200; ++question) {
      // One in two at a whole minute, where the boundaries lie.
      SimTime t = SimTime{} - weeks(3) + minutes(below(5 * 7 * 1440));
      if (below(2) == 0) t = t + microseconds(below(60'000'000));
      const std::string where = windows.to_string() + " at tick " + std::to_string(t.ticks());
      ASSERT_EQ(hours_open.is_open(t), reference.is_open(t)) << where;
      const SimTime opening = reference.next(t, true);
      if (opening < MinuteCalendar::last()) {
        ASSERT_EQ(hours_open.next_open(t), opening) << where;
      }
      const SimTime closing = reference.next(t, false);
      if (closing < MinuteCalendar::last()) {
        ASSERT_EQ(hours_open.next_close(t), closing) << where;
      }

      const SimTime later = t + microseconds(below(static_cast<std::uint64_t>(weeks(1).ticks())));
      const SimDuration open = reference.open_between(t, later);
      ASSERT_EQ(hours_open.open_between(t, later), open) << where;

      // The earliest moment with that much open time: not later than `later`, enough, and not a tick earlier.
      const SimTime done = hours_open.after_open_time(t, open);
      ASSERT_LE(done, later) << where;
      ASSERT_GE(done, t) << where;
      ASSERT_EQ(reference.open_between(t, done), open) << where;
      if (open > SimDuration{}) {
        ASSERT_TRUE(reference.is_open(done - microseconds(1))) << where;
      }
    }
  }
}

}  // namespace
}  // namespace peercap
