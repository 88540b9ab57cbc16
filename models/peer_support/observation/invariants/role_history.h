#pragma once

#include <cstdint>
#include <vector>

#include "models/peer_support/observation/invariants/checked_run.h"
#include "models/peer_support/observation/invariants/fact_trail.h"

namespace peercap::peer_support {

/// What each supporter was to the program, and when. Where a role changes at the very time that is asked for,
/// both count: what else happened then can have come before or after.
class RoleHistory {
 public:
  RoleHistory(const CheckedRun& run, const FactTrail& trail);

  /// Whether the supporter had the role at `time`, or up to then.
  [[nodiscard]] bool was(std::uint32_t supporter, SimTime time, SupporterRole role) const;
  /// Whether the supporter had it before `time` and still had it afterwards.
  [[nodiscard]] bool stayed(std::uint32_t supporter, SimTime time, SupporterRole role) const;

 private:
  struct Change {
    SimTime time;
    SupporterRole role;
  };

  std::vector<std::vector<Change>> changes_;  ///< [supporter] in order of time
};

}  // namespace peercap::peer_support
