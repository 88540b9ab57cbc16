#include "sim/kernel/sequential_engine.h"

#include <vector>

#include "sim/event/pending_events.h"
#include "sim/kernel/dispatcher.h"

namespace peercap {

RunReport SequentialEngine::run(const Topology& topology, const RandomSource& random, const RunSpan& span,
                                Observer* observer) {
  constexpr std::uint64_t stop_check_mask = 0xfff;  // every 4,096 events: well below a millisecond
  PendingEvents pending;
  std::vector<ProcessRecord> records(topology.size());
  Context context{topology, random, pending, records, observer};
  Dispatcher dispatcher{topology, context, records, span.begin, span.end};

  for (std::size_t i = 0; i < topology.size(); ++i) dispatcher.start(ProcessId{i});

  RunReport report;
  while (!pending.empty()) {
    if (((report.events + report.skipped_timers) & stop_check_mask) == 0 && span.stop != nullptr &&
        span.stop->load(std::memory_order_relaxed))
      throw RunInterrupted{};
    const Event event = pending.pop();
    ++(dispatcher.dispatch(event) ? report.events : report.skipped_timers);
  }

  for (std::size_t i = 0; i < topology.size(); ++i) dispatcher.finish(ProcessId{i});
  report.digest = digest_of(records);
  return report;
}

}  // namespace peercap
