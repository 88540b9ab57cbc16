// The tables of a result file that follow need from events to outcomes.

#include <algorithm>
#include <utility>

#include "models/peer_support/results/result_builder.h"
#include "models/peer_support/results/table_columns.h"

namespace peercap::peer_support {

std::vector<ResultBuilder::CascadeStep> ResultBuilder::cascade_steps() const {
  std::vector<CascadeStep> steps;
  const auto add = [&](std::string name, std::string channel, std::string from, auto read) {
    steps.push_back({std::move(name), std::move(channel), std::move(from), numbers(counts_, read)});
  };
  const std::string all{"all"};
  const auto sum_of = [](const auto& by_channel) {
    double sum = 0.0;
    for (const std::int64_t count : by_channel) sum += static_cast<double>(count);
    return sum;
  };
  add("clinical_events", all, "", [](const RunCounts& c) { return static_cast<double>(c.clinical_events); });
  add("events_reported", all, "clinical_events",
      [](const RunCounts& c) { return static_cast<double>(c.events_reported); });
  add("exposures", all, "", [](const RunCounts& c) { return static_cast<double>(c.exposures); });
  add("episodes", all, "", [](const RunCounts& c) { return static_cast<double>(c.episodes); });
  add("episodes_in_program", all, "episodes",
      [](const RunCounts& c) { return static_cast<double>(c.episodes_asked); });
  add("episodes_contacted", all, "episodes_in_program",
      [](const RunCounts& c) { return static_cast<double>(c.episodes_contacted); });

  // An offer is made when triage is done, and answered at once.
  const auto offered = [](const RunCounts& c, std::size_t channel) {
    return c.accepted[channel] + c.ended[channel][static_cast<std::size_t>(RequestEnd::declined)];
  };
  add("requests", all, "", [&](const RunCounts& c) { return sum_of(c.requests); });
  add("accepted", all, "requests", [&](const RunCounts& c) { return sum_of(c.accepted); });
  add("contacted", all, "accepted", [&](const RunCounts& c) { return sum_of(c.ended_contacted); });
  add("helped", all, "contacted", [&](const RunCounts& c) { return sum_of(c.ended_helped); });
  for (std::size_t i = 0; i < channel_count; ++i) {
    const std::string name{to_string(static_cast<Channel>(i))};
    const bool offers = !wants_support(static_cast<Channel>(i));
    add("requests", name, "", [i](const RunCounts& c) { return static_cast<double>(c.requests[i]); });
    if (offers)
      add("offered", name, "requests",
          [&, i](const RunCounts& c) { return static_cast<double>(offered(c, i)); });
    add("accepted", name, offers ? "offered" : "requests",
        [i](const RunCounts& c) { return static_cast<double>(c.accepted[i]); });
    add("contacted", name, "accepted",
        [i](const RunCounts& c) { return static_cast<double>(c.ended_contacted[i]); });
    add("helped", name, "contacted",
        [i](const RunCounts& c) { return static_cast<double>(c.ended_helped[i]); });
    steps.push_back({"episodes_contacted", name, "", numbers(episodes_contacted_, [i](const auto& episodes) {
                       return static_cast<double>(episodes[i]);
                     })});
    for (std::size_t end = 0; end < request_end_count; ++end)
      add("ended_" + std::string{to_string(static_cast<RequestEnd>(end))}, name, "",
          [i, end](const RunCounts& c) { return static_cast<double>(c.ended[i][end]); });
  }
  return steps;
}

ResultGroup ResultBuilder::cascade_group() const {
  ResultGroup group{"/cascade",
                    "from events to outcomes, by channel: counts of the measured horizon",
                    GroupShape::table,
                    {},
                    {}};
  const std::vector<CascadeStep> steps = cascade_steps();
  number_rows(group, steps.size());
  Texts names;
  Texts channels;
  Texts before;
  Numbers means;
  Numbers lows;
  Numbers highs;
  Numbers lost;
  Numbers lost_shares;
  for (const CascadeStep& step : steps) {
    const Summary s = summarize(step.counts);
    names.push_back(step.name);
    channels.push_back(step.channel);
    before.push_back(step.from);
    means.push_back(s.mean);
    lows.push_back(s.mean_interval.low);
    highs.push_back(s.mean_interval.high);
    lost.push_back(undefined);
    lost_shares.push_back(undefined);
    if (step.from.empty()) continue;
    const auto from = std::ranges::find_if(steps, [&](const CascadeStep& other) {
      return other.name == step.from && other.channel == step.channel;
    });
    const double whole = summarize(from->counts).mean;
    lost.back() = whole - s.mean;
    lost_shares.back() = per(whole - s.mean, whole);
  }
  auto& v = group.variables;
  v.push_back(column("step", "", "step", "step of the cascade, or the way in which requests ended",
                     std::move(names)));
  v.push_back(column("channel", "", "channel",
                     "how the request came about (self_referral, outreach, manager, ...), or all",
                     std::move(channels)));
  v.push_back(column("mean", "1", "mean", "mean count over replications", std::move(means)));
  v.push_back(column("ci_low", "1", "lower bound", "lower bound of the 95 % t interval of the mean",
                     std::move(lows)));
  v.push_back(column("ci_high", "1", "upper bound", "upper bound of the 95 % t interval of the mean",
                     std::move(highs)));
  v.push_back(column("from", "", "step before",
                     "the step of the same channel that this one is a part of; empty where there is none",
                     std::move(before)));
  v.push_back(column("lost", "1", "lost", "mean count of the step before that does not reach this one",
                     std::move(lost)));
  v.push_back(column("lost_share", "1", "share lost",
                     "share of the step before that does not reach this one, means over replications",
                     std::move(lost_shares)));
  return group;
}

ResultGroup ResultBuilder::flow_group() const {
  ResultGroup group{"/flow",
                    "where requests come from and go to, summed over replications (for Sankey diagrams)",
                    GroupShape::table,
                    {},
                    {}};
  Texts sources;
  Texts targets;
  Integers counts;
  for (std::size_t i = 0; i < channel_count; ++i)
    for (std::size_t end = 0; end < request_end_count; ++end) {
      const auto channel = static_cast<Channel>(i);
      const std::int64_t count = ended(channel, static_cast<RequestEnd>(end));
      if (count == 0) continue;
      sources.emplace_back(to_string(channel));
      targets.emplace_back(to_string(static_cast<RequestEnd>(end)));
      counts.push_back(count);
    }
  number_rows(group, counts.size());
  auto& v = group.variables;
  v.push_back(column("source", "", "source", "channel of the request", std::move(sources)));
  v.push_back(column("target", "", "target", "how it ended", std::move(targets)));
  v.push_back(column("count", "1", "requests", "requests of the measured horizon, all replications",
                     std::move(counts)));
  return group;
}

}  // namespace peercap::peer_support
