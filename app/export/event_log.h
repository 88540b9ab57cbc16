#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "models/peer_support/behavior/rules.h"
#include "sim/observe/fact.h"

namespace peercap::app {

/// The facts of one run that an event log tells, as they come.
class EventLogObserver final : public Observer {
 public:
  void on_fact(const Fact& fact) override;
  [[nodiscard]] std::unique_ptr<Observer> fork() const override {
    return std::make_unique<EventLogObserver>();
  }
  void absorb(const Observer& other) override;
  void save(StateWriter& state) const override;
  void restore(StateReader& state) override;

  /// In the order of time; facts of one time in an order that does not depend on threads.
  [[nodiscard]] std::vector<Fact> take();

 private:
  std::vector<Fact> facts_;
};

/// A replication as an event log, CSV with one line for each event of the measured horizon: the columns that
/// tools for process mining (case_id, activity, lifecycle, timestamp, resource) and for animation (entity_id,
/// pathway, event_type, event, time, resource_id) look for. `time` is minutes from the start of the horizon.
[[nodiscard]] std::string event_log_csv(const peer_support::Rules& rules, std::uint32_t replication,
                                        const std::vector<Fact>& facts);

}  // namespace peercap::app
