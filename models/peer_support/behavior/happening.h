#pragma once

#include <bit>
#include <cstdint>

#include "models/peer_support/behavior/distress.h"
#include "models/peer_support/scenario/cause_spec.h"
#include "sim/kernel/context.h"

namespace peercap::peer_support {

/// Every kind of event between and within processes.
enum class Happening : std::uint16_t {
  // unit, to itself
  weekly_tick,
  clinical_event,  ///< a: candidate
  personal_event,  ///< small: position; a: index of the draw
  seek_help,       ///< timer; slot: position
  recover,         ///< timer; slot: position
  noticed,         ///< a manager or colleague speaks up; small: position; a: episode; b: Channel
  hire,            ///< small: position; a: incarnation of who begins
  leave_unit,      ///< small: position; a: incarnation of who leaves the organization
  // unit to desk
  request,               ///< RequestMessage
  distress_view,         ///< ViewMessage
  supporter_state,       ///< small: position; b: exhaustion
  employment_ended,      ///< small: position; a: their last episode; the person has left the organization
  group_debrief_wanted,  ///< a: candidate; b: people hit
  climate,               ///< weekly; a, b: trust and awareness of the unit (doubles)
  // desk to unit
  case_opened,         ///< small: position; a: 1 of a case that belongs to no episode; b: the desk's site
  case_closed,         ///< small: position; a: TrustSignal
  contacted,           ///< small: position; a: episode
  session_effect,      ///< EffectMessage
  supporter_debt,      ///< small: position; b: hours of overload debt
  group_debrief_held,  ///< a: candidate; b: quality of the session (double)
  embedded_support,    ///< a: supporters of the unit who look out for colleagues
  round,               ///< a supporter visits; a: week since the calendar's origin
  ask_again,           ///< small: position; a: episode; a referral came to nothing
  // desk, to itself
  desk_tick,
  triage_done,         ///< a: case
  give_up,             ///< timer of a case
  recovered,           ///< timer of a case
  relax,               ///< timer of a case
  session_begins,      ///< timer of a case
  session_ends,        ///< a: case
  rebook,              ///< timer of a case
  leave_role,          ///< timer of a supporter
  leave_begins,        ///< timer of a supporter
  leave_ends,          ///< timer of a supporter: back from leave or rest, or through with training
  group_debrief_ends,  ///< a: candidate; b: channel of the unit
  direct_request,      ///< a: its number
  follow_up,  ///< a: clinician; b: last supporter of the closed case; small: incarnation at this desk.
              ///< To a unit: small: position
  overflow,   ///< timer of a case: waits too long
  take_over,  ///< at the start: the state that the scenario gives
  // desk to desk
  transfer,          ///< TransferMessage, first part
  transfer_times,    ///< TransferMessage, the other parts in order
  transfer_closed,   ///< the case is over; small: 1 if there was a contact; a: clinician; b: episode
  transferred_left,  ///< a: clinician, who has left the organization
  // desk to referral pool, referral pool to referral pool
  referral,  ///< ReferralMessage
  // referral pool to desk
  referral_failed,  ///< ReferralMessage of a client who gave up waiting
  // referral pool, to itself
  treatment_begins,  ///< when the office opens
  treatment_ends,    ///< ReferralMessage of the client, where clients can go onward
  referral_lost,     ///< timer of a place in the queue
  // unit, to itself: later kinds follow all earlier ones, whose numbers are part of what a run is
  caused_event,   ///< small: cause of the scenario; a: its number
  incident_hits,  ///< small: position; a: incident
  closing,        ///< the site closes
  // desk, to itself
  on_call_changes,  ///< the next supporters are on call; small: 1 where a rota begins by the schedule
  merging,          ///< the site's program begins to work as one with another's
};

/// How a request came about.
enum class Channel : std::uint8_t {
  self_referral,
  outreach,   ///< after an event report
  manager,    ///< the unit's manager named the person
  peer,       ///< a colleague did
  embedded,   ///< a supporter in the unit did
  rounding,   ///< a supporter on a round did
  follow_up,  ///< still distressed when called after a case
  direct,     ///< of the stream that comes whatever anybody's distress
  inherited,  ///< given with the program's state at the start
};
inline constexpr std::size_t channel_count = 9;
static_assert(channel_count <= 16, "a request has four bits for its channel");

/// Whether the person asked, rather than being made an offer that can be declined.
[[nodiscard]] constexpr bool wants_support(Channel channel) {
  return channel == Channel::self_referral || channel == Channel::direct || channel == Channel::inherited;
}

/// What a request has taught its unit about the program.
enum class TrustSignal : std::uint8_t {
  none,
  kept,     ///< the first contact came in time, and the case was not lost
  broken,   ///< it came late, or the person gave up waiting
  breached  ///< what was said became known: nothing else of the case is heard
};

/// What set off an episode or a request; `listed` and above are the causes that the scenario lists, in order.
enum class Cause : std::uint8_t { clinical_event, personal_event, incident, listed };
static_assert(static_cast<std::size_t>(Cause::listed) + most_causes < 64,
              "messages have six bits for a cause");

[[nodiscard]] constexpr Cause listed_cause(std::size_t index) {
  return static_cast<Cause>(static_cast<std::size_t>(Cause::listed) + index);
}
[[nodiscard]] constexpr bool is_listed(Cause cause) {
  return cause >= Cause::listed;
}
[[nodiscard]] constexpr std::size_t index_of_listed(Cause cause) {
  return static_cast<std::size_t>(cause) - static_cast<std::size_t>(Cause::listed);
}

/// A time and the five upper bits of a cause in one word, which is that of the time alone where they are 0.
struct TimedCause {
  static constexpr unsigned shift = 58;
  static constexpr std::uint64_t mask = 31;

