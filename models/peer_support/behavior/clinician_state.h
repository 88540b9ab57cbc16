#pragma once

#include <cstdint>
#include <limits>

#include "models/peer_support/behavior/distress.h"
#include "models/peer_support/behavior/happening.h"
#include "models/peer_support/organization/trait_law.h"
#include "sim/time/sim_time.h"

namespace peercap::peer_support {

/// A unit's channel to its own site's desk.
inline constexpr std::uint32_t desk_channel = 0;

/// What a unit knows of the person in one of its positions.
struct ClinicianState {
  static constexpr double never_asks = std::numeric_limits<double>::infinity();

  DistressLevel distress;  ///< at `updated`
  SimTime updated;
  SimTime last_exposure;
  SimTime episode_begin;
  double seek_remaining = 0.0;  ///< of the episode's Exp(1) threshold; `never_asks` once it has been used
  double seek_rate = 0.0;      ///< a day and unit of distress, by themselves or through an embedded supporter
  double embedded_rate = 0.0;  ///< of it, through an embedded supporter
  double leave_remaining = 0.0;  ///< of the Exp(1) threshold of leaving the organization
  Traits traits;
  float hardest_jump = 0.0F;  ///< of distress, among the exposures of the present or last episode
  float passing_exhaustion = 0.0F;
  float overload_debt = 0.0F;                 ///< hours, as last told by the desk; supporters only
  std::uint32_t episode = 0;                  ///< number of the position's present or last episode
  std::uint32_t case_channel = desk_channel;  ///< to the desk that has the open case, or had the last one
  std::uint16_t incarnation = 0;              ///< how many people held the position before
  std::uint16_t effects_applied = 0;
  Cause cause = Cause::clinical_event;
  bool vacant = false;
  bool in_episode = false;
  bool case_open = false;
  bool supported = false;  ///< from the first contact of a case to its end
  bool asked = false;      ///< asked, or was named to the program, in this episode
  bool contacted = false;  ///< in this episode
  bool reached = false;    ///< had an episode at some time of the measured horizon
  SimTime support_mark;    ///< until when time in support has been counted
};

}  // namespace peercap::peer_support
