#pragma once

#include <atomic>
#include <cstdint>

#include "sim/kernel/run_state.h"
#include "sim/kernel/topology.h"
#include "sim/observe/fact.h"
#include "sim/random/random_source.h"

namespace peercap {

/// Asked between events how a run goes on: an engine in windows asks at their edges, the sequential one about
/// every 4,096 events where the time changes. All calls come from the thread that called Engine::run.
class RunControl {
 public:
  enum class Wish {
    go_on,
    save,           ///< keep() is given the state, and the run goes on
    save_and_stop,  ///< likewise, then the run ends with RunInterrupted
    stop,           ///< it ends with RunInterrupted
  };

  RunControl() = default;
  RunControl(const RunControl&) = delete;
  RunControl& operator=(const RunControl&) = delete;
  virtual ~RunControl() = default;

  /// Everything before `reached` has been handled, by `events` events since the begin of the run, those
  /// before a resumption included.
  virtual Wish at(SimTime reached, std::uint64_t events) = 0;
  virtual void keep(RunState&& state) = 0;
  /// A time within the run at which at() is to be called exactly, never() for none. Asked anew after each
  /// at(); times that have been reached already count as none.
  [[nodiscard]] virtual SimTime next_cut() const { return SimTime::never(); }
};

/// From when to when, what may end it early, and where it goes on.
struct RunSpan {
  SimTime begin;
  SimTime end;                              ///< events at or after `end` do not happen
  const std::atomic<bool>* stop = nullptr;  ///< set by another thread or a signal handler: ends the run
  RunControl* control = nullptr;
  /// Instead of starting, the run goes on from here: a state of a run of the same topology, chance and span.
  /// Processes are as they were made, and an observer is empty.
  const RunState* resume_from = nullptr;
};

/// What a run was: the same for every engine, and for a run in one piece as for a resumed one.
struct RunReport {
  std::uint64_t events = 0;          ///< pops of the pending set that reached a handler
  std::uint64_t skipped_timers = 0;  ///< timers that were disarmed or set anew before they went off
  std::uint64_t digest = 0;          ///< of all processes' events, in the order of their ids

  template <class Archive>
  void visit_state(Archive& archive) {
    archive(events, skipped_timers, digest);
  }
};

/// Runs a topology's processes from begin to end. Every engine gives the same facts and the same digest.
/// Throws RunFailure where the model breaks a rule, RunInterrupted where it was asked to stop,
/// StateFormatError where `resume_from` is no state of this run.
class Engine {
 public:
  virtual ~Engine() = default;
  virtual RunReport run(const Topology& topology, const RandomSource& random, const RunSpan& span,
                        Observer* observer) = 0;
};

}  // namespace peercap
