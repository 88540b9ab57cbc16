#include "models/peer_support/behavior/meeting_calendar.h"

#include <optional>
#include <vector>

#include <gtest/gtest.h>

#include "models/peer_support/organization/draw_purpose.h"
#include "tests/models/peer_support/world.h"

namespace peercap::peer_support {
namespace {

using testing::plain_scenario;

struct CalendarWorld {
  explicit CalendarWorld(Scenario s)
      : rules{s},
        random{s.run.seed, 0},
        organization{build_organization(s, random)},
        calendar{rules, organization, random} {}
  Rules rules;
  RandomSource random;
  Organization organization;
  MeetingCalendar calendar;

  [[nodiscard]] SimTime at(int day, int hour, int minute = 0) const {
    return rules.begin + days(day) + hours(hour) + minutes(minute);
  }
};

Scenario pattern_scenario(ShiftPattern pattern, double release) {
  Scenario s = plain_scenario(2, 8, 0);
  s.organization.sites[0].departments[0].shift_pattern = pattern;
  s.access.release_from_shift = {release};
  return s;
}

/// Whether [begin, end) collides with a duty or the sleep after a night, looked up minute by minute in the
/// rota.
bool at_work_by_minutes(const CalendarWorld& world, ClinicianId person, SimTime begin, SimTime end) {
  const Rota& rota =
      world.rules.rotas[static_cast<std::size_t>(world.organization.departments[0].shift_pattern)];
  const int team = world.organization.teams[person.index()];
  for (SimTime t = begin; t < end; t = t + minutes(1)) {
    const auto duty = rota.duty_at(team, t);
    if (!duty) continue;
    const double release = world.rules.scenario.access.release_from_shift.value;
    const EntityKey key = world.organization.person_keys[person.index()];
    const auto number = static_cast<std::uint64_t>(duty->number);
    if (world.random.draw(key, DrawPurpose::release, number).uniform() >= release) return true;
  }
  for (SimTime t = begin - hours(8); t < begin; t = t + minutes(1))
    if (const auto duty = rota.duty_at(team, t); duty && is_night(*duty) && duty->end <= begin) return true;
  return false;
}

std::optional<SimTime> first_by_quarter_hours(const CalendarWorld& world, ClinicianId a, ClinicianId b,
                                              SimTime earliest, SimTime latest, SimDuration length,
                                              const std::vector<Booking>& bookings) {
  const OpeningHours& hours_open = world.rules.meeting_hours;
  for (SimTime t = SimTime{} + days(date_of(earliest).day_number()); t < latest; t = t + minutes(15)) {
    if (t < earliest || hours_open.open_between(t, t + length) != length) continue;
    bool booked = false;
    for (const Booking& booking : bookings)
      booked = booked || (booking.begin < t + length && t < booking.end);
    if (booked || at_work_by_minutes(world, a, t, t + length) || at_work_by_minutes(world, b, t, t + length))
      continue;
    return t;
  }
  return std::nullopt;
}

TEST(MeetingCalendar, FindsWhatASearchOverQuarterHoursFinds) {
  for (const ShiftPattern pattern : {ShiftPattern::office, ShiftPattern::day_evening,
                                     ShiftPattern::round_the_clock_8h, ShiftPattern::round_the_clock_12h})
    for (const double release : {0.0, 0.3}) {
      const CalendarWorld world{pattern_scenario(pattern, release)};
      for (std::uint32_t trial = 0; trial < 16; ++trial) {
        const ClinicianId a{trial % 8};
        const ClinicianId b{8 + (trial * 5 + 1) % 8};
        const SimTime earliest =
            world.rules.begin + minutes(390 * static_cast<std::int64_t>(trial)) + minutes(7);
        const SimDuration length = minutes(20 + 10 * static_cast<std::int64_t>(trial % 5));
        const std::vector<Booking> bookings{{earliest + hours(2), earliest + hours(5)}};
        const auto found =
            world.calendar.first_meeting(a, b, earliest, earliest + days(6), length, bookings, {});
        const auto expected =
            first_by_quarter_hours(world, a, b, earliest, earliest + days(6), length, bookings);
        EXPECT_EQ(found, expected) << static_cast<int>(pattern) << " " << release << " " << trial;
      }
    }
}

TEST(MeetingCalendar, NobodyIsReleasedAtZeroAndEverybodyAtOne) {
  const CalendarWorld strict{pattern_scenario(ShiftPattern::office, 0.0)};
  const CalendarWorld lenient{pattern_scenario(ShiftPattern::office, 1.0)};
  const ClinicianId person{0U};
  EXPECT_FALSE(strict.calendar.is_off_work(person, strict.at(0, 10), strict.at(0, 11)));
  EXPECT_TRUE(lenient.calendar.is_off_work(person, lenient.at(0, 10), lenient.at(0, 11)));
  EXPECT_TRUE(strict.calendar.is_off_work(person, strict.at(0, 17), strict.at(0, 18)));  // after the duty
  EXPECT_TRUE(strict.calendar.is_off_work(person, strict.at(0, 7), strict.at(0, 8)));    // right before it
  EXPECT_FALSE(strict.calendar.is_off_work(person, strict.at(0, 7, 30), strict.at(0, 8, 15)));
  EXPECT_TRUE(strict.calendar.is_off_work(person, strict.at(5, 10), strict.at(5, 11)));  // Saturday
}

TEST(MeetingCalendar, ANightIsSleptOffWhateverTheRelease) {
  const CalendarWorld world{pattern_scenario(ShiftPattern::round_the_clock_8h, 1.0)};
  const Rota& rota = world.rules.rota(ShiftPattern::round_the_clock_8h);
  ShiftInterval night = rota.next_duty(world.organization.teams[0], world.rules.begin);
  while (!is_night(night)) night = rota.next_duty(world.organization.teams[0], night.begin + microseconds(1));
  const ClinicianId person{0U};
  EXPECT_FALSE(world.calendar.is_off_work(person, night.end, night.end + minutes(30)));
  EXPECT_FALSE(world.calendar.is_off_work(person, night.end + hours(8) - minutes(1), night.end + hours(9)));
  EXPECT_TRUE(world.calendar.is_off_work(person, night.end + hours(8), night.end + hours(9)));
}

// Independent shifts: four standard errors at n = 2,000 duties.
TEST(MeetingCalendar, ReleaseIsDrawnOnceAShift) {
  const CalendarWorld world{pattern_scenario(ShiftPattern::office, 0.3)};
  const ClinicianId person{3U};
  int released = 0;
  int shifts = 0;
  for (int day = 0; shifts < 2000; ++day) {
    if (day % 7 >= 5) continue;
    ++shifts;
    const bool morning = world.calendar.is_off_work(person, world.at(day, 9), world.at(day, 10));
    EXPECT_EQ(morning, world.calendar.is_off_work(person, world.at(day, 15), world.at(day, 16)));
    released += morning ? 1 : 0;
  }
  EXPECT_NEAR(released / 2000.0, 0.3, 4 * 0.0103);
}

TEST(MeetingCalendar, BothBookingListsAreKeptFree) {
  Scenario s = pattern_scenario(ShiftPattern::office, 1.0);
  s.access.meeting_hours = WeeklyWindows::always();
  const CalendarWorld world{s};
  const ClinicianId a{0U};
  const ClinicianId b{8U};
  const SimTime ten = world.at(0, 10);
  const std::vector<Booking> of_a{{ten, ten + minutes(30)}};
  const std::vector<Booking> of_b{{ten + minutes(45), ten + minutes(60)}};
  const auto find = [&](SimDuration length) {
    return world.calendar.first_meeting(a, b, ten, ten + days(1), length, of_a, of_b);
  };
  EXPECT_EQ(find(minutes(15)), ten + minutes(30));  // bookings are half-open: they may touch
  EXPECT_EQ(find(minutes(16)), ten + minutes(60));
}

TEST(MeetingCalendar, KeepsWithinMeetingHoursAndTheHorizon) {
  Scenario s = pattern_scenario(ShiftPattern::office, 1.0);
  s.access.meeting_hours = *WeeklyWindows::parse("Tue 10:05-11:00");
  const CalendarWorld world{s};
  const auto find = [&](SimDuration length, SimTime latest) {
    return world.calendar.first_meeting(ClinicianId{0U}, ClinicianId{8U}, world.at(0, 8), latest, length, {},
                                        {});
  };
  EXPECT_EQ(find(minutes(30), world.at(20, 0)), world.at(1, 10, 15));
  EXPECT_EQ(find(minutes(45), world.at(20, 0)), world.at(1, 10, 15));
  EXPECT_EQ(find(minutes(46), world.at(20, 0)), std::nullopt);
  EXPECT_EQ(find(minutes(30), world.at(1, 10, 15)), std::nullopt);  // latest itself is too late
}

TEST(MeetingCalendar, MeetingsBeginOnTheGridOfTheDay) {
  Scenario s = pattern_scenario(ShiftPattern::office, 1.0);
  s.access.meeting_hours = WeeklyWindows::always();
  const auto find = [&s](SimDuration grid, SimDuration after_midnight) {
    s.access.booking_grid = grid;
    const CalendarWorld world{s};
    const SimTime earliest = world.rules.begin + after_midnight;
    return *world.calendar.first_meeting(ClinicianId{0U}, ClinicianId{8U}, earliest, earliest + days(2),
                                         minutes(30), {}, {}) -
           world.rules.begin;
  };
  const SimDuration odd = days(1) + hours(10) + minutes(1) + microseconds(17);
  EXPECT_EQ(find(microseconds(1), odd), odd);
  EXPECT_EQ(find(seconds(1), odd), days(1) + hours(10) + minutes(1) + seconds(1));
  EXPECT_EQ(find(minutes(15), odd), days(1) + hours(10) + minutes(15));
  EXPECT_EQ(find(hours(1), odd), days(1) + hours(11));
  EXPECT_EQ(find(hours(7), odd), days(1) + hours(14));      // 0, 7, 14 and 21 o'clock of each day
  EXPECT_EQ(find(hours(7), days(1) + hours(22)), days(2));  // not 28 o'clock
}

TEST(MeetingCalendar, AFineGridSkipsBookingsAndDuties) {
  Scenario s = pattern_scenario(ShiftPattern::office, 0.0);
  s.access.meeting_hours = WeeklyWindows::always();
  s.access.booking_grid = seconds(1);
  const CalendarWorld world{s};
  const std::vector<Booking> of_a{{world.at(0, 17), world.at(0, 18) + microseconds(5)}};
  EXPECT_EQ(world.calendar.first_meeting(ClinicianId{0U}, ClinicianId{8U}, world.at(0, 9), world.at(1, 0),
                                         minutes(30), of_a, {}),
            world.at(0, 18) + seconds(1));  // the office closes at 17, the booking ends after 18
}

}  // namespace
}  // namespace peercap::peer_support