  [[nodiscard]] static constexpr std::uint64_t pack(SimTime time, Cause cause) {
    return static_cast<std::uint64_t>(time.ticks()) ^ (static_cast<std::uint64_t>(cause) >> 1) << shift;
  }
  /// Times lie within 9,000 years of the calendar's origin: the upper bits repeat the sign.
  [[nodiscard]] static constexpr std::uint64_t upper_bits(std::uint64_t word) {
    return (word >> shift & mask) ^ (word >> 63 != 0 ? mask : 0);
  }
  [[nodiscard]] static constexpr SimTime time(std::uint64_t word) {
    return SimTime{static_cast<std::int64_t>(word ^ upper_bits(word) << shift)};
  }
  /// With the lowest bit, which travels elsewhere.
  [[nodiscard]] static constexpr Cause cause(std::uint64_t word, std::uint64_t lowest) {
    return static_cast<Cause>(upper_bits(word) << 1 | lowest);
  }
};

/// How hard somebody was hit, as those who ask or name them tell it: a jump of distress in sixteenths of the
/// threshold of an episode, 11 bits of them.
struct ToldSeverity {
  static constexpr double steps = 16.0;
  static constexpr std::uint64_t most = 2047;
  static constexpr double unknown = 1.0;  ///< of those of whom no episode is known

  [[nodiscard]] static constexpr std::uint64_t pack(double jump) {
    return jump * steps < static_cast<double>(most) ? static_cast<std::uint64_t>(jump * steps + 0.5) : most;
  }
  [[nodiscard]] static constexpr double unpack(std::uint64_t bits) {
    return static_cast<double>(bits & most) / steps;
  }
};

/// A person is asking, or has been named to the program.
struct RequestMessage {
  std::uint16_t position = 0;
  std::uint32_t episode = 0;
  Channel channel = Channel::self_referral;
  Cause cause = Cause::clinical_event;
  SimTime event_time;                       ///< of the last exposure
  double trust = 0.5;                       ///< of the unit, kept to 1/65535
  double severity = ToldSeverity::unknown;  ///< of the hardest hit of the episode so far

  [[nodiscard]] Payload pack() const {
    const auto level = static_cast<std::uint64_t>(trust * 65535.0 + 0.5);
    return {position,
            episode | static_cast<std::uint64_t>(channel) << 32 |
                (static_cast<std::uint64_t>(cause) & 1) << 36 | ToldSeverity::pack(severity) << 37 |
                level << 48,
            TimedCause::pack(event_time, cause)};
  }
  [[nodiscard]] static RequestMessage unpack(const Event& event) {
    return {event.small,
            static_cast<std::uint32_t>(event.a),
            static_cast<Channel>(event.a >> 32 & 0xf),
            TimedCause::cause(event.b, event.a >> 36 & 1),
            TimedCause::time(event.b),
            static_cast<double>(event.a >> 48) / 65535.0,
            ToldSeverity::unpack(event.a >> 37)};
  }
};

/// What the desk is told of a client's distress while a case is open; single precision, since it informs
/// decisions about a person and is not the person.
struct ViewMessage {
  std::uint16_t position = 0;
  std::uint32_t episode = 0;
  std::uint16_t effects_applied = 0;  ///< sessions whose effect the unit has applied in this case
  DistressLevel level;

  [[nodiscard]] Payload pack() const {
    return {position, episode | static_cast<std::uint64_t>(effects_applied) << 32,
            static_cast<std::uint64_t>(std::bit_cast<std::uint32_t>(static_cast<float>(level.fast))) |
                static_cast<std::uint64_t>(std::bit_cast<std::uint32_t>(static_cast<float>(level.slow)))
                    << 32};
  }
  [[nodiscard]] static ViewMessage unpack(const Event& event) {
    return {event.small,
            static_cast<std::uint32_t>(event.a),
            static_cast<std::uint16_t>(event.a >> 32),
            {static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(event.b))),
             static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(event.b >> 32)))}};
  }
};

