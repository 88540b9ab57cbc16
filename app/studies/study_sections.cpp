#include "app/studies/study_sections.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "app/studies/calibration_section.h"
#include "app/studies/measure_names.h"
#include "app/studies/selection_section.h"
#include "sim/io/yaml/value_text.h"

namespace peercap::app {
namespace {

using peer_support::FactorInfo;
using peer_support::FactorKind;
using peer_support::LayerReader;
using peer_support::Measure;
using yaml::Entry;
using yaml::Node;
using yaml::NodeKind;

bool is_free(const Entry& entry) {
  return entry.key.starts_with("x-");
}

}  // namespace

std::size_t add_measure(Study& study, Measure measure) {
  const auto found = std::ranges::find(study.measures, measure);
  const auto position = static_cast<std::size_t>(found - study.measures.begin());
  if (found == study.measures.end()) study.measures.push_back(measure);
  return position;
}

SearchComponent whole_component(const peer_support::Scenario& base, const std::string& path, std::int64_t low,
                                std::int64_t high) {
  const auto info = peer_support::find_factor(base, path);
  const double today = info && info->number ? *info->number : static_cast<double>(low);
  return {.path = path, .low = low, .high = high, .today = static_cast<std::int64_t>(today)};
}

std::vector<std::string> SectionReader::keys() {
  return {"measures", "targets", "vary", "points", "search", "select", "calibrate"};
}

std::vector<const Node*> SectionReader::read_texts(const Entry& entry) {
  std::vector<const Node*> texts;
  if (entry.value.kind == NodeKind::scalar) return {&entry.value};
  if (entry.value.kind != NodeKind::sequence) {
    factors_.report(
        entry.value, entry.key,
        fmt::format("`{}` must be a list of texts, not {}", entry.key, describe_kind(entry.value.kind)),
        "begin every item with `- ` on a line of its own");
    return texts;
  }
  for (const Node& item : entry.value.items) {
    if (item.kind == NodeKind::scalar)
      texts.push_back(&item);
    else
      factors_.report(
          item, entry.key,
          fmt::format("an item of `{}` must be a text, not {}", entry.key, describe_kind(item.kind)));
  }
  return texts;
}

const Entry* SectionReader::find_mapping(std::string_view key) {
  const Entry* entry = root_.find(key);
  if (entry == nullptr) return nullptr;
  if (entry->value.kind == NodeKind::mapping) return entry;
  factors_.report(
      entry->value, std::string{key},
      fmt::format("`{}` must be a mapping of parameters, not {}", key, describe_kind(entry->value.kind)),
      fmt::format("write `{}:` and below it, indented, `supporters.count: ...`", key));
  return nullptr;
}

void SectionReader::read(Study& study) {
  for (const std::string& key : keys())
    if (const Entry* entry = root_.find(key))
      context_.record.places[key] = {context_.file, entry->key_place.line, entry->key_place.column};
  read_targets(study);  // first, so that what is wanted leads every report
  read_measures(study);
  read_vary(study);
  read_points(study);
  read_search(study);
  if (const Entry* select = root_.find("select")) read_selection(*select, context_, factors_, study);
  if (const Entry* calibrate = root_.find("calibrate"))
    read_calibration(*calibrate, context_, factors_, study);
}

void SectionReader::read_measures(Study& study) {
  const Entry* entry = root_.find("measures");
  if (entry == nullptr) return;
  for (const Node* text : read_texts(*entry)) {
    const auto measure = find_measure(text->text);
    if (!measure)
      factors_.report(*text, "measures", fmt::format("there is no measure `{}`", text->text),
                      suggest_measure(text->text));
    else
      add_measure(study, *measure);
  }
}

void SectionReader::read_targets(Study& study) {
  const Entry* entry = root_.find("targets");
  if (entry == nullptr) return;
  for (const Node* text : read_texts(*entry)) {
    StudyTarget target;
    if (const auto problem = parse_target(text->text, target)) {
      factors_.report(
          *text, "targets", fmt::format("the target `{}` {}", text->text, problem->what),
          problem->corrected.empty() ? problem->hint : fmt::format("write `{}`", problem->corrected));
      continue;
    }
    target.target.measure = add_measure(study, target.measure);
    study.targets.push_back(std::move(target));
  }
}

void SectionReader::read_varied(const Entry& entry, VariedParameter& parameter) {
  const Node& node = entry.value;
  const std::string& path = entry.key;
  if (node.kind == NodeKind::sequence) return factors_.read_values(path, node, parameter.values);
  if (node.kind != NodeKind::mapping) {
    if (!factors_.read_range(path, node, parameter.kind, parameter.low, parameter.high)) return;
    parameter.scale = VaryScale::integer;
    return;
  }
  VarySpec spec;
  LayerReader reader{node, "vary." + path, context_};
  for (const std::string_view key : {"values", "levels", "range"}) reader.allow(key);
  describe(reader, spec);
  reader.finish();
  parameter.points = spec.points;
  parameter.scale = spec.scale;
  const Entry* values = node.find("values");
  const Entry* levels = node.find("levels");
  const Entry* range = node.find("range");
  const int given = (values != nullptr) + (levels != nullptr) + (range != nullptr);
  if (given != 1) {
    factors_.report(node, path,
                    fmt::format("`{}` needs one of `values`, `levels` and `range`, and has {}", path,
                                given == 0 ? "none" : "several"),
                    "write `{values: [..., ...]}` or `{range: [low, high], points: 5}`");
    return;
  }
  if (range == nullptr) {
    const Entry& list = values != nullptr ? *values : *levels;
    if (levels != nullptr && levels->value.kind == NodeKind::scalar && levels->value.text == "all" &&
        factors_.base() != nullptr) {
      parameter.values = peer_support::find_factor(*factors_.base(), path)->levels;
      if (parameter.values.empty())
        factors_.report(levels->value, path, fmt::format("`{}` has no levels", path),
                        "write `values: [..., ...]`");
      return;
    }
    return factors_.read_values(path, list.value, parameter.values);
  }
  if (!factors_.read_range(path, range->value, parameter.kind, parameter.low, parameter.high)) return;
  if (parameter.scale == VaryScale::integer && parameter.kind != FactorKind::whole)
    factors_.report(range->value, path,
                    fmt::format("`{}` does not count anything: its range has no whole steps", path),
                    "write `scale: linear`");
  if (parameter.scale == VaryScale::log && parameter.low <= 0.0)
    factors_.report(range->value, path,
                    fmt::format("the range of `{}` begins at zero, which has no place on a log scale", path),
                    "begin above zero, or write `scale: linear`");
}

void SectionReader::read_variants(const Entry& entry, Study& study) {
  VariedParameter& parameter = study.vary.emplace_back();
  parameter.path = entry.key;
  parameter.kind = FactorKind::categorical;
  if (entry.value.kind != NodeKind::sequence || entry.value.items.size() < 2) {
    factors_.report(
        entry.value, "vary.variant", "the variants that vary must be a list of at least two",
        "write `variant: [today, no_program]`, names of the scenario file's `scenarios:`, or `none`");
    return;
  }
  for (const Node* text : read_texts(entry)) {
    if (std::ranges::find(parameter.values, text->text) != parameter.values.end())
      factors_.report(*text, "vary.variant", fmt::format("the variant `{}` stands there twice", text->text),
                      "remove one of them");
    else
      parameter.values.push_back(text->text);
    context_.record.places["vary.variant." + text->text] = {context_.file, text->place.line,
                                                            text->place.column};
  }
}

void SectionReader::read_vary(Study& study) {
  const Entry* vary = find_mapping("vary");
  if (vary == nullptr) return;
  for (const Entry& entry : vary->value.entries) {
    if (is_free(entry)) continue;
    if (entry.key == varied_variant) {
      read_variants(entry, study);
      continue;
    }
    const auto info = factors_.find(entry);
    if (!info) continue;
    VariedParameter& parameter = study.vary.emplace_back();
    parameter.path = entry.key;
    parameter.kind = info->kind;
    read_varied(entry, parameter);
  }
}

void SectionReader::read_points(Study& study) {
  const Entry* points = root_.find("points");
  if (points == nullptr) return;
  if (points->value.kind != NodeKind::sequence) {
    factors_.report(points->value, "points",
                    fmt::format("`points` must be a list, not {}", describe_kind(points->value.kind)),
                    "write each point as `- {supporters.count: 40, ...}`");
    return;
  }
  for (const Node& point : points->value.items) {
    if (point.kind != NodeKind::mapping) {
      factors_.report(
          point, "points",
          fmt::format("a point must be a mapping of parameters, not {}", describe_kind(point.kind)),
          "write it as `- {supporters.count: 40, ...}`");
      continue;
    }
    peer_support::ParameterSettings settings;
    for (const Entry& entry : point.entries) {
      if (is_free(entry) || !factors_.find(entry)) continue;
      std::vector<std::string> values;
      Node list{.kind = NodeKind::sequence,
                .quoting = {},
                .place = entry.value.place,
                .text = {},
                .items = {},
                .entries = {}};
      list.items.push_back(entry.value);
      factors_.read_values(entry.key, list, values);
      if (!values.empty()) settings.emplace_back(entry.key, values.front());
    }
    study.points.push_back(std::move(settings));
  }
}

void SectionReader::read_component(const Entry& entry, std::vector<SearchComponent>& search) {
  const std::string& path = entry.key;
  const auto info = factors_.find(entry);
  if (!info) return;
  const Node* range = &entry.value;
  const Entry* step = nullptr;
  SearchSpec spec;
  if (entry.value.kind == NodeKind::mapping) {
    LayerReader reader{entry.value, "search." + path, context_};
    for (const std::string_view key : {"range", "step"}) reader.allow(key);
    describe(reader, spec);
    reader.finish();
    const Entry* found = entry.value.find("range");
    if (found == nullptr) {
      factors_.report(entry.value, path, fmt::format("`{}` has no `range` to search", path),
                      "write `range: 10-80`");
      return;
    }
    range = &found->value;
    step = entry.value.find("step");
  }
  double low = 0.0;
  double high = 0.0;
  if (!factors_.read_range(path, *range, info->kind, low, high)) return;
  SearchComponent component{.path = path, .cost = spec.cost, .today = 0};
  if (step != nullptr) {
    const auto width = factors_.read_number(path, step->value);
    if (!width) return;
    if (*width <= 0.0 || *width > high - low) {
      factors_.report(step->value, path,
                      fmt::format("the step of `{}` must lie above zero and not above {}", path,
                                  peer_support::text_of_number(*factors_.base(), path, high - low)));
      return;
    }
    component.step = *width;
  } else if (info->kind != FactorKind::whole) {
    factors_.report(entry.value, path, fmt::format("`{}` is no whole number: a search needs a `step`", path),
                    fmt::format("write `{{range: [..., ...], step: {}}}`",
                                peer_support::text_of_number(*factors_.base(), path, (high - low) / 4)));
    return;
  }
  if (info->kind == FactorKind::whole && component.step == 1.0) {
    component.low = static_cast<std::int64_t>(low);
    component.high = static_cast<std::int64_t>(high);
  } else {
    component.origin = low;
    component.low = 0;
    component.high = static_cast<std::int64_t>(std::floor((high - low) / component.step + 1e-9));
  }
  component.today =
      static_cast<std::int64_t>(std::floor((*info->number - component.origin) / component.step + 1e-9));
  search.push_back(std::move(component));
}

void SectionReader::read_search(Study& study) {
  const Entry* search = find_mapping("search");
  if (search == nullptr) return;
  for (const Entry& entry : search->value.entries)
    if (!is_free(entry)) read_component(entry, study.search);
}

}  // namespace peercap::app
