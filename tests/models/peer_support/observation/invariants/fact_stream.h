#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "models/peer_support/observation/invariants/invariant_observer.h"
#include "tests/models/peer_support/world.h"

namespace peercap::peer_support::testing {

/// All facts of a run that nobody has simulated, made by hand: two sites with a unit of ten each, twelve
/// supporters, and what a test adds to that. Nothing in it is broken until a test breaks it.
class FactStream {
 public:
  /// Four weeks after one of burn-in; everybody works in office hours and can be released.
  [[nodiscard]] static Scenario quiet_world();

  explicit FactStream(const Scenario& scenario = quiet_world());

  // people of the first site
  [[nodiscard]] std::uint32_t client() const { return client_; }
  [[nodiscard]] std::uint32_t supporter(std::size_t number) const { return own_[number]; }
  [[nodiscard]] std::uint32_t foreign_supporter() const { return foreign_.front(); }

  /// Tuesday of the first week of the horizon, some time after midnight.
  [[nodiscard]] SimTime at(SimDuration since) const { return rules.start + days(1) + since; }

  void state(SimTime time, PeerFact kind, std::uint32_t subject, std::int64_t a = 0, std::int64_t b = 0,
             unsigned small = 0);

  /// An episode of `who`, asked and contacted, from `from` to `to`.
  void add_episode(std::uint32_t who, SimTime from, SimTime to, unsigned flags = 0);
  /// A self-referral that is accepted and given to `supporter` an hour later.
  void begin_case(std::uint32_t who, SimTime asked, std::uint32_t supporter);
  /// A session of an hour with half an hour of administration, which protected time covers; the first one is
  /// the first contact.
  void hold_session(std::uint32_t who, SimTime asked, std::uint32_t supporter, SimTime begin,
                    unsigned number);
  void end_case(std::uint32_t who, SimTime asked, SimTime ended, RequestEnd how, std::int64_t contact);
  /// Client and first supporter: asks at 9:00, meets at 11:00, is well at 12:00; the episode lasts the day.
  void add_whole_case();
  /// A referral to the first destination that is taken up, with the request that it ends; treated after a
  /// day.
  void add_referral();

  /// The facts so far, in order of time, between those of the weeks before and those of the end.
  [[nodiscard]] std::vector<Fact> all() const;
  /// The first violations of all this, a line each.
  [[nodiscard]] std::string broken() const { return broken_in(all()); }
  [[nodiscard]] std::string broken_in(const std::vector<Fact>& facts) const;
  /// After `change` on the n-th fact of a kind, from 0.
  [[nodiscard]] std::string broken_by(PeerFact kind, std::size_t number,
                                      const std::function<void(Fact&)>& change) const;
  [[nodiscard]] std::string broken_without(PeerFact kind, std::size_t number = 0) const;

  Rules rules;
  RandomSource random;
  Organization organization;

 private:
  [[nodiscard]] std::vector<Fact> frame() const;

  std::uint32_t client_ = 0;
  std::vector<std::uint32_t> own_;      ///< supporters of the first site
  std::vector<std::uint32_t> foreign_;  ///< of the second
  std::vector<Fact> facts_;
};

}  // namespace peercap::peer_support::testing
