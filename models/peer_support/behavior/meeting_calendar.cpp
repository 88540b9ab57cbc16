#include "models/peer_support/behavior/meeting_calendar.h"

#include "models/peer_support/organization/draw_purpose.h"

namespace peercap::peer_support {
namespace {

/// The end of the last booking that [begin, end) would hit.
std::optional<SimTime> booked_until(const std::vector<Booking>& bookings, SimTime begin, SimTime end) {
  std::optional<SimTime> until;
  for (const Booking& booking : bookings)
    if (booking.begin < end && begin < booking.end && (!until || *until < booking.end)) until = booking.end;
  return until;
}

}  // namespace

SimTime MeetingCalendar::round_up(SimTime t, SimDuration grid) {
  const std::int64_t day = days(1).ticks();
  const std::int64_t into_day = ((t.ticks() % day) + day) % day;
  const std::int64_t rest = into_day % grid.ticks();
  if (rest == 0) return t;
  return t + std::min(SimDuration{grid.ticks() - rest}, SimDuration{day - into_day});
}

std::optional<SimTime> MeetingCalendar::at_work_until(ClinicianId person, SimTime begin, SimTime end) const {
  const Unit& unit = organization_.units[organization_.unit_of[person.index()]];
  const Rota& rota = rules_->rota(organization_.department_of(unit).shift_pattern);
  const double release = rules_->scenario.access.release_from_shift.value;
  std::optional<SimTime> until;
  rota.for_each_duty(
      organization_.teams[person.index()], begin - rest_after_night, end, [&](const ShiftInterval& duty) {
        if (duty.begin < end && begin < duty.end) {
          // Shift numbers are civil days, which can lie before the calendar's origin only for dates before
          // 1970.
          const auto index = static_cast<std::uint64_t>(static_cast<std::uint32_t>(duty.number));
          if (random_.draw(organization_.person_keys[person.index()], DrawPurpose::release, index)
                  .uniform() >= release)
            until = duty.end;
        } else if (duty.end <= begin && rested_at(duty) > begin) {
          until = rested_at(duty);
        }
      });
  return until;
}

std::optional<SimTime> MeetingCalendar::kept_until(ClinicianId supporter, SimTime begin, SimTime end) const {
  const Supporters& spec = rules_->scenario.supporters;
  if (spec.protected_time_form == ProtectedTimeForm::budget) return at_work_until(supporter, begin, end);
  const bool is_within = rules_->protected_hours.open_between(begin, end) == end - begin;
  if (!is_within && spec.unprotected_work == UnprotectedWork::refused)
    return rules_->protected_hours.next_open(begin + microseconds(1));
  if (is_within && !is_asleep(supporter, begin)) return std::nullopt;
  const std::optional<SimTime> until = at_work_until(supporter, begin, end);
  if (!until) return std::nullopt;
  // Whatever keeps them away, the next window can begin before it is over.
  return std::min(*until, rules_->protected_hours.next_open(begin + microseconds(1)));
}

bool MeetingCalendar::is_asleep(ClinicianId person, SimTime begin) const {
  const Unit& unit = organization_.units[organization_.unit_of[person.index()]];
  const Rota& rota = rules_->rota(organization_.department_of(unit).shift_pattern);
  bool asleep = false;
  rota.for_each_duty(
      organization_.teams[person.index()], begin - rest_after_night, begin,
      [&](const ShiftInterval& duty) { asleep = asleep || (duty.end <= begin && rested_at(duty) > begin); });
  return asleep;
}

std::optional<SimTime> MeetingCalendar::first_meeting(ClinicianId a, ClinicianId b, SimTime earliest,
                                                      SimTime latest, SimDuration length,
                                                      const std::vector<Booking>& bookings_a,
                                                      const std::vector<Booking>& bookings_b) const {
  // What stops a meeting stops each later one too that begins before the obstacle ends.
  return first_begin(earliest, latest, length, rules_->scenario.access.booking_grid,
                     [&](SimTime begin, SimTime end) {
                       auto until = booked_until(bookings_a, begin, end);
                       if (!until) until = booked_until(bookings_b, begin, end);
                       if (!until) until = kept_until(a, begin, end);
                       if (!until) until = at_work_until(b, begin, end);
                       return until;
                     });
}

bool MeetingCalendar::is_supporter_free(ClinicianId supporter, const std::vector<Booking>& bookings,
                                        SimTime begin, SimTime end) const {
  return !booked_until(bookings, begin, end) && !kept_until(supporter, begin, end);
}

}  // namespace peercap::peer_support
