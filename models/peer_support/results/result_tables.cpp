// The tables of a result file: supporters, units, referral destinations.

#include <utility>

#include "models/peer_support/observation/evaluation.h"
#include "models/peer_support/results/result_builder.h"
#include "models/peer_support/results/table_columns.h"

namespace peercap::peer_support {
ResultGroup ResultBuilder::supporters_group() const {
  ResultGroup group{"/supporters",
                    "every supporter of every replication over the measured horizon",
                    GroupShape::table,
                    {},
                    {}};
  number_rows(group, supporters_.size());
  const auto& rows = supporters_;
  const auto gone = [](const SupporterRecord& r) { return r.row.exit != ExitReason::none; };
  auto& v = group.variables;
  v.push_back(column("replication", "1", "replication", "number of the replication",
                     integers(rows, [](const auto& r) { return r.replication; })));
  v.push_back(column("supporter", "1", "supporter", "number within the replication",
                     integers(rows, [](const auto& r) { return r.supporter; })));
  v.push_back(column("cases", "1", "cases", "cases taken on",
                     integers(rows, [](const auto& r) { return r.row.cases; })));
  v.push_back(column("sessions", "1", "sessions", "sessions held",
                     integers(rows, [](const auto& r) { return r.row.sessions; })));
  const auto add_hours = [&](std::string name, std::string label, std::string meaning, auto read) {
    v.push_back(column(std::move(name), "h", std::move(label), std::move(meaning),
                       numbers(rows, [&](const SupporterRecord& r) {
                         return static_cast<double>(read(r.row)) / ticks_per_hour;
                       })));
  };
  add_hours(
      "protected_hours", "protected hours", "hours of all work within protected time",
      [](const SupporterRow& r) { return r.protected_ticks + r.program_ticks - r.program_beyond_ticks; });
  add_hours("overload_hours", "hours beyond", "hours of all work beyond protected time",
            [](const SupporterRow& r) { return r.overload_ticks + r.program_beyond_ticks; });
  add_hours("session_hours", "hours of sessions", "hours of sessions and their administration",
            [](const SupporterRow& r) { return r.protected_ticks + r.overload_ticks; });
  add_hours("session_overload_hours", "hours of sessions beyond", "those of them beyond protected time",
            [](const SupporterRow& r) { return r.overload_ticks; });
  add_hours("program_hours", "hours beside sessions",
            "hours of training, debriefs, rounds, follow-up and mentoring",
            [](const SupporterRow& r) { return r.program_ticks; });
  add_hours("program_overload_hours", "hours beside sessions beyond", "those of them beyond protected time",
            [](const SupporterRow& r) { return r.program_beyond_ticks; });
  v.push_back(column("secondary_trauma", "1", "secondary trauma", "surveyed score at the end, ProQOL points",
                     numbers(rows, [](const auto& r) { return r.survey[0]; })));
  v.push_back(column("compassion_satisfaction", "1", "compassion satisfaction",
                     "surveyed score at the end, ProQOL points",
                     numbers(rows, [](const auto& r) { return r.survey[1]; })));
  v.push_back(column("exhaustion", "1", "emotional exhaustion", "surveyed score at the end, MBI points",
                     numbers(rows, [](const auto& r) { return r.survey[2]; })));
  Texts exits;
  for (const SupporterRecord& r : rows) exits.emplace_back(to_string(r.row.exit));
  v.push_back(column("exit", "", "exit", "why the supporter left: none, role, employment, term, training",
                     std::move(exits)));
  v.push_back(column("exit_day", "d", "day of exit", "days from the start of the horizon, negative before it",
                     numbers(rows, [&](const auto& r) {
                       return gone(r) ? static_cast<double>(r.row.exit_ticks) / ticks_per_day : undefined;
                     })));
  const double horizon_days = (rules_->end - rules_->start).in_days();
  v.push_back(column(
      "tenure_years", "year", "time in the role",
      "years from the end of the training, or the begin of the burn-in, to the exit or the end of "
      "the horizon; NaN of those who were never active",
      numbers(rows, [&](const auto& r) {
        if (!r.row.joined) return undefined;
        const double end = gone(r) ? static_cast<double>(r.row.exit_ticks) / ticks_per_day : horizon_days;
        return (end - static_cast<double>(r.row.joined_ticks) / ticks_per_day) / days_per_year;
      })));
  return group;
}

ResultGroup ResultBuilder::supporter_weeks_group() const {
  ResultGroup group{"/supporter_weeks",
                    "hours of every supporter in every week of the first replication: one possible year",
                    GroupShape::arrays,
                    {},
                    {}};
  const std::size_t weeks = totals_->weeks.size();
  Integers numbers_of_supporters;
  for (const SupporterRecord& r : supporters_)
    if (r.replication == replications_.front()) numbers_of_supporters.push_back(r.supporter);
  const auto hours_of = [&](std::int64_t SupporterWeek::*ticks) {
    std::vector<double> hours;
    for (const std::int64_t supporter : numbers_of_supporters)
      for (std::size_t w = 0; w < weeks; ++w)
        hours.push_back(
            static_cast<double>(first_weeks_[static_cast<std::size_t>(supporter) * weeks + w].*ticks) /
            ticks_per_hour);
    return hours;
  };
  group.variables.push_back({"protected_hours",
                             "h",
                             "protected hours",
                             "hours of all work of the week within protected time",
                             {"supporter", "time"},
                             hours_of(&SupporterWeek::protected_ticks)});
  group.variables.push_back({"overload_hours",
                             "h",
                             "hours beyond",
                             "hours of all work of the week beyond protected time",
                             {"supporter", "time"},
                             hours_of(&SupporterWeek::beyond_ticks)});
  group.dimensions.push_back(
      {"supporter", "1", "number of the supporter, as in /supporters", std::move(numbers_of_supporters)});
  group.dimensions.push_back({"time",
                              "days since " + rules_->scenario.run.start.to_string() + " 00:00:00",
                              "begin of the week",
                              series_days(*rules_, weeks),
                              {{"calendar", "standard"}}});
  return group;
}

ResultGroup ResultBuilder::units_group() const {
  ResultGroup group{
      "/units", "every unit, mean over the replications of the measured horizon", GroupShape::table, {}, {}};
  number_rows(group, totals_->units.size());
  const double n = static_cast<double>(replications_.size());
  Texts sites;
  Texts departments;
  Texts unit_names;
  Integers sizes;
  if (const Roster* roster = rules_->scenario.roster_data.get()) {
    for (const RosterUnit& unit : roster->units) {
      const RosterDepartment& department = roster->departments[unit.department];
      sites.push_back(roster->sites[department.site]);
      departments.push_back(department.name);
      unit_names.push_back(unit.name);
      sizes.push_back(static_cast<std::int64_t>(unit.people.size()));
    }
  } else {
    for (const Site& site : rules_->scenario.organization.sites)
      for (const Department& department : site.departments)
        for (int number = 1; number <= department.units; ++number) {
          sites.push_back(site.name);
          departments.push_back(department.name);
          unit_names.push_back(std::to_string(number));
          sizes.push_back(department.unit_size);
        }
  }
  const auto mean_of = [&](std::int64_t UnitRow::*member) {
    return numbers(totals_->units, [&](const UnitRow& row) { return static_cast<double>(row.*member) / n; });
  };
  auto& v = group.variables;
  v.push_back(column("site", "", "site", "name of the site", std::move(sites)));
  v.push_back(column("department", "", "department", "name of the department", std::move(departments)));
  v.push_back(column("unit", "", "unit", "name of the unit, or its number within its department",
                     std::move(unit_names)));
  v.push_back(column("clinicians", "1", "clinicians", "clinicians of the unit", std::move(sizes)));
  v.push_back(column("clinical_events", "1", "clinical events", "distressing clinical events",
                     mean_of(&UnitRow::clinical_events)));
  v.push_back(column("exposures", "1", "exposures", "exposures of its clinicians, personal events included",
                     mean_of(&UnitRow::exposures)));
  v.push_back(
      column("episodes", "1", "episodes", "distress episodes that began", mean_of(&UnitRow::episodes)));
  v.push_back(column("episodes_contacted", "1", "episodes contacted",
                     "of the episodes that began, those with a contact before recovery or the end",
                     mean_of(&UnitRow::episodes_contacted)));
  v.push_back(
      column("requests", "1", "requests", "self-referrals and people named", mean_of(&UnitRow::requests)));
  v.push_back(
      column("first_contacts", "1", "first contacts", "first contacts", mean_of(&UnitRow::first_contacts)));
  v.push_back(column("wait_hours", "h", "wait",
                     "mean time from request to first contact, all replications together",
                     numbers(totals_->units, [](const UnitRow& row) {
                       return per(static_cast<double>(row.wait_ticks) / ticks_per_hour,
                                  static_cast<double>(row.first_contacts));
                     })));
  return group;
}

ResultGroup ResultBuilder::referrals_group() const {
  ResultGroup group{"/referrals",
                    "referral destinations, mean over replications of the measured horizon",
                    GroupShape::table,
                    {},
                    {}};
  number_rows(group, totals_->destinations.size());
  const double n = static_cast<double>(replications_.size());
  Texts names;
  for (const ReferralDestination& d : rules_->scenario.referrals.destinations) names.push_back(d.name);
  names.resize(totals_->destinations.size());
  const auto mean_of = [&](std::int64_t DestinationRow::*member) {
    return numbers(totals_->destinations,
                   [&](const DestinationRow& row) { return static_cast<double>(row.*member) / n; });
  };
  auto& v = group.variables;
  v.push_back(column("destination", "", "destination", "name of the destination", std::move(names)));
  v.push_back(column("referrals", "1", "referrals", "referrals made", mean_of(&DestinationRow::referrals)));
  v.push_back(column("taken_up", "1", "taken up", "referrals that the client took up",
                     mean_of(&DestinationRow::taken_up)));
  v.push_back(
      column("begun", "1", "treatments begun", "treatments that began", mean_of(&DestinationRow::begun)));
  v.push_back(column("given_up", "1", "given up", "clients who gave up the wait",
                     mean_of(&DestinationRow::given_up)));
  v.push_back(column(
      "wait_days", "d", "wait", "mean wait of those whose treatment began, all replications together",
      numbers(totals_->destinations, [](const DestinationRow& row) {
        return per(static_cast<double>(row.begun_wait_ticks) / ticks_per_day, static_cast<double>(row.begun));
      })));
  Numbers nine_in_ten;
  for (const IncidenceCounts& waits : totals_->referral_waits)
    nine_in_ten.push_back(days_until_begun(waits, 0.9));
  v.push_back(
      column("wait_days_p90", "d", "wait, 90th percentile",
             "whole days within which nine in ten of those began whose treatment began, all replications "
             "together; waits of more than five years are left out",
             std::move(nine_in_ten)));
  v.push_back(column("waiting_at_end", "1", "waiting at the end", "people waiting at the end",
                     mean_of(&DestinationRow::waiting_at_end)));
  v.push_back(column("in_treatment_at_end", "1", "in treatment at the end", "people in treatment at the end",
                     mean_of(&DestinationRow::in_treatment_at_end)));
  return group;
}

}  // namespace peercap::peer_support
