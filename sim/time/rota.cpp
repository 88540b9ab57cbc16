#include "sim/time/rota.h"

#include <cstddef>

#include "sim/support/contract.h"

namespace peercap {
namespace {

using CycleDays = std::vector<std::optional<Rota::Duty>>;

int wrap(int value, int modulus) {
  return ((value % modulus) + modulus) % modulus;
}

Rota::Duty duty_between(int begin_hour, int end_hour) {
  return {hours(begin_hour), hours(end_hour)};
}

/// Throws unless each duty ends before the team's next one begins.
void require_no_overlap(const CycleDays& cycle, const std::vector<int>& days_to_next) {
  const auto length = cycle.size();
  for (std::size_t day = 0; day < length; ++day) {
    if (!cycle[day]) continue;
    const std::size_t following = (day + 1) % length;
    const int gap = 1 + days_to_next[following];
    const auto& next = cycle[(following + static_cast<std::size_t>(days_to_next[following])) % length];
    require(cycle[day]->end <= days(gap) + next->begin, "Rota: duties of one team overlap");
  }
}

}  // namespace

Rota::Rota(int cycle_days, std::vector<std::optional<Duty>> duty_by_cycle_day,
           std::vector<int> team_offset_days)
    : duty_by_cycle_day_{std::move(duty_by_cycle_day)}, team_offset_days_{std::move(team_offset_days)} {
  require(cycle_days > 0 && duty_by_cycle_day_.size() == static_cast<std::size_t>(cycle_days),
          "Rota: one entry for each day of the cycle is needed");
  require(!team_offset_days_.empty(), "Rota: no teams");
  for (int& offset : team_offset_days_) offset = wrap(offset, cycle_days);

  std::optional<int> first_duty;
  for (int day = cycle_days - 1; day >= 0; --day) {
    const auto& duty = duty_by_cycle_day_[static_cast<std::size_t>(day)];
    if (!duty) continue;
    first_duty = day;
    require(duty->begin >= SimDuration{} && duty->begin < days(1) && duty->begin < duty->end &&
                duty->end <= days(2),
            "Rota: a duty begins in its day and ends within 48 h of its midnight");
  }
  require(first_duty.has_value(), "Rota: no duties");

  days_to_next_duty_.resize(duty_by_cycle_day_.size());
  int next = *first_duty + cycle_days;
  for (int day = cycle_days - 1; day >= 0; --day) {
    const auto index = static_cast<std::size_t>(day);
    if (duty_by_cycle_day_[index]) next = day;
    days_to_next_duty_[index] = next - day;
  }
  require_no_overlap(duty_by_cycle_day_, days_to_next_duty_);
}

std::size_t Rota::cycle_day(int team, CivilDate day) const {
  require(team >= 0 && team < team_count(), "Rota: no such team");
  const int offset = team_offset_days_[static_cast<std::size_t>(team)];
  return static_cast<std::size_t>(wrap(wrap(day.day_number(), cycle_days()) + offset, cycle_days()));
}

std::optional<ShiftInterval> Rota::duty_beginning_on(int team, CivilDate day) const {
  const auto& duty = duty_by_cycle_day_[cycle_day(team, day)];
  if (!duty) return std::nullopt;
  return ShiftInterval{day.midnight() + duty->begin, day.midnight() + duty->end, day.day_number()};
}

std::optional<ShiftInterval> Rota::duty_at(int team, SimTime t) const {
  const CivilDate today = date_of(t);
  for (const CivilDate day : {today, CivilDate{today.day_number() - 1}}) {
    const auto duty = duty_beginning_on(team, day);
    if (duty && duty->begin <= t && t < duty->end) return duty;
  }
  return std::nullopt;
}

ShiftInterval Rota::next_duty(int team, SimTime t) const {
  CivilDate day = date_of(t);
  if (const auto duty = duty_beginning_on(team, day); duty && duty->begin >= t) return *duty;
  day = CivilDate{day.day_number() + 1};
  day = CivilDate{day.day_number() + days_to_next_duty_[cycle_day(team, day)]};
  return *duty_beginning_on(team, day);
}

double Rota::duty_hours_per_week() const {
  SimDuration total;
  for (const auto& duty : duty_by_cycle_day_)
    if (duty) total += duty->end - duty->begin;
  return total.in_hours() * 7.0 / cycle_days();
}

bool is_night(const Rota::Duty& duty) {
  return duty.begin >= hours(16) && duty.end >= hours(28) && duty.end <= hours(34);
}

bool is_night(const ShiftInterval& duty) {
  const SimTime midnight = CivilDate{duty.number}.midnight();
  return is_night(Rota::Duty{duty.begin - midnight, duty.end - midnight});
}

SimTime rested_at(const ShiftInterval& duty) {
  return is_night(duty) ? duty.end + rest_after_night : duty.end;
}

Rota office_rota() {
  CycleDays week(7);
  for (std::size_t day = 0; day < 5; ++day) week[day] = duty_between(8, 17);
  return Rota{7, std::move(week), {0}};
}

Rota day_evening_rota() {
  const auto early = duty_between(7, 15);
  const auto late = duty_between(15, 23);
  return Rota{6, {early, early, late, late, std::nullopt, std::nullopt}, {0, 2, 4}};
}

Rota round_the_clock_8h_rota() {
  const auto early = duty_between(7, 15);
  const auto late = duty_between(15, 23);
  const auto night = duty_between(23, 31);
  return Rota{8, {early, early, late, late, night, night, std::nullopt, std::nullopt}, {0, 2, 4, 6}};
}

Rota round_the_clock_12h_rota() {
  constexpr int half_cycle = 14;
  CycleDays cycle(2 * half_cycle);
  for (const std::size_t day : {0U, 1U, 4U, 5U, 6U, 9U, 10U}) {
    cycle[day] = duty_between(7, 19);
    cycle[day + half_cycle] = duty_between(19, 31);
  }
  // One week apart, two teams complete each other within either half; two weeks apart, days meet nights.
  return Rota{2 * half_cycle, std::move(cycle), {0, 7, 14, 21}};
}

}  // namespace peercap
