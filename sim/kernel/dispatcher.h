#pragma once

#include "sim/kernel/context.h"

namespace peercap {

/// Brings events to their processes: the one place where an engine touches a Context. Skips timers that were
/// disarmed or set anew, keeps each process's digest, and turns what a handler throws into a RunFailure that
/// names the culprit.
class Dispatcher {
 public:
  /// `mail` takes messages to other partitions; null where one queue holds everything.
  Dispatcher(const Topology& topology, Context& context, std::vector<ProcessRecord>& records, SimTime begin,
             SimTime end, Mail* mail = nullptr);

  /// Facts go to `observer` from now on; to nobody where it is null.
  void listen(Observer* observer) { context_.observer_ = observer; }

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

/// Of a run: the digests of its processes in the order of their ids.
[[nodiscard]] std::uint64_t digest_of(const std::vector<ProcessRecord>& records);

}  // namespace peercap