/// A session has been held: the unit takes the effect off the person's own distress.
struct EffectMessage {
  std::uint16_t position = 0;
  std::uint16_t session = 0;  ///< from 1
  float keep_fast = 1.0F;     ///< factor on the fast component
  float keep_slow = 1.0F;

  [[nodiscard]] Payload pack() const {
    return {position, session,
            static_cast<std::uint64_t>(std::bit_cast<std::uint32_t>(keep_fast)) |
                static_cast<std::uint64_t>(std::bit_cast<std::uint32_t>(keep_slow)) << 32};
  }
  [[nodiscard]] static EffectMessage unpack(const Event& event) {
    return {event.small, static_cast<std::uint16_t>(event.a),
            std::bit_cast<float>(static_cast<std::uint32_t>(event.b)),
            std::bit_cast<float>(static_cast<std::uint32_t>(event.b >> 32))};
  }
};

/// A request goes to the desk of another site, in three messages one right after the other.
struct TransferMessage {
  static constexpr std::size_t parts = 3;

  std::uint32_t clinician = 0;
  std::uint32_t episode = 0;
  std::uint64_t draw_index = 0;  ///< below 2^36
  Channel channel = Channel::self_referral;
  Cause cause = Cause::clinical_event;
  bool contacted = false;    ///< in this episode, through an earlier request
  bool has_episode = false;  ///< false of direct and inherited requests
  std::uint16_t position = 0;
  double severity = ToldSeverity::unknown;
  SimTime requested;
  SimTime event_time;
  SimTime accepted;
  SimTime waiting_since;  ///< for a supporter

  /// Part 0 is sent as `transfer`, the others as `transfer_times`.
  [[nodiscard]] Payload pack(std::size_t part) const {
    const auto ticks = [](SimTime t) { return static_cast<std::uint64_t>(t.ticks()); };
    if (part == 1) return {position, ticks(requested), TimedCause::pack(event_time, cause)};
    if (part == 2) return {position, ticks(accepted), ticks(waiting_since)};
    return {position, clinician | static_cast<std::uint64_t>(episode) << 32,
            draw_index | static_cast<std::uint64_t>(channel) << 36 |
                (static_cast<std::uint64_t>(cause) & 1) << 44 | static_cast<std::uint64_t>(contacted) << 45 |
                static_cast<std::uint64_t>(has_episode) << 46 | ToldSeverity::pack(severity) << 47};
  }
  /// Takes part `part` in.
  void unpack(std::size_t part, const Event& event) {
    const auto time = [](std::uint64_t ticks) { return SimTime{static_cast<std::int64_t>(ticks)}; };
    if (part == 1) {
      requested = time(event.a);
      event_time = TimedCause::time(event.b);
      cause = TimedCause::cause(event.b, static_cast<std::uint64_t>(cause) & 1);
    } else if (part == 2) {
      accepted = time(event.a);
      waiting_since = time(event.b);
    } else {
      position = event.small;
      clinician = static_cast<std::uint32_t>(event.a);
      episode = static_cast<std::uint32_t>(event.a >> 32);
      draw_index = event.b & ((std::uint64_t{1} << 36) - 1);
      channel = static_cast<Channel>(event.b >> 36 & 0xff);
      cause = static_cast<Cause>(event.b >> 44 & 1);
      contacted = (event.b >> 45 & 1) != 0;
      has_episode = (event.b >> 46 & 1) != 0;
      severity = ToldSeverity::unpack(event.b >> 47);
    }
  }
};

/// A client is referred on.
struct ReferralMessage {
  /// Onward steps between destinations; who has taken as many is done.
  static constexpr std::uint16_t max_hop = 7;

  static constexpr std::uint32_t nobody = ~std::uint32_t{0};

  std::uint32_t clinician = 0;
  std::uint64_t draw_index = 0;      ///< of the request
  std::uint16_t hop = 0;             ///< 0 at the first destination
  std::uint32_t supporter = nobody;  ///< who referred, into Organization::supporters; nobody: the office did

  /// Where the treatment's draws are: at the request's own index, and apart from it at later destinations.
  [[nodiscard]] std::uint64_t treatment_index() const {
    return draw_index + (static_cast<std::uint64_t>(hop) << 45);
  }
  [[nodiscard]] std::uint64_t onward_index() const { return draw_index * (max_hop + 1U) + hop; }

  [[nodiscard]] Payload pack() const {
    return {hop, clinician | static_cast<std::uint64_t>(supporter) << 32, draw_index};
  }
  [[nodiscard]] static ReferralMessage unpack(const Event& event) {
    return {static_cast<std::uint32_t>(event.a), event.b, event.small,
            static_cast<std::uint32_t>(event.a >> 32)};
  }

  template <class Archive>
  void visit_state(Archive& archive) {
    archive(clinician, draw_index, hop, supporter);
  }
};

}  // namespace peercap::peer_support
