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

/// How supporters are spread over the groups of each grouping, against clinicians.
void add_supporter_mix(std::vector<ResultVariable>& v, const std::vector<Grouping>& groupings,
                       const std::vector<GroupRow>& rows) {
  std::array<GroupRow, grouping_count> sums{};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    GroupRow& sum = sums[static_cast<std::size_t>(groupings[i])];
    sum.people += rows[i].people;
    sum.supporters += rows[i].supporters;
  }
  Numbers clinicians;
  Numbers supporters;
  Numbers missing;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const GroupRow& sum = sums[static_cast<std::size_t>(groupings[i])];
    clinicians.push_back(per(static_cast<double>(rows[i].people), static_cast<double>(sum.people)));
    supporters.push_back(per(static_cast<double>(rows[i].supporters), static_cast<double>(sum.supporters)));
    missing.push_back(clinicians.back() - supporters.back());
  }
  v.push_back(column("clinicians_share", "1", "share of clinicians",
                     "the group's share of all clinicians at the begin", std::move(clinicians)));
  v.push_back(column("supporters_share", "1", "share of supporters",
                     "the group's share of the supporters active at the end, all replications together",
                     std::move(supporters)));
  v.push_back(
      column("supporters_missing_share", "1", "supporters missing",
             "clinicians_share less supporters_share: above 0 where the group has fewer supporters than "
             "its size asks for",
             std::move(missing)));
}

}  // namespace

ResultGroup ResultBuilder::equity_group() const {
  ResultGroup group{"/equity",
                    "who got support: mean over replications of the measured horizon, by kind of clinician",
                    GroupShape::table,
                    {},
                    {}};
  const OrganizationSpec& spec = rules_->scenario.organization;
  const auto name_of = [&](Grouping grouping, std::size_t i) -> std::string {
    switch (grouping) {
      case Grouping::profession:
        return spec.professions[i].name;
      case Grouping::career_stage:
        return spec.career_stages[i].name;
      case Grouping::shift_pattern:
        return std::string{level_names(ShiftPattern{})[i]};
      case Grouping::site:
        return rules_->scenario.roster_data != nullptr ? rules_->scenario.roster_data->sites[i]
                                                       : spec.sites[i].name;
    }
    return {};
  };
  Texts groupings;
  Texts names;
  std::vector<GroupRow> rows;
  std::vector<Grouping> groupings_of_rows;
  for (std::size_t g = 0; g < grouping_count; ++g)
    for (std::size_t i = 0; i < totals_->groups[g].size(); ++i) {
      if (totals_->groups[g][i].people == 0) continue;
      groupings.emplace_back(to_string(static_cast<Grouping>(g)));
      names.push_back(name_of(static_cast<Grouping>(g), i));
      rows.push_back(totals_->groups[g][i]);
      groupings_of_rows.push_back(static_cast<Grouping>(g));
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
  v.push_back(
      column("within_limit", "1", "contacted within the limit",
             "share of those who wanted support who were contacted within the limit, requests that cannot "
             "be judged left out, all replications together",
             numbers(rows, [](const GroupRow& row) {
               return per(static_cast<double>(row.judged_within_limit), static_cast<double>(row.judged));
             })));
  add_supporter_mix(v, groupings_of_rows, rows);
  return group;
}

ResultGroup ResultBuilder::waits_group() const {
  ResultGroup group{"/waits",
                    "who had met a supporter by when, by two clocks: from the request, of those who wanted "
                    "support; from the "
                    "event, of all distress episodes. Aalen-Johansen estimates over all replications "
                    "together, competing ends",
                    GroupShape::table,
                    {},
                    {}};
  Numbers grid;
  for (int hour = 0; hour <= 14 * 24; hour += hour < 72 ? 1 : 6) grid.push_back(hour);
  const auto ticks = [](double hour) { return hours(static_cast<std::int64_t>(hour)).ticks(); };
  Texts clocks;
  Numbers since;
  std::array<Numbers, wait_end_count> ended;
  Numbers waiting;
  const auto add = [&](const std::string& clock, const IncidenceCurve& curve) {
    for (const double hour : grid) {
      clocks.push_back(clock);
      since.push_back(hour);
      for (int end = 0; end < wait_end_count; ++end)
        ended[static_cast<std::size_t>(end)].push_back(curve.incidence_at(end, ticks(hour)));
      waiting.push_back(curve.event_free_at(ticks(hour)));
    }
  };
  add("request", totals_->waits.estimate());
  add("event", episode_waits_.estimate());
  number_rows(group, since.size());
  const auto shares = [&](WaitEnd end) { return std::move(ended[static_cast<std::size_t>(end)]); };
  auto& v = group.variables;
  v.push_back(
      column("clock", "", "clock",
             "request: time since the request, of those who wanted support; event: time since the event "
             "that began the episode, of all episodes that began",
             std::move(clocks)));
  v.push_back(
      column("hours", "h", "time since the request or the event", "hours on that clock", std::move(since)));
  v.push_back(column("contacted", "1", "contacted", "share met by a supporter", shares(WaitEnd::contacted)));
  v.push_back(column("gave_up", "1", "gave up",
                     "share who gave up waiting; 0 by the clock of the event, since the episode goes on",
                     shares(WaitEnd::gave_up)));
  v.push_back(column("recovered", "1", "recovered", "share well again before anybody came",
                     shares(WaitEnd::recovered)));
  v.push_back(column("other", "1", "other ends", "share who left the organization or were sent elsewhere",
                     shares(WaitEnd::other)));
  v.push_back(column("waiting", "1", "still waiting",
                     "share still waiting; by the clock of the event, in distress without a contact",
                     std::move(waiting)));
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
  const double horizon = (rules_->end - rules_->start).in_days();
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
    since.push_back(days_per_week * static_cast<double>(i) * rules_->scenario.surveys.interval_weeks);
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
  const auto rest = [&](auto part) {
    return numbers(rows, [&](const WaveRow& row) {
      return per(static_cast<double>(part(row)), static_cast<double>(row.supporters));
    });
  };
  v.push_back(
      column("trauma_moderate", "1", "moderate secondary trauma", "share of them with a score in between",
             rest([](const WaveRow& row) { return row.supporters - row.trauma_low - row.trauma_high; })));
  v.push_back(column("satisfaction_low", "1", "low compassion satisfaction", "share of them with a low score",
                     rest([](const WaveRow& row) { return row.supporters - row.satisfied; })));
  v.push_back(column("satisfaction_moderate", "1", "moderate compassion satisfaction",
                     "share of them with a score in between",
                     rest([](const WaveRow& row) { return row.satisfied - row.satisfaction_high; })));
  v.push_back(column("satisfaction_high", "1", "high compassion satisfaction",
                     "share of them with a high score",
                     share(&WaveRow::satisfaction_high, &WaveRow::supporters)));
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
