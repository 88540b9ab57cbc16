#pragma once

#include <cstddef>
#include <cstdint>

namespace peercap::peer_support {

/// What processes state about themselves. "At" is the fact's own time; times in a and b are ticks.
enum class PeerFact : std::uint16_t {
  clinical_event,  ///< subject: unit; a: candidate; b: people affected; small: 1 if it will be reported
  exposure,        ///< subject: clinician; a: event's index; b: jump in 1e-9; small: Cause | slow << 8
  episode_began,   ///< subject: clinician; a: episode; small: Cause
  episode_ended,   ///< subject: clinician; a: episode; b: its begin; small: EpisodeFlags | Cause << 8
  episode_open,    ///< at the end of the run, as episode_ended
  unit_week,       ///< subject: unit; a: people in an episode; b: sum of exhaustion in 2^-20 SD; small: of
                   ///< those people, in support
  unit_census,  ///< at the end; subject: unit; a: people surveyed as concerning; b: distressed ticks of the
                ///< unit
  unit_reach,   ///< at the end; subject: unit; a: people with an episode at some time of the horizon

  unit_support,    ///< at the end; subject: unit; a: ticks of the horizon in an episode and in support; b:
                   ///< people who hold a position
  unit_climate,    ///< weekly; subject: unit; a: awareness, b: trust, in 2^-20
  unit_survey,     ///< a wave; subject: unit; a: people who answered; b: of them, with concerning exhaustion;
                   ///< small: wave
  clinician_left,  ///< subject: clinician; a: incarnation; small: left_concerning, left_with_site
  clinician_hired,  ///< subject: clinician; a: incarnation
  group_debrief,    ///< subject: unit; a: candidate; b: people who came; small: facilitators

  request_made,        ///< subject: clinician; a: request time; small: Channel | Cause << 8
  request_accepted,    ///< subject: clinician; a: request time; small: Channel | Cause << 8 (self-referrals
                       ///< are always accepted)
  supporter_assigned,  ///< subject: supporter; a: request time; b: client; small: 1 if wished-for rules were
                       ///< broken
  first_contact,  ///< subject: clinician; a: request time; b: event time; small: Channel | first of episode
                  ///< << 8 | Cause << 9
  session_held,   ///< subject: supporter; a: protected ticks; b: ticks beyond; small: session number
  session_received,  ///< with session_held; subject: client; a: begin of the session; b: supporter
  request_ended,     ///< subject: clinician; a: request time; b: first contact or -1; small: Channel |
                     ///< RequestEnd << 8
  desk_week,         ///< subject: site; a: waiting requests; b: open cases; small: active supporters (capped)
  supporter_census,  ///< at the end; subject: supporter; a: secondary trauma, b: satisfaction in 1e-6 points
  supporter_exhaustion,  ///< at the end; subject: supporter; a: exhaustion in 1e-6 SD; b: open cases
  supporter_left,        ///< subject: supporter; small: ExitReason
  handover,              ///< subject: supporter who left; a: request time; b: client
  supporter_role,        ///< subject: supporter; small: SupporterRole it has from now on; a: the one before
  program_time,          ///< subject: supporter; a: protected ticks; b: ticks beyond; small: ProgramWork
  supporter_survey,  ///< a wave; subject: supporter; a: secondary trauma, b: satisfaction; small: exhaustion
                     ///< (all rounded points); only of those who answer
  supporter_challenge,  ///< a wave; subject: supporter; small: Challenge
  request_transferred,  ///< subject: clinician; a: request time; b: site that takes it over; small: Channel
  overflowed,           ///< subject: clinician; a: request time; small: Channel: waited too long, is referred

  referral_made,      ///< subject: destination; small: 1 if taken up
  treatment_began,    ///< subject: destination; a: wait in ticks; b: length of the treatment
  referral_given_up,  ///< subject: destination; a: wait in ticks
  referral_waiting,   ///< at the end; subject: destination; a: people waiting; b: people in treatment
  referral_onward,    ///< subject: destination left; a: destination entered

  unit_scores,  ///< at the end; subject: unit; a: sum of surveyed exhaustion, b: of its squares, in points;
                ///< small: people surveyed
  turned_elsewhere,  ///< subject: clinician; a: episode: sought support outside the program
  turn_on_call,      ///< subject: supporter; a: length of the shift, as it begins
};

/// The cause of a request or a contact, which goes with its channel; direct and inherited ones have none.
inline constexpr unsigned cause_shift = 8;
inline constexpr unsigned contact_cause_shift = 9;

/// Why somebody is gone from a position: on their own account, or because their site has closed.
enum class Departure : std::uint8_t { own, closing };
inline constexpr std::uint16_t left_concerning = 1;  ///< exhaustion was concerning
inline constexpr std::uint16_t left_with_site = 2;

/// How an episode ends before the run does.
enum class EpisodeEnd : std::uint8_t { recovered, left };

/// Flags of an ended or still open episode.
enum class EpisodeFlag : std::uint16_t {
  asked = 1,
  contacted = 2,
  left = 4,  ///< ended because the person left the organization
};

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
  left,               ///< the person left the organization
  overflow_referred,  ///< waited too long for a supporter and was referred to a professional
  dropped,            ///< gave way to the state that the scenario gives for the start
  open_unanswered,    ///< at the end of the run: an offer that has not been answered yet
  open_waiting,       ///< at the end of the run: wanted support, nobody has come yet
  open_in_case,       ///< at the end of the run: sessions go on
};
inline constexpr std::size_t request_end_count = 15;

enum class ExitReason : std::uint8_t { none, role, employment, term, training };
inline constexpr std::size_t exit_reason_count = 5;

/// What a supporter is to the program.
enum class SupporterRole : std::uint8_t { candidate, training, active, resting, on_leave, left };

/// What supporters' time goes into beside sessions.
enum class ProgramWork : std::uint8_t {
  training,
  refresher,
  debrief,
  group_debrief,
  rounding,
  follow_up,
  mentoring,
  on_call
};
inline constexpr std::size_t program_work_count = 8;

/// What a supporter would name as the first obstacle to being effective.
enum class Challenge : std::uint8_t { none, time, isolation, own_stress, training };
inline constexpr std::size_t challenge_count = 5;

}  // namespace peercap::peer_support
