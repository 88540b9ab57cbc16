#include "sim/time/weekly_windows.h"

#include <random>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace peercap {
namespace {

using Window = WeeklyWindows::Window;
using ::testing::ElementsAre;

WeeklyWindows read(const std::string& text) {
  return WeeklyWindows::parse(text).value();
}

TEST(WeeklyWindows, ReadsDaysAndSpansOfDays) {
  const auto office = read("Mon-Fri 09:00-17:00, Sat 10:00-12:30");
  ASSERT_EQ(office.windows().size(), 6U);
  EXPECT_EQ(office.windows()[0], (Window{hours(9), hours(17)}));
  EXPECT_EQ(office.windows()[5], (Window{days(5) + hours(10), days(5) + minutes(12 * 60 + 30)}));
  EXPECT_EQ(office.open_per_week(), minutes(5 * 8 * 60 + 150));
  EXPECT_EQ(read("daily 07:00-21:00").open_per_week(), hours(7 * 14));
}

TEST(WeeklyWindows, CarriesOnOverMidnightAndTheEndOfTheWeek) {
  EXPECT_THAT(read("Fri 22:00-06:00").windows(),
              ElementsAre(Window{days(4) + hours(22), days(5) + hours(6)}));
  EXPECT_THAT(read("Sun 22:00-06:00").windows(),
              ElementsAre(Window{SimDuration{}, hours(6)}, Window{days(6) + hours(22), weeks(1)}));
  EXPECT_THAT(read("Sat-Mon 08:00-09:00").windows(),
              ElementsAre(Window{hours(8), hours(9)}, Window{days(5) + hours(8), days(5) + hours(9)},
                          Window{days(6) + hours(8), days(6) + hours(9)}));
}

TEST(WeeklyWindows, MergesWhatOverlapsOrTouches) {
  EXPECT_THAT(read("Mon 09:00-12:00, Mon 11:00-13:00, Mon 13:00-14:00").windows(),
              ElementsAre(Window{hours(9), hours(14)}));
  EXPECT_THAT(read("Mon 09:00-17:00, Mon 10:00-11:00").windows(), ElementsAre(Window{hours(9), hours(17)}));
  EXPECT_EQ(read("daily 00:00-24:00"), WeeklyWindows::always());
}

TEST(WeeklyWindows, RefusesOtherForms) {
  for (const char* text :
       {"", "Mon", "Mon 9:00-17:00", "Mon 09:00", "Mon 09:00-09:00", "Mon 24:00-24:00", "Mon 24:00-06:00",
        "Mon 09:60-10:00", "Mon 24:30-25:00", "Monday 09:00-10:00", "Mon-Foo 09:00-10:00", "Mon 09:00-10:00,",
        "Mon 09:00-10:00 Tue 09:00-10:00", "Always"})
    EXPECT_FALSE(WeeklyWindows::parse(text).has_value()) << text;
}

TEST(WeeklyWindows, WithoutWindowsNothingIsOpen) {
  EXPECT_EQ(WeeklyWindows{}.open_per_week(), SimDuration{});
  EXPECT_TRUE(WeeklyWindows{}.windows().empty());
}

TEST(WeeklyWindows, WritesWhatItReads) {
  EXPECT_EQ(read("always").to_string(), "always");
  EXPECT_EQ(read("Mon-Fri 09:00-17:00, Sat 10:00-12:30").to_string(), "Mon-Fri 09:00-17:00, Sat 10:00-12:30");
  EXPECT_EQ(read("mon 09:00-10:00").to_string(), "Mon 09:00-10:00");
}

TEST(WeeklyWindows, RandomWindowsReadBackAndAreSortedAndDisjoint) {
  std::mt19937_64 generator{20260315};
  const std::string names[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  const auto clock = [&](unsigned minute) {
    std::string text = "00:00";
    text[0] = static_cast<char>('0' + minute / 600);
    text[1] = static_cast<char>('0' + minute / 60 % 10);
    text[3] = static_cast<char>('0' + minute % 60 / 10);
    text[4] = static_cast<char>('0' + minute % 10);
    return text;
  };
  for (int trial = 0; trial < 500; ++trial) {
    std::string text;
    const auto entries = 1 + generator() % 5;
    for (std::size_t i = 0; i < entries; ++i) {
      const auto begin = static_cast<unsigned>(generator() % 1440);
      const auto end = (begin + 1 + static_cast<unsigned>(generator() % 1439)) % 1440;
      text += (i > 0 ? ", " : "") + names[generator() % 7] + "-" + names[generator() % 7] + " " +
              clock(begin) + "-" + clock(end);
    }
    const auto windows = read(text);
    EXPECT_EQ(read(windows.to_string()), windows) << text;
    SimDuration open;
    SimDuration last_end = microseconds(-1);
    for (const Window& window : windows.windows()) {
      EXPECT_LT(last_end, window.begin) << text;
      EXPECT_LT(window.begin, window.end) << text;
      last_end = window.end;
      open += window.end - window.begin;
    }
    EXPECT_LE(last_end, weeks(1)) << text;
    EXPECT_EQ(open, windows.open_per_week()) << text;
  }
}

}  // namespace
}  // namespace peercap
