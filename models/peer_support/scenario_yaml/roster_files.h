#pragma once

#include <map>
#include <memory>
#include <string>

#include "models/peer_support/scenario/scenario.h"
#include "models/peer_support/scenario_yaml/origin.h"
#include "sim/support/diagnostics.h"

namespace peercap::peer_support {

/// The rosters of one scenario and its patches; each is read once.
class RosterFiles {
 public:
  /// Reads the file that `scenario.organization.roster` names: relative to the scenario file of `origin`,
  /// where the path was written, or to the working directory where it came from the command line. Leaves the
  /// roster in the scenario, and its absolute path, which means the same wherever the scenario is written to.
  /// False where it has problems, which are reported the first time.
  [[nodiscard]] bool attach(Scenario& scenario, const Origin& origin, Diagnostics& diagnostics);

 private:
  std::map<std::string, std::shared_ptr<const Roster>> known_;  ///< by path and words; null for broken ones
};

}  // namespace peercap::peer_support
