#include "models/peer_support/results/result_builder.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <gtest/gtest.h>

#include "models/peer_support/observation/episode_reach.h"
#include "sim/kernel/sequential_engine.h"
#include "tests/models/peer_support/world.h"

namespace peercap::peer_support {
namespace {

using testing::busy_scenario;

class ResultBuilderTest : public ::testing::Test {
 protected:
  static constexpr std::uint32_t replications = 4;

  ResultBuilderTest() : rules_{busy_scenario(4, 12, 6)}, builder_{rules_} {
    SequentialEngine engine;
    for (std::uint32_t r = 0; r < replications; ++r) {
      outcomes_.push_back(run_replication(rules_, r, engine));
      builder_.add(outcomes_.back());
    }
    groups_ = builder_.groups();
  }

  [[nodiscard]] const ResultGroup& group(const std::string& path) const {
    const auto found = std::ranges::find(groups_, path, &ResultGroup::path);
    if (found == groups_.end()) throw std::out_of_range{path};
    return *found;
  }

  [[nodiscard]] static const ResultVariable& variable(const ResultGroup& group, const std::string& name) {
    const auto found = std::ranges::find(group.variables, name, &ResultVariable::name);
    if (found == group.variables.end()) throw std::out_of_range{name};
    return *found;
  }

  template <class T>
  [[nodiscard]] std::vector<T> column(const std::string& path, const std::string& name) const {
    return std::get<std::vector<T>>(variable(group(path), name).values);
  }

