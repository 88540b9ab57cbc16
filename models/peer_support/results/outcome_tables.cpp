// The tables of a result file that follow people: who got support, how long they waited, what surveys saw.

#include <utility>

#include "models/peer_support/results/result_builder.h"
#include "models/peer_support/results/table_columns.h"

namespace peercap::peer_support {
namespace {

std::string_view to_string(Grouping grouping) {
  constexpr std::array<std::string_view, grouping_count> names{"profession", "career_stage", "shift_pattern",
                                                               "site"};
  return names[static_cast<std::size_t>(grouping)];
}

}  // namespace

ResultGroup ResultBuilder::equity_group() const {
  ResultGroup group{"/equity",
                    "who got support: mean over replications of the measured horizon, by kind of clinician",
                    GroupShape::table,
                    {},
                    {}};
  const OrganizationSpec& spec = rules_.scenario.organization;
  const auto name_of = [&](Grouping grouping, std::size_t i) -> std::string {
    switch (grouping) {
      case Grouping::profession:
        return spec.professions[i].name;
      case Grouping::career_stage:
        return spec.career_stages[i].name;
      case Grouping::shift_pattern:
        return std::string{level_names(ShiftPattern{})[i]};
      case Grouping::site:
        return rules_.scenario.roster_data != nullptr ? rules_.scenario.roster_data->sites[i]
                                                      : spec.sites[i].name;
    }
    return {};
  };
  Texts groupings;
  Texts names;
  std::vector<GroupRow> rows;
  for (std::size_t g = 0; g < grouping_count; ++g)
    for (std::size_t i = 0; i < totals_->groups[g].size(); ++i) {
      if (totals_->groups[g][i].people == 0) continue;
      groupings.emplace_back(to_string(static_cast<Grouping>(g)));
      names.push_back(name_of(static_cast<Grouping>(g), i));
      rows.push_back(totals_->groups[g][i]);
    }
  number_rows(group, rows.size());
  const auto n = static_cast<double>(replications_.size());
  const auto mean_of = [&](std::int64_t GroupRow::*member) {
    return numbers(rows, [&](const GroupRow& row) { return static_cast<double>(row.*member) / n; });
  };
  auto& v = group.variables;
  v.push_back(column("grouping", "", "grouping", "by what people are told apart", std::move(groupings)));
  v.push_back(column("group", "", "group", "which of them", std::move(names)));
  v.push_back(column("clinicians", "1", "clinicians", "clinicians at the begin", mean_of(&GroupRow::people)));
  v.push_back(
      column("episodes", "1", "episodes", "distress episodes that began", mean_of(&GroupRow::episodes)));
  v.push_back(
      column("requests", "1", "requests", "requests, whoever made them", mean_of(&GroupRow::requests)));
  v.push_back(
      column("first_contacts", "1", "first contacts", "first contacts", mean_of(&GroupRow::first_contacts)));
  v.push_back(
      column("coverage", "1", "coverage of episodes",
             "share of the episodes with a contact before recovery or the end, all replications together",
             numbers(rows, [](const GroupRow& row) {
               return per(static_cast<double>(row.episodes_contacted), static_cast<double>(row.episodes));
             })));
  v.push_back(column("wait_hours", "h", "wait",
                     "mean time from request to first contact, all replications together",
                     numbers(rows, [](const GroupRow& row) {
                       return per(static_cast<double>(row.wait_ticks) / ticks_per_hour,
                                  static_cast<double>(row.first_contacts));
                     })));
  return group;
}

ResultGroup ResultBuilder::waits_group() const {
  ResultGroup group{
      "/waits",
      "what has become of those who wanted support, by time since the request: Aalen-Johansen estimates "
      "over all replications together, competing ends",
      GroupShape::table,
      {},
      {}};
  const IncidenceCurve curve = totals_->waits.estimate();
  Numbers grid;
  for (int hour = 0; hour <= 14 * 24; hour += hour < 72 ? 1 : 6) grid.push_back(hour);
  number_rows(group, grid.size());
  const auto ticks = [](double hour) { return hours(static_cast<std::int64_t>(hour)).ticks(); };
  const auto ended = [&](WaitEnd end) {
    return numbers(grid, [&](double hour) { return curve.incidence_at(static_cast<int>(end), ticks(hour)); });
  };
  auto& v = group.variables;
  v.push_back(column("contacted", "1", "contacted", "share met by a supporter", ended(WaitEnd::contacted)));
  v.push_back(column("gave_up", "1", "gave up", "share who gave up waiting", ended(WaitEnd::gave_up)));
  v.push_back(column("recovered", "1", "recovered", "share well again before anybody came",
                     ended(WaitEnd::recovered)));
  v.push_back(column("other", "1", "other ends", "share who left the organization or were sent elsewhere",
                     ended(WaitEnd::other)));
  v.push_back(column("waiting", "1", "still waiting", "share still waiting",
                     numbers(grid, [&](double hour) { return curve.event_free_at(ticks(hour)); })));
  v.insert(v.begin(),
           column("hours", "h", "time since the request", "hours since the request", std::move(grid)));
  return group;
}

ResultGroup ResultBuilder::recovery_group() const {
  ResultGroup group{
      "/recovery",
      "distress episodes by time since they began: Kaplan-Meier estimate over all replications together",
      GroupShape::table,
      {},
      {}};
  const IncidenceCurve curve = totals_->recoveries.estimate();
  const double horizon = (rules_.end - rules_.start).in_days();
  Numbers grid;
  for (int day = 0; day <= 3 * 365 && day < horizon; day += day < 90 ? 1 : 7) grid.push_back(day);
  number_rows(group, grid.size());
  auto& v = group.variables;
  v.push_back(column("unrecovered", "1", "not recovered", "share of the episodes still going on",
                     numbers(grid, [&](double day) {
                       return curve.event_free_at(days(static_cast<std::int64_t>(day)).ticks());
                     })));
  v.insert(v.begin(),
           column("days", "d", "time since the begin", "days since the episode began", std::move(grid)));
  return group;
}

ResultGroup ResultBuilder::surveys_group() const {
  ResultGroup group{
      "/surveys",
      "survey waves as the organization sees them: those who answered, all replications together",
      GroupShape::table,
      {},
      {}};
  const std::vector<WaveRow>& rows = totals_->waves;
  number_rows(group, rows.size());
  Numbers since;
  for (std::size_t i = 0; i < rows.size(); ++i)
    since.push_back(days_per_week * static_cast<double>(i) * rules_.scenario.surveys.interval_weeks);
  const auto n = static_cast<double>(replications_.size());
  const auto share = [&](std::int64_t WaveRow::*part, std::int64_t WaveRow::*whole) {
    return numbers(rows, [&](const WaveRow& row) {
      return per(static_cast<double>(row.*part), static_cast<double>(row.*whole));
    });
  };
  auto& v = group.variables;
  v.push_back(
      column("days", "d", "day of the wave", "days since the start of the horizon", std::move(since)));
  v.push_back(
      column("clinicians", "1", "clinicians who answered", "mean over replications",
             numbers(rows, [&](const WaveRow& row) { return static_cast<double>(row.clinicians) / n; })));
  v.push_back(column("clinicians_exhausted", "1", "exhausted clinicians",
                     "share of them whose rounded exhaustion score reaches the cut-off",
                     share(&WaveRow::clinicians_concerning, &WaveRow::clinicians)));
  v.push_back(
      column("supporters", "1", "supporters who answered", "mean over replications",
             numbers(rows, [&](const WaveRow& row) { return static_cast<double>(row.supporters) / n; })));
  v.push_back(column("trauma_low", "1", "low secondary trauma", "share of them with a low score",
                     share(&WaveRow::trauma_low, &WaveRow::supporters)));
  v.push_back(column("trauma_high", "1", "high secondary trauma", "share of them with a high score",
                     share(&WaveRow::trauma_high, &WaveRow::supporters)));
  v.push_back(column("satisfied", "1", "compassion satisfaction",
                     "share of them with a moderate or high score",
                     share(&WaveRow::satisfied, &WaveRow::supporters)));
  v.push_back(column("supporters_exhausted", "1", "exhausted supporters",
                     "share of them whose rounded exhaustion score reaches the cut-off",
                     share(&WaveRow::supporters_concerning, &WaveRow::supporters)));
  constexpr std::array<std::string_view, challenge_count> challenges{"none", "time", "isolation",
                                                                     "own_stress", "training"};
  for (std::size_t i = 0; i < challenge_count; ++i)
    v.push_back(column("challenge_" + std::string{challenges[i]}, "1",
                       "first challenge: " + std::string{challenges[i]},
                       "share of active supporters who would name it", numbers(rows, [&](const WaveRow& row) {
                         std::int64_t all = 0;
                         for (const std::int64_t count : row.challenges) all += count;
                         return per(static_cast<double>(row.challenges[i]), static_cast<double>(all));
                       })));
  return group;
}

}  // namespace peercap::peer_support
