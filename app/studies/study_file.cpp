#include "app/studies/study_file.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include <fmt/format.h>

#include "app/studies/posterior_file.h"
#include "app/studies/scenario_changes.h"
#include "app/studies/study_checks.h"
#include "app/studies/study_doubts.h"
#include "app/studies/study_sections.h"
#include "models/peer_support/scenario_yaml/assumptions.h"
#include "models/peer_support/scenario_yaml/layer_reader.h"
#include "models/peer_support/scenario_yaml/load.h"
#include "sim/io/yaml/document.h"
#include "sim/io/yaml/file_text.h"

namespace peercap::app {
namespace {

using peer_support::LayerContext;
using peer_support::LayerReader;
using peer_support::LayerRecord;
using peer_support::ParameterSettings;

enum class FileKind { study, scenario };

/// What the file is by its first key; nothing where it is neither, which is reported.
std::optional<FileKind> find_kind(const yaml::Node& root, const std::string& path, Diagnostics& diagnostics) {
  const std::string first_line = fmt::format("begin the file with `format: {}`", study_format);
  const yaml::Entry* format = root.find("format");
  if (format == nullptr || format->value.kind != yaml::NodeKind::scalar) {
    const yaml::Place place = format == nullptr ? root.place : format->value.place;
    diagnostics.error({path, place.line, place.column},
                      "the key `format` is missing: nothing says whether the file is a study or a scenario",
                      first_line);
    return std::nullopt;
  }
  const SourceLocation where{path, format->value.place.line, format->value.place.column};
  const std::string& written = format->value.text;
  if (written.starts_with("peercap-scenario/")) return FileKind::scenario;
  if (written != study_format) {
    diagnostics.error(where,
                      written.starts_with("peercap-study/")
                          ? fmt::format("the file is written in the format `{}`; this program reads `{}`",
                                        written, study_format)
                          : fmt::format("`{}` is not the format of a study", written),
                      first_line);
    return std::nullopt;
  }
  if (&root.entries.front() != format) {
    diagnostics.error({path, format->key_place.line, format->key_place.column},
                      "`format` must be the first key, so that a reader knows what follows",
                      "move it to the top of the file");
    return std::nullopt;
  }
  return FileKind::study;
}

class StudyLoader {
 public:
  StudyLoader(const std::string& path, const StudyLoadOptions& options, Diagnostics& diagnostics)
      : options_{options}, diagnostics_{diagnostics} {
    study_.file = path;
    context_.file = path;
  }

  std::optional<Study> load() {
    const std::size_t errors = diagnostics_.error_count();
    const auto root = read_root();
    if (!root) return std::nullopt;
    if (kind_ == FileKind::scenario)
      study_.scenario_file = study_.file;
    else
      read_layers(*root);
    load_base();
    if (kind_ == FileKind::study) {
      SectionReader sections{*root, context_, is_based_ ? &study_.base : nullptr};
      sections.read(study_);
      read_design_file();
    }
    take_options();
    if (diagnostics_.error_count() == errors && is_based_) {
      load_variants();
      load_policies();
      check_study(study_, record_, memory_, diagnostics_);
    }
    if (diagnostics_.error_count() > errors) return std::nullopt;
    tell_doubts(study_, options_.overrides, record_, doubts_in_file_, memory_, diagnostics_);
    if (kind_ == FileKind::scenario) study_.spec.name = study_.base.name;
    return std::move(study_);
  }

 private:
  std::optional<yaml::Node> read_root() {
    const auto text = yaml::read_file_text(study_.file, diagnostics_);
    if (!text) return std::nullopt;
    Diagnostics of_text;
    auto root = yaml::parse_document(*text, study_.file, of_text);
    std::optional<FileKind> kind;
    if (root) kind = find_kind(*root, study_.file, of_text);
    // The problems of a scenario's text are reported when it is loaded.
    if (kind != FileKind::scenario)
      for (Problem& problem : of_text.sorted()) diagnostics_.add(std::move(problem));
    if (!kind) return std::nullopt;
    kind_ = *kind;
    return root;
  }