  Rules rules_;
  ResultBuilder builder_;
  std::vector<ReplicationOutcome> outcomes_;
  std::vector<ResultGroup> groups_;
};

TEST_F(ResultBuilderTest, EveryMeasureOfEveryReplicationIsThere) {
  EXPECT_EQ(column<double>("/replications", "episodes_per_year").size(), replications);
  for (std::size_t m = 0; m < measure_count; ++m) {
    const auto values = column<double>("/replications", std::string{measure_infos()[m].name});
    for (std::uint32_t r = 0; r < replications; ++r) {
      const double expected = outcomes_[r].measures[m];
      EXPECT_TRUE(values[r] == expected || (std::isnan(values[r]) && std::isnan(expected)))
          << measure_infos()[m].name;
    }
  }
}

TEST_F(ResultBuilderTest, SummaryIsWhatTheReplicationsSay) {
  const auto names = column<std::string>("/summary", "measure");
  const auto means = column<double>("/summary", "mean");
  const auto lows = column<double>("/summary", "ci_low");
  const auto place = std::ranges::find(names, "episodes_per_year") - names.begin();
  double sum = 0.0;
  for (const auto& outcome : outcomes_) sum += testing::measure(outcome, Measure::episodes_per_year);
  EXPECT_NEAR(means[static_cast<std::size_t>(place)], sum / replications, 1e-9);
  EXPECT_LT(lows[static_cast<std::size_t>(place)], means[static_cast<std::size_t>(place)]);
}

TEST_F(ResultBuilderTest, EveryColumnOfATableHasTheTablesLength) {
  for (const ResultGroup& table : groups_) {
    if (table.shape != GroupShape::table) continue;
    ASSERT_EQ(table.dimensions.size(), 1U) << table.path;
    for (const ResultVariable& v : table.variables)
      EXPECT_EQ(value_count(v.values), value_count(table.dimensions[0].labels))
          << table.path << '/' << v.name;
  }
}

TEST_F(ResultBuilderTest, EveryArrayFillsItsDimensions) {
  for (const ResultGroup& arrays : groups_) {
    if (arrays.shape != GroupShape::arrays) continue;
    for (const ResultVariable& v : arrays.variables) {
      std::size_t cells = 1;
      for (const std::string& name : v.dimensions)
        cells *= value_count(std::ranges::find(arrays.dimensions, name, &ResultDimension::name)->labels);
      EXPECT_EQ(value_count(v.values), cells) << arrays.path << '/' << v.name;
    }
  }
}

TEST_F(ResultBuilderTest, EveryVariableIsDescribed) {
  for (const ResultGroup& g : groups_) {
    EXPECT_FALSE(g.description.empty()) << g.path;
    for (const ResultVariable& v : g.variables) {
      EXPECT_FALSE(v.long_name.empty()) << g.path << '/' << v.name;
      EXPECT_FALSE(v.description.empty()) << g.path << '/' << v.name;
      if (!std::holds_alternative<std::vector<std::string>>(v.values)) {
        EXPECT_FALSE(v.unit.empty()) << g.path << '/' << v.name;
      }
    }
  }
}

TEST_F(ResultBuilderTest, SupporterRowsAddUpToTheMeasures) {
  const auto hours = column<double>("/supporters", "protected_hours");
  const auto beyond = column<double>("/supporters", "overload_hours");
  EXPECT_EQ(hours.size(), replications * 6U);
  const auto sum = [](const std::vector<double>& values) {
    return std::accumulate(values.begin(), values.end(), 0.0);
  };
  const auto measured = [&](Measure weekly) {
    double hours_measured = 0.0;
    for (const auto& outcome : outcomes_) hours_measured += testing::measure(outcome, weekly) * 26.0;
    return hours_measured;
  };
  EXPECT_GT(measured(Measure::program_hours_per_week), 0.0);
  EXPECT_NEAR(sum(hours) + sum(beyond), measured(Measure::work_hours_per_week), 1e-6);
  EXPECT_NEAR(sum(beyond), measured(Measure::overload_hours_per_week), 1e-6);
  EXPECT_NEAR(sum(column<double>("/supporters", "session_hours")), measured(Measure::session_hours_per_week),
              1e-6);
  EXPECT_NEAR(sum(column<double>("/supporters", "session_overload_hours")),
              measured(Measure::session_overload_hours_per_week), 1e-6);
  EXPECT_NEAR(sum(column<double>("/supporters", "program_hours")), measured(Measure::program_hours_per_week),
              1e-6);
  EXPECT_NEAR(sum(column<double>("/supporters", "program_overload_hours")),
              measured(Measure::program_overload_hours_per_week), 1e-6);
}

TEST_F(ResultBuilderTest, RequestsOfTheCascadeEqualTheirEnds) {
  const auto steps = column<std::string>("/cascade", "step");
  const auto channels = column<std::string>("/cascade", "channel");
  const auto means = column<double>("/cascade", "mean");
  for (const std::string channel : {"self_referral", "outreach"}) {
    double requests = 0.0;
    double ends = 0.0;
    for (std::size_t i = 0; i < steps.size(); ++i) {
      if (channels[i] != channel) continue;
      if (steps[i] == "requests") requests = means[i];
      if (steps[i].rfind("ended_", 0) == 0) ends += means[i];
    }
    EXPECT_GT(requests, 0.0);
    EXPECT_NEAR(requests, ends, 1e-9) << channel;
  }
}

TEST_F(ResultBuilderTest, CascadeTellsWhatIsLostAtEachStep) {
  const auto steps = column<std::string>("/cascade", "step");
  const auto channels = column<std::string>("/cascade", "channel");
  const auto from = column<std::string>("/cascade", "from");
  const auto means = column<double>("/cascade", "mean");
  const auto lost = column<double>("/cascade", "lost");
  const auto shares = column<double>("/cascade", "lost_share");
  const auto row_of = [&](const std::string& step, const std::string& channel) {
    for (std::size_t i = 0; i < steps.size(); ++i)
      if (steps[i] == step && channels[i] == channel) return i;
    throw std::out_of_range{step};
  };
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (from[i].empty()) {
      EXPECT_TRUE(std::isnan(lost[i])) << steps[i];
      continue;
    }
    const double before = means[row_of(from[i], channels[i])];
    EXPECT_GE(lost[i], 0.0) << steps[i] << ' ' << channels[i];
    EXPECT_NEAR(lost[i], before - means[i], 1e-9);
    EXPECT_TRUE(before == 0.0 ? std::isnan(shares[i]) : std::abs(shares[i] - lost[i] / before) < 1e-12);
  }
  const auto mean = [&](const std::string& step, const std::string& channel) {
    return means[row_of(step, channel)];
  };
  EXPECT_GT(mean("events_reported", "all"), 0.0);
  EXPECT_LT(mean("events_reported", "all"), mean("clinical_events", "all"));
  // Whoever is offered support says yes or no.
  EXPECT_NEAR(mean("offered", "outreach"), mean("accepted", "outreach") + mean("ended_declined", "outreach"),
              1e-9);
  EXPECT_LT(mean("offered", "outreach"), mean("requests", "outreach"));
  EXPECT_THROW((void)row_of("offered", "self_referral"), std::out_of_range);
  double by_channel = 0.0;
  for (std::size_t i = 0; i < steps.size(); ++i)
    if (steps[i] == "episodes_contacted" && channels[i] != "all") by_channel += means[i];
  EXPECT_GT(by_channel, 0.0);
  EXPECT_NEAR(by_channel, mean("episodes_contacted", "all"), 1e-9);
}

TEST_F(ResultBuilderTest, WaitsHaveTwoClocks) {
  const auto clocks = column<std::string>("/waits", "clock");
  const auto hours = column<double>("/waits", "hours");
  const auto contacted = column<double>("/waits", "contacted");
  const auto gave_up = column<double>("/waits", "gave_up");
  const auto recovered = column<double>("/waits", "recovered");
  const auto other = column<double>("/waits", "other");
  const auto waiting = column<double>("/waits", "waiting");
  EXPECT_EQ(std::ranges::count(clocks, "request"), std::ranges::count(clocks, "event"));
  for (std::size_t i = 0; i < clocks.size(); ++i)
    EXPECT_NEAR(contacted[i] + gave_up[i] + recovered[i] + other[i] + waiting[i], 1.0, 1e-9);
  IncidenceCounts episodes = empty_waits();
  for (const auto& outcome : outcomes_) episodes.merge(reach_of_episodes(outcome.record).waits);
  const IncidenceCurve curve = episodes.estimate();
  bool differ = false;
  for (std::size_t i = 0; i < clocks.size(); ++i) {
    if (clocks[i] != "event") continue;
    const std::int64_t ticks = peercap::hours(static_cast<std::int64_t>(hours[i])).ticks();
    EXPECT_EQ(contacted[i], curve.incidence_at(static_cast<int>(WaitEnd::contacted), ticks));
    differ = differ || contacted[i] != contacted[i - clocks.size() / 2];
  }
  EXPECT_TRUE(differ);
}

TEST_F(ResultBuilderTest, SupportersAreComparedWithClinicians) {
  const auto groupings = column<std::string>("/equity", "grouping");
  const auto clinicians = column<double>("/equity", "clinicians_share");
  const auto supporters = column<double>("/equity", "supporters_share");
  const auto missing = column<double>("/equity", "supporters_missing_share");
  for (const std::string grouping : {"profession", "career_stage", "shift_pattern", "site"}) {
    double people = 0.0;
    double mix = 0.0;
    for (std::size_t i = 0; i < groupings.size(); ++i) {
      if (groupings[i] != grouping) continue;
      people += clinicians[i];
      mix += supporters[i];
      EXPECT_NEAR(missing[i], clinicians[i] - supporters[i], 1e-12);
    }
    EXPECT_NEAR(people, 1.0, 1e-12) << grouping;
    EXPECT_NEAR(mix, 1.0, 1e-12) << grouping;
  }
}

TEST_F(ResultBuilderTest, CausesAddUpToTheCascade) {
  const auto names = column<std::string>("/causes", "cause");
  EXPECT_EQ(names, (std::vector<std::string>{"clinical_event", "personal_event", "incident"}));
  const auto sum = [&](const char* name) {
    const auto values = column<double>("/causes", name);
    return std::accumulate(values.begin(), values.end(), 0.0);
  };
  const auto mean_of = [&](auto read) {
    double total = 0.0;
    for (const ReplicationOutcome& outcome : outcomes_)
      total += static_cast<double>(read(outcome.record.counts)) / replications;
    return total;
  };
  EXPECT_DOUBLE_EQ(sum("exposures"), mean_of([](const RunCounts& c) { return c.exposures; }));
  EXPECT_DOUBLE_EQ(sum("episodes"), mean_of([](const RunCounts& c) { return c.episodes; }));
  EXPECT_GT(column<double>("/causes", "requests")[1], 0.0);
  EXPECT_TRUE(std::isnan(column<double>("/causes", "coverage")[2]));  // there was no incident
}

TEST_F(ResultBuilderTest, SharesOfScoresAddUp) {
  const auto low = column<double>("/surveys", "satisfaction_low");
  const auto moderate = column<double>("/surveys", "satisfaction_moderate");
  const auto high = column<double>("/surveys", "satisfaction_high");
  const auto satisfied = column<double>("/surveys", "satisfied");
  const auto trauma_low = column<double>("/surveys", "trauma_low");
  const auto trauma_moderate = column<double>("/surveys", "trauma_moderate");
  const auto trauma_high = column<double>("/surveys", "trauma_high");
  bool any = false;
  for (std::size_t i = 0; i < low.size(); ++i) {
    if (std::isnan(low[i])) continue;
    any = true;
    EXPECT_NEAR(low[i] + moderate[i] + high[i], 1.0, 1e-12);
    EXPECT_NEAR(moderate[i] + high[i], satisfied[i], 1e-12);
    EXPECT_NEAR(trauma_low[i] + trauma_moderate[i] + trauma_high[i], 1.0, 1e-12);
  }
  EXPECT_TRUE(any);
}

TEST_F(ResultBuilderTest, ReferralsHaveTheirLongWaits) {
  const auto mean = column<double>("/referrals", "wait_days");
  const auto long_wait = column<double>("/referrals", "wait_days_p90");
  bool any = false;
  for (std::size_t i = 0; i < mean.size(); ++i) {
    EXPECT_EQ(std::isnan(mean[i]), std::isnan(long_wait[i]));
    any = any || long_wait[i] > mean[i];
  }
  EXPECT_TRUE(any);
}

TEST_F(ResultBuilderTest, FlowHoldsEveryRequest) {
  std::int64_t flow = 0;
  for (const std::int64_t count : column<std::int64_t>("/flow", "count")) flow += count;
  std::int64_t requests = 0;
  for (const auto& outcome : outcomes_)
    for (const std::int64_t count : outcome.record.counts.requests) requests += count;
  EXPECT_EQ(flow, requests);
}

TEST_F(ResultBuilderTest, UnitsCarryTheNamesOfTheScenario) {
  EXPECT_EQ(column<std::string>("/units", "site"), std::vector<std::string>(4, "main"));
  EXPECT_EQ(column<std::string>("/units", "unit"), (std::vector<std::string>{"1", "2", "3", "4"}));
  EXPECT_EQ(column<std::int64_t>("/units", "clinicians"), std::vector<std::int64_t>(4, 12));
}

TEST_F(ResultBuilderTest, ReferralsListEveryDestination) {
  EXPECT_EQ(column<std::string>("/referrals", "destination").size(),
            rules_.scenario.referrals.destinations.size());
}

TEST_F(ResultBuilderTest, SeriesBeginOnTheFirstMonday) {
  const ResultGroup& series = group("/series");
  const auto time = std::ranges::find(series.dimensions, "time", &ResultDimension::name);
  EXPECT_EQ(time->unit, "days since 2026-01-05 00:00:00");
  const auto days = std::get<std::vector<double>>(time->labels);
  ASSERT_EQ(days.size(), 26U);
  EXPECT_EQ(days[0], 0.0);
  EXPECT_EQ(days[25], 175.0);
}

TEST(ResultWords, EveryEndHasItsOwnName) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < request_end_count; ++i)
    names.emplace_back(to_string(static_cast<RequestEnd>(i)));
  EXPECT_EQ(std::ranges::count(names, "?"), 0);
  std::ranges::sort(names);
  EXPECT_EQ(std::ranges::adjacent_find(names), names.end());
}

}  // namespace
}  // namespace peercap::peer_support
