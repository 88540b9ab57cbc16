#include "app/scenario_content.h"

#include <map>
#include <string>

#include "models/peer_support/scenario_yaml/json_schema.h"
#include "models/peer_support/scenario_yaml/set_value.h"

namespace peercap::app {
namespace {

using Texts = std::vector<std::string>;
using Integers = std::vector<std::int64_t>;

ResultVariable text_variable(std::string name, std::string long_name, std::string text) {
  return {std::move(name), "", std::move(long_name), "", {}, Texts{std::move(text)}};
}

}  // namespace

std::vector<ResultGroup> scenario_groups(const peer_support::LoadedScenario& loaded) {
  ResultGroup scenario{"/scenario", "what was run", GroupShape::texts, {}, {}};
  scenario.variables.push_back(text_variable("source", "scenario file as given", loaded.source_text));
  scenario.variables.push_back(text_variable(
      "resolved", "every parameter; a scenario file that gives the same results", loaded.resolved_text));
  scenario.variables.push_back(text_variable("schema", "JSON Schema of scenario files of this version",
                                             peer_support::scenario_json_schema()));
  if (const auto& roster = loaded.scenario.roster_data) {
    scenario.variables.push_back(
        text_variable("roster_bytes", "size of the roster file in bytes", std::to_string(roster->bytes)));
    scenario.variables.push_back(
        text_variable("roster_sha256", "SHA-256 of the roster file", roster->sha256));
  }

  ResultGroup parameters{"/parameters",
                         "every parameter, where its value came from, and what its default rests on",
                         GroupShape::table,
                         {},
                         {}};
  Integers rows;
  Texts paths;
  Texts values;
  Texts origins;
  Texts grades;
  Texts evidence;
  const std::map<std::string, std::string> value_by_path = peer_support::all_values(loaded.scenario);
  for (const auto& [path, origin] : loaded.origins) {
    rows.push_back(static_cast<std::int64_t>(rows.size()));
    paths.push_back(path);
    const auto value = value_by_path.find(path);
    values.push_back(value == value_by_path.end() ? "" : value->second);
    origins.push_back(to_string(origin));
    grades.emplace_back(to_string(origin.grade));
    evidence.push_back(origin.evidence);
  }
  parameters.dimensions.push_back({"row", "1", "row", std::move(rows)});
  auto& v = parameters.variables;
  v.push_back(column("path", "", "parameter", "path of the parameter", std::move(paths)));
  v.push_back(column("value", "", "value", "value with its unit", std::move(values)));
  v.push_back(column("origin", "", "origin", "file and line, default, or command line", std::move(origins)));
  v.push_back(column("grade", "", "grade of the default", "measured, fitted, assumed, or setting",
                     std::move(grades)));
  v.push_back(column("evidence", "", "evidence of the default",
                     "key of the published figure; empty where there is none", std::move(evidence)));
  return {std::move(scenario), std::move(parameters)};
}

}  // namespace peercap::app
