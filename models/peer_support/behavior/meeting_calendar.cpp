#include "models/peer_support/behavior/meeting_calendar.h"

#include <algorithm>

#include "models/peer_support/organization/draw_purpose.h"

namespace peercap::peer_support {
namespace {

constexpr SimDuration grid = minutes(15);

SimTime round_up_to_grid(SimTime t) {
  std::int64_t rest = t.ticks() % grid.ticks();
  if (rest < 0) rest += grid.ticks();
  return rest == 0 ? t : t + (grid - SimDuration{rest});
}

bool overlaps_any(const std::vector<Booking>& bookings, SimTime begin, SimTime end) {
  return std::ranges::any_of(bookings, [&](const Booking& b) { return b.begin < end && begin < b.end; });
}

}  // namespace

bool MeetingCalendar::is_off_work(ClinicianId person, SimTime begin, SimTime end) const {
  const Unit& unit = organization_.units[organization_.unit_of[person.index()]];
  const Rota& rota = rules_->rota(organization_.department_of(unit).shift_pattern);
  const double release = rules_->scenario.access.release_from_shift.value;
  bool off = true;
  rota.for_each_duty(
      organization_.teams[person.index()], begin - rest_after_night, end, [&](const ShiftInterval& duty) {
        if (duty.begin < end && begin < duty.end) {
          // Shift numbers are civil days, which can lie before the calendar's origin only for dates before
          // 1970.
          const auto index = static_cast<std::uint64_t>(static_cast<std::uint32_t>(duty.number));
          off =
              off &&
              random_.draw(organization_.person_keys[person.index()], DrawPurpose::release, index).uniform() <
                  release;
        } else if (duty.end <= begin && rested_at(duty) > begin) {
          off = false;
        }
      });
  return off;
}

std::optional<SimTime> MeetingCalendar::first_meeting(ClinicianId a, ClinicianId b, SimTime earliest,
                                                      SimTime latest, SimDuration length,
                                                      const std::vector<Booking>& bookings_a,
                                                      const std::vector<Booking>& bookings_b) const {
  SimTime begin = round_up_to_grid(earliest);
  while (true) {
    const SimTime open = rules_->meeting_hours.next_open(begin);
    if (open >= latest) return std::nullopt;
    begin = round_up_to_grid(open);
    const SimTime close = rules_->meeting_hours.next_close(begin);
    for (; begin < latest && saturating_add(begin, length) <= close; begin = begin + grid) {
      const SimTime end = begin + length;
      if (!overlaps_any(bookings_a, begin, end) && !overlaps_any(bookings_b, begin, end) &&
          is_off_work(a, begin, end) && is_off_work(b, begin, end))
        return begin;
    }
    if (begin >= latest || close == SimTime::never()) return std::nullopt;
    begin = std::max(begin, close);
  }
}

}  // namespace peercap::peer_support
