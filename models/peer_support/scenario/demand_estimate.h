#pragma once

#include <array>
#include <functional>
#include <map>
#include <mutex>

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

/// What the estimates of related scenarios have in common: the law of distress takes a millisecond, and most
/// parameters leave it as it is. May be asked from several threads at once; forgets when it grows large.
class DemandMemory {
 public:
  /// Everything the law depends on, and what is taken from it, averaged over susceptibility and stay.
  using Key = std::array<double, 9>;
  struct Law {
    double begins = 0;      ///< probability that an exposure begins an episode
    double in_episode = 0;  ///< that it finds or leaves the person in one
    double asking = 0;      ///< mean distress of those who may still ask
    double distress = 0;    ///< mean distress, not cut at the cap
  };

  [[nodiscard]] Law find(const Key& key, const std::function<Law()>& compute);
  /// How often something had to be computed.
  [[nodiscard]] std::size_t computed() const;

 private:
  mutable std::mutex mutex_;
  std::map<Key, Law> laws_;
  std::size_t computed_ = 0;
};

/// `event_factor` scales the clinical exposures of a department. The same bits with a memory and without.
[[nodiscard]] DemandEstimate estimate_demand(const Scenario& scenario, double event_factor,
                                             DemandMemory* memory = nullptr);

/// Mean number of sessions of a case; the cap where the closing rule looks at distress, which is an upper
/// bound.
[[nodiscard]] double expected_sessions(const CaseRules& rules);

}  // namespace peercap::peer_support
