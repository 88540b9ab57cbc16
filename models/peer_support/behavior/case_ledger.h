#pragma once

#include <cstdint>
#include <vector>

#include "models/peer_support/behavior/distress.h"
#include "models/peer_support/behavior/happening.h"
#include "models/peer_support/behavior/peer_fact.h"
#include "models/peer_support/organization/ids.h"
#include "sim/time/sim_time.h"

namespace peercap::peer_support {

/// Requests of one episode that have draws of their own: request n of episode e has the index 16 e + n.
inline constexpr std::uint64_t requests_per_episode = 16;

enum class CaseStage : std::uint8_t {
  free,            ///< the entry is not in use
  in_triage,       ///< waiting for, or with, the coordinator
  awaiting_match,  ///< accepted; no supporter yet
  booked,          ///< a session is booked
  in_session,
  between_sessions,  ///< the next session could not be booked yet
};

/// One request and what became of it.
struct Case {
  static constexpr std::uint32_t nobody = ~std::uint32_t{0};

  CaseStage stage = CaseStage::free;
  Channel channel = Channel::self_referral;
  Cause cause = Cause::clinical_event;
  bool accepted = false;     ///< wants support: asked, or accepted the offer
  bool relaxed = false;      ///< wished-for matching rules have been dropped
  bool client_left = false;  ///< the client left the organization during the running session
  bool waits = true;         ///< for the first session, or for the first one after a handover
  bool has_episode = true;   ///< false of direct and inherited requests: no unit tells of distress
  bool transferred = false;  ///< came from the desk of another site
  std::uint16_t handovers = 0;
  std::uint16_t position = 0;      ///< of the client, within the unit
  std::uint16_t sessions = 0;      ///< held
  std::uint32_t unit_channel = 0;  ///< the desk's channel to the client's unit
  ClinicianId client;
  std::uint32_t episode = 0;
  std::uint64_t draw_index = 0;      ///< names this request among the client's: episode and number within it
  std::uint64_t generation = 0;      ///< of the entry, so that a stale reference is known
  std::uint32_t supporter = nobody;  ///< into the desk's roster, from the match on: the present or last one
  double trust = 0.5;                ///< of the unit, when the request was made
  double severity = ToldSeverity::unknown;  ///< of the hardest hit, as told with the request
  SimTime requested;
  SimTime event_time;
  SimTime accepted_at;
  SimTime waiting_since;  ///< for the first match
  SimTime first_contact;  ///< never() before it
  SimTime session_begin;  ///< of the booked or running session
  SimDuration session_length;
  // The desk's view of the client's distress.
  bool has_view = false;
  DistressLevel view;
  SimTime view_time;
  float keep_fast =
      1.0F;  ///< effect of the latest session, re-applied to views sent before the unit knew of it
  float keep_slow = 1.0F;

  template <class Archive>
  void visit_state(Archive& archive) {
    archive(stage, channel, cause, accepted, relaxed, client_left, waits, has_episode, transferred, handovers,
            position, sessions, unit_channel, client, episode, draw_index, generation, supporter, trust,
            severity, requested, event_time, accepted_at, waiting_since, first_contact, session_begin,
            session_length, has_view, view, view_time, keep_fast, keep_slow);
  }
};

/// What facts about a request say of it in `small`, beside their own bits.
[[nodiscard]] inline std::uint16_t origin_code(Channel channel, Cause cause, unsigned shift = cause_shift) {
  return static_cast<std::uint16_t>(static_cast<unsigned>(channel) | static_cast<unsigned>(cause) << shift);
}

/// All cases of a desk, in entries that are used again.
class CaseLedger {
 public:
  /// A new case's entry, reset.
  std::uint32_t open() {
    std::uint32_t index = 0;
    if (free_.empty()) {
      index = static_cast<std::uint32_t>(cases_.size());
      cases_.emplace_back();
    } else {
      index = free_.back();
      free_.pop_back();
    }
    const std::uint64_t generation = cases_[index].generation + 1;
    cases_[index] = Case{};
    cases_[index].generation = generation;
    cases_[index].first_contact = SimTime::never();
    return index;
  }

  void close(std::uint32_t index) {
    cases_[index].stage = CaseStage::free;
    free_.push_back(index);
  }

  [[nodiscard]] Case& operator[](std::uint32_t index) { return cases_[index]; }
  [[nodiscard]] const Case& operator[](std::uint32_t index) const { return cases_[index]; }
  [[nodiscard]] std::uint32_t entry_count() const { return static_cast<std::uint32_t>(cases_.size()); }

  template <class Archive>
  void visit_state(Archive& archive) {
    archive(cases_, free_);
  }

 private:
  std::vector<Case> cases_;
  std::vector<std::uint32_t> free_;
};

}  // namespace peercap::peer_support
