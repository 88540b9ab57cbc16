#include "models/peer_support/scenario_yaml/set_value.h"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "models/peer_support/scenario_yaml/date_text.h"
#include "models/peer_support/scenario_yaml/leaf_visitor.h"
#include "models/peer_support/scenario_yaml/shares_text.h"
#include "models/peer_support/scenario_yaml/value_path.h"
#include "sim/io/yaml/similar.h"
#include "sim/io/yaml/value_text.h"

namespace peercap::peer_support {
namespace {

using Path = std::vector<PathStep>;

bool matches_prefix(const Path& pattern, const Path& concrete, std::size_t steps) {
  if (pattern.size() < steps || concrete.size() < steps) return false;
  for (std::size_t i = 0; i < steps; ++i)
    if (!matches(pattern[i], concrete[i])) return false;
  return true;
}

std::string list_names(const std::set<std::string>& names) {
  std::string text;
  for (const auto& name : names) text += fmt::format("{}`{}`", text.empty() ? "" : ", ", name);
  return text;
}

struct UnknownPath {
  std::string what;
  std::string suggestion;
};

/// What is wrong with a path that names nothing: the first step that leads nowhere, and what could stand
/// there.
UnknownPath explain_unknown(const Path& pattern, const std::vector<Path>& leaves) {
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    std::set<std::string> keys;
    std::set<std::string> items;
    bool key_is_list = false;
    for (const Path& leaf : leaves) {
      if (leaf.size() <= i || !matches_prefix(pattern, leaf, i)) continue;
      keys.insert(leaf[i].key);
      if (leaf[i].key == pattern[i].key && leaf[i].item) {
        key_is_list = true;
        items.insert(*leaf[i].item);
      }
    }
    if (std::ranges::any_of(leaves, [&](const Path& leaf) { return matches_prefix(pattern, leaf, i + 1); }))
      continue;

    const std::string so_far =
        to_string(Path(pattern.begin(), pattern.begin() + static_cast<std::ptrdiff_t>(i) + 1));
    const std::vector<std::string> candidates(keys.begin(), keys.end());
    if (!keys.contains(pattern[i].key)) {
      const auto similar = yaml::find_similar(pattern[i].key, candidates);
      if (keys.empty())
        return {fmt::format("there is no parameter `{}`", so_far),
                "a value has no parts: end the path before"};
      return {fmt::format("there is no parameter `{}`", so_far),
              similar ? fmt::format("did you mean `{}`?", *similar)
                      : fmt::format("known here: {}", list_names(keys))};
    }
    if (key_is_list && !pattern[i].item)
      return {fmt::format("`{}` is a list", so_far),
              fmt::format("write `{0}[NAME]` or `{0}[*]`; names: {1}", so_far, list_names(items))};
    if (!key_is_list) return {fmt::format("`{}` is not a list", so_far), "leave the brackets out"};
    const auto similar = yaml::find_similar(*pattern[i].item, {items.begin(), items.end()});
    return {fmt::format("there is no item `{}`", so_far), similar
                                                              ? fmt::format("did you mean `{}`?", *similar)
                                                              : fmt::format("names: {}", list_names(items))};
  }
  std::set<std::string> inside;
  for (const Path& leaf : leaves)
    if (leaf.size() > pattern.size() && matches_prefix(pattern, leaf, pattern.size()))
      inside.insert(leaf[pattern.size()].key);
  return {fmt::format("`{}` is a group, not a parameter", to_string(pattern)),
          fmt::format("known in it: {}", list_names(inside))};
}

/// Sets one weight of a mix: the last step of the path is the name in it.
std::optional<yaml::ValueProblem> set_weight(Shares& shares, const std::string& name, std::string_view text,
                                             const ParameterInfo& info) {
  double weight = 0;
  auto problem = yaml::parse_value(text, info, weight);
  if (!problem) weight_of(shares, name) = weight;
  return problem;
}

}  // namespace

std::vector<std::string> set_value(Scenario& scenario, std::string_view path, std::string_view text,
                                   Diagnostics& diagnostics, SourceLocation where, Assignment assignment) {
  const auto pattern = parse_path(path);
  if (!pattern) {
    diagnostics.error(
        std::move(where), fmt::format("`{}` is not a path", path),
        "write it like `supporters.count` or `organization.sites[main].departments[icu].units`");
    return {};
  }

  std::vector<std::string> changed;
  std::vector<Path> leaves;
  std::optional<yaml::ValueProblem> problem;
  Scenario edited = scenario;
  visit_leaves(edited, [&]<class T>(const std::string& leaf_text, T& value, const ParameterInfo& info) {
    using yaml::parse_value;
    auto parsed = parse_path(leaf_text);
    if (problem || !parsed) return;
    Path& leaf = *parsed;
    if (leaf.size() == pattern->size() && matches_prefix(*pattern, leaf, leaf.size())) {
      problem = parse_value(text, info, value);
      changed.push_back(leaf_text);
    }
    if constexpr (std::is_same_v<T, Shares>) {
      if (leaf.size() + 1 == pattern->size() && matches_prefix(*pattern, leaf, leaf.size()) &&
          !pattern->back().item) {
        problem = set_weight(value, pattern->back().key, text, info);
        changed.push_back(join_path(leaf_text, pattern->back().key));
      }
    }
    leaves.push_back(std::move(leaf));
  });

  if (problem) {
    diagnostics.error(std::move(where), fmt::format("`{}`: `{}` {}", path, text, problem->what),
                      problem->corrected.empty()
                          ? problem->hint
                          : fmt::format("write `{}{}{}`", path, assignment == Assignment::equals ? "=" : ": ",
                                        problem->corrected));
    return {};
  }
  if (changed.empty()) {
    auto [what, suggestion] = explain_unknown(*pattern, leaves);
    diagnostics.error(std::move(where), std::move(what), std::move(suggestion));
    return {};
  }
  scenario = std::move(edited);
  return changed;
}

std::optional<std::string> get_value(const Scenario& scenario, std::string_view path) {
  const auto pattern = parse_path(path);
  if (!pattern) return std::nullopt;
  std::vector<std::string> found;
  Scenario copy = scenario;
  visit_leaves(copy, [&]<class T>(const std::string& leaf_text, T& value, const ParameterInfo& info) {
    using yaml::value_text;
    const auto parsed = parse_path(leaf_text);
    if (!parsed) return;
    const Path& leaf = *parsed;
    if (leaf.size() == pattern->size() && matches_prefix(*pattern, leaf, leaf.size()))
      found.push_back(value_text(value, info));
    if constexpr (std::is_same_v<T, Shares>) {
      if (leaf.size() + 1 == pattern->size() && matches_prefix(*pattern, leaf, leaf.size()))
        for (const auto& [name, weight] : value.weights)
          if (name == pattern->back().key) found.push_back(yaml::number_text(weight));
    }
  });
  return found.size() == 1 ? std::optional{found.front()} : std::nullopt;
}

std::map<std::string, std::string> all_values(const Scenario& scenario) {
  std::map<std::string, std::string> values;
  Scenario copy = scenario;
  visit_leaves(copy, [&]<class T>(const std::string& path, T& value, const ParameterInfo& info) {
    using yaml::value_text;
    values.emplace(path, value_text(value, info));
  });
  return values;
}

}  // namespace peercap::peer_support
