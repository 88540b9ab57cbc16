#pragma once

#include "sim/kernel/context.h"

namespace peercap {

/// Brings events to their processes: the one place where an engine touches a Context. Skips timers that were
/// disarmed or set anew, keeps each process's digest, and turns what a handler throws into a RunFailure that
/// names the culprit.
class Dispatcher {
 public:
  Dispatcher(const Topology& topology, Context& context, std::vector<ProcessRecord>& records, SimTime begin,
             SimTime end);

  void start(ProcessId id);
  /// False where the event was a timer that is no longer set.
  bool dispatch(const Event& event);
  void finish(ProcessId id);

 private:
  /// Calls the handler and names its process and `event` in whatever it throws.
  template <class Handler>
  void guarded(const Event& event, Handler&& handler) const;

  const Topology& topology_;
  Context& context_;
  std::vector<ProcessRecord>& records_;
};

}  // namespace peercap
