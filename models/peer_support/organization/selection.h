#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "models/peer_support/organization/organization.h"
#include "models/peer_support/scenario/scenario.h"
#include "sim/random/random_source.h"

namespace peercap::peer_support {

/// Adds to an organization without supporters those who are in the role at the start, `count` of them with
/// those whom a roster names, and as many more as can be invited before the run ends, in the order that
/// `supporters.selection` says. One more supporter joins those who would have been supporters anyway.
/// `nominations` is asked only where colleagues name the supporters; throws ContractViolation without it.
void choose_supporters(Organization& organization, const Scenario& scenario, const RandomSource& random,
                       std::size_t count, const Nominations& nominations);

}  // namespace peercap::peer_support
