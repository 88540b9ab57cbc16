#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "models/peer_support/behavior/peer_fact.h"
#include "sim/observe/fact.h"
#include "sim/time/sim_time.h"

namespace peercap::peer_support {

/// A session that was held, from the two facts that tell of it.
struct HeldSession {
  std::uint32_t supporter = 0;
  SimTime end;
  SimTime begin;
  std::uint32_t client = 0;
  std::uint16_t number = 0;  ///< within its case
  std::int64_t protected_ticks = 0;
  std::int64_t ticks_beyond = 0;

  friend auto operator<=>(const HeldSession&, const HeldSession&) = default;

  template <class Archive>
  void visit_state(Archive& archive) {
    archive(supporter, end, begin, client, number, protected_ticks, ticks_beyond);
  }
};

/// A request that joined the open one of the same person at once.
struct MergedRequest {
  std::uint32_t client = 0;
  SimTime time;
  std::uint16_t channel = 0;

  friend auto operator<=>(const MergedRequest&, const MergedRequest&) = default;

  template <class Archive>
  void visit_state(Archive& archive) {
    archive(client, time, channel);
  }
};

/// Sums over a unit's facts that need not be kept one by one.
struct UnitTally {
  std::int64_t people_hit = 0;     ///< that clinical events announce
  std::int64_t exposures = 0;      ///< of people, by clinical events
  std::int64_t weekly_people = 0;  ///< in an episode, summed over weekly ticks

  template <class Archive>
  void visit_state(Archive& archive) {
    archive.counters(*this);
  }
};

/// The facts that make up stories: episodes, cases, sessions, roles, referrals. Facts of one process and time
/// stay in the order in which they were stated, however they were split among observers; those of a person's
/// case come from one process at a time. In order, the trail is therefore the same for every engine.
struct FactTrail {
  explicit FactTrail(std::size_t unit_count) : tallies(unit_count) {}

  void absorb(const FactTrail& other);
  void put_in_order();

  std::vector<Fact> people;      ///< of clinicians: episodes, leaving, hiring; by clinician and time
  std::vector<Fact> units;       ///< of units, at the end
  std::vector<Fact> requests;    ///< but merged ones; by client and time
  std::vector<Fact> supporters;  ///< roles, program time, cases at the end; by supporter and time
  std::vector<Fact> offices;     ///< of desks, weekly; by site and time
  std::vector<Fact> referrals;   ///< in no order but that of their values
  std::vector<HeldSession> sessions;
  std::vector<MergedRequest> merged;
  std::vector<UnitTally> tallies;  ///< [unit]

  template <class Archive>
  void visit_state(Archive& archive) {
    archive(people, units, requests, supporters, offices, referrals, sessions, merged);
    archive.in_place("units", tallies);
  }
};

/// The client of a fact about a request.
[[nodiscard]] inline std::uint32_t client_of(const Fact& fact) {
  const auto kind = static_cast<PeerFact>(fact.kind);
  const bool of_supporter = kind == PeerFact::supporter_assigned || kind == PeerFact::handover;
  return of_supporter ? static_cast<std::uint32_t>(fact.b) : fact.subject;
}

}  // namespace peercap::peer_support
