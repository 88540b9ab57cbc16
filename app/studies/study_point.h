#pragma once

#include <cstdint>

#include "models/peer_support/scenario/scenario.h"
#include "models/peer_support/scenario/schedule_spec.h"

namespace peercap::app {

/// A scenario of a study: a base with some parameters set.
struct StudyPoint {
  const peer_support::Scenario* base = nullptr;  ///< has passed every check; outlives the run
  peer_support::ParameterSettings settings = {};
  /// Replication r of this point is replication `skip` + r of its scenario.
  std::int64_t skip = 0;
};

}  // namespace peercap::app
