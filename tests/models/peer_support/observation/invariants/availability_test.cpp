#include "models/peer_support/observation/invariants/availability.h"

#include <random>
#include <string>

#include <gtest/gtest.h>

#include "models/peer_support/behavior/meeting_calendar.h"
#include "tests/models/peer_support/world.h"

namespace peercap::peer_support {
namespace {

Scenario world(ShiftPattern pattern, double release) {
  Scenario s = testing::plain_scenario(4, 5, 0);
  s.organization.sites[0].departments[0].shift_pattern = pattern;
  s.access.release_from_shift = {release};
  s.access.meeting_hours = *WeeklyWindows::parse("Mon-Fri 08:00-18:00, Sat 09:00-12:00");
  return s;
}

/// What the first clinician is told in [begin, end).
std::string obstacle(const Scenario& s, const char* date, SimDuration begin, SimDuration length) {
  const Rules rules{s};
  const RandomSource random{s.run.seed, 0};
  const Organization organization = build_organization(s, random);
  const SimTime from = CivilDate::parse(date)->midnight() + begin;
  const char* found = obstacle_to_meeting({rules, organization, random}, rules, 0, MeetingPart::receives,
                                          from, from + length);
  return found == nullptr ? "" : found;
}

TEST(Availability, IsThatOfMeetingHoursAndShifts) {
  const Scenario bound = world(ShiftPattern::office, 0.0);
  const Scenario free = world(ShiftPattern::office, 1.0);
  EXPECT_EQ(obstacle(free, "2026-01-12", hours(9), hours(1)), "");
  EXPECT_EQ(obstacle(free, "2026-01-12", hours(17), hours(1)), "");
  EXPECT_EQ(obstacle(free, "2026-01-12", hours(17), hours(1) + microseconds(1)), "outside meeting hours");
  EXPECT_EQ(obstacle(free, "2026-01-18", hours(9), hours(1)), "outside meeting hours");
  EXPECT_EQ(obstacle(bound, "2026-01-12", hours(9), hours(1)), "during a shift");
  EXPECT_EQ(obstacle(bound, "2026-01-12", hours(17) - microseconds(1), hours(1)), "during a shift");
  EXPECT_EQ(obstacle(bound, "2026-01-12", hours(17), hours(1)), "");
  EXPECT_EQ(obstacle(bound, "2026-01-17", hours(9), hours(1)), "");
}

// Whoever has a night at all sleeps after it, and can be met when the sleep is over.
TEST(Availability, LeavesTheSleepAfterANight) {
  Scenario s = world(ShiftPattern::round_the_clock_8h, 1.0);
  s.access.meeting_hours = WeeklyWindows::always();
  int asleep = 0;
  for (int day = 5; day < 13; ++day) {
    const std::string date = "2026-01-" + std::string{day < 10 ? "0" : ""} + std::to_string(day);
    if (obstacle(s, date.c_str(), hours(7), hours(1)).empty()) continue;
    ++asleep;
    EXPECT_EQ(obstacle(s, date.c_str(), hours(7), hours(1)), "during the sleep after a night");
    EXPECT_EQ(obstacle(s, date.c_str(), hours(15) - microseconds(1), hours(1)),
              "during the sleep after a night");
    EXPECT_EQ(obstacle(s, date.c_str(), hours(15), hours(1)), "");
  }
  EXPECT_EQ(asleep, 2);  // of the eight days of the cycle
}

// The calendar that books answers the same, by another way.
TEST(Availability, IsThatOfTheCalendarThatBooks) {
  std::mt19937_64 bits{7};
  for (const ShiftPattern pattern : {ShiftPattern::office, ShiftPattern::day_evening,
                                     ShiftPattern::round_the_clock_8h, ShiftPattern::round_the_clock_12h}) {
    Scenario s = world(pattern, 0.5);
    s.access.meeting_hours = WeeklyWindows::always();
    s.supporters.protected_time_form = ProtectedTimeForm::windows;
    s.supporters.protected_windows = *WeeklyWindows::parse("daily 02:00-06:00, Mon-Fri 11:00-15:00");
    const Rules rules{s};
    const RandomSource random{s.run.seed, 0};
    const Organization organization = build_organization(s, random);
    const MeetingCalendar calendar{rules, organization, random};
    int free = 0;
    int released = 0;
    constexpr int asked = 2000;
    for (int i = 0; i < asked; ++i) {
      const auto person = static_cast<std::uint32_t>(bits() % organization.clinician_count());
      const SimTime begin = rules.start + minutes(static_cast<std::int64_t>(bits() % (60 * 24 * 60)));
      const SimTime end = begin + minutes(1 + static_cast<std::int64_t>(bits() % 180));
      const bool is_free = obstacle_to_meeting({rules, organization, random}, rules, person,
                                               MeetingPart::receives, begin, end) == nullptr;
      EXPECT_EQ(is_free, calendar.is_off_work(ClinicianId{person}, begin, end));
      // Windows change nothing for whoever receives a session.
      const bool gives = obstacle_to_meeting({rules, organization, random}, rules, person, MeetingPart::gives,
                                             begin, end) == nullptr;
      EXPECT_EQ(gives, calendar.is_supporter_free(ClinicianId{person}, {}, begin, end));
      released += gives && !is_free ? 1 : 0;
      free += is_free ? 1 : 0;
    }
    EXPECT_GT(released, 20);
    EXPECT_GT(free, asked / 4);
    EXPECT_LT(free, asked - asked / 20);
  }
}

}  // namespace
}  // namespace peercap::peer_support
