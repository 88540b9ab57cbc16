#pragma once

#include <cstddef>
#include <set>
#include <vector>

#include "models/peer_support/organization/draw_purpose.h"
#include "sim/random/draw_listener.h"
#include "tests/models/peer_support/world.h"

namespace peercap::peer_support::testing {

/// One replication and the addresses of all its draws, sorted: of the organization, of the run, and of the
/// surveys at its end. What is drawn twice is there twice.
struct CountedRun {
  ObservedRun run;
  std::vector<DrawAddress> draws;

  [[nodiscard]] std::size_t count(DrawPurpose purpose) const;
};
[[nodiscard]] CountedRun run_counted(const Scenario& scenario);

/// The draws of `more` that `fewer` does not have, each as often as it has it more often.
[[nodiscard]] std::vector<DrawAddress> draws_added(const CountedRun& fewer, const CountedRun& more);

/// The purposes for which the two runs did not make the same draws.
[[nodiscard]] std::set<DrawPurpose> purposes_that_differ(const CountedRun& a, const CountedRun& b);

}  // namespace peercap::peer_support::testing
