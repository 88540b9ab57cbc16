#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "models/peer_support/behavior/happening.h"
#include "models/peer_support/behavior/unit_process.h"
#include "models/peer_support/network/trust_network.h"
#include "tests/models/peer_support/world.h"

namespace peercap::peer_support::testing {

/// What the scripted desk has heard from a unit.
struct UnitMessage {
  SimTime sent;  ///< by the unit, a report's own delay left out
  std::uint32_t unit = 0;
  Event event;
};

/// A request as its unit sent it.
struct SentRequest {
  SimTime sent;
  std::uint32_t clinician = 0;
  RequestMessage message;
};

/// All units of an organization with a desk that follows a script and writes down what it is told: everything
/// that reaches the units is under the test's control. Times of the script are given since the begin.
class UnitBench {
 public:
  explicit UnitBench(Scenario scenario, std::uint32_t replication = 0);

  /// Before run().
  [[nodiscard]] Organization& organization() { return organization_; }
  /// Who trusts whom, in place of no network at all.
  void set_network(const std::vector<ClinicianPair>& ties);
  /// Units start and are handled in the opposite order.
  void reverse_order() { reversed_ = true; }

  /// The message reaches the unit at `at`, a quarter of an hour after the begin or later.
  void tell(std::uint32_t unit, SimDuration at, Happening kind, const Payload& payload);
  /// The desk opens a case for whoever asks, and holds on to it.
  void open_cases() { opens_cases_ = true; }

  /// Runs the whole horizon. Once.
  const FactLog& run();

  [[nodiscard]] const FactLog& log() const { return log_; }
  [[nodiscard]] const Rules& rules() const { return *rules_; }
  [[nodiscard]] const std::vector<UnitMessage>& heard() const { return heard_; }
  [[nodiscard]] std::vector<UnitMessage> heard(Happening kind) const;
  [[nodiscard]] std::vector<SentRequest> requests(Channel channel) const;
  /// Weekly, from the begin on.
  [[nodiscard]] std::vector<double> awareness(std::uint32_t unit) const;
  [[nodiscard]] std::vector<double> trust(std::uint32_t unit) const;
  /// Mean exhaustion of the people present is this sum over their number.
  [[nodiscard]] std::vector<double> exhaustion_sum(std::uint32_t unit) const;

 private:
  struct Line {
    std::uint32_t unit;
    SimDuration at;
    Happening kind;
    Payload payload;
  };
  class Desk;

  [[nodiscard]] std::vector<double> weekly(PeerFact kind, std::uint32_t unit, bool second) const;

  std::unique_ptr<Rules> rules_;
  RandomSource random_;
  Organization organization_;
  std::unique_ptr<TrustNetwork> network_;
  std::unique_ptr<UnitTies> ties_;
  std::vector<Line> script_;
  std::vector<UnitMessage> heard_;
  FactLog log_;
  bool reversed_ = false;
  bool opens_cases_ = false;
};

/// Personal events alone, so rare against their decay that two of a person hardly ever meet (1 % of
/// episodes); jumps are exponential with mean 1 and leave fast distress only. 4,000 people in units of 25.
[[nodiscard]] Scenario single_shot_scenario();

/// Four standard errors of a share `p` of `n`.
[[nodiscard]] double share_margin(double p, double n);
/// Four standard errors of a Poisson count with mean `mean`.
[[nodiscard]] double count_margin(double mean);

}  // namespace peercap::peer_support::testing
