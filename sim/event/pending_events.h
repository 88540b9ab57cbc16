#pragma once

#include "sim/event/event_ladder.h"

namespace peercap {

/// What holds an engine's pending events. Any set that pops in the total order gives the same bits; which one
/// is fast is measured by tests/performance/bench_pending_sets.cpp.
using PendingEvents = EventLadder;

}  // namespace peercap
