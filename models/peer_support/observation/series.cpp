// The weekly course of a replication.

#include "models/peer_support/observation/evaluation.h"
#include "models/peer_support/observation/measure_sheet.h"

namespace peercap::peer_support {
namespace {

constexpr double ticks_per_day = 8.64e10;

double in_hours(std::int64_t ticks) {
  return static_cast<double>(ticks) / 3.6e9;
}

}  // namespace

const std::array<MeasureInfo, series_count>& series_infos() {
  static constexpr std::array<MeasureInfo, series_count> infos{{
      {"distressed_share", "1", "clinicians in distress",
       "share of clinicians in an episode at the begin of the week"},
      {"coverage", "1", "coverage of those in distress",
       "share of the clinicians in an episode at the begin of the week who are in support: between the first "
       "contact and the end of a case; not defined in a week in which nobody is in an episode"},
      {"exhaustion_mean", "1", "mean exhaustion",
       "mean exhaustion of all clinicians, in SD above the reference"},
      {"requests", "1/week", "requests", "requests during the week; without those given at the start"},
      {"first_contacts", "1/week", "first contacts", "first contacts during the week"},
      {"waiting", "1", "people waiting", "people waiting for their first contact at the begin of the week"},
      {"open_cases", "1", "open cases", "cases open at the begin of the week"},
      {"active_supporters", "1", "active supporters", "supporters in the role at the begin of the week"},
      {"protected_hours", "h/week", "protected hours worked",
       "hours of supporters' work, sessions and all else, covered by protected time"},
      {"overload_hours", "h/week", "hours beyond protected time",
       "hours of supporters' work, sessions and all else, not covered by protected time"},
      {"session_protected_hours", "h/week", "protected hours of sessions",
       "hours of sessions and their administration covered by protected time"},
      {"session_overload_hours", "h/week", "hours of sessions beyond protected time",
       "hours of sessions and their administration not covered by protected time"},
      {"program_protected_hours", "h/week", "protected hours beside sessions",
       "hours of training, debriefs, rounds, follow-up, mentoring and turns on call covered by protected "
       "time"},
      {"program_overload_hours", "h/week", "hours beside sessions beyond protected time",
       "hours of training, debriefs, rounds, follow-up, mentoring and turns on call not covered by protected "
       "time"},
      {"awareness", "1", "awareness", "share of clinicians who know the program"},
      {"trust", "1", "trust", "trust in the program from 0 to 1, mean over clinicians"},
      {"clinicians_left", "1/week", "clinicians who left",
       "clinicians who left the organization during the week"},
  }};
  return infos;
}

std::array<std::vector<double>, series_count> evaluate_series(const Organization& organization,
                                                              const RunRecord& record) {
  std::array<std::vector<double>, series_count> series;
  const auto clinicians = static_cast<double>(organization.clinician_count());
  const auto add = [&series](Series s, double value) {
    series[static_cast<std::size_t>(s)].push_back(value);
  };
  for (const WeekRow& week : record.weeks) {
    add(Series::distressed_share, static_cast<double>(week.distressed) / clinicians);
    add(Series::coverage, ratio(week.supported, week.distressed));
    add(Series::exhaustion_mean, static_cast<double>(week.exhaustion) / 1048576.0 / clinicians);
    add(Series::requests, static_cast<double>(week.requests));
    add(Series::first_contacts, static_cast<double>(week.first_contacts));
    add(Series::waiting, static_cast<double>(week.waiting));
    add(Series::open_cases, static_cast<double>(week.open_cases));
    add(Series::active_supporters, static_cast<double>(week.active_supporters));
    const std::int64_t beside = week.program_ticks - week.program_beyond_ticks;
    add(Series::protected_hours, in_hours(week.protected_ticks + beside));
    add(Series::overload_hours, in_hours(week.overload_ticks + week.program_beyond_ticks));
    add(Series::session_protected_hours, in_hours(week.protected_ticks));
    add(Series::session_overload_hours, in_hours(week.overload_ticks));
    add(Series::program_protected_hours, in_hours(beside));
    add(Series::program_overload_hours, in_hours(week.program_beyond_ticks));
    add(Series::awareness, static_cast<double>(week.awareness) / 1048576.0 / clinicians);
    add(Series::trust, static_cast<double>(week.trust) / 1048576.0 / clinicians);
    add(Series::clinicians_left, static_cast<double>(week.clinicians_left));
  }
  return series;
}

std::vector<double> series_days(const Rules& rules, std::size_t week_count) {
  std::vector<double> result(week_count);
  const std::int64_t week = weeks(1).ticks();
  const std::int64_t rest = ((rules.start.ticks() % week) + week) % week;
  const double first = rest == 0 ? 0.0 : static_cast<double>(week - rest) / ticks_per_day;
  for (std::size_t i = 0; i < week_count; ++i) result[i] = first + days_per_week * static_cast<double>(i);
  return result;
}

}  // namespace peercap::peer_support
