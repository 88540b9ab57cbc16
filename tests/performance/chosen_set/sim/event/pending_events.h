#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "sim/event/event_heap.h"
#include "sim/event/event_ladder.h"
#include "tests/performance/pending_sets.h"

/// Stands in for the header of the same path in bench_pending_sets, which compiles engines and models with
/// it: the pending set is chosen while the program runs, so that all are measured in one process by the same
/// code.
namespace peercap {

class PendingEvents {
 public:
  enum class Kind { ladder, heap, replacing_heap, binary_heap, counting_heap };
  /// For every set made from now on. Set while no engine runs.
  static inline Kind chosen = Kind::ladder;

  /// What all sets of kind counting_heap have seen.
  struct Counts {
    std::uint64_t pushes = 0;
    std::uint64_t pushes_for_now = 0;  ///< for the time of the event popped last
    std::uint64_t pops = 0;
    std::uint64_t pending = 0;  ///< summed over pops: the events in the set
  };
  /// Since the last call.
  static Counts take_counts();

  PendingEvents() = default;
  PendingEvents(const PendingEvents&) = delete;
  PendingEvents& operator=(const PendingEvents&) = delete;
  ~PendingEvents();

  // Not inline: the choice is then made in one place for each, at the same cost for all.
  [[nodiscard]] bool empty() const;
  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] const Event& top();
  void push(const Event& event);
  Event pop();
  /// Benchmarks keep no state.
  template <class Visit>
  void for_each(Visit&&) const {}
  /// Timers that are no longer set stay in every set until their time, as in the sets that cannot lose any.
  template <class Condition>
  void remove_if(Condition&&) {}

 private:
  const Kind kind_ = chosen;
  EventLadder ladder_;
  EventHeap heap_;
  performance::ReplacingHeap replacing_;
  performance::BinaryHeap binary_;
  Counts counts_;
  SimTime popped_;
};

}  // namespace peercap
