#pragma once

#include <cstdint>

#include "models/peer_support/observation/evaluation.h"
#include "models/peer_support/observation/run_observer.h"
#include "tests/models/peer_support/world.h"

namespace peercap::peer_support::testing {

/// What an observer measures after facts that the test states itself; times are given since the start of the
/// horizon.
struct HandMade {
  /// A quiet four-week run of one unit of ten and one supporter, after a week of burn-in.
  [[nodiscard]] static Scenario small_world() {
    Scenario s = plain_scenario(1, 10, 1);
    simplify_people(s);
    s.run.horizon = weeks(4);
    s.run.burn_in = weeks(1);
    return s;
  }

  explicit HandMade(const Scenario& scenario = small_world())
      : rules{scenario},
        random{rules.scenario.run.seed, 0},
        organization{build_organization(rules.scenario, random)},
        observer{rules, organization} {}

  [[nodiscard]] Fact fact(SimDuration at, PeerFact kind, std::uint32_t subject, std::int64_t a = 0,
                          std::int64_t b = 0, unsigned small = 0) const {
    return {
        rules.start + at, static_cast<std::uint16_t>(kind), static_cast<std::uint16_t>(small), subject, a, b};
  }
  void state(SimDuration at, PeerFact kind, std::uint32_t subject, std::int64_t a = 0, std::int64_t b = 0,
             unsigned small = 0) {
    observer.on_fact(fact(at, kind, subject, a, b, small));
  }
  [[nodiscard]] std::int64_t ticks(SimDuration at) const { return (rules.start + at).ticks(); }

  /// An accepted self-referral of `person` with its first contact after `wait`.
  void contact(std::uint32_t person, SimDuration requested, SimDuration wait) {
    const std::int64_t asked = ticks(requested);
    state(requested, PeerFact::request_made, person, asked);
    state(requested, PeerFact::request_accepted, person, asked);
    state(requested + wait, PeerFact::first_contact, person, asked, asked);
  }
  /// The end of a self-referral of `person`; `contact` of those who were contacted.
  void end(std::uint32_t person, SimDuration requested, SimDuration ended, RequestEnd how,
           std::int64_t contact = -1) {
    state(ended, PeerFact::request_ended, person, ticks(requested), contact, static_cast<unsigned>(how) << 8);
  }
  [[nodiscard]] double operator[](Measure m) const {
    return evaluate_measures(rules, organization, random, observer.record())[static_cast<std::size_t>(m)];
  }

  Rules rules;
  RandomSource random;
  Organization organization;
  RunObserver observer;
};

}  // namespace peercap::peer_support::testing
