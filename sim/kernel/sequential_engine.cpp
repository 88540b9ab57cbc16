#include "sim/kernel/sequential_engine.h"

#include <limits>
#include <vector>

#include "sim/event/pending_events.h"
#include "sim/kernel/dispatcher.h"
#include "sim/kernel/run_capture.h"

namespace peercap {
namespace {

/// Every 4,096 events: well below a millisecond.
constexpr std::uint64_t look_around_mask = 0xfff;

class SequentialRun {
 public:
  SequentialRun(const Topology& topology, const RandomSource& random, const RunSpan& span, Observer* observer)
      : topology_{topology},
        span_{span},
        observer_{observer},
        records_(topology.size()),
        context_{topology, random, pending_, records_, observer},
        dispatcher_{topology, context_, records_, span.begin, span.end},
        control_{span.control} {}

  RunReport run() {
    if (span_.resume_from != nullptr)
      resume(*span_.resume_from);
    else
      for (std::size_t i = 0; i < topology_.size(); ++i) dispatcher_.start(ProcessId{i});
    if (control_.is_set()) ask(reached_);
    while (true) {
      const SimTime next = pending_.empty() ? span_.end : pending_.top().time;
      while (next >= ask_from_ && next > reached_) ask(std::min(next, control_.next_cut()));
      if (pending_.empty()) break;
      if ((pops_++ & look_around_mask) == 0) look_around();
      reached_ = next;
      if (dispatcher_.dispatch(pending_.pop())) ++report_.events;
    }
    for (std::size_t i = 0; i < topology_.size(); ++i) dispatcher_.finish(ProcessId{i});
    count_skipped();
    report_.digest = digest_of(records_);
    return report_;
  }

 private:
  static constexpr SimTime at_next_change{std::numeric_limits<std::int64_t>::min()};

  void resume(const RunState& state) {
    records_ = restore_run(state, topology_, span_, observer_);
    for (const Event& event : state.pending) pending_.push(event);
    report_.events = state.events;
    skipped_before_ = state.skipped_timers;
    reached_ = state.reached;
  }
  void look_around() {
    if (span_.stop != nullptr && span_.stop->load(std::memory_order_relaxed)) throw RunInterrupted{};
    if (control_.is_set()) ask_from_ = at_next_change;
  }
  void ask(SimTime reached) {
    reached_ = reached;
    count_skipped();
    control_.ask(reached, report_.events, [&] {
      std::vector<Event> events;
      events.reserve(pending_.size());
      pending_.for_each([&](const Event& event) { events.push_back(event); });
      return capture_run(topology_, records_, observer_, std::move(events), reached, report_);
    });
    ask_from_ = control_.next_cut();
  }
  void count_skipped() { report_.skipped_timers = skipped_before_ + context_.skipped_timers(); }

  const Topology& topology_;
  const RunSpan& span_;
  Observer* observer_;
  PendingEvents pending_;
  std::vector<ProcessRecord> records_;
  Context context_;
  Dispatcher dispatcher_;
  ControlPoint control_;
  RunReport report_;
  std::uint64_t skipped_before_ = 0;  ///< the resumption
  std::uint64_t pops_ = 0;
  SimTime reached_ = span_.begin;  ///< time of the latest event or cut
  SimTime ask_from_ = SimTime::never();
};

}  // namespace

RunReport SequentialEngine::run(const Topology& topology, const RandomSource& random, const RunSpan& span,
                                Observer* observer) {
  return SequentialRun{topology, random, span, observer}.run();
}

}  // namespace peercap
