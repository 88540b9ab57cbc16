#pragma once

#include <atomic>
#include <cstdint>

#include "sim/kernel/topology.h"
#include "sim/observe/fact.h"
#include "sim/random/random_source.h"

namespace peercap {

/// From when to when, and what may end it early.
struct RunSpan {
  SimTime begin;
  SimTime end;                              ///< events at or after `end` do not happen
  const std::atomic<bool>* stop = nullptr;  ///< set by another thread or a signal handler: ends the run
};

/// What a run was: the same for every engine, except `skipped_timers` where an engine drops them earlier.
struct RunReport {
  std::uint64_t events = 0;          ///< pops of the pending set that reached a handler
  std::uint64_t skipped_timers = 0;  ///< pops of timers that had been disarmed or set anew
  std::uint64_t digest = 0;          ///< of all processes' events, in the order of their ids
};

/// Runs a topology's processes from begin to end. Every engine gives the same facts and the same digest.
/// Throws RunFailure where the model breaks a rule, RunInterrupted where it was asked to stop.
class Engine {
 public:
  virtual ~Engine() = default;
  virtual RunReport run(const Topology& topology, const RandomSource& random, const RunSpan& span,
                        Observer* observer) = 0;
};

}  // namespace peercap
