#include "models/peer_support/results/result_builder.h"

#include <limits>
#include <span>
#include <utility>

#include "models/peer_support/observation/episode_reach.h"
#include "models/peer_support/observation/evaluation.h"

namespace peercap::peer_support {
namespace {

using Texts = std::vector<std::string>;
using Numbers = std::vector<double>;
using Integers = std::vector<std::int64_t>;

ResultDimension point_dimension() {
  return {"point", "1", "design point", Integers{0}};
}

Texts names_of(std::span<const MeasureInfo> infos) {
  Texts names;
  for (const MeasureInfo& info : infos) names.emplace_back(info.name);
  return names;
}

}  // namespace

ResultBuilder::ResultBuilder(const Rules& rules) : rules_{&rules} {}

void ResultBuilder::add(const ReplicationOutcome& outcome) {
  replications_.push_back(outcome.replication);
  digests_.push_back(outcome.report.digest);
  events_.push_back(outcome.report.events);
  for (std::size_t m = 0; m < measure_count; ++m) values_[m].push_back(outcome.measures[m]);
  for (std::size_t s = 0; s < series_count; ++s) {
    series_[s].resize(outcome.series[s].size());
    for (std::size_t w = 0; w < outcome.series[s].size(); ++w) series_[s][w].push_back(outcome.series[s][w]);
  }
  const EpisodeReach reach = reach_of_episodes(outcome.record);
  episodes_contacted_.push_back(reach.contacted);
  episode_waits_.merge(reach.waits);
  RunRecord part = outcome.record;
  part.contact_waits.clear();
  part.episode_contacts.clear();
  part.contacted_episodes.clear();
  part.supporters.clear();
  part.supporter_weeks.clear();
  if (totals_)
    merge_into(*totals_, part);
  else
    totals_ = std::move(part);
  if (counts_.empty()) first_weeks_ = outcome.record.supporter_weeks;
  counts_.push_back(outcome.record.counts);
  for (std::uint32_t i = 0; i < outcome.record.supporters.size(); ++i)
    if (outcome.record.supporters[i].invited)  // who was never asked stays out
      supporters_.push_back({outcome.replication, i, outcome.record.supporters[i], outcome.surveys[i]});
}

Summary ResultBuilder::summary(Measure measure) const {
  return summarize(values_[static_cast<std::size_t>(measure)]);
}

std::int64_t ResultBuilder::ended(Channel channel, RequestEnd end) const {
  std::int64_t sum = 0;
  for (const RunCounts& counts : counts_)
    sum += counts.ended[static_cast<std::size_t>(channel)][static_cast<std::size_t>(end)];
  return sum;
}

std::vector<ResultGroup> ResultBuilder::groups() const {
  std::vector<ResultGroup> groups;
  groups.push_back(design_group());
  groups.push_back(replications_group());
  groups.push_back(summary_group());
  groups.push_back(series_group());
  groups.push_back(supporters_group());
  if (!first_weeks_.empty()) groups.push_back(supporter_weeks_group());
  groups.push_back(units_group());
  groups.push_back(cascade_group());
  groups.push_back(flow_group());
  groups.push_back(referrals_group());
  groups.push_back(equity_group());
  groups.push_back(causes_group());
  groups.push_back(waits_group());
  groups.push_back(recovery_group());
  if (!totals_->waves.empty()) groups.push_back(surveys_group());
  return groups;
}

ResultGroup ResultBuilder::design_group() const {
  ResultGroup group{"/design", "the points of the design; a single run has one", GroupShape::table, {}, {}};
  group.dimensions.push_back({"row", "1", "row", Integers{0}});
  group.variables.push_back(column("point", "1", "design point", "number of the point", Integers{0}));
  group.variables.push_back(
      column("scenario", "", "scenario", "name of the scenario", Texts{rules_->scenario.name}));
  group.variables.push_back(column("replications", "1", "replications", "replications completed",
                                   Integers{static_cast<std::int64_t>(replications_.size())}));
  return group;
}

ResultGroup ResultBuilder::replications_group() const {
  ResultGroup group{"/replications", "every measure of every replication", GroupShape::arrays, {}, {}};
  group.dimensions.push_back(point_dimension());
  group.dimensions.push_back(
      {"replication", "1", "replication", Integers(replications_.begin(), replications_.end())});
  const std::vector<std::string> dimensions{"point", "replication"};
  for (std::size_t m = 0; m < measure_count; ++m) {
    const MeasureInfo& info = measure_infos()[m];
    group.variables.push_back({std::string{info.name}, std::string{info.unit}, std::string{info.long_name},
                               std::string{info.description}, dimensions, values_[m]});
  }
  Texts digests;
  Integers events;
  for (const std::uint64_t digest : digests_) {
    constexpr char digits[] = "0123456789abcdef";
    std::string text(16, '0');
    for (std::size_t i = 0; i < 16; ++i) text[15 - i] = digits[digest >> (4 * i) & 0xf];
    digests.push_back(std::move(text));
  }
  for (const std::uint64_t count : events_) events.push_back(static_cast<std::int64_t>(count));
  group.variables.push_back({"event_digest", "", "digest of events",
                             "digest of all events of the replication, equal for every engine", dimensions,
                             digests});
  group.variables.push_back(
      {"events", "1", "events", "events of the simulation, burn-in included", dimensions, events});
  return group;
}

ResultGroup ResultBuilder::summary_group() const {
  ResultGroup group{"/summary",
                    "every measure over the replications: mean with 95 % t interval, spread, quantiles",
                    GroupShape::table,
                    {},
                    {}};
  Integers rows;
  Texts measures = names_of(measure_infos());
  Texts units;
  Texts long_names;
  Integers ns;
  std::array<Numbers, 9> numbers;
  for (std::size_t m = 0; m < measure_count; ++m) {
    const Summary s = summarize(values_[m]);
    rows.push_back(static_cast<std::int64_t>(m));
    units.emplace_back(measure_infos()[m].unit);
    long_names.emplace_back(measure_infos()[m].long_name);
    ns.push_back(static_cast<std::int64_t>(s.count));
    const std::array<double, 9> all{
        s.mean, s.mean_interval.low, s.mean_interval.high, s.standard_deviation, s.p05, s.p25, s.p50, s.p75,
        s.p95};
    for (std::size_t i = 0; i < all.size(); ++i) numbers[i].push_back(all[i]);
  }
  group.dimensions.push_back({"row", "1", "row", rows});
  auto& v = group.variables;
  v.push_back(column("point", "1", "design point", "number of the point", Integers(measure_count, 0)));
  v.push_back(
      column("measure", "", "measure", "name of the measure, as in /replications", std::move(measures)));
  v.push_back(column("unit", "", "unit", "unit of the numbers in this row (UDUNITS)", std::move(units)));
  v.push_back(column("long_name", "", "label", "the measure in a few words", std::move(long_names)));
  v.push_back(column("mean", "1", "mean", "mean over replications; unit in column unit", numbers[0]));
  v.push_back(
      column("ci_low", "1", "lower bound", "lower bound of the 95 % t interval of the mean", numbers[1]));
  v.push_back(
      column("ci_high", "1", "upper bound", "upper bound of the 95 % t interval of the mean", numbers[2]));
  v.push_back(column("sd", "1", "SD", "standard deviation between replications", numbers[3]));
  v.push_back(column("n", "1", "n", "replications in which the measure is defined", std::move(ns)));
  const std::array<std::string, 5> quantiles{"p05", "p25", "p50", "p75", "p95"};
  for (std::size_t q = 0; q < quantiles.size(); ++q)
    v.push_back(
        column(quantiles[q], "1", quantiles[q], "quantile between replications (type 7)", numbers[4 + q]));
  return group;
}

ResultGroup ResultBuilder::series_group() const {
  ResultGroup group{"/series", "weekly course, over the replications", GroupShape::arrays, {}, {}};
  const std::array<std::string, 8> statistics{"mean", "ci_low", "ci_high", "p05", "p25", "p50", "p75", "p95"};
  const std::size_t week_count = series_[0].size();
  group.dimensions.push_back(point_dimension());
  group.dimensions.push_back(
      {"statistic", "", "statistic over replications", Texts(statistics.begin(), statistics.end())});
  group.dimensions.push_back({"time",
                              "days since " + rules_->scenario.run.start.to_string() + " 00:00:00",
                              "begin of the week",
                              series_days(*rules_, week_count),
                              {{"calendar", "standard"}}});
  for (std::size_t s = 0; s < series_count; ++s) {
    Numbers values(statistics.size() * week_count, std::numeric_limits<double>::quiet_NaN());
    for (std::size_t w = 0; w < week_count; ++w) {
      const Summary sum = summarize(series_[s][w]);
      const std::array<double, 8> all{
          sum.mean, sum.mean_interval.low, sum.mean_interval.high, sum.p05, sum.p25, sum.p50, sum.p75,
          sum.p95};
      for (std::size_t i = 0; i < all.size(); ++i) values[i * week_count + w] = all[i];
    }
    const MeasureInfo& info = series_infos()[s];
    group.variables.push_back({std::string{info.name},
                               std::string{info.unit},
                               std::string{info.long_name},
                               std::string{info.description},
                               {"point", "statistic", "time"},
                               std::move(values)});
  }
  return group;
}

std::string_view to_string(Channel channel) {
  constexpr std::array<std::string_view, channel_count> names{"self_referral", "outreach", "manager",
                                                              "peer",          "embedded", "rounding",
                                                              "follow_up",     "direct",   "inherited"};
  return names[static_cast<std::size_t>(channel)];
}

std::string_view to_string(RequestEnd end) {
  switch (end) {
    case RequestEnd::merged:
      return "merged";
    case RequestEnd::declined:
      return "declined";
    case RequestEnd::lapsed:
      return "lapsed";
    case RequestEnd::withdrew:
      return "withdrew";
    case RequestEnd::recovered:
      return "recovered";
    case RequestEnd::resolved:
      return "resolved";
    case RequestEnd::closed_unresolved:
      return "closed_unresolved";
    case RequestEnd::referred:
      return "referred";
    case RequestEnd::referral_declined:
      return "referral_declined";
    case RequestEnd::left:
      return "left";
    case RequestEnd::overflow_referred:
      return "overflow_referred";
    case RequestEnd::dropped:
      return "dropped";
    case RequestEnd::open_unanswered:
      return "open_unanswered";
    case RequestEnd::open_waiting:
      return "open_waiting";
    case RequestEnd::open_in_case:
      return "open_in_case";
  }
  return "?";
}

std::string_view to_string(ExitReason reason) {
  switch (reason) {
    case ExitReason::none:
      return "none";
    case ExitReason::role:
      return "role";
    case ExitReason::employment:
      return "employment";
    case ExitReason::term:
      return "term";
    case ExitReason::training:
      return "training";
  }
  return "?";
}

}  // namespace peercap::peer_support
