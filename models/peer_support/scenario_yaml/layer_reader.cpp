#include "models/peer_support/scenario_yaml/layer_reader.h"

#include <algorithm>

#include <fmt/format.h>

#include "models/peer_support/scenario_yaml/catalogue.h"
#include "sim/io/yaml/document.h"
#include "sim/io/yaml/similar.h"

namespace peercap::peer_support {
namespace {

bool is_free_key(std::string_view key) {
  return key.starts_with("x-");
}

/// A value as it is shown in a message.
std::string quoted(std::string_view text) {
  constexpr std::size_t shown = 60;
  if (text.size() <= shown) return fmt::format("`{}`", text);
  return fmt::format("`{}...`", text.substr(0, shown));
}

/// "; it belongs to `case_rules`" where the key is known, but elsewhere.
std::string find_home(std::string_view key) {
  for (const CatalogueEntry& entry : catalogue()) {
    const std::string parent = parent_path(entry.path);
    if (entry.path.size() > key.size() && entry.path == join_path(parent, key) && !parent.empty())
      return fmt::format("`{}` belongs to `{}`", key, parent);
  }
  return {};
}

}  // namespace

std::string find_name_problem(std::string_view name) {
  if (name.empty()) return "is empty";
  if (name.size() > 100) return "is longer than 100 bytes";
  if (name.front() == ' ' || name.back() == ' ') return "has blanks at an end";
  for (const char c : name)
    if (static_cast<unsigned char>(c) < 0x20 ||
        std::string_view{"[]{}*=,:\"'`"}.find(c) != std::string_view::npos)
      return "has a character that paths and lists use themselves ([ ] { } * = , : or a quote)";
  return {};
}

void LayerContext::report(const std::string& path, yaml::Place place, std::string what,
                          std::string suggestion) {
  record.failed.insert(path);
  if (++problems > yaml::max_problems) return;
  const SourceLocation where{file, place.line, place.column};
  diagnostics.error(where, std::move(what), std::move(suggestion));
  if (problems == yaml::max_problems)
    diagnostics.note(where, fmt::format("{} problems; more in this file are not listed", problems));
}

LayerReader::LayerReader(const yaml::Node& mapping, std::string path, LayerContext& context)
    : mapping_{mapping}, path_{std::move(path)}, context_{context} {
  remember(path_, mapping.place);
}

void LayerReader::remember(const std::string& path, yaml::Place place) {
  context_.record.places[path] = {context_.file, place.line, place.column};
}

const yaml::Entry* LayerReader::take(std::string_view name) {
  known_.emplace_back(name);
  const yaml::Entry* entry = mapping_.find(name);
  if (entry == nullptr) return nullptr;
  remember(path_of(*entry), entry->key_place);
  if (entry->value.kind == yaml::NodeKind::refused) {
    context_.record.failed.insert(path_of(*entry));
    return nullptr;
  }
  return entry;
}

const yaml::Node* LayerReader::unwrap(const yaml::Entry& entry, Given& given) {
  if (entry.value.kind != yaml::NodeKind::mapping) return &entry.value;
  const yaml::Node* value = nullptr;
  for (const auto& [key, place, node] : entry.value.entries) {
    if (key == "value") {
      value = &node;
    } else if (key == "source" || key == "note") {
      if (node.kind == yaml::NodeKind::scalar)
        (key == "source" ? given.cited : given.note) = node.text;
      else
        context_.report(path_of(entry), node.place, fmt::format("`{}` must be a text", key));
    } else if (!is_free_key(key)) {
      context_.report(
          path_of(entry), place,
          fmt::format("unknown key `{}` beside a value; known are `value`, `source` and `note`", key),
          fmt::format("write `{}: {{value: ..., source: ..., note: ...}}`", entry.key));
    }
  }
  if (value == nullptr)
    context_.report(
        path_of(entry), entry.value.place,
        fmt::format("`{}` is a mapping without `value`; a value is due", entry.key),
        fmt::format("write `{}: ...` or `{}: {{value: ..., source: ...}}`", entry.key, entry.key));
  return value;
}

std::optional<LayerReader::Given> LayerReader::read_given(const yaml::Entry& entry, TextUse use) {
  Given given;
  const yaml::Node* node = unwrap(entry, given);
  if (node == nullptr) return std::nullopt;
  if (node->kind == yaml::NodeKind::refused) {
    context_.record.failed.insert(path_of(entry));
    return std::nullopt;
  }
  if (node->kind == yaml::NodeKind::null) {
    context_.report(path_of(entry), node->place, fmt::format("`{}` has no value", entry.key),
                    "write a value after the colon, or remove the key to keep the default");
    return std::nullopt;
  }
  if (node->kind != yaml::NodeKind::scalar) {
    context_.report(
        path_of(entry), node->place,
        fmt::format("`{}` must be a single value, not {}", entry.key, yaml::describe_kind(node->kind)));
    return std::nullopt;
  }
  if (use == TextUse::number && node->quoting == yaml::Quoting::quoted) {
    context_.report(path_of(entry), node->place,
                    fmt::format("`{}`: {} is in quotes, which makes it a text; a number is due", entry.key,
                                quoted(node->text)),
                    fmt::format("write `{}: {}`", entry.key, node->text));
    return std::nullopt;
  }
  given.text = node->text;
  given.place = node->place;
  return given;
}

void LayerReader::accept(const yaml::Entry& entry, const Given& given,
                         const std::optional<yaml::ValueProblem>& problem) {
  const std::string path = path_of(entry);
  if (problem) {
    const std::string suggestion = problem->corrected.empty()
                                       ? problem->hint
                                       : fmt::format("write `{}: {}`", entry.key, problem->corrected);
    context_.report(path, given.place,
                    fmt::format("`{}`: {} {}", entry.key, quoted(given.text), problem->what), suggestion);
    return;
  }
  remember(path, given.place);
  context_.record.origins[path] = {.kind = Origin::Kind::file,
                                   .where = {context_.file, given.place.line, given.place.column},
                                   .grade = {},
                                   .evidence = {},
                                   .cited = given.cited,
                                   .note = given.note};
}

bool LayerReader::expect_mapping(const yaml::Entry& entry) {
  if (entry.value.kind == yaml::NodeKind::mapping) return true;
  if (entry.value.kind == yaml::NodeKind::null)
    context_.report(path_of(entry), entry.value.place,
                    fmt::format("`{}` is empty; a mapping of settings is due", entry.key),
                    "indent its settings below it, or remove the key");
  else
    context_.report(path_of(entry), entry.value.place,
                    fmt::format("`{}` must be a mapping of settings, not {}", entry.key,
                                yaml::describe_kind(entry.value.kind)),
                    "indent its settings below it, one `key: value` a line");
  return false;
}

bool LayerReader::expect_sequence(const yaml::Entry& entry) {
  if (entry.value.kind == yaml::NodeKind::sequence) return true;
  context_.report(
      path_of(entry), entry.value.place,
      fmt::format("`{}` must be a list, not {}", entry.key, yaml::describe_kind(entry.value.kind)),
      "begin every item with `- ` on a line of its own");
  return false;
}

std::optional<std::string> LayerReader::read_item_name(const yaml::Entry& list, const yaml::Node& item,
                                                       std::unordered_map<std::string, int>& line_by_name) {
  const std::string path = path_of(list);
  if (item.kind == yaml::NodeKind::refused) {
    context_.record.failed.insert(path);
    return std::nullopt;
  }
  if (item.kind != yaml::NodeKind::mapping) {
    context_.report(
        path, item.place,
        fmt::format("an item of `{}` must be a mapping, not {}", list.key, yaml::describe_kind(item.kind)),
        "write `- name: ...` and indent its settings below");
    return std::nullopt;
  }
  const yaml::Entry* name = item.find("name");
  if (name == nullptr) {
    context_.report(path, item.place,
                    fmt::format("an item of `{}` has no `name`; lists are merged by name", list.key),
                    "begin the item with `- name: ...`");
    return std::nullopt;
  }
  if (name->value.kind != yaml::NodeKind::scalar) {
    context_.report(path, name->value.place, "`name` must be a text");
    return std::nullopt;
  }
  if (const std::string problem = find_name_problem(name->value.text); !problem.empty()) {
    context_.report(path, name->value.place,
                    fmt::format("the name {} {}", quoted(name->value.text), problem));
    return std::nullopt;
  }
  const auto [earlier, is_new] = line_by_name.emplace(name->value.text, name->value.place.line);
  if (!is_new) {
    context_.report(
        path, name->value.place,
        fmt::format("duplicate name `{}` in `{}`: it stands in line {} already and here again in line {}",
                    name->value.text, list.key, earlier->second, name->value.place.line),
        "give each item a name of its own");
    return std::nullopt;
  }
  return name->value.text;
}

void LayerReader::field(std::string_view name, std::vector<CivilDate>& value, const ParameterInfo& info) {
  const yaml::Entry* entry = take(name);
  if (entry == nullptr) return;
  Given given;
  const yaml::Node* node = unwrap(*entry, given);
  if (node == nullptr) return;
  if (node->kind != yaml::NodeKind::sequence) {
    context_.report(path_of(*entry), node->place,
                    fmt::format("`{}` must be a list, not {}", entry->key, yaml::describe_kind(node->kind)),
                    fmt::format("write `{}: [2026-01-01, 2026-07-03]`", entry->key));
    return;
  }
  std::vector<CivilDate> dates;
  bool complete = true;
  for (const yaml::Node& item : node->items) {
    const auto problem = yaml::parse_value(item.text, info, dates.emplace_back());
    if (!problem) continue;
    complete = false;
    context_.report(path_of(*entry), item.place,
                    fmt::format("`{}`: {} {}", entry->key, quoted(item.text), problem->what), problem->hint);
  }
  if (!complete) return;
  value = std::move(dates);
  given.place = node->place;
  accept(*entry, given, std::nullopt);
}

void LayerReader::shares(std::string_view name, Shares& value, const ParameterInfo& info) {
  const yaml::Entry* entry = take(name);
  if (entry == nullptr || !expect_mapping(*entry)) return;
  LayerReader inner{entry->value, path_of(*entry), context_};
  Shares merged = value;
  for (const yaml::Entry& weight : entry->value.entries) {
    if (is_free_key(weight.key)) continue;
    if (const std::string problem = find_name_problem(weight.key); !problem.empty()) {
      context_.report(path_of(*entry), weight.key_place,
                      fmt::format("the name {} {}", quoted(weight.key), problem));
      continue;
    }
    inner.field(weight.key, weight_of(merged, weight.key), info);
  }
  value = std::move(merged);
  Given given;
  given.place = entry->value.place;
  accept(*entry, given, std::nullopt);
}

void LayerReader::settings(std::string_view name, ParameterSettings& settings, const ParameterInfo&) {
  const yaml::Entry* entry = take(name);
  if (entry == nullptr || !expect_mapping(*entry)) return;
  LayerReader inner{entry->value, path_of(*entry), context_};
  for (const yaml::Entry& setting : entry->value.entries) {
    if (is_free_key(setting.key)) continue;
    const std::string path = inner.path_of(setting);
    inner.remember(path, setting.key_place);
    if (!parse_path(setting.key)) {
      context_.report(
          path, setting.key_place, fmt::format("{} is not a path", quoted(setting.key)),
          "write it like `environment.exposure_rate` or `referrals.destinations[coach].acceptance`");
      continue;
    }
    if (setting.value.kind == yaml::NodeKind::mapping && setting.value.find("value") == nullptr) {
      context_.report(
          path, setting.value.place,
          fmt::format("`{}` is a mapping; `{}` takes whole paths with a value each", setting.key, entry->key),
          fmt::format("write `{}.NAME: ...`", setting.key));
      continue;
    }
    const auto given = inner.read_given(setting, TextUse::any);
    if (!given) continue;
    const auto known = std::ranges::find(settings, setting.key, &ParameterSettings::value_type::first);
    (known != settings.end() ? *known : settings.emplace_back(setting.key, "")).second = given->text;
    inner.accept(setting, *given, std::nullopt);
  }
}

void LayerReader::finish() {
  for (const yaml::Entry& entry : mapping_.entries) {
    if (is_free_key(entry.key) || std::ranges::find(known_, entry.key) != known_.end()) continue;
    if (context_.problems > yaml::max_problems) return;
    std::string suggestion;
    if (const auto similar = yaml::find_similar(entry.key, known_))
      suggestion = fmt::format("did you mean `{}`?", *similar);
    else if (auto home = find_home(entry.key); !home.empty())
      suggestion = std::move(home);
    else
      suggestion = "see `peercap describe` for the keys, or begin your own with `x-`";
    context_.report(path_, entry.key_place,
                    path_.empty() ? fmt::format("unknown key {}", quoted(entry.key))
                                  : fmt::format("unknown key {} in `{}`", quoted(entry.key), path_),
                    std::move(suggestion));
  }
}

}  // namespace peercap::peer_support
