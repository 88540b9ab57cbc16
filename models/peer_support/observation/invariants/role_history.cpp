#include "models/peer_support/observation/invariants/role_history.h"

#include <algorithm>

namespace peercap::peer_support {

RoleHistory::RoleHistory(const CheckedRun& run, const FactTrail& trail)
    : changes_(run.organization.supporters.size()) {
  for (const Fact& fact : trail.supporters)
    if (static_cast<PeerFact>(fact.kind) == PeerFact::supporter_role)
      changes_[fact.subject].push_back({fact.time, static_cast<SupporterRole>(fact.small)});
}

bool RoleHistory::was(std::uint32_t supporter, SimTime time, SupporterRole role) const {
  const auto& changes = changes_[supporter];
  const auto at = std::ranges::equal_range(changes, time, {}, &Change::time);
  const SupporterRole before =
      at.begin() == changes.begin() ? SupporterRole::candidate : std::prev(at.begin())->role;
  return before == role || std::ranges::any_of(at, [role](const Change& c) { return c.role == role; });
}

bool RoleHistory::stayed(std::uint32_t supporter, SimTime time, SupporterRole role) const {
  const auto& changes = changes_[supporter];
  const auto at = std::ranges::equal_range(changes, time, {}, &Change::time);
  if (!at.empty()) return false;
  return (at.begin() == changes.begin() ? SupporterRole::candidate : std::prev(at.begin())->role) == role;
}

}  // namespace peercap::peer_support
