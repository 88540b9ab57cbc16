#include "models/peer_support/scenario/check_times.h"

#include <algorithm>
#include <string>
#include <utility>

#include "models/peer_support/scenario/message_number.h"

namespace peercap::peer_support {
namespace {

/// Windows that touch at the turn of the week are one stretch.
SimDuration longest_window(const WeeklyWindows& windows) {
  SimDuration longest;
  for (const auto& window : windows.windows()) longest = std::max(longest, window.end - window.begin);
  const auto& all = windows.windows();
  if (all.size() > 1 && all.front().begin == SimDuration{} && all.back().end == weeks(1))
    longest = std::max(longest, (all.front().end - all.front().begin) + (all.back().end - all.back().begin));
  return longest;
}

}  // namespace

std::vector<ScenarioProblem> check_times(const Scenario& scenario) {
  std::vector<ScenarioProblem> problems;
  const auto fail = [&](std::string path, std::string what, std::string suggestion) {
    problems.push_back({std::move(path), Severity::error, std::move(what), std::move(suggestion)});
  };
  const auto warn = [&](std::string path, std::string what, std::string suggestion) {
    problems.push_back({std::move(path), Severity::warning, std::move(what), std::move(suggestion)});
  };
  const Access& access = scenario.access;
  if (access.meeting_hours.windows().empty())
    fail("access.meeting_hours", "there are no meeting hours: no session could ever take place",
         "write `meeting_hours: daily 07:00-21:00`");
  else if (scenario.case_rules.session_length > longest_window(access.meeting_hours))
    fail("case_rules.session_length",
         "a session of " + text_of(scenario.case_rules.session_length.in_hours()) +
             " h does not fit into the longest stretch of meeting hours (" +
             text_of(longest_window(access.meeting_hours).in_hours()) + " h)",
         "shorten the session or lengthen `access.meeting_hours`");
  const CaseRules& rules = scenario.case_rules;
  if (rules.session_law == ServiceLaw::hyperexponential && rules.session_length_cv < 1.0)
    fail("case_rules.session_length_cv",
         "lengths of a hyperexponential law vary more than exponential ones: " +
             text_of(rules.session_length_cv) + " is below 1",
         "write 1 or more, or `session_law: two_phases` for 0.71");
  if (access.lead_time >= access.booking_horizon)
    fail("access.lead_time",
         "the lead time is not shorter than the booking horizon: no session could ever be booked",
         "raise `booking_horizon` or lower `lead_time`");
  if (scenario.case_rules.max_sessions > 1 && scenario.case_rules.session_gap >= access.booking_horizon)
    warn("case_rules.session_gap",
         "the gap between sessions is not shorter than the booking horizon: second sessions may never be "
         "booked",
         "raise `access.booking_horizon`");
  if (access.contact_target > access.contact_limit)
    warn("access.contact_target",
         "the first contact is wanted within " + text_of(access.contact_target.in_hours()) +
             " h, later than what is still acceptable (" + text_of(access.contact_limit.in_hours()) + " h)",
         "exchange `contact_target` and `contact_limit`");
  if (access.lead_time >= access.contact_target)
    warn("access.lead_time",
         "a first contact comes " + text_of(access.lead_time.in_hours()) +
             " h after its assignment or later, and is wanted within " +
             text_of(access.contact_target.in_hours()) + " h: nobody can be contacted within the target",
         "lower `lead_time` or raise `contact_target`");
  if (access.in_person == Switch::off && access.remote == Switch::off)
    warn("access.in_person",
         "people can meet neither in person nor by phone or video: no session takes place",
         "write `remote: on`, or switch `in_person` off by the schedule, for a time");
  if (access.on_call.supporters > 0 && access.on_call.hours > access.on_call.shift)
    fail("access.on_call.hours",
         "a turn on call of " + text_of(access.on_call.shift.in_hours()) + " h takes " +
             text_of(access.on_call.hours.in_hours()) + " h of a supporter's time",
         "lower `hours`, or lengthen `shift`");
  const Supporters& supporters = scenario.supporters;
  const double window_hours = supporters.protected_windows.open_per_week().in_hours();
  if (supporters.protected_time_form == ProtectedTimeForm::windows &&
      supporters.protected_time.hours_per_week > window_hours)
    warn("supporters.protected_time",
         text_of(supporters.protected_time.hours_per_week) +
             " h/week of protected time do not fit into the " + text_of(window_hours) +
             " h/week of `protected_windows`",
         "lower `protected_time` or widen the windows");
  if (supporters.protected_time_form == ProtectedTimeForm::windows &&
      longest_window(supporters.protected_windows) < scenario.case_rules.session_length)
    warn("supporters.protected_windows",
         "no window is as long as a session (" + text_of(scenario.case_rules.session_length.in_hours()) +
             " h): none lies in protected time as a whole",
         "lengthen the windows");
  return problems;
}

}  // namespace peercap::peer_support
