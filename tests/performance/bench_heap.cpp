// The hold operation: take the first event, put one back at a random later time. The usual measure of a
// pending-event set (Vaucher & Duval, Communications of the ACM 18 (1975) 223-230), at a constant number of
// events.
#include <cstdint>
#include <vector>

#include <benchmark/benchmark.h>

#include "sim/event/event_heap.h"
#include "sim/random/distributions.h"

namespace peercap {
namespace {

/// Increments drawn beforehand, so that the heap alone is measured.
std::vector<SimDuration> make_increments() {
  enum class Purpose : std::uint16_t { increment };
  const RandomSource random{1, 0};
  std::vector<SimDuration> increments;
  for (std::uint64_t i = 0; i < 1U << 16; ++i)
    increments.push_back(
        duration_from_hours(standard_exponential(random.draw(EntityKey{}, Purpose::increment, i).uniform())));
  return increments;
}

void hold(benchmark::State& state) {
  const auto size = static_cast<std::uint64_t>(state.range(0));
  const std::vector<SimDuration> increments = make_increments();
  const std::size_t mask = increments.size() - 1;
  EventHeap heap;
  std::uint64_t sequence = 0;
  for (; sequence < size; ++sequence)
    heap.push({.time = SimTime{} + increments[sequence & mask],
               .tie = EventTie{EventPriority::normal, ProcessId{0U}, sequence},
               .target = ProcessId{0U}});
  for (auto _ : state) {
    Event event = heap.pop();
    event.time = event.time + increments[sequence & mask];
    event.tie = EventTie{EventPriority::normal, ProcessId{0U}, sequence++};
    heap.push(event);
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(hold)->RangeMultiplier(10)->Range(1000, 1'000'000);

}  // namespace
}  // namespace peercap
