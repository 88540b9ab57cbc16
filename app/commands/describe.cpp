#include "app/commands/describe.h"

#include <algorithm>
#include <iostream>
#include <memory>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/commands/evidence.h"
#include "app/commands/topology.h"
#include "app/terminal_style.h"
#include "models/peer_support/observation/measures.h"
#include "models/peer_support/scenario_yaml/catalogue.h"
#include "models/peer_support/scenario_yaml/evidence.h"
#include "sim/io/yaml/json_writer.h"
#include "sim/io/yaml/similar.h"

namespace peercap::app {
namespace {

using peer_support::CatalogueEntry;
using peer_support::EvidenceEntry;
using peer_support::MeasureInfo;

/// What a topic names.
struct Selection {
  std::vector<const CatalogueEntry*> parameters;
  std::vector<const EvidenceEntry*> evidence;
  std::vector<const MeasureInfo*> measures;
  std::vector<const MeasureInfo*> series;

  [[nodiscard]] bool empty() const {
    return parameters.empty() && evidence.empty() && measures.empty() && series.empty();
  }
};

Selection select(const std::string& topic) {
  Selection selection;
  for (const CatalogueEntry& entry : peer_support::catalogue())
    if (topic == "parameters" || (topic == "levels" && !entry.levels.empty()))
      selection.parameters.push_back(&entry);
  if (selection.parameters.empty()) selection.parameters = peer_support::entries_called(topic);
  for (const EvidenceEntry& entry : peer_support::built_in_evidence())
    if (topic == "evidence" || entry.key == topic || entry.key.starts_with(topic + "."))
      selection.evidence.push_back(&entry);
  for (const MeasureInfo& info : peer_support::measure_infos())
    if (topic == "measures" || topic == info.name) selection.measures.push_back(&info);
  for (const MeasureInfo& info : peer_support::series_infos())
    if (topic == "series" || topic == info.name) selection.series.push_back(&info);
  return selection;
}

std::string join(const std::vector<std::string>& words) {
  return fmt::format("{}", fmt::join(words, ", "));
}

void print_parameter(const CatalogueEntry& entry, std::ostream& out) {
  out << fmt::format("{}\n  {}\n", entry.path, entry.meaning);
  out << fmt::format("  {}", to_string(entry.type));
  if (!entry.levels.empty()) out << fmt::format(": {}", join(entry.levels));
  if (!entry.range_text.empty()) out << fmt::format(", {}", entry.range_text);
  out << (entry.fixed_because.empty() ? "\n  can be scheduled\n" : "\n");
  if (!entry.default_text.empty())
    out << fmt::format("  default: {} ({})\n", entry.default_text, to_string(entry.grade));
  if (!entry.evidence.empty())
    if (const EvidenceEntry* evidence = peer_support::find_evidence(entry.evidence))
      print_evidence(*evidence, "  ", out);
}

void print_measure(const MeasureInfo& info, std::string_view every, std::ostream& out) {
  out << fmt::format("{}: {}\n  {}\n  {}, one number a {}\n", info.name, info.long_name, info.description,
                     info.unit == "1" ? "no unit" : info.unit, every);
}

void print_overview(std::ostream& out) {
  out << "Groups of parameters (`peercap describe NAME` lists one):\n\n";
  for (const auto& group : peer_support::catalogue_groups())
    out << fmt::format("  {:<38} {}\n", group.path, group.meaning);
  out << fmt::format(
      "\n{} parameters, {} published figures, {} measures. Also: `describe parameters`,\n"
      "`describe levels`, `describe evidence`, `describe measures`, `describe series`, or the path of a\n"
      "parameter such as `supporters.count`.\n",
      peer_support::catalogue().size(), peer_support::built_in_evidence().size(),
      peer_support::measure_count);
}

void write_evidence(yaml::JsonWriter& json, const EvidenceEntry& entry) {
  json.begin_object();
  json.key("key").value(entry.key).key("citation").value(entry.citation).key("locator").value(entry.locator);
  json.key("quantity")
      .value(entry.quantity)
      .key("value")
      .value(entry.value)
      .key("population")
      .value(entry.population);
  json.key("confidence").value(to_string(entry.confidence)).key("note").value(entry.note);
  json.end_object();
}

void write_parameter(yaml::JsonWriter& json, const CatalogueEntry& entry) {
  json.begin_object();
  json.key("path").value(entry.path).key("type").value(to_string(entry.type));
  json.key("meaning").value(entry.meaning).key("unit").value(entry.unit);
  json.key("range").begin_object();
  json.key("low").value(entry.range.low).key("high").value(entry.range.high);
  json.key("low_excluded").boolean(entry.range.low_excluded).key("text").value(entry.range_text).end_object();
  json.key("levels").begin_array();
  for (const auto& level : entry.levels) json.value(level);
  json.end_array();
  json.key("default").value(entry.default_text).key("grade").value(to_string(entry.grade));
  json.key("sweepable").boolean(entry.sweepable == Sweepable::yes);
  json.key("schedulable").boolean(entry.fixed_because.empty());
  json.key("evidence");
  const EvidenceEntry* evidence =
      entry.evidence.empty() ? nullptr : peer_support::find_evidence(entry.evidence);
  if (evidence != nullptr)
    write_evidence(json, *evidence);
  else
    json.null();
  json.end_object();
}

void write_measures(yaml::JsonWriter& json, const std::vector<const MeasureInfo*>& infos) {
  json.begin_array();
  for (const MeasureInfo* info : infos) {
    json.begin_object().key("name").value(info->name).key("unit").value(info->unit);
    json.key("long_name").value(info->long_name).key("description").value(info->description).end_object();
  }
  json.end_array();
}

void print_json(const Selection& selection, std::ostream& out) {
  yaml::JsonWriter json;
  json.begin_object().key("parameters").begin_array();
  for (const CatalogueEntry* entry : selection.parameters) write_parameter(json, *entry);
  json.end_array().key("evidence").begin_array();
  for (const EvidenceEntry* entry : selection.evidence) write_evidence(json, *entry);
  json.end_array().key("measures");
  write_measures(json, selection.measures);
  json.key("series");
  write_measures(json, selection.series);
  json.end_object();
  out << json.take();
}

std::string suggest(const std::string& topic) {
  std::vector<std::string> names{"parameters", "levels", "evidence", "measures", "series"};
  for (const MeasureInfo& info : peer_support::measure_infos()) names.emplace_back(info.name);
  for (const MeasureInfo& info : peer_support::series_infos()) names.emplace_back(info.name);
  for (const auto& group : peer_support::catalogue_groups()) names.push_back(group.path);
  for (const auto& entry : peer_support::catalogue()) {
    names.push_back(entry.path);
    names.push_back(entry.path.substr(entry.path.rfind('.') + 1));
  }
  for (const auto& entry : peer_support::built_in_evidence()) names.push_back(entry.key);
  const auto similar = yaml::find_similar(topic, names);
  return similar ? fmt::format("did you mean `{}`?", *similar) : "`peercap describe` lists the groups";
}

}  // namespace

ExitCode describe(const DescribeOptions& options, std::ostream& out, std::ostream& err) {
  if (options.topic.empty() && options.form == OutputForm::text) {
    print_overview(out);
    return ExitCode::done;
  }
  Selection selection = select(options.topic.empty() ? "parameters" : options.topic);
  if (options.topic.empty()) {
    selection.evidence = select("evidence").evidence;
    selection.measures = select("measures").measures;
    selection.series = select("series").series;
  }
  if (selection.empty()) {
    err << fmt::format("error: nothing is called `{}`\n  suggestion: {}\n", options.topic,
                       suggest(options.topic));
    return ExitCode::usage;
  }
  if (options.form == OutputForm::json) {
    print_json(selection, out);
    return ExitCode::done;
  }
  std::string_view gap;
  for (const CatalogueEntry* entry : selection.parameters) {
    out << gap;
    print_parameter(*entry, out);
    gap = "\n";
  }
  for (const EvidenceEntry* entry : selection.evidence) {
    out << gap;
    print_evidence(*entry, "", out);
    gap = "\n";
  }
  for (const MeasureInfo* info : selection.measures) {
    out << gap;
    print_measure(*info, "replication", out);
    gap = "\n";
  }
  for (const MeasureInfo* info : selection.series) {
    out << gap;
    print_measure(*info, "week", out);
    gap = "\n";
  }
  return ExitCode::done;
}

void add_describe_command(CLI::App& app, ExitCode& exit_code) {
  auto options = std::make_shared<DescribeOptions>();
  auto topology = std::make_shared<TopologyOptions>();
  auto as_json = std::make_shared<bool>(false);
  CLI::App* command =
      app.add_subcommand("describe", "Explain parameters, their levels, defaults and evidence, and measures");
  command->add_option("TOPIC", options->topic,
                      "A group, a parameter, a measure, `parameters`, `levels`, `evidence` or a key of it, "
                      "`measures`, `series`");
  command->add_flag("--json", *as_json, "Print JSON for programs");
  CLI::Option* scenario =
      command->add_option("--topology", topology->scenario,
                          "Instead: the processes of this scenario, and how a run in windows divides them");
  scenario->type_name("SCENARIO");
  command->add_option("--set", topology->load.overrides, "Set a parameter of that scenario")
      ->type_name("PATH=VALUE")
      ->allow_extra_args(false)
      ->needs(scenario);
  command->add_option("--threads", topology->threads, "Threads of that run")
      ->type_name("N")
      ->check(CLI::Range(1, 1024))
      ->needs(scenario);
  command->add_option("--partitions", topology->partitions, "Partitions; without it by load and threads")
      ->type_name("N")
      ->check(CLI::Range(1, 100'000))
      ->needs(scenario);
  command->callback([options, topology, as_json, &exit_code] {
    options->form = topology->form = *as_json ? OutputForm::json : OutputForm::text;
    if (topology->scenario.empty()) {
      exit_code = describe(*options, std::cout, std::cerr);
      return;
    }
    topology->color = choose_color(Stream::error);
    exit_code = describe_topology(*topology, std::cout, std::cerr);
  });
}

}  // namespace peercap::app
