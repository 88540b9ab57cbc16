#pragma once

#include <string>

#include "sim/event/event.h"

namespace peercap {

class Context;
class StateReader;
class StateWriter;

/// One part of the model with a state of its own: it changes only in its handlers, and reaches others only by
/// messages.
class LogicalProcess {
 public:
  LogicalProcess() = default;
  LogicalProcess(const LogicalProcess&) = delete;
  LogicalProcess& operator=(const LogicalProcess&) = delete;
  virtual ~LogicalProcess() = default;

  /// Schedules the first events. Called once, in the order of process ids, at the time at which the run
  /// begins.
  virtual void start(Context& context) = 0;
  virtual void handle(const Event& event, Context& context) = 0;
  /// Closes the books at the end of the run; facts may be stated, nothing may be scheduled or sent.
  virtual void finish(Context& context) = 0;

  /// Writes the own state, between two events: everything that a process made alike does not have yet. Not
  /// what the kernel keeps (pending events, timers), nor what is made again (organization, rules).
  virtual void save(StateWriter& state) const = 0;
  /// Takes over what a process made alike has saved: in place of start().
  virtual void restore(StateReader& state) = 0;

  /// Expected work of this process relative to others, > 0: what an engine divides among partitions.
  [[nodiscard]] virtual double load() const { return 1.0; }
  /// For messages to people.
  [[nodiscard]] virtual std::string name() const = 0;
};

}  // namespace peercap
