#include "sim/time/civil_date.h"

#include <gtest/gtest.h>

namespace peercap {
namespace {

CivilDate day(const char* text) {
  return CivilDate::parse(text).value();
}

TEST(CivilDate, TheOriginIsTheFirstMondayOf1970) {
  EXPECT_EQ(CivilDate{}.to_string(), "1970-01-05");
  EXPECT_EQ(CivilDate{}.weekday(), Weekday::monday);
  EXPECT_EQ(CivilDate{}.midnight(), SimTime{});
}

TEST(CivilDate, KnowsTheWeekday) {
  EXPECT_EQ(day("2000-02-29").weekday(), Weekday::tuesday);
  EXPECT_EQ(day("2026-03-15").weekday(), Weekday::sunday);
  EXPECT_EQ(day("1969-07-20").weekday(), Weekday::sunday);  // before the origin
  EXPECT_EQ(day("1900-01-01").weekday(), Weekday::monday);
}

TEST(CivilDate, CountsDaysAcrossLeapYears) {
  EXPECT_EQ(day("2024-03-01").day_number() - day("2024-02-28").day_number(), 2);
  EXPECT_EQ(day("2100-03-01").day_number() - day("2100-02-28").day_number(), 1);
  EXPECT_EQ(day("2001-01-01").day_number() - day("2000-01-01").day_number(), 366);
}

TEST(CivilDate, EveryDayOfFourCenturiesReadsBack) {
  const CivilDate last = day("2200-01-01");
  for (CivilDate d = day("1800-01-01"); d < last; d = CivilDate{d.day_number() + 1}) {
    const auto again = CivilDate::parse(d.to_string());
    ASSERT_TRUE(again.has_value()) << d.to_string();
    ASSERT_EQ(*again, d);
  }
}

TEST(CivilDate, RefusesWhatIsNoDay) {
  for (const char* text :
       {"", "2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "2026-4-01", "26-04-01", "2026/04/01",
        "2026-04-01 ", " 2026-04-1", "2026-04--1", "abcd-ef-gh", "2026-04-0x"})
    EXPECT_FALSE(CivilDate::parse(text).has_value()) << text;
}

TEST(CivilDate, DayOfATimeIsHalfOpen) {
  const CivilDate d = day("2026-03-15");
  EXPECT_EQ(date_of(d.midnight()), d);
  EXPECT_EQ(date_of(d.midnight() + days(1) - microseconds(1)), d);
  EXPECT_EQ(date_of(d.midnight() - microseconds(1)).day_number(), d.day_number() - 1);
  EXPECT_EQ(date_of(SimTime{-1}).to_string(), "1970-01-04");
  EXPECT_EQ(date_of(SimTime{} - days(1)).to_string(), "1970-01-04");
}

}  // namespace
}  // namespace peercap
