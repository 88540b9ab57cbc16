// The hold operation: take the first event, put one back at a random later time. The usual measure of a
// pending-event set (Vaucher & Duval, Communications of the ACM 18 (1975) 223-230), at a constant number of
// events.
#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "sim/event/event_heap.h"
#include "sim/event/event_ladder.h"
#include "sim/random/distributions.h"
#include "tests/performance/pending_sets.h"

namespace peercap::performance {
namespace {

/// Both with mean one hour. Bimodal: nine of ten exponential with mean 0.1 h, one with mean 9.1 h, as where
/// most events answer each other at once and the rest are appointments.
enum class Delays { exponential, bimodal };

/// Delays drawn beforehand, so that the set alone is measured.
std::vector<SimDuration> draw_delays(Delays law) {
  enum class Purpose : std::uint16_t { delay };
  const RandomSource random{1, 0};
  std::vector<SimDuration> delays;
  for (std::uint64_t i = 0; i < 1U << 16; ++i) {
    const Draw draw = random.draw(EntityKey{}, Purpose::delay, i);
    double mean = 1.0;
    if (law == Delays::bimodal) mean = draw.second_uniform() < 0.9 ? 0.1 : 9.1;
    delays.push_back(duration_from_hours(mean * standard_exponential(draw.uniform())));
  }
  return delays;
}

template <class PendingSet>
void hold(benchmark::State& state, Delays law) {
  const auto size = static_cast<std::uint64_t>(state.range(0));
  const std::vector<SimDuration> delays = draw_delays(law);
  const std::size_t mask = delays.size() - 1;
  PendingSet pending;
  std::uint64_t sequence = 0;
  const auto push = [&](Event event) {
    event.time = event.time + delays[sequence & mask];
    event.tie = EventTie{EventPriority::normal, ProcessId{0U}, sequence++};
    pending.push(event);
  };
  for (std::uint64_t i = 0; i < size; ++i) push({.time = SimTime{}, .tie = {}, .target = ProcessId{0U}});
  // Until what was pushed at the start has been turned over, and a ladder has its rungs.
  for (std::uint64_t i = 0; i < size; ++i) push(pending.pop());
  for (auto _ : state) push(pending.pop());
  state.SetItemsProcessed(state.iterations());
}

template <class PendingSet>
void register_set(const std::string& name) {
  for (const auto& [law, law_name] :
       {std::pair{Delays::exponential, "exponential"}, std::pair{Delays::bimodal, "bimodal"}})
    for (const std::int64_t size : {1'000, 10'000, 100'000, 1'000'000, 10'000'000})
      // At least once through all events, and as many for every set.
      benchmark::RegisterBenchmark(("hold/" + std::string{law_name} + "/" + name).c_str(), hold<PendingSet>,
                                   law)
          ->Arg(size)
          ->Iterations(std::max<std::int64_t>(size, 1'000'000));
}

[[maybe_unused]] const int registered = [] {
  register_set<BinaryHeap>("std_priority_queue");
  register_set<EventHeap>("heap_4ary");
  register_set<ReplacingHeap>("heap_4ary_replacing");
  register_set<EventLadder>("ladder");
  return 0;
}();

}  // namespace
}  // namespace peercap::performance
