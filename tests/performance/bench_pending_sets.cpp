// Each pending set inside the engines, on M/M/10, PHOLD and a year of an organization: what the hold
// operation does not show, since a queue shares the cache with processes and their states. Beside that, what
// is pushed for the current time, and how many timers are popped that are no longer set.
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include <benchmark/benchmark.h>

#include "models/peer_support/model.h"
#include "models/reference/mmc_queue.h"
#include "models/reference/phold.h"
#include "sim/event/pending_events.h"
#include "sim/kernel/conservative_engine.h"
#include "sim/kernel/sequential_engine.h"
#include "tests/performance/organizations.h"
#include "tests/performance/run_counters.h"

namespace peercap::performance {
namespace {

using Kind = PendingEvents::Kind;
using peer_support::Rules;

/// Zero partitions: one queue. Else windows on one thread, so that the queue alone makes the difference.
std::unique_ptr<Engine> make_engine(std::size_t partitions) {
  if (partitions == 0) return std::make_unique<SequentialEngine>();
  return std::make_unique<ConservativeEngine>(ConservativeOptions{.partitions = partitions});
}

/// Runs with the set `kind`. All sets of one `load` have to give one digest.
template <class Run>
void measure(benchmark::State& state, const std::string& load, Kind kind, std::size_t partitions, Run&& run) {
  static std::map<std::string, std::uint64_t> digests;
  PendingEvents::chosen = kind;
  PendingEvents::take_counts();
  const auto engine = make_engine(partitions);
  RunReport total;
  for (auto _ : state) {
    const RunReport report = run(*engine);
    total.events += report.events;
    total.skipped_timers += report.skipped_timers;
    if (const auto [digest, is_new] = digests.emplace(load, report.digest);
        !is_new && digest->second != report.digest)
      state.SkipWithError("this pending set gives other bits");
  }
  const double pops = static_cast<double>(total.events + total.skipped_timers);
  count_events(state, total.events);
  state.counters["stale"] = static_cast<double>(total.skipped_timers) / pops;
  if (kind != Kind::counting_heap) return;
  const PendingEvents::Counts counts = PendingEvents::take_counts();
  state.counters["pushes for now"] =
      static_cast<double>(counts.pushes_for_now) / static_cast<double>(counts.pushes);
  state.counters["pending"] = static_cast<double>(counts.pending) / static_cast<double>(counts.pops);
}

void phold(benchmark::State& state, Kind kind, std::uint32_t processes, std::size_t partitions) {
  const reference::PholdParameters parameters{.processes = processes};
  // About two million events each.
  const SimDuration horizon{std::int64_t{128} * 1024 * 1'000'000 / processes};
  measure(state, "phold " + std::to_string(processes), kind, partitions,
          [&](Engine& engine) { return run_phold(parameters, engine, 1, horizon); });
}

void mmc(benchmark::State& state, Kind kind, std::uint32_t servers, std::size_t partitions) {
  const reference::MmcParameters parameters{
      .arrivals_per_hour = 0.8 * servers, .services_per_hour = 1.0, .servers = servers};
  measure(state, "mmc " + std::to_string(servers), kind, partitions, [&](Engine& engine) {
    return run_mmc(parameters, engine, 1, 0, SimDuration{}, hours(125'000)).report;
  });
}

void organization(benchmark::State& state, Kind kind, std::int64_t clinicians, std::size_t partitions) {
  const Rules rules{clinicians > 0 ? peer_support::organization_of(clinicians)
                                   : peer_support::load_scenario("academic_center")};
  measure(state, "organization " + std::to_string(clinicians), kind, partitions,
          [&](Engine& engine) { return run_replication(rules, 0, engine).report; });
}

[[maybe_unused]] const int registered = [] {
  for (const auto& [kind, name] :
       {std::pair{Kind::binary_heap, "std_priority_queue"}, std::pair{Kind::heap, "heap_4ary"},
        std::pair{Kind::replacing_heap, "heap_4ary_replacing"}, std::pair{Kind::ladder, "ladder"},
        std::pair{Kind::counting_heap, "counts"}}) {
    const std::string set = std::string{"/"} + name;
    const auto add = [&](const std::string& load, auto function, auto size, std::size_t partitions) {
      benchmark::RegisterBenchmark(
          ("pending_set/" + load + (partitions > 0 ? "/parts:" + std::to_string(partitions) : "") + set)
              .c_str(),
          function, kind, size, partitions)
          ->Unit(benchmark::kMillisecond);
    };
    add("mmc_10", mmc, 10U, 0);
    add("phold_16k", phold, 1024U, 16);
    add("phold_16k", phold, 1024U, 2);
    add("phold_16k", phold, 1024U, 0);
    add("phold_128k", phold, 8192U, 0);
    add("phold_1M", phold, 65'536U, 0);
    add("academic_center", organization, std::int64_t{0}, 0);
    add("organization_10k", organization, std::int64_t{10'000}, 8);
    add("organization_10k", organization, std::int64_t{10'000}, 0);
    add("organization_100k", organization, std::int64_t{100'000}, 50);
    add("organization_100k", organization, std::int64_t{100'000}, 0);
    add("organization_1M", organization, std::int64_t{1'000'000}, 500);
    add("organization_1M", organization, std::int64_t{1'000'000}, 0);
  }
  return 0;
}();

}  // namespace
}  // namespace peercap::performance
