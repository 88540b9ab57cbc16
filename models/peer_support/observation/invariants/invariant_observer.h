#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "models/peer_support/observation/invariants/checked_run.h"
#include "models/peer_support/observation/invariants/fact_trail.h"
#include "models/peer_support/observation/invariants/violation.h"
#include "sim/observe/fact.h"

namespace peercap::peer_support {

/// Listens to a run and checks that nothing happens in it that must never happen (docs/theory/invariants.md).
/// "Invariants"). What a fact tells by itself is checked when it is stated, what several tell together at the
/// end: facts of one story can come to different observers, and in any order.
class InvariantObserver final : public Observer {
 public:
  explicit InvariantObserver(const CheckedRun& run);

  void on_fact(const Fact& fact) override;
  [[nodiscard]] std::unique_ptr<Observer> fork() const override;
  void absorb(const Observer& other) override;
  void save(StateWriter& state) const override;
  void restore(StateReader& state) override;

  /// At the end of the run, by the observer that has absorbed the others: everything that was broken.
  [[nodiscard]] ViolationList judge();

 private:
  void end_request(const Fact& fact);
  void end_session(const Fact& fact);

  CheckedRun run_;
  FactTrail trail_;
  ViolationList broken_;
  std::optional<Fact> held_;  ///< a session of which the second fact comes next
};

}  // namespace peercap::peer_support
