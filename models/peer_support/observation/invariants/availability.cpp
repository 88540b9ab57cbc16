#include "models/peer_support/observation/invariants/availability.h"

#include "models/peer_support/organization/draw_purpose.h"

namespace peercap::peer_support {
namespace {

/// Whether the clinician can leave this duty for a meeting.
bool is_released(const CheckedRun& run, const Rules& rules, std::uint32_t clinician, CivilDate day) {
  const auto number = static_cast<std::uint64_t>(static_cast<std::uint32_t>(day.day_number()));
  const Draw draw = run.random.draw(run.organization.person_keys[clinician], DrawPurpose::release, number);
  return draw.uniform() < rules.scenario.access.release_from_shift.value;
}

}  // namespace

const char* obstacle_to_meeting(const CheckedRun& run, const Rules& rules, std::uint32_t clinician,
                                MeetingPart part, SimTime begin, SimTime end) {
  if (rules.meeting_hours.open_between(begin, end) != end - begin) return "outside meeting hours";
  const Unit& unit = run.organization.units[run.organization.unit_of[clinician]];
  const Rota& rota = rules.rota(run.organization.department_of(unit).shift_pattern);
  const int team = run.organization.teams[clinician];
  // A duty ends two days after its day begins at the latest, and a sleep takes part of another.
  constexpr std::int32_t days_before = 3;
  const std::int32_t last = date_of(end).day_number();
  for (std::int32_t day = date_of(begin).day_number() - days_before; day <= last; ++day) {
    const auto duty = rota.duty_beginning_on(team, CivilDate{day});
    if (!duty) continue;
    const bool is_meanwhile = duty->begin < end && begin < duty->end;
    const bool is_protected = part == MeetingPart::gives &&
                              rules.scenario.supporters.protected_time_form == ProtectedTimeForm::windows &&
                              rules.protected_hours.open_between(begin, end) == end - begin;
    if (is_meanwhile && !is_protected && !is_released(run, rules, clinician, CivilDate{day}))
      return "during a shift";
    const bool is_asleep = is_night(*duty) && duty->end <= begin && begin < duty->end + rest_after_night;
    if (is_asleep) return "during the sleep after a night";
  }
  return nullptr;
}

}  // namespace peercap::peer_support
