#pragma once

#include <string>
#include <vector>

#include "models/peer_support/scenario_yaml/load.h"

namespace peercap::peer_support {

/// A value that a scenario leans on although no published figure stands behind it.
struct Assumption {
  std::string path;  ///< of the parameter
  std::string value;
  std::string meaning;
  bool is_default = true;  ///< left as it is; else given in the file with `source: assumed`
};

/// The assumed values of a scenario, in the order of their paths: parameters left at a default that is graded
/// assumed, and those that the file gives with `source: assumed`. What is switched off is left out: whatever
/// lies in a group whose `enabled` or `policy` is off or none.
[[nodiscard]] std::vector<Assumption> assumptions_of(const LoadedScenario& loaded);

}  // namespace peercap::peer_support
