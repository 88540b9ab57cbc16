#pragma once

#include <cstdint>
#include <vector>

#include "models/peer_support/behavior/happening.h"
#include "models/peer_support/behavior/peer_fact.h"
#include "sim/time/sim_time.h"

namespace peercap::peer_support {

/// A supporter's part in a case.
struct Assignment {
  std::uint32_t supporter = 0;
  SimTime from;
  SimTime until = SimTime::never();
};

/// One request from its making to its end. never() where something did not happen.
struct CaseStory {
  std::uint32_t client = 0;
  Channel channel = Channel::self_referral;
  SimTime requested;
  SimTime opened;  ///< when it was stated: inherited requests were made before
  SimTime accepted = SimTime::never();
  SimTime transferred = SimTime::never();
  std::uint32_t transferred_to = 0;  ///< site
  SimTime overflowed = SimTime::never();
  SimTime contact = SimTime::never();
  SimTime ended = SimTime::never();
  RequestEnd end = RequestEnd::open_waiting;
  std::vector<Assignment> assignments;  ///< in order

  [[nodiscard]] bool has_supporter() const {
    return !assignments.empty() && assignments.back().until == SimTime::never();
  }
  [[nodiscard]] bool is_open_at_end() const {
    return end == RequestEnd::open_unanswered || end == RequestEnd::open_waiting ||
           end == RequestEnd::open_in_case;
  }
};

}  // namespace peercap::peer_support
