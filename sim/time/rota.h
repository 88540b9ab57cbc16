#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "sim/time/civil_date.h"
#include "sim/time/sim_time.h"

namespace peercap {

/// One duty of one team: [begin, end), numbered by the civil day (CivilDate::day_number) it begins on.
struct ShiftInterval {
  SimTime begin;
  SimTime end;
  std::int32_t number = 0;

  friend bool operator==(const ShiftInterval&, const ShiftInterval&) = default;
};

/// Teams that take turns in a repeating cycle of days, all running through the same cycle, each some days
/// ahead.
///
/// On civil day d (0 is a Monday) a team is on cycle day (d + its offset) mod cycle length; a cycle of whole
/// weeks therefore stays aligned with the weekdays. Every question is answered in constant time.
class Rota {
 public:
  /// Relative to the midnight its day begins with; `end` may pass 24 h.
  struct Duty {
    SimDuration begin;
    SimDuration end;
    friend bool operator==(const Duty&, const Duty&) = default;
  };

  /// `duty_by_cycle_day` has `cycle_days` entries, at least one of them a duty. Duties begin in [0 h, 24 h),
  /// end after they begin and by 48 h at the latest, and no team's duties overlap. Throws ContractViolation
  /// otherwise.
  Rota(int cycle_days, std::vector<std::optional<Duty>> duty_by_cycle_day, std::vector<int> team_offset_days);

  [[nodiscard]] int team_count() const { return static_cast<int>(team_offset_days_.size()); }
  [[nodiscard]] int cycle_days() const { return static_cast<int>(duty_by_cycle_day_.size()); }

  [[nodiscard]] bool on_duty(int team, SimTime t) const { return duty_at(team, t).has_value(); }

  /// The duty that `t` falls into.
  [[nodiscard]] std::optional<ShiftInterval> duty_at(int team, SimTime t) const;

  /// The first duty that begins at or after `t`.
  [[nodiscard]] ShiftInterval next_duty(int team, SimTime t) const;

  /// The duty that begins on the civil day.
  [[nodiscard]] std::optional<ShiftInterval> duty_beginning_on(int team, CivilDate day) const;

  /// Calls `visit(ShiftInterval)` for each duty of the team that overlaps [a, b), in order of time.
  template <class Visit>
  void for_each_duty(int team, SimTime a, SimTime b, Visit&& visit) const;

  /// A team's hours on duty in an average week.
  [[nodiscard]] double duty_hours_per_week() const;

 private:
  [[nodiscard]] std::size_t cycle_day(int team, CivilDate day) const;

  std::vector<std::optional<Duty>> duty_by_cycle_day_;
  std::vector<int> days_to_next_duty_;  ///< [cycle days] 0 where the cycle day itself has one
  std::vector<int> team_offset_days_;   ///< in [0, cycle days)
};

template <class Visit>
void Rota::for_each_duty(int team, SimTime a, SimTime b, Visit&& visit) const {
  if (!(a < b)) return;
  if (const auto running = duty_at(team, a)) visit(*running);
  // duty_at() has covered those that began before a.
  for (ShiftInterval duty = next_duty(team, a); duty.begin < b;
       duty = next_duty(team, duty.begin + microseconds(1))) {
    if (duty.begin > a) visit(duty);
  }
}

/// Whether the duty is a night: begun at 16:00 or later and ended between 04:00 and 10:00 of the next day.
[[nodiscard]] bool is_night(const Rota::Duty& duty);
[[nodiscard]] bool is_night(const ShiftInterval& duty);

/// How long a person sleeps after a night duty before being reachable (an assumption: a day's sleep).
inline constexpr SimDuration rest_after_night = hours(8);

/// When a person is available again after the duty: its end, `rest_after_night` later if it was a night.
[[nodiscard]] SimTime rested_at(const ShiftInterval& duty);

/// One team, Monday to Friday 08:00-17:00; 45 h a week.
[[nodiscard]] Rota office_rota();

/// Every day 07:00-23:00 by three teams that go through two early duties (07-15), two late ones (15-23) and
/// two days off; 37 1/3 h a week. It is the metropolitan rota without its nights: fast and forward-rotating,
/// as Health and Safety Executive, Managing shift work (HSG256, 2006) recommends.
[[nodiscard]] Rota day_evening_rota();

/// Round the clock by four teams on the metropolitan 2-2-2 rota: two early duties (07-15), two late ones
/// (15-23), two nights (23-07), two days off; 8-day cycle, 42 h a week. Source: Knauth, The design of shift
/// systems, Ergonomics 36 (1993).
[[nodiscard]] Rota round_the_clock_8h_rota();

/// Round the clock by four teams on the Pitman 2-2-3 rota: two on, two off, three on, two off, two on, three
/// off, which leaves every other weekend (Friday to Sunday) free; 14 days of day duties (07-19), then 14 of
/// nights (19-07); 42 h a week.
[[nodiscard]] Rota round_the_clock_12h_rota();

}  // namespace peercap
