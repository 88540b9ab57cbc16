#pragma once

#include "models/peer_support/observation/invariants/checked_run.h"
#include "models/peer_support/observation/invariants/violation.h"
#include "sim/observe/fact.h"

namespace peercap::peer_support {

/// Checks what can be told of a fact by itself: who it names exists, its values lie in their range, no time
/// it names lies after its own. False where it names nobody, so that nothing else can be asked of it.
bool check_fact(const CheckedRun& run, const Fact& fact, ViolationList& broken);

}  // namespace peercap::peer_support
