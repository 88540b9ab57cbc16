#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "models/peer_support/scenario/check.h"
#include "models/peer_support/scenario/scenario.h"
#include "models/peer_support/scenario_yaml/origin.h"

namespace peercap::peer_support {

/// Parameters that change nothing as long as something else is switched off.
struct IdleRule {
  std::vector<std::string> idle;    ///< paths of parameters, or of groups, which stand for all in them
  std::vector<std::string> except;  ///< those of the groups that do not belong to it
  bool (*is_off)(const Scenario&);
  std::string switched_by;  ///< the parameter that switches it
  std::string why;          ///< "`activation.embedded.enabled` is off"

  [[nodiscard]] bool covers(std::string_view path) const;
};

[[nodiscard]] std::span<const IdleRule> idle_rules();

/// A note for each value that the user has given, other than the default, and that changes nothing in this
/// scenario at any time of its schedule.
[[nodiscard]] std::vector<ScenarioProblem> find_idle_settings(const Scenario& scenario,
                                                              const Origins& origins);

}  // namespace peercap::peer_support