  void read_layers(const yaml::Node& root) {
    LayerReader reader{root, {}, context_};
    reader.allow("format");
    for (const std::string& key : SectionReader::keys()) reader.allow(key);
    describe(reader, study_.spec);
    reader.finish();
    if (study_.spec.scenario.empty()) {
      if (!record_.failed.contains("scenario"))
        diagnostics_.error({study_.file, root.place.line, root.place.column},
                           "the study names no scenario: there is nothing to run",
                           "write `scenario: FILE.yaml`, relative to the study file");
      return;
    }
    study_.scenario_file = relative_to_study(study_.spec.scenario);
  }

  void read_design_file() {
    const DesignSpec& design = study_.spec.design;
    if (design.kind != DesignKind::posterior) return;
    if (!study_.points.empty())
      diagnostics_.error(place_of("points"), "`points` belong to a design `list`",
                         "take them out, or write `kind: list`");
    if (design.file.empty()) {
      diagnostics_.error(place_of("design.kind"), "the design does not name the file of its posterior",
                         "write `file: NAME.posterior.json` beside it");
      return;
    }
    const auto posterior =
        read_posterior(relative_to_study(design.file), diagnostics_, place_of("design.file"));
    if (!posterior) return;
    study_.points = even_draws(
        *posterior, design.points > 0 ? static_cast<std::size_t>(design.points) : posterior->draws.size());
  }

  [[nodiscard]] std::string relative_to_study(const std::string& name) const {
    const std::filesystem::path named{name};
    return named.is_absolute() ? named.string()
                               : (std::filesystem::path{study_.file}.parent_path() / named).string();
  }

  [[nodiscard]] SourceLocation place_of(const std::string& path) const {
    const auto found = record_.places.find(path);
    return found == record_.places.end() ? SourceLocation{study_.file, 0, 0} : found->second;
  }

  /// The scenario file with one of its variants. What is wrong with a file that the study names is reported
  /// there.
  std::optional<peer_support::Scenario> load_scenario(const std::string& variant, const std::string& blame) {
    const auto known = loaded_.find(variant);
    if (known != loaded_.end()) return known->second;
    std::error_code error;
    if (kind_ == FileKind::study && !std::filesystem::exists(study_.scenario_file, error)) {
      diagnostics_.error(place_of("scenario"), fmt::format("there is no file `{}`", study_.scenario_file),
                         "the path is relative to the study file");
      return std::nullopt;
    }
    peer_support::LoadOptions load_options;
    if (!variant.empty()) load_options.variant = variant;
    Diagnostics of_scenario;
    auto loaded = peer_support::load(study_.scenario_file, load_options, of_scenario);
    for (Problem& problem : of_scenario.sorted()) {
      // What belongs to no line of the scenario (an unknown variant) belongs to the line that asks for it.
      if (problem.where.line == 0 && kind_ == FileKind::study && !blame.empty())
        problem.where = place_of(blame);
      // What is doubtful is told of the scenario as the study has it, when that is known.
      if (problem.severity == Severity::error)
        diagnostics_.add(std::move(problem));
      else
        doubts_in_file_.emplace(problem.what, problem.where);
    }
    if (!loaded) return std::nullopt;
    study_.assumed_values = std::max(study_.assumed_values, peer_support::assumptions_of(*loaded).size());
    return loaded_.emplace(variant, std::move(loaded->scenario)).first->second;
  }

  void load_base() {
    if (study_.scenario_file.empty()) return;
    const std::string variant = options_.variant.value_or(study_.spec.variant);
    auto base = load_scenario(variant, options_.variant ? "" : "variant");
    if (!base) return;
    study_.base = std::move(*base);
    is_based_ = apply(study_.base, study_.spec.set, "set.") && apply_overrides(study_.base);
  }

  bool apply(peer_support::Scenario& scenario, const ParameterSettings& settings, const std::string& prefix) {
    if (settings.empty()) return true;
    return change_scenario(
        scenario, settings, &memory_, [&](const std::string& path) { return place_of(prefix + path); },
        diagnostics_);
  }

  bool apply_overrides(peer_support::Scenario& scenario) {
    ParameterSettings settings;
    bool is_sound = true;
    for (const std::string& text : options_.overrides) {
      const auto equals = text.find('=');
      if (equals == std::string::npos) {
        diagnostics_.error({"--set " + text, 0, 0}, "a value is missing",
                           "write `--set path=value`, such as `--set supporters.count=80`");
        is_sound = false;
        continue;
      }
      settings.emplace_back(yaml::trim(std::string_view{text}.substr(0, equals)),
                            yaml::trim(std::string_view{text}.substr(equals + 1)));
    }
    if (!is_sound) return false;
    if (settings.empty()) return true;
    return change_scenario(
        scenario, settings, &memory_,
        [](const std::string& path) {
          return SourceLocation{"--set " + path, 0, 0};
        },
        diagnostics_);
  }

