#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "models/peer_support/scenario/scenario.h"
#include "models/peer_support/scenario_yaml/value_path.h"

namespace peercap::peer_support {

/// Calls `act(path, value, info)` for every parameter of a described struct, in the order of description.
/// Items of lists come with their names: `organization.sites[main].departments[icu].units`. A mix (Shares) is
/// one leaf; each setting of a scheduled change is a leaf with a text:
/// `schedule[wave].set.environment.isolation`.
template <class Act>
class LeafVisitor {
 public:
  LeafVisitor(std::string prefix, Act& act) : prefix_{std::move(prefix)}, act_{act} {}

  template <class T>
  void field(std::string_view name, T& value, const ParameterInfo& info) {
    act_(join_path(prefix_, name), value, info);
  }

  void shares(std::string_view name, Shares& value, const ParameterInfo& info) {
    act_(join_path(prefix_, name), value, info);
  }

  template <class Group>
  void group(std::string_view name, Group& group, std::string_view) {
    LeafVisitor inner{join_path(prefix_, name), act_};
    describe(inner, group);
  }

  template <class Item>
  void list(std::string_view name, std::vector<Item>& items, const ParameterInfo&) {
    for (Item& item : items) {
      LeafVisitor inner{join_path(prefix_, name) + "[" + item.name + "]", act_};
      describe(inner, item);
    }
  }

  void settings(std::string_view name, ParameterSettings& settings, const ParameterInfo& info) {
    for (auto& [path, text] : settings) act_(join_path(join_path(prefix_, name), path), text, info);
  }

 private:
  std::string prefix_;
  Act& act_;
};

template <class Act>
void visit_leaves(Scenario& scenario, Act act) {
  LeafVisitor<Act> visitor{{}, act};
  describe(visitor, scenario);
}

}  // namespace peercap::peer_support
