#pragma once

#include <cstddef>
#include <cstdint>

namespace peercap::peer_support {

/// What processes state about themselves. "At" is the fact's own time; times in a and b are ticks.
enum class PeerFact : std::uint16_t {
  clinical_event,  ///< subject: unit; a: candidate; b: people affected; small: 1 if it will be reported
  exposure,        ///< subject: clinician; a: event's index; b: jump in 1e-9; small: Cause | slow << 8
  episode_began,   ///< subject: clinician; a: episode
  episode_ended,   ///< subject: clinician; a: episode; b: its begin; small: EpisodeFlags
  episode_open,    ///< at the end of the run, as episode_ended
  unit_week,       ///< subject: unit; a: people in an episode; b: sum of exhaustion in 2^-20 SD
  unit_census,  ///< at the end; subject: unit; a: people surveyed as concerning; b: distressed ticks of the
                ///< unit
  unit_reach,   ///< at the end; subject: unit; a: people with an episode at some time of the horizon

  request_made,        ///< subject: clinician; small: Channel
  request_accepted,    ///< subject: clinician; a: request time; small: Channel (self-referrals are always
                       ///< accepted)
  supporter_assigned,  ///< subject: supporter; a: request time; b: client; small: 1 if wished-for rules were
                       ///< broken
  first_contact,  ///< subject: clinician; a: request time; b: event time; small: Channel | first of episode
                  ///< << 8
  session_held,   ///< subject: supporter; a: protected ticks; b: ticks beyond; small: session number
  session_received,  ///< with session_held; subject: client; a: begin of the session; b: supporter
  request_ended,     ///< subject: clinician; a: request time; b: first contact or -1; small: Channel |
                     ///< RequestEnd << 8
  desk_week,         ///< subject: site; a: waiting requests; b: open cases; small: active supporters (capped)
  supporter_census,  ///< at the end; subject: supporter; a: secondary trauma, b: satisfaction in 1e-6 points
  supporter_exhaustion,  ///< at the end; subject: supporter; a: exhaustion in 1e-6 SD; b: open cases
  supporter_left,        ///< subject: supporter; small: ExitReason
  handover,              ///< subject: supporter who left; a: request time; b: client

  referral_made,      ///< subject: destination; small: 1 if taken up
  treatment_began,    ///< subject: destination; a: wait in ticks
  referral_given_up,  ///< subject: destination; a: wait in ticks
  referral_waiting,   ///< at the end; subject: destination; a: people waiting; b: people in treatment
  referral_onward,    ///< subject: destination left; a: destination entered
};

/// Flags of an ended or still open episode.
enum class EpisodeFlag : std::uint16_t { asked = 1, contacted = 2 };

/// The one way in which each request ends.
enum class RequestEnd : std::uint8_t {
  merged,             ///< the person had an open case already
  declined,           ///< the offer was not accepted
  lapsed,             ///< an offer: the person was well again before answering
  withdrew,           ///< wanted support and gave up waiting
  recovered,          ///< wanted support and was well again before anybody came
  resolved,           ///< closed with distress below the threshold
  closed_unresolved,  ///< closed without being well or referred
  referred,           ///< went on to another destination
  referral_declined,  ///< was referred and did not go
  open_unanswered,    ///< at the end of the run: an offer that has not been answered yet
  open_waiting,       ///< at the end of the run: wanted support, nobody has come yet
  open_in_case,       ///< at the end of the run: sessions go on
};
inline constexpr std::size_t request_end_count = 12;

enum class ExitReason : std::uint8_t { none, role, employment };

}  // namespace peercap::peer_support
