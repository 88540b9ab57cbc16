#pragma once

#include "tests/models/peer_support/world.h"

namespace peercap::peer_support::testing {

// What must hold of every run, checked from its facts. Each reports by test failures.

/// Every episode begun ends exactly once, by recovery or as open at the end.
void expect_episodes_to_end_once(const ObservedRun& run);
/// Every request ends exactly once; nobody is contacted, assigned or referred without one.
void expect_requests_to_end_once(const ObservedRun& run);
/// Nobody is in two sessions at once, as supporter or client; sessions belong to the supporter assigned, keep
/// to the gap and the cap.
void expect_sessions_to_fit(const ObservedRun& run);
/// Nobody supports themselves, required rules hold, case loads stay within the cap, a supporter who left gets
/// no case.
void expect_assignments_to_be_allowed(const ObservedRun& run);
/// Hours in facts are those in supporters' rows, in the totals and in the weeks.
void expect_hours_to_add_up(const ObservedRun& run);
/// Shares lie in [0, 1], everything else is finite or undefined, exhaustion is of a size that makes sense.
void expect_measures_to_make_sense(const ObservedRun& run);

void expect_conservation(const ObservedRun& run);

}  // namespace peercap::peer_support::testing
