#include "models/peer_support/scenario_yaml/assumptions.h"

#include <map>
#include <string_view>

#include "models/peer_support/scenario_yaml/catalogue.h"
#include "models/peer_support/scenario_yaml/set_value.h"
#include "models/peer_support/scenario_yaml/value_path.h"

namespace peercap::peer_support {
namespace {

using Values = std::map<std::string, std::string>;

bool is_off(const Values& values, const std::string& group) {
  for (const std::string_view key : {"enabled", "policy"}) {
    const auto value = values.find(join_path(group, key));
    if (value != values.end() && (value->second == "off" || value->second == "none")) return true;
  }
  return false;
}

/// Whether one of the groups that hold the parameter is switched off.
bool is_idle(const Values& values, const std::string& path) {
  for (std::string group = parent_path(path); !group.empty(); group = parent_path(group))
    if (is_off(values, group)) return true;
  return false;
}

}  // namespace

std::vector<Assumption> assumptions_of(const LoadedScenario& loaded) {
  const Values values = all_values(loaded.scenario);
  std::vector<Assumption> assumptions;
  for (const auto& [path, origin] : loaded.origins) {
    const bool is_default = origin.kind == Origin::Kind::default_value;
    if (is_default ? origin.grade != Grade::assumed : origin.cited != "assumed") continue;
    if (is_idle(values, path)) continue;
    const auto value = values.find(path);
    const CatalogueEntry* entry = find_in_catalogue(path);
    assumptions.push_back({.path = path,
                           .value = value == values.end() ? "" : value->second,
                           .meaning = entry == nullptr ? "" : entry->meaning,
                           .is_default = is_default});
  }
  return assumptions;
}

}  // namespace peercap::peer_support
