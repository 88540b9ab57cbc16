#include "sim/time/rota.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "sim/support/contract.h"

namespace peercap {
namespace {

constexpr int monday = 0;
constexpr int saturday = 5;

SimTime at(int day, int hour, int minute = 0) {
  return SimTime{} + days(day) + hours(hour) + minutes(minute);
}

int teams_on_duty(const Rota& rota, SimTime t) {
  int count = 0;
  for (int team = 0; team < rota.team_count(); ++team) count += rota.on_duty(team, t) ? 1 : 0;
  return count;
}

struct Covered {
  std::string name;
  Rota rota;
  int teams;
  int first_hour;
  int last_hour;  ///< one past the last covered hour
  int days_covered_each_week;
  double hours_per_week;
};

std::vector<Covered> standard_rotas() {
  return {{"office", office_rota(), 1, 8, 17, 5, 45.0},
          {"day and evening", day_evening_rota(), 3, 7, 23, 7, 112.0 / 3.0},
          {"round the clock, 8 h", round_the_clock_8h_rota(), 4, 0, 24, 7, 42.0},
          {"round the clock, 12 h", round_the_clock_12h_rota(), 4, 0, 24, 7, 42.0}};
}

TEST(Rota, ExactlyOneTeamIsOnDutyInTheCoveredHours) {
  for (const Covered& covered : standard_rotas()) {
    ASSERT_EQ(covered.rota.team_count(), covered.teams) << covered.name;
    // Both sides of the origin, longer than any cycle; every quarter of an hour and the tick before it.
    for (SimTime t = SimTime{} - weeks(9); t < SimTime{} + weeks(9); t = t + minutes(15)) {
      for (const SimTime moment : {t, t - microseconds(1)}) {
        const CivilDate date = date_of(moment);
        const SimDuration clock = moment - date.midnight();
        const bool open = static_cast<int>(date.weekday()) < covered.days_covered_each_week &&
                          clock >= hours(covered.first_hour) && clock < hours(covered.last_hour);
        ASSERT_EQ(teams_on_duty(covered.rota, moment), open ? 1 : 0)
            << covered.name << " on " << date.to_string() << " after " << clock.in_hours() << " h";
      }
    }
  }
}

TEST(Rota, EveryTeamWorksTheSameHours) {
  for (const Covered& covered : standard_rotas()) {
    EXPECT_NEAR(covered.rota.duty_hours_per_week(), covered.hours_per_week, 1e-12) << covered.name;
    const SimDuration span = 7 * days(covered.rota.cycle_days());
    for (int team = 0; team < covered.teams; ++team) {
      SimDuration on_duty;
      covered.rota.for_each_duty(team, SimTime{}, SimTime{} + span, [&](const ShiftInterval& duty) {
        if (duty.begin >= SimTime{}) on_duty += duty.end - duty.begin;
      });
      EXPECT_NEAR(on_duty.in_hours() / span.in_days() * 7.0, covered.hours_per_week, 1e-9) << covered.name;
    }
  }
}

TEST(Rota, DutiesFoundInAnyWayAreTheSame) {
  for (const Covered& covered : standard_rotas()) {
    for (int team = 0; team < covered.teams; ++team) {
      for (SimTime t = SimTime{} - weeks(5); t < SimTime{} + weeks(5); t = t + minutes(30)) {
        const ShiftInterval next = covered.rota.next_duty(team, t);
        ASSERT_GE(next.begin, t);
        ASSERT_EQ(covered.rota.duty_at(team, next.begin), next);
        ASSERT_EQ(covered.rota.duty_at(team, next.end - microseconds(1)), next);
        ASSERT_EQ(next.number, date_of(next.begin).day_number());
        // Nothing begins between t and the next duty.
        for (SimTime idle = t; idle < next.begin; idle = idle + minutes(30)) {
          const auto running = covered.rota.duty_at(team, idle);
          ASSERT_TRUE(!running || running->begin < t) << covered.name;
        }
      }
    }
  }
}

TEST(Rota, VisitsTheDutiesThatOverlapASpan) {
  const Rota rota{
      7, {Rota::Duty{hours(20), hours(32)}, {}, Rota::Duty{hours(8), hours(12)}, {}, {}, {}, {}}, {0}};
  const auto visited = [&](SimTime a, SimTime b) {
    std::vector<int> numbers;
    rota.for_each_duty(0, a, b, [&](const ShiftInterval& duty) { numbers.push_back(duty.number); });
    return numbers;
  };
  EXPECT_EQ(visited(at(0, 0), at(7, 0)), (std::vector{0, 2}));
  EXPECT_EQ(visited(at(0, 20), at(0, 21)), std::vector{0});
  EXPECT_EQ(visited(at(1, 7), at(2, 8)), std::vector{0});
  EXPECT_EQ(visited(at(1, 7), at(2, 8) + microseconds(1)), (std::vector{0, 2}));
  EXPECT_EQ(visited(at(1, 8), at(2, 8)), std::vector<int>{});
  EXPECT_EQ(visited(at(-6, 6), at(-5, 9)), (std::vector{-7, -5}));
  EXPECT_EQ(visited(at(1, 7), at(1, 7)), std::vector<int>{});
}

TEST(Rota, OffsetsAreDaysAheadInTheCycle) {
  const Rota rota{3, {Rota::Duty{hours(8), hours(10)}, {}, {}}, {0, 1, -1}};
  EXPECT_TRUE(rota.on_duty(0, at(0, 8)));
  EXPECT_TRUE(rota.on_duty(1, at(2, 8)));
  EXPECT_TRUE(rota.on_duty(2, at(1, 8)));
  EXPECT_EQ(rota.next_duty(1, at(0, 0)).number, 2);
  EXPECT_EQ(rota.next_duty(0, at(0, 8)).number, 0);
  EXPECT_EQ(rota.next_duty(0, at(0, 8) + microseconds(1)).number, 3);
}

TEST(Rota, OfficeHoursFollowTheWeekdays) {
  const Rota office = office_rota();
  EXPECT_EQ(office.next_duty(0, at(saturday, 0)).begin, at(7 + monday, 8));
  EXPECT_FALSE(office.on_duty(0, at(saturday, 10)));
}

TEST(Rota, ThePitmanRotaLeavesEveryOtherWeekendFree) {
  const Rota rota = round_the_clock_12h_rota();
  for (int team = 0; team < 4; ++team) {
    std::vector<bool> worked;
    for (int week = 0; week < 8; ++week) {
      bool any = false;
      for (int day = 4; day < 7; ++day) {
        const auto duty = rota.duty_beginning_on(team, CivilDate{7 * week + day});
        if (day > 4) {
          EXPECT_EQ(duty.has_value(), any) << "a weekend is worked whole or not at all";
        }
        any = duty.has_value();
      }
      worked.push_back(any);
    }
    for (std::size_t week = 1; week < worked.size(); ++week) EXPECT_NE(worked[week], worked[week - 1]);
  }
}

TEST(Rota, BetweenDutiesThereAreAtLeastElevenHours) {
  // 11 h is the daily rest of the European working time directive 2003/88/EC, article 3.
  for (const Covered& covered : standard_rotas()) {
    for (int team = 0; team < covered.teams; ++team) {
      ShiftInterval last = covered.rota.next_duty(team, SimTime{});
      for (int i = 0; i < 100; ++i) {
        const ShiftInterval next = covered.rota.next_duty(team, last.begin + microseconds(1));
        EXPECT_GE(next.begin - last.end, hours(11)) << covered.name;
        EXPECT_LE(rested_at(last), next.begin) << covered.name;
        last = next;
      }
    }
  }
}

TEST(Rota, RestFollowsANightOnly) {
  EXPECT_TRUE(is_night(Rota::Duty{hours(23), hours(31)}));
  EXPECT_TRUE(is_night(Rota::Duty{hours(19), hours(31)}));
  EXPECT_TRUE(is_night(Rota::Duty{hours(16), hours(28)}));
  EXPECT_FALSE(is_night(Rota::Duty{hours(15), hours(23)}));
  EXPECT_FALSE(is_night(Rota::Duty{hours(16), hours(27)}));
  EXPECT_FALSE(is_night(Rota::Duty{hours(20), hours(35)}));
  EXPECT_FALSE(is_night(Rota::Duty{hours(2), hours(9)}));
  const Rota rota = round_the_clock_8h_rota();
  const auto night = rota.duty_beginning_on(0, CivilDate{4});
  ASSERT_TRUE(night.has_value());
  EXPECT_TRUE(is_night(*night));
  EXPECT_EQ(rested_at(*night), at(5, 15));
  const auto early = rota.duty_beginning_on(0, CivilDate{0});
  ASSERT_TRUE(early.has_value());
  EXPECT_EQ(rested_at(*early), at(0, 15));
}

TEST(Rota, RefusesWhatIsNoRota) {
  using Duty = Rota::Duty;
  const Duty day_duty{hours(8), hours(16)};
  EXPECT_THROW(Rota(2, {day_duty}, {0}), ContractViolation);
  EXPECT_THROW(Rota(0, {}, {0}), ContractViolation);
  EXPECT_THROW(Rota(1, {day_duty}, {}), ContractViolation);
  EXPECT_THROW(Rota(1, {std::nullopt}, {0}), ContractViolation);
  EXPECT_THROW(Rota(1, {Duty{hours(24), hours(25)}}, {0}), ContractViolation);
  EXPECT_THROW(Rota(1, {Duty{hours(8), hours(8)}}, {0}), ContractViolation);
  EXPECT_THROW(Rota(7, {Duty{hours(8), hours(49)}, {}, {}, {}, {}, {}, {}}, {0}), ContractViolation);
  EXPECT_THROW(Rota(2, {Duty{hours(8), hours(33)}, day_duty}, {0}), ContractViolation);
  EXPECT_THROW(Rota(2, {day_duty, Duty{hours(8), hours(33)}}, {0}),
               ContractViolation);  // over the cycle's end
  EXPECT_NO_THROW(Rota(1, {Duty{hours(8), hours(32)}}, {0}));
  EXPECT_THROW((void)office_rota().on_duty(1, SimTime{}), ContractViolation);
}

}  // namespace
}  // namespace peercap
