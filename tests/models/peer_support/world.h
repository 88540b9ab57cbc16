#pragma once

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "models/peer_support/behavior/peer_fact.h"
#include "models/peer_support/model.h"
#include "models/peer_support/observation/run_record.h"
#include "models/peer_support/organization/organization.h"
#include "models/peer_support/scenario/scenario.h"
#include "sim/observe/fact.h"
#include "sim/random/random_source.h"
#include "tests/sim/kernel/unsaved.h"

namespace peercap::peer_support::testing {

/// Keeps every fact, in the order in which it was stated.
class FactLog final : public peercap::testing::Unsaved<Observer> {
 public:
  FactLog() = default;
  FactLog(FactLog&& other) noexcept : facts_{std::move(other.facts_)} {}

  void on_fact(const Fact& fact) override { facts_.push_back(fact); }
  [[nodiscard]] std::unique_ptr<Observer> fork() const override { return std::make_unique<FactLog>(); }
  void absorb(const Observer& other) override;

  [[nodiscard]] const std::vector<Fact>& facts() const { return facts_; }
  [[nodiscard]] std::vector<Fact> of(PeerFact kind) const;
  [[nodiscard]] std::size_t count(PeerFact kind) const { return of(kind).size(); }

 private:
  std::vector<Fact> facts_;
};

[[nodiscard]] inline PeerFact kind_of(const Fact& fact) {
  return static_cast<PeerFact>(fact.kind);
}
/// Of a request_ended fact.
[[nodiscard]] inline RequestEnd end_of(const Fact& fact) {
  return static_cast<RequestEnd>(fact.small >> 8);
}
[[nodiscard]] inline Channel channel_of(const Fact& fact) {
  return static_cast<Channel>(fact.small & 0xff);
}

/// One site "main" with one department "ward" of `units` units of `unit_size` people, no holidays, the
/// default parameters, a year without burn-in from Monday, 2026-01-05.
[[nodiscard]] Scenario plain_scenario(int units, int unit_size, int supporters);

/// The same with much more to do: frequent exposures and requests, so that a few people and weeks meet every
/// case.
[[nodiscard]] Scenario busy_scenario(int units, int unit_size, int supporters);

/// Leaves out what the workforce and its opinions add: nobody leaves the organization, nobody is named by
/// managers or colleagues, there are no ties beyond the unit and no survey waves, and everybody knows and
/// trusts the program without stigma.
void simplify_people(Scenario& scenario);

/// Sets every gain of exhaustion and the effect of sessions to zero and cuts all loops: no path leads back
/// from exhaustion or the program to what happens to people.
void cut_feedback(Scenario& scenario);

/// One replication and all it leaves behind.
struct ObservedRun {
  std::unique_ptr<Rules> rules;
  Organization organization;
  FactLog log;
  ReplicationOutcome outcome;
};
[[nodiscard]] ObservedRun run_observed(const Scenario& scenario, std::uint32_t replication = 0);

/// The organization that a replication of the scenario has.
[[nodiscard]] Organization organization_of(const Scenario& scenario, std::uint32_t replication = 0);

/// Equal in everything, waits taken as a multiset.
[[nodiscard]] bool equal_records(const RunRecord& a, const RunRecord& b);

[[nodiscard]] inline double measure(const ReplicationOutcome& outcome, Measure which) {
  return outcome.measures[static_cast<std::size_t>(which)];
}

}  // namespace peercap::peer_support::testing
