// What it takes to keep the state of a run, and to go on from it.
#include <chrono>
#include <cstdint>
#include <utility>

#include <benchmark/benchmark.h>

#include "models/peer_support/model.h"
#include "models/peer_support/scenario/staffing.h"
#include "sim/kernel/run_failure.h"
#include "sim/kernel/sequential_engine.h"
#include "sim/support/state_archive.h"
#include "tests/performance/organizations.h"

namespace peercap::peer_support {
namespace {

using Clock = std::chrono::steady_clock;

/// Keeps the state at one time, or stops where it is asked first; notes how long that took.
class Stopwatch final : public RunControl {
 public:
  explicit Stopwatch(SimTime cut) : cut_{cut} {}
  Wish at(SimTime reached, std::uint64_t) override {
    asked_ = Clock::now();
    if (cut_ == SimTime::never()) return Wish::stop;
    return reached == cut_ ? Wish::save_and_stop : Wish::go_on;
  }
  void keep(RunState&& kept) override {
    saving = std::chrono::duration<double>(Clock::now() - asked_).count();
    state = std::move(kept);
  }
  [[nodiscard]] SimTime next_cut() const override { return cut_; }

  RunState state;
  double saving = 0.0;  ///< seconds

 private:
  SimTime cut_;
  Clock::time_point asked_;
};

/// Seconds until the first event of a run that is started, or goes on from `state`.
double seconds_to_begin(const Rules& rules, Engine& engine, const RunState* state) {
  const Clock::time_point begin = Clock::now();
  Stopwatch stop{SimTime::never()};
  try {
    (void)run_replication(rules, 0, engine, nullptr, &stop, state);
  } catch (const RunInterrupted&) {
  }
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

/// Saves in the middle of a year, and begins from there. Argument: clinicians.
void checkpoint(benchmark::State& state) {
  const Rules rules{organization_of(state.range(0))};
  SequentialEngine engine;
  for (auto _ : state) {
    Stopwatch save{rules.begin + weeks(26) + days(3)};
    try {
      (void)run_replication(rules, 0, engine, nullptr, &save);
    } catch (const RunInterrupted&) {
    }
    StateWriter writer;
    writer(save.state);
    state.counters["bytes/clinician"] =
        static_cast<double>(writer.size()) / static_cast<double>(count_clinicians(rules.scenario));
    state.counters["pending"] = static_cast<double>(save.state.pending.size());
    state.counters["save"] = save.saving;
    state.counters["start"] = seconds_to_begin(rules, engine, nullptr);
    state.counters["resume"] = seconds_to_begin(rules, engine, &save.state);
  }
}
BENCHMARK(checkpoint)
    ->ArgName("clinicians")
    ->Arg(5'000)
    ->Arg(100'000)
    ->Unit(benchmark::kSecond)
    ->Iterations(1);

}  // namespace
}  // namespace peercap::peer_support
