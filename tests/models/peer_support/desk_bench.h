#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "models/peer_support/behavior/happening.h"
#include "sim/kernel/run_failure.h"
#include "tests/models/peer_support/world.h"

namespace peercap::peer_support::testing {

/// A message of a unit to its desk, as the test writes it.
struct ScriptedMessage {
  SimTime arrives;
  Happening kind = Happening::request;
  Payload payload;
};

/// What a scripted unit has heard from the desk.
struct HeardMessage {
  SimTime time;
  Happening kind;
  std::uint16_t position = 0;
  std::uint64_t a = 0;
  std::uint64_t b = 0;
};

/// A desk for each site and their referral pools with units that follow a script: everything that reaches the
/// desk is under the test's control. Times are given since Monday, 2026-01-05, 00:00, the begin of the run.
class DeskBench {
 public:
  /// Two units of five people (clinicians 0-4 and 5-9), as in each further site; nobody is a supporter yet.
  explicit DeskBench(Scenario scenario);

  /// A world in which nothing gets in the way: everybody can always meet, a coordinator at all hours with 20
  /// minutes a request, sessions of exactly 30 minutes with 30 of administration, one session a case, no
  /// referrals, no effects, nobody withdraws, leaves or is away, no matching rules; no recruitment, training,
  /// debriefs, check-ins or surveys, and every session of full quality. Supporters have the default protected
  /// time.
  [[nodiscard]] static Scenario quiet_scenario();

  [[nodiscard]] Organization& organization() { return organization_; }
  void add_supporter(std::uint32_t clinician);
  /// Somebody who can be invited, the lowest rank first.
  void add_candidate(std::uint32_t clinician, std::uint32_t rank);

  /// The request reaches the desk at `at` (an hour or later). When the desk opens a case, the client's unit
  /// answers with `level`.
  void request(std::uint32_t client, SimDuration at, Channel channel, DistressLevel level,
               std::uint32_t episode = 1, Cause cause = Cause::clinical_event, double trust = 0.5,
               double severity = ToldSeverity::unknown);
  /// Any message of a unit to the desk.
  void tell(std::uint32_t unit, SimDuration at, Happening kind, Payload payload);
  /// The unit tells of a hit while the case is open.
  void tell_distress(std::uint32_t client, SimDuration at, DistressLevel level,
                     std::uint16_t effects_applied = 0);
  void tell_exhaustion(std::uint32_t client, SimDuration at, double exhaustion);
  /// The unit tells that the person has left the organization.
  void end_employment(std::uint32_t clinician, SimDuration at);
  void tell_trust(std::uint32_t unit, SimDuration at, double trust);

  /// Runs the whole horizon. Once.
  const FactLog& run();

  /// Signals of trust that came with the closing of the client's cases, in order.
  [[nodiscard]] std::vector<TrustSignal> trust_signals(std::uint32_t client) const;
  [[nodiscard]] const std::vector<HeardMessage>& heard(std::uint32_t unit) const { return heard_[unit]; }
  [[nodiscard]] SimTime at(SimDuration since_begin) const { return rules_->begin + since_begin; }
  [[nodiscard]] const Rules& rules() const { return *rules_; }
  [[nodiscard]] const RandomSource& random() const { return random_; }

  /// How the one and only request of `client` ended; a test failure is left to the caller where there is
  /// none.
  [[nodiscard]] static std::optional<Fact> end_of_request(const FactLog& log, std::uint32_t client);

 private:
  std::unique_ptr<Rules> rules_;
  RandomSource random_;
  Organization organization_;
  std::vector<std::vector<ScriptedMessage>> scripts_;
  std::vector<std::map<std::uint16_t, DistressLevel>> levels_;
  std::vector<std::vector<HeardMessage>> heard_;
  FactLog log_;
};

}  // namespace peercap::peer_support::testing
