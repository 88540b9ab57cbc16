#include "models/peer_support/scenario_yaml/load.h"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "models/peer_support/scenario/check.h"
#include "models/peer_support/scenario_yaml/layer_reader.h"
#include "models/peer_support/scenario_yaml/leaf_visitor.h"
#include "models/peer_support/scenario_yaml/resolved_text.h"
#include "models/peer_support/scenario_yaml/roster_files.h"
#include "models/peer_support/scenario_yaml/scenario_files.h"
#include "models/peer_support/scenario_yaml/schedule.h"
#include "models/peer_support/scenario_yaml/set_value.h"
#include "sim/io/yaml/similar.h"

namespace peercap::peer_support {
namespace {

/// A scenario while layers are laid over it.
struct Layered {
  Scenario scenario;
  LayerRecord record;
};

enum class LayerKind { file, patch };

void apply(const yaml::Node& mapping, LayerKind kind, const std::string& file, Layered& target,
           Diagnostics& diagnostics) {
  LayerContext context{.file = file, .diagnostics = diagnostics, .record = target.record};
  LayerReader reader{mapping, {}, context};
  if (kind == LayerKind::file)
    for (const std::string_view key : {"format", "extends", "scenarios"}) reader.allow(key);
  describe(reader, target.scenario);
  reader.finish();
}

/// The value's place, else that of the nearest mapping around it.
SourceLocation find_place(const LayerRecord& record, std::string path) {
  while (true) {
    if (const auto found = record.places.find(path); found != record.places.end()) return found->second;
    if (path.empty()) return {};
    path = parent_path(path);
  }
}

/// Whether something in the same part of the scenario could not be read, so that a check of it would only
/// repeat that.
bool follows_from_failure(const LayerRecord& record, const std::string& path) {
  const auto part = [](const std::string& text) { return text.substr(0, text.find_first_of(".[")); };
  if (part(path) == "schedule") {
    // A change fails with its own values, or with what it would set.
    const auto item_end = path.find(']');
    const std::string item = path.substr(0, item_end == std::string::npos ? item_end : item_end + 1);
    const std::string_view mark = ".set.";
    const auto set = path.find(mark);
    const std::string target = set == std::string::npos ? "" : part(path.substr(set + mark.size()));
    return std::ranges::any_of(record.failed, [&](const std::string& failed) {
      return failed == "schedule" || failed.starts_with(item) || part(failed) == target;
    });
  }
  return std::ranges::any_of(record.failed,
                             [&](const std::string& failed) { return part(failed) == part(path); });
}

enum class Completeness { whole, with_errors };

/// Reads the roster of the scenario, if it has one.
void read_roster(Layered& layered, RosterFiles& rosters, Diagnostics& diagnostics) {
  const std::string path = "organization.roster";
  if (layered.scenario.organization.roster.empty()) return;
  const auto origin = layered.record.origins.find(path);
  if (origin == layered.record.origins.end() ||
      !rosters.attach(layered.scenario, origin->second, diagnostics))
    layered.record.failed.insert(path);
}

/// The problems of the scenario itself, of its schedule, and of the phases that this makes.
std::vector<ScenarioProblem> find_problems(Scenario& scenario, Completeness completeness,
                                           DemandMemory& demand) {
  std::vector<ScenarioProblem> problems = check(scenario, &demand);
  for (ScenarioProblem& problem : build_phases(scenario)) problems.push_back(std::move(problem));
  if (completeness == Completeness::with_errors ||
      std::ranges::any_of(problems, [](const auto& p) { return p.severity == Severity::error; }))
    return problems;
  for (ScenarioProblem& problem : check_phases(scenario, &demand)) problems.push_back(std::move(problem));
  return problems;
}

/// Checks the scenario as a whole and makes its phases; problems that `already` holds are left out and all
/// are added to it.
void check_whole(Layered& layered, Completeness completeness, DemandMemory& demand,
                 std::set<std::string>& already, Diagnostics& diagnostics) {
  for (ScenarioProblem& problem : find_problems(layered.scenario, completeness, demand)) {
    if (completeness == Completeness::with_errors &&
        (problem.severity != Severity::error || follows_from_failure(layered.record, problem.path)))
      continue;
    if (!already.insert(problem.path + '\n' + problem.what).second) continue;
    diagnostics.add({problem.severity, find_place(layered.record, problem.path), std::move(problem.what),
                     std::move(problem.suggestion)});
  }
}

/// The named patches of a file; what is not a mapping is reported and left out.
std::vector<const yaml::Entry*> find_patches(const ScenarioFile& file, Diagnostics& diagnostics) {
  std::vector<const yaml::Entry*> patches;
  const yaml::Entry* scenarios = file.root.find("scenarios");
  if (scenarios == nullptr || scenarios->value.kind == yaml::NodeKind::refused) return patches;
  const auto where = [&](yaml::Place place) { return SourceLocation{file.path, place.line, place.column}; };
  if (scenarios->value.kind != yaml::NodeKind::mapping) {
    diagnostics.error(where(scenarios->value.place),
                      fmt::format("`scenarios` must be a mapping of names to settings, not {}",
                                  describe_kind(scenarios->value.kind)),
                      "indent `NAME:` below it, and the settings below that");
    return patches;
  }
  for (const yaml::Entry& entry : scenarios->value.entries) {
    if (entry.key.starts_with("x-")) continue;
    if (const std::string problem = find_name_problem(entry.key); !problem.empty())
      diagnostics.error(where(entry.key_place), fmt::format("the name `{}` {}", entry.key, problem));
    else if (entry.value.kind == yaml::NodeKind::mapping)
      patches.push_back(&entry);
    else if (entry.value.kind != yaml::NodeKind::refused)
      diagnostics.error(where(entry.value.place),
                        fmt::format("`{}` must be a mapping of settings, not {}", entry.key,
                                    describe_kind(entry.value.kind)),
                        "indent its settings below it");
  }
  return patches;
}

const yaml::Entry* find_chosen(const std::vector<const yaml::Entry*>& patches, const std::string& name,
                               const std::string& file, Diagnostics& diagnostics) {
  std::vector<std::string> names;
  for (const yaml::Entry* patch : patches) {
    if (patch->key == name) return patch;
    names.push_back(patch->key);
  }
  std::string suggestion = "the file has no `scenarios:`";
  if (const auto similar = yaml::find_similar(name, names))
    suggestion = fmt::format("did you mean `{}`?", *similar);
  else if (!names.empty())
    suggestion = fmt::format("known are {}", fmt::join(names, ", "));
  diagnostics.error({file, 0, 0}, fmt::format("there is no scenario `{}` in the file", name),
                    std::move(suggestion));
  return nullptr;
}

void apply_override(const std::string& text, Layered& target, Diagnostics& diagnostics) {
  const SourceLocation where{fmt::format("--set {}", text), 0, 0};
  const auto equals = text.find('=');
  if (equals == std::string::npos) {
    diagnostics.error(where, "a value is missing",
                      "write `--set path=value`, such as `--set supporters.count=80`");
    return;
  }
  const auto changed = set_value(target.scenario, yaml::trim(std::string_view{text}.substr(0, equals)),
                                 yaml::trim(std::string_view{text}.substr(equals + 1)), diagnostics, where);
  for (const std::string& path : changed) {
    target.record.places[path] = where;
    target.record.origins[path] = {.kind = Origin::Kind::command_line,
                                   .where = where,
                                   .grade = {},
                                   .evidence = {},
                                   .cited = {},
                                   .note = {}};
  }
}

/// Every patch that was not chosen: laid over a copy, so that a mistake shows before somebody chooses it.
void check_other_patches(const std::vector<const yaml::Entry*>& patches, const yaml::Entry* chosen,
                         const std::string& file, const Layered& base, Completeness completeness,
                         RosterFiles& rosters, DemandMemory& demand, std::set<std::string>& already,
                         Diagnostics& diagnostics) {
  for (const yaml::Entry* patch : patches) {
    if (patch == chosen) continue;
    Layered copy = base;
    const std::size_t errors = diagnostics.error_count();
    apply(patch->value, LayerKind::patch, file, copy, diagnostics);
    read_roster(copy, rosters, diagnostics);
    const bool failed =
        diagnostics.error_count() > errors || copy.record.failed.contains("organization.roster");
    check_whole(copy, failed ? Completeness::with_errors : completeness, demand, already, diagnostics);
  }
}

Origins complete_origins(Scenario scenario, const Origins& known) {
  Origins origins;
  visit_leaves(scenario, [&]<class T>(const std::string& path, T&, const ParameterInfo& info) {
    Origin& origin = origins[path];
    if (const auto found = known.find(path); found != known.end()) {
      origin = found->second;
    } else {
      origin.grade = info.grade;
      origin.evidence = info.evidence;
    }
  });
  return origins;
}

}  // namespace

std::optional<LoadedScenario> load(const std::string& path, const LoadOptions& options,
                                   Diagnostics& diagnostics) {
  const std::size_t errors = diagnostics.error_count();
  const auto has_new_errors = [&] { return diagnostics.error_count() > errors; };
  const auto files = read_scenario_files(path, diagnostics);
  if (!files) return std::nullopt;

  Layered layered;
  std::set<std::string> reported;
  std::vector<const yaml::Entry*> patches;
  for (const ScenarioFile& file : *files) {
    apply(file.root, LayerKind::file, file.path, layered, diagnostics);
    patches = find_patches(file, diagnostics);
    // A base may be incomplete; only the patches' own text is checked there.
    if (&file != &files->back())
      for (const yaml::Entry* patch : patches) {
        Layered copy = layered;
        apply(patch->value, LayerKind::patch, file.path, copy, diagnostics);
      }
  }

  const ScenarioFile& file = files->back();
  const Layered without_patch = layered;
  const yaml::Entry* chosen = nullptr;
  if (options.variant) chosen = find_chosen(patches, *options.variant, file.path, diagnostics);
  if (chosen != nullptr) apply(chosen->value, LayerKind::patch, file.path, layered, diagnostics);
  for (const std::string& text : options.overrides) apply_override(text, layered, diagnostics);

  RosterFiles rosters;
  read_roster(layered, rosters, diagnostics);

  const auto completeness = has_new_errors() ? Completeness::with_errors : Completeness::whole;
  DemandMemory demand;  // patches share most of their phases' demand
  check_whole(layered, completeness, demand, reported, diagnostics);
  check_other_patches(patches, chosen, file.path, without_patch, completeness, rosters, demand, reported,
                      diagnostics);
  if (has_new_errors()) return std::nullopt;

  LoadedScenario loaded;
  loaded.source_text = file.text;
  for (const ScenarioFile& read : *files) loaded.files.push_back(read.path);
  loaded.origins = complete_origins(layered.scenario, layered.record.origins);
  loaded.resolved_text = resolved_text(layered.scenario);
  loaded.scenario = std::move(layered.scenario);
  return loaded;
}

}  // namespace peercap::peer_support
