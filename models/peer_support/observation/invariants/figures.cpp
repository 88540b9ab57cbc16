#include "models/peer_support/observation/invariants/figures.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <string_view>

namespace peercap::peer_support {
namespace {

template <class Values>
std::int64_t sum(const Values& values) {
  return std::accumulate(std::begin(values), std::end(values), std::int64_t{0});
}

/// Of one counter over rows.
template <class Rows, class Row>
std::int64_t sum_of(const Rows& rows, std::int64_t Row::*counter) {
  std::int64_t total = 0;
  for (const Row& row : rows) total += row.*counter;
  return total;
}

/// What is defined in every run, whatever happens in it.
constexpr std::array always_defined{Measure::clinical_events_per_year,
                                    Measure::exposures_per_clinician_year,
                                    Measure::episodes_per_year,
                                    Measure::episodes_per_clinician_year,
                                    Measure::clinicians_with_episode_share,
                                    Measure::distressed_days_per_clinician_year,
                                    Measure::requests_per_year,
                                    Measure::contacted_per_year,
                                    Measure::sessions_per_year,
                                    Measure::work_hours_per_week,
                                    Measure::supporters_at_end,
                                    Measure::clinicians_left_per_year};

}  // namespace

void judge_record(const CheckedRun& run, const RunRecord& record, ViolationList& broken) {
  const RunCounts& c = record.counts;
  const auto expect_equal = [&](std::int64_t total, std::int64_t parts, const char* what) {
    if (total != parts)
      broken.add(run.rules.end, Party::run, 0,
                 std::string{what} + " do not add up: " + std::to_string(total) + " in all, " +
                     std::to_string(parts) + " in their parts");
  };
  expect_equal(c.episodes, c.episodes_recovered + c.episodes_left + c.episodes_open, "ends of episodes");
  expect_equal(c.episodes, sum_of(record.units, &UnitRow::episodes), "episodes of units");
  expect_equal(c.exposures, sum_of(record.units, &UnitRow::exposures), "exposures of units");
  expect_equal(c.clinical_events, sum_of(record.units, &UnitRow::clinical_events), "events of units");
  for (std::size_t channel = 0; channel < channel_count; ++channel)
    expect_equal(c.requests[channel], sum(c.ended[channel]), "ends of requests");
  expect_equal(static_cast<std::int64_t>(record.contact_waits.size()), sum(c.first_contacts),
               "first contacts");
  expect_equal(c.sessions, sum(c.sessions_by_number), "sessions by number");
  expect_equal(c.sessions, sum_of(record.supporters, &SupporterRow::sessions), "sessions of supporters");
  expect_equal(c.assignments, sum_of(record.supporters, &SupporterRow::cases), "cases of supporters");
  expect_equal(c.protected_ticks, sum_of(record.supporters, &SupporterRow::protected_ticks),
               "protected hours of sessions");
  expect_equal(c.overload_ticks, sum_of(record.supporters, &SupporterRow::overload_ticks),
               "hours of sessions beyond protected time");
  expect_equal(sum(c.program_ticks), sum_of(record.supporters, &SupporterRow::program_ticks),
               "hours for the program");
  expect_equal(sum(c.program_beyond_ticks), sum_of(record.supporters, &SupporterRow::program_beyond_ticks),
               "hours for the program beyond protected time");
  expect_equal(c.clinicians_left, sum(record.leavers_by_profession), "people who left");
  expect_equal(c.exposures, sum_of(record.causes, &CauseRow::exposures), "exposures of causes");
  expect_equal(c.episodes, sum_of(record.causes, &CauseRow::episodes), "episodes of causes");
  expect_equal(c.episodes_contacted, sum_of(record.causes, &CauseRow::episodes_contacted),
               "episodes contacted of causes");
  for (const auto& groups : record.groups) {
    expect_equal(static_cast<std::int64_t>(run.organization.clinician_count()),
                 sum_of(groups, &GroupRow::people), "people of groups");
    expect_equal(c.episodes, sum_of(groups, &GroupRow::episodes), "episodes of groups");
    expect_equal(c.episodes_contacted, sum_of(groups, &GroupRow::episodes_contacted),
                 "episodes contacted of groups");
    expect_equal(sum(c.first_contacts), sum_of(groups, &GroupRow::first_contacts),
                 "first contacts of groups");
  }
}

void judge_measures(const CheckedRun& run, const std::array<double, measure_count>& measures,
                    const std::array<std::vector<double>, series_count>& series, ViolationList& broken) {
  const auto blame = [&](std::string_view name, const char* what) {
    broken.add(run.rules.end, Party::run, 0, std::string{name} + " " + what);
  };
  for (const Measure measure : always_defined)
    if (std::isnan(measures[static_cast<std::size_t>(measure)]))
      blame(info_of(measure).name, "is not a number");
  // What was granted before the horizon and in training is used within it: no share of something whole.
  const Measure beyond_one = Measure::protected_hours_used_share;
  for (std::size_t i = 0; i < measure_count; ++i) {
    const std::string_view name = measure_infos()[i].name;
    const double value = measures[i];
    if (std::isnan(value)) continue;
    if (std::isinf(value)) blame(name, "is infinite");
    const bool is_share = name.ends_with("_share") || name.ends_with("_prevalence") ||
                          name == "awareness_mean" || name == "trust_mean";
    const bool is_bounded = is_share && i != static_cast<std::size_t>(beyond_one);
    if (is_bounded && !(value >= 0.0 && value <= 1.0)) blame(name, "leaves [0, 1]");
  }
  // Coverage is a share of those in distress: of a week without any there is none.
  const auto& distressed = series[static_cast<std::size_t>(Series::distressed_share)];
  for (std::size_t i = 0; i < series_count; ++i)
    for (std::size_t week = 0; week < series[i].size(); ++week) {
      const bool is_defined = i != static_cast<std::size_t>(Series::coverage) || distressed[week] > 0.0;
      if (std::isfinite(series[i][week]) == is_defined) continue;
      blame(series_infos()[i].name, "has a week that is not a number");
      break;
    }
  for (const double share : series[static_cast<std::size_t>(Series::coverage)])
    if (share < 0.0 || share > 1.0) blame(info_of(Series::coverage).name, "leaves [0, 1]");
}

}  // namespace peercap::peer_support
