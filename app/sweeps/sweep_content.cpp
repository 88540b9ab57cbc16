#include "app/sweeps/sweep_content.h"

#include <algorithm>
#include <array>
#include <functional>
#include <numeric>
#include <utility>

#include <fmt/format.h>

#include "models/peer_support/scenario_yaml/catalogue.h"
#include "models/peer_support/scenario_yaml/resolved_text.h"
#include "sim/io/yaml/json_writer.h"

namespace peercap::app {
namespace {

using Integers = std::vector<std::int64_t>;
using Numbers = std::vector<double>;
using Texts = std::vector<std::string>;

struct Statistic {
  std::string_view name;
  std::function<double(const Summary&)> of;
};

const std::vector<Statistic>& statistics() {
  static const std::vector<Statistic> all{
      {"mean", [](const Summary& s) { return s.mean; }},
      {"ci_low", [](const Summary& s) { return s.mean_interval.low; }},
      {"ci_high", [](const Summary& s) { return s.mean_interval.high; }},
      {"sd", [](const Summary& s) { return s.standard_deviation; }},
      {"n", [](const Summary& s) { return static_cast<double>(s.count); }},
      {"minimum", [](const Summary& s) { return s.minimum; }},
      {"p05", [](const Summary& s) { return s.p05; }},
      {"p50", [](const Summary& s) { return s.p50; }},
      {"p95", [](const Summary& s) { return s.p95; }},
      {"maximum", [](const Summary& s) { return s.maximum; }}};
  return all;
}

Integers counted(std::uint64_t first, std::uint64_t end) {
  Integers numbers(end - first);
  std::iota(numbers.begin(), numbers.end(), static_cast<std::int64_t>(first));
  return numbers;
}

ResultVariable text_variable(std::string name, std::string long_name, std::string text) {
  return {std::move(name), "", std::move(long_name), "", {}, Texts{std::move(text)}};
}

ResultVariable streamed(const ResultVariable& prototype, std::vector<std::string> dimensions,
                        NumberStream stream) {
  ResultVariable variable = prototype;
  variable.dimensions = std::move(dimensions);
  variable.values = Numbers{};
  variable.stream = std::move(stream);
  return variable;
}

ResultGroup study_group(const SweepHeader& header) {
  ResultGroup group{"/study", "what was run", GroupShape::texts, {}, {}};
  group.variables.push_back(text_variable("name", "name of the study", header.name));
  group.variables.push_back(text_variable("source", "study file as given", header.source));
  group.variables.push_back(text_variable(
      "scenario", "every parameter of the scenario that the points begin with", header.scenario));
  group.variables.push_back(text_variable("plan", "design, replications and measures", header.plan));
  return group;
}

ResultGroup design_group(const SweepHeader& header, const SweepRuns& runs, std::uint64_t first,
                         std::uint64_t end) {
  ResultGroup group{"/design", "every point: what its parameters are set to", GroupShape::table, {}, {}};
  group.dimensions.push_back({"row", "1", "point", counted(first, end)});
  for (std::size_t c = 0; c < header.columns.size(); ++c)
    group.variables.push_back(
        streamed(header.columns[c], {"row"},
                 {end - first, [&runs, c, first](std::uint64_t from, std::span<double> values) {
                    runs.read_design(c, first + from, values);
                  }}));
  return group;
}

ResultGroup failures_group(const std::vector<SweepFailure>& failures, std::uint64_t replications) {
  ResultGroup group{
      "/failures", "replications that failed, and why; their measures are NaN", GroupShape::table, {}, {}};
  Integers points;
  Integers firsts;
  Integers counts;
  Texts messages;
  for (const SweepFailure& failure : failures) {
    points.push_back(static_cast<std::int64_t>(failure.first / replications));
    firsts.push_back(static_cast<std::int64_t>(failure.first % replications));
    counts.push_back(static_cast<std::int64_t>(failure.count));
    messages.push_back(failure.message);
  }
  group.dimensions.push_back({"row", "1", "row", counted(0, failures.size())});
  auto& v = group.variables;
  v.push_back(column("point", "1", "point", "number of the point", std::move(points)));
  v.push_back(column("replication", "1", "replication", "the first that failed so", std::move(firsts)));
  v.push_back(
      column("count", "1", "count", "replications from this one on that failed so", std::move(counts)));
  v.push_back(column("message", "", "message", "what is wrong with the point, or how the run failed",
                     std::move(messages)));
  return group;
}

/// Fills in statistics of points from their replications; `values` is [points, statistics] from any place on.
void read_summary(const SweepHeader& header, const SweepRuns& runs, std::size_t measure, std::uint64_t first,
                  std::span<double> values) {
  const std::uint64_t width = statistics().size();
  while (!values.empty()) {
    const Summary summary = point_summary(header, runs, measure, first / width);
    const std::uint64_t begin = first % width;
    const auto count = std::min<std::uint64_t>(values.size(), width - begin);
    for (std::uint64_t i = 0; i < count; ++i) values[i] = statistics()[begin + i].of(summary);
    values = values.subspan(count);
    first += count;
  }
}

}  // namespace

SweepHeader header_of(const SweepPlan& plan, const std::string& source) {
  SweepHeader header;
  header.name = plan.study().spec.name;
  header.source = source;
  header.scenario = peer_support::resolved_text(plan.study().base);
  const std::string& all = plan.identity().scenario;
  header.plan = all.substr(all.rfind("\nsweep:\n") + 1);
  header.identity = plan.identity().digest();
  header.points = plan.points();
  header.replications = plan.replications();
  for (const DesignColumn& column : plan.columns()) {
    ResultVariable& variable = header.columns.emplace_back();
    variable.name = column.path;
    std::ranges::replace(variable.name, '/', '|');
    variable.unit = column.unit;
    variable.long_name = column.path;
    const auto* entry = peer_support::find_in_catalogue(column.path);
    if (entry != nullptr) variable.description = entry->meaning;
    if (column.levels.empty()) continue;
    yaml::JsonWriter json;
    json.begin_array();
    for (const std::string& level : column.levels) json.value(level);
    json.end_array();
    variable.unit = "1";
    variable.attributes.emplace_back("levels", json.take());
  }
  for (const peer_support::Measure measure : plan.study().measures) {
    const auto& info = peer_support::info_of(measure);
    ResultVariable& variable = header.measures.emplace_back();
    variable.name = info.name;
    variable.unit = info.unit;
    variable.long_name = info.long_name;
    variable.description = info.description;
  }
  return header;
}

Summary point_summary(const SweepHeader& header, const SweepRuns& runs, std::size_t measure,
                      std::uint64_t point) {
  Numbers replications(header.replications);
  runs.read_measure(measure, point * header.replications, replications);
  return summarize(replications);
}

std::vector<ResultGroup> sweep_groups(const SweepHeader& header, const SweepRuns& runs,
                                      const std::vector<SweepFailure>& failures) {
  ResultGroup replications{
      "/replications", "what each replication of each point gave", GroupShape::arrays, {}, {}};
  replications.dimensions.push_back({"point", "1", "point", counted(0, header.points)});
  replications.dimensions.push_back({"replication", "1", "replication", counted(0, header.replications)});
  ResultGroup summary{"/summary",
                      "measures of each point over its replications; intervals are 95 %, Student's t",
                      GroupShape::arrays,
                      {},
                      {}};
  Texts names;
  for (const Statistic& statistic : statistics()) names.emplace_back(statistic.name);
  summary.dimensions.push_back({"point", "1", "point", counted(0, header.points)});
  summary.dimensions.push_back({"statistic", "", "statistic", std::move(names)});
  for (std::size_t m = 0; m < header.measures.size(); ++m) {
    replications.variables.push_back(streamed(
        header.measures[m], {"point", "replication"},
        {header.points * header.replications, [&runs, m](std::uint64_t first, std::span<double> values) {
           runs.read_measure(m, first, values);
         }}));
    summary.variables.push_back(streamed(header.measures[m], {"point", "statistic"},
                                         {header.points * statistics().size(),
                                          [&header, &runs, m](std::uint64_t first, std::span<double> values) {
                                            read_summary(header, runs, m, first, values);
                                          }}));
  }
  std::vector<ResultGroup> groups;
  groups.push_back(study_group(header));
  groups.push_back(design_group(header, runs, 0, header.points));
  groups.push_back(std::move(replications));
  groups.push_back(std::move(summary));
  groups.push_back(failures_group(failures, header.replications));
  return groups;
}

std::vector<ResultGroup> shard_groups(const SweepHeader& header, Shard shard, const SweepRuns& runs,
                                      const std::vector<SweepFailure>& failures) {
  const RunRange range = runs.range();
  ResultGroup of_shard{"/shard", "which part of the sweep this is", GroupShape::table, {}, {}};
  of_shard.dimensions.push_back({"row", "1", "row", Integers{0}});
  const auto add = [&](std::string name, std::string meaning, std::uint64_t number) {
    of_shard.variables.push_back(
        column(std::move(name), "1", "", std::move(meaning), Integers{static_cast<std::int64_t>(number)}));
  };
  add("number", "number of the shard, from 1", static_cast<std::uint64_t>(shard.number));
  add("of", "how many there are", static_cast<std::uint64_t>(shard.of));
  add("first_run", "its first run: point times replications plus replication", range.first);
  add("runs", "how many it has", range.count());
  add("points", "points of the whole sweep", header.points);
  add("replications", "replications of each point", header.replications);
  of_shard.variables.push_back(
      column("identity", "", "", "the same in all shards of a sweep", Texts{header.identity}));

  ResultGroup of_runs{"/runs", "what each run gave", GroupShape::arrays, {}, {}};
  of_runs.dimensions.push_back({"run", "1", "run", counted(range.first, range.end)});
  for (std::size_t m = 0; m < header.measures.size(); ++m)
    of_runs.variables.push_back(streamed(
        header.measures[m], {"run"},
        {range.count(), [&runs, m, first = range.first](std::uint64_t from, std::span<double> values) {
           runs.read_measure(m, first + from, values);
         }}));
  std::vector<ResultGroup> groups;
  groups.push_back(study_group(header));
  groups.push_back(std::move(of_shard));
  groups.push_back(design_group(header, runs, range.first / header.replications,
                                (range.end - 1) / header.replications + 1));
  groups.push_back(std::move(of_runs));
  groups.push_back(failures_group(failures, header.replications));
  return groups;
}

}  // namespace peercap::app
