#pragma once

#include "models/peer_support/scenario/scenario.h"

namespace peercap::peer_support {

/// What a clinician asks of the program in the long run: an estimate to compare with the hours there are
/// before anything is simulated, not a result. It uses the exact stationary law of distress (fast and slow
/// shot noise together), averaged over susceptibility, and leaves out feedback, the effect of sessions,
/// shifts, waiting, and that nobody has two cases at once.
struct DemandEstimate {
  double episodes = 0;       ///< episodes of distress per clinician-year
  double requests = 0;       ///< cases that ask for a supporter, per clinician-year
  double triaged = 0;        ///< requests and named people the coordinator deals with, per clinician-year
  double mean_distress = 0;  ///< in units of the threshold, cut at the cap
};

/// `event_factor` scales the clinical exposures of a department.
[[nodiscard]] DemandEstimate estimate_demand(const Scenario& scenario, double event_factor);

/// Mean number of sessions of a case; the cap where the closing rule looks at distress, which is an upper
/// bound.
[[nodiscard]] double expected_sessions(const CaseRules& rules);

}  // namespace peercap::peer_support
