#pragma once

#include <array>
#include <cstdint>
#include <limits>

#include "models/peer_support/behavior/distress.h"
#include "models/peer_support/behavior/happening.h"
#include "models/peer_support/organization/trait_law.h"
#include "sim/time/sim_time.h"

namespace peercap::peer_support {

/// A unit's channel to its own site's desk.
inline constexpr std::uint32_t desk_channel = 0;

/// What the weekly step reads and writes of the person in a position. Kept small and apart from the rest: it
/// is most of what a unit touches.
struct WeeklyState {
  static constexpr float never_leaves = std::numeric_limits<float>::infinity();

  /// As of the unit's last tick: what has come since is scaled back to it, so that one factor a week takes
  /// everybody's forward and nobody's time of change need be known.
  DistressLevel distress;
  float stable_exhaustion = 0.0F;  ///< SD
  float passing_exhaustion = 0.0F;
  float leave_remaining = 0.0F;   ///< of the Exp(1) threshold of leaving the organization
  std::uint16_t incarnation = 0;  ///< how many people held the position before
  bool vacant : 1 = false;
  bool in_episode : 1 = false;
  bool reached : 1 = false;    ///< had an episode at some time of the measured horizon
  bool supporter : 1 = false;  ///< the first holder is in the program's list

  template <class Archive>
  void visit_state(Archive& archive) {
    std::array<bool, 4> flags{vacant, in_episode, reached, supporter};
    archive(distress, stable_exhaustion, passing_exhaustion, leave_remaining, incarnation, flags);
    vacant = flags[0];
    in_episode = flags[1];
    reached = flags[2];
    supporter = flags[3];
  }
};
static_assert(sizeof(WeeklyState) == 32);

/// What a unit knows beyond that of the person in one of its positions.
struct ClinicianState {
  static constexpr std::uint16_t none = std::numeric_limits<std::uint16_t>::max();

  std::uint32_t episode = 0;     ///< number of the position's present or last episode
  std::uint16_t concern = none;  ///< into the unit's concerns; `none` without an episode and an open case

  template <class Archive>
  void visit_state(Archive& archive) {
    archive(episode, concern);
  }
};
static_assert(sizeof(ClinicianState) == 8);

/// What a unit knows of somebody in an episode of distress, or with an open case: about one in four.
struct Concern {
  static constexpr double never_asks = std::numeric_limits<double>::infinity();

  SimTime last_exposure;
  SimTime episode_begin;
  SimTime settled;              ///< until when the hazard of asking has been taken off the threshold
  SimTime support_mark;         ///< until when time in support has been counted
  double seek_remaining = 0.0;  ///< of the episode's Exp(1) threshold; `never_asks` once it has been used
  float seek_rate =
      0.0F;  ///< a day and unit of distress, whomever they turn to, or through an embedded supporter
  float embedded_rate = 0.0F;  ///< of it, through an embedded supporter
  float hardest_jump = 0.0F;   ///< of distress, among the exposures of the present or last episode
  std::uint32_t case_channel = desk_channel;  ///< to the desk that has the open case, or had the last one
  std::uint16_t effects_applied = 0;
  Cause cause = Cause::clinical_event;
  bool case_open = false;
  bool supported = false;  ///< from the first contact of a case to its end
  bool asked = false;      ///< asked, or was named to the program, in this episode
  bool contacted = false;  ///< in this episode

  template <class Archive>
  void visit_state(Archive& archive) {
    archive(last_exposure, episode_begin, settled, support_mark, seek_remaining, seek_rate, embedded_rate,
            hardest_jump, case_channel, effects_applied, cause, case_open, supported, asked, contacted);
  }
};
static_assert(sizeof(Concern) == 64);

/// What somebody who was hired during the run is like; those who were there from the begin are in the
/// organization.
struct Hired {
  std::uint16_t position = 0;
  Traits traits;

  template <class Archive>
  void visit_state(Archive& archive) {
    archive(position, traits);
  }
};

}  // namespace peercap::peer_support