  void take_options() {
    if (options_.replications) study_.spec.replications = *options_.replications;
    if (options_.seed) study_.spec.seed = *options_.seed;
    if (!options_.targets.empty()) study_.targets.clear();
    for (const std::string& text : options_.targets) {
      StudyTarget target;
      if (const auto problem = parse_target(text, target)) {
        diagnostics_.error(
            {"--target " + text, 0, 0}, fmt::format("the target {}", problem->what),
            problem->corrected.empty() ? problem->hint : fmt::format("write `{}`", problem->corrected));
        continue;
      }
      target.target.measure = add_measure(study_, target.measure);
      study_.targets.push_back(std::move(target));
    }
    if (!options_.search.empty()) study_.search.clear();
    for (const std::string& text : options_.search) take_search(text);
    if (is_based_) study_.base.run.seed = study_.spec.seed != 0 ? study_.spec.seed : study_.base.run.seed;
  }

  void take_search(const std::string& text) {
    const SourceLocation where{"--search " + text, 0, 0};
    const auto equals = text.find('=');
    std::int64_t low = 0;
    std::int64_t high = 0;
    if (equals == std::string::npos ||
        !parse_whole_range(yaml::trim(std::string_view{text}.substr(equals + 1)), low, high) || low >= high) {
      diagnostics_.error(where, "this is no parameter with a range of whole numbers",
                         "write `--search supporters.count=10-80`");
      return;
    }
    if (!is_based_) return;
    const std::string path{yaml::trim(std::string_view{text}.substr(0, equals))};
    const auto info = peer_support::find_factor(study_.base, path);
    if (!info || info->kind != peer_support::FactorKind::whole) {
      diagnostics_.error(where, fmt::format("`{}` is no parameter of whole numbers", path),
                         "`peercap describe parameters` lists them; others are searched by a study file");
      return;
    }
    study_.search.push_back(whole_component(study_.base, path, low, high));
  }

  /// Those that vary; `none` is the scenario file as it is.
  void load_variants() {
    for (const VariedParameter& parameter : study_.vary) {
      if (parameter.path != varied_variant) continue;
      for (const std::string& name : parameter.values) {
        auto scenario = load_scenario(name == "none" ? "" : name, "vary.variant." + name);
        if (!scenario || !apply(*scenario, study_.spec.set, "set.") || !apply_overrides(*scenario)) continue;
        scenario->run.seed = study_.base.run.seed;
        study_.variants.emplace(name, std::move(*scenario));
      }
    }
  }

  void load_policies() {
    for (const PolicySpec& spec : study_.spec.policies) {
      const std::string path = fmt::format("policies[{}]", spec.name);
      const std::string variant =
          spec.variant.empty() ? options_.variant.value_or(study_.spec.variant) : spec.variant;
      auto scenario = load_scenario(variant, path + ".variant");
      if (!scenario) continue;
      if (!apply(*scenario, study_.spec.set, "set.") || !apply_overrides(*scenario) ||
          !apply(*scenario, spec.set, path + ".set."))
        continue;
      scenario->run.seed = study_.base.run.seed;
      study_.policies.push_back({spec.name, spec.description, std::move(*scenario)});
    }
  }

  const StudyLoadOptions& options_;
  Diagnostics& diagnostics_;
  FileKind kind_ = FileKind::study;
  Study study_;
  LayerRecord record_;
  LayerContext context_{.file = study_.file, .diagnostics = diagnostics_, .record = record_};
  peer_support::DemandMemory memory_;
  std::map<std::string, peer_support::Scenario> loaded_;  ///< by variant
  DoubtPlaces doubts_in_file_;
  bool is_based_ = false;
};

}  // namespace

std::optional<Study> load_study(const std::string& path, const StudyLoadOptions& options,
                                Diagnostics& diagnostics) {
  return StudyLoader{path, options, diagnostics}.load();
}

}  // namespace peercap::app
