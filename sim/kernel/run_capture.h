#pragma once

#include <cstdint>
#include <vector>

#include "sim/kernel/context.h"
#include "sim/kernel/engine.h"
#include "sim/kernel/run_state.h"

namespace peercap {

/// The state at `reached`. `pending` are all events of all queues, in any order, those of timers that are no
/// longer set included.
[[nodiscard]] RunState capture_run(const Topology& topology, const std::vector<ProcessRecord>& records,
                                   const Observer* observer, std::vector<Event> pending, SimTime reached,
                                   const RunReport& so_far);

/// Gives processes and observer what `state` holds of them, and returns the kernel's records. Throws
/// StateFormatError, saying what differs, where the state is not of such a run.
[[nodiscard]] std::vector<ProcessRecord> restore_run(const RunState& state, const Topology& topology,
                                                     const RunSpan& span, Observer* observer);

/// What an engine asks its RunControl, and when: nothing where there is none.
class ControlPoint {
 public:
  explicit ControlPoint(RunControl* control) : control_{control} {}

  [[nodiscard]] bool is_set() const { return control_ != nullptr; }
  /// The next time at which there has to be a cut; never() where there is none.
  [[nodiscard]] SimTime next_cut() const { return cut_; }

  /// `capture()` gives the state at `reached`. Throws RunInterrupted where that is wished for.
  template <class Capture>
  void ask(SimTime reached, std::uint64_t events, Capture&& capture) {
    const RunControl::Wish wish = control_->at(reached, events);
    if (wish == RunControl::Wish::save || wish == RunControl::Wish::save_and_stop) control_->keep(capture());
    if (wish == RunControl::Wish::stop || wish == RunControl::Wish::save_and_stop) throw RunInterrupted{};
    cut_ = control_->next_cut();
    if (cut_ <= reached) cut_ = SimTime::never();
  }

 private:
  RunControl* control_;
  SimTime cut_ = SimTime::never();
};

}  // namespace peercap
