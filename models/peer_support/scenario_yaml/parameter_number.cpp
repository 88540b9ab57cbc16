#include "models/peer_support/scenario_yaml/parameter_number.h"

#include <algorithm>
#include <type_traits>

#include "models/peer_support/scenario_yaml/date_text.h"
#include "models/peer_support/scenario_yaml/gradual_value.h"
#include "models/peer_support/scenario_yaml/leaf_visitor.h"
#include "models/peer_support/scenario_yaml/set_value.h"
#include "models/peer_support/scenario_yaml/shares_text.h"
#include "models/peer_support/scenario_yaml/value_path.h"
#include "sim/io/yaml/value_text.h"
#include "sim/support/contract.h"

namespace peercap::peer_support {
namespace {

/// Calls `act(value, info)` for the first parameter that the path names.
template <class Act>
void visit_first(Scenario& scenario, std::string_view path, Act act) {
  const auto pattern = parse_path(path);
  if (!pattern) return;
  bool is_found = false;
  visit_leaves(scenario, [&]<class T>(const std::string& leaf_text, T& value, const ParameterInfo& info) {
    if (is_found) return;
    const auto leaf = parse_path(leaf_text);
    if (!leaf) return;
    if constexpr (std::is_same_v<T, Shares>) {
      // One weight of a mix is a number of its own.
      if (leaf->size() + 1 != pattern->size() ||
          !std::equal(leaf->begin(), leaf->end(), pattern->begin(),
                      [](const PathStep& concrete, const PathStep& step) { return matches(step, concrete); }))
        return;
      is_found = true;
      act(weight_of(value, pattern->back().key), info);
    } else {
      if (leaf->size() != pattern->size() ||
          !std::equal(leaf->begin(), leaf->end(), pattern->begin(),
                      [](const PathStep& concrete, const PathStep& step) { return matches(step, concrete); }))
        return;
      is_found = true;
      act(value, info);
    }
  });
}

}  // namespace

std::optional<FactorInfo> find_factor(const Scenario& scenario, std::string_view path) {
  Scenario copy = scenario;
  std::optional<FactorInfo> found;
  visit_first(copy, path, [&]<class T>(T& value, const ParameterInfo&) {
    FactorInfo info;
    if constexpr (is_gradual_value<T>) {
      info.kind = std::is_same_v<T, int> ? FactorKind::whole : FactorKind::number;
      info.number = number_of(value);
    } else if constexpr (std::is_enum_v<T>) {
      info.kind = FactorKind::categorical;
      for (const std::string_view level : level_names(value)) info.levels.emplace_back(level);
    } else if constexpr (std::is_same_v<T, std::vector<CivilDate>>) {
      return;
    } else {
      info.kind = FactorKind::categorical;
    }
    found = std::move(info);
  });
  return found;
}

std::optional<double> number_of_text(const Scenario& scenario, std::string_view path, std::string_view text) {
  Scenario copy = scenario;
  Diagnostics diagnostics;
  if (set_value(copy, path, text, diagnostics).empty()) return std::nullopt;
  const auto info = find_factor(copy, path);
  return info ? info->number : std::nullopt;
}

std::string text_of_number(const Scenario& scenario, std::string_view path, double number) {
  Scenario copy = scenario;
  std::optional<std::string> text;
  visit_first(copy, path, [&]<class T>(T& value, const ParameterInfo& info) {
    if constexpr (is_gradual_value<T>) {
      using yaml::value_text;
      set_number(value, number);
      text = value_text(value, info);
    }
  });
  require(text.has_value(), "text_of_number: the path names a number");
  return *text;
}

}  // namespace peercap::peer_support
