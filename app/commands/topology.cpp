#include "app/commands/topology.h"

#include <algorithm>
#include <ostream>
#include <string_view>

#include <fmt/format.h>

#include "app/memory_budget.h"
#include "models/peer_support/memory_need.h"
#include "models/peer_support/model.h"
#include "sim/io/yaml/json_writer.h"

namespace peercap::app {
namespace {

using peer_support::Division;

std::string delay_text(SimDuration delay) {
  if (delay > weeks(5000)) return "none";
  if (delay >= hours(1)) return fmt::format("{:g} h", delay.in_hours());
  return fmt::format("{:g} min", delay.in_hours() * 60.0);
}

double crossing_share(const Partitioning& p) {
  return p.channels == 0 ? 0.0 : static_cast<double>(p.crossing_channels) / static_cast<double>(p.channels);
}

std::string counted(std::size_t count, std::string_view what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

void print_text(const std::string& name, const Division& division, double memory, std::ostream& out) {
  const Partitioning& p = division.partitioning;
  out << fmt::format("{}: {}, {}, {}\n{}, the least delay {}\n", name, counted(division.units, "unit"),
                     counted(division.desks, "desk"), counted(division.destinations, "referral destination"),
                     counted(p.channels, "channel"), delay_text(division.least_delay));
  out << fmt::format("about {} of memory for one replication\n\n", size_text(memory));
  out << fmt::format("{}, lookahead {}; {:.1f} % of the channels lead from one to another\n",
                     counted(p.size(), "partition"), delay_text(p.lookahead), 100.0 * crossing_share(p));
  for (std::size_t i = 0; i < p.size(); ++i)
    out << fmt::format("  {:>5}  {:>7} processes  load {:>9.0f}\n", i, p.processes[i].size(), p.loads[i]);
}

void print_json(const std::string& name, const Division& division, double memory, std::ostream& out) {
  const Partitioning& p = division.partitioning;
  yaml::JsonWriter json;
  json.begin_object();
  json.key("scenario").value(name);
  json.key("units").value(static_cast<std::int64_t>(division.units));
  json.key("desks").value(static_cast<std::int64_t>(division.desks));
  json.key("destinations").value(static_cast<std::int64_t>(division.destinations));
  json.key("channels").value(static_cast<std::int64_t>(p.channels));
  json.key("memory_bytes").value(memory);
  json.key("crossing_share").value(crossing_share(p));
  json.key("lookahead_hours").value(p.lookahead.in_hours());
  json.key("partitions").begin_array();
  for (std::size_t i = 0; i < p.size(); ++i) {
    json.begin_object();
    json.key("processes").value(static_cast<std::int64_t>(p.processes[i].size()));
    json.key("load").value(p.loads[i]);
    json.end_object();
  }
  json.end_array().end_object();
  out << json.take();
}

}  // namespace

ExitCode describe_topology(const TopologyOptions& options, std::ostream& out, std::ostream& err) {
  Diagnostics diagnostics;
  const auto loaded = peer_support::load(options.scenario, options.load, diagnostics);
  yaml::SourceLines sources;
  err << yaml::render(diagnostics, sources, options.color);
  if (!loaded) return ExitCode::invalid_input;
  const peer_support::Rules rules{loaded->scenario};
  const Division division = peer_support::divide_replication(rules, 0, options.partitions, options.threads);
  const double memory =
      peer_support::estimate_memory(rules, {.windows = true, .threads_each = options.threads}).replication();
  options.form == OutputForm::json ? print_json(loaded->scenario.name, division, memory, out)
                                   : print_text(loaded->scenario.name, division, memory, out);
  return ExitCode::done;
}

}  // namespace peercap::app
