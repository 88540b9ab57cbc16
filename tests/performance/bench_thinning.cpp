// Thinning before or behind the queue (P. A. W. Lewis & G. S. Shedler, Simulation of nonhomogeneous Poisson
// processes by thinning, Naval Research Logistics Quarterly 26 (1979) 403-413): a candidate is accepted where
// it is drawn, as in clinical_events.h, or goes through the queue and is decided at its time.
#include <cstdint>
#include <memory>
#include <string>

#include <benchmark/benchmark.h>

#include "sim/kernel/context.h"
#include "sim/kernel/sequential_engine.h"
#include "sim/random/distributions.h"
#include "tests/sim/kernel/unsaved.h"

namespace peercap::performance {
namespace {

enum class Happening : std::uint16_t { week, event };
enum class Purpose : std::uint16_t { count, candidate };
enum class Decision { before_the_queue, behind_the_queue };

constexpr std::uint32_t units = 2000;
constexpr double candidates_a_week = 4.0;
constexpr std::int64_t run_weeks = 26;

/// Draws its candidates of each week at the week's beginning; `accepted` of them happen.
class Unit final : public testing::Unsaved<LogicalProcess> {
 public:
  Unit(std::uint32_t number, Decision decision, double accepted)
      : key_{EntityKey{}.child("unit").child(number)}, decision_{decision}, accepted_{accepted} {}

  void start(Context& context) override { context.schedule(context.now(), Happening::week); }
  void handle(const Event& event, Context& context) override {
    if (event.kind_as<Happening>() == Happening::week)
      draw_week(context);
    else if (decision_ == Decision::before_the_queue || mark_of(context, event.a) < accepted_)
      ++happened;
  }
  void finish(Context&) override {}
  [[nodiscard]] std::string name() const override { return "unit"; }

  std::uint64_t candidates = 0;
  std::uint64_t happened = 0;

 private:
  [[nodiscard]] double mark_of(Context& context, std::uint64_t candidate) const {
    return context.random().draw(key_, Purpose::candidate, candidate).second_uniform();
  }
  void draw_week(Context& context) {
    const std::uint64_t week = week_++;
    const std::uint64_t count = poisson(context.random(), key_, Purpose::count, week, candidates_a_week);
    candidates += count;
    for (std::uint64_t number = 0; number < count; ++number) {
      const std::uint64_t candidate = week << 12 | number;
      const Draw draw = context.random().draw(key_, Purpose::candidate, candidate);
      if (decision_ == Decision::before_the_queue && draw.second_uniform() >= accepted_) continue;
      context.schedule(context.now() + duration_from_hours(168.0 * draw.uniform()), Happening::event,
                       {0, candidate, 0});
    }
    context.schedule(context.now() + weeks(1), Happening::week);
  }

  EntityKey key_;
  Decision decision_;
  double accepted_;
  std::uint64_t week_ = 0;
};

/// Argument: the share that is accepted, in percent.
void thinning(benchmark::State& state, Decision decision) {
  std::uint64_t candidates = 0;
  for (auto _ : state) {
    Topology topology;
    for (std::uint32_t i = 0; i < units; ++i)
      topology.add(std::make_unique<Unit>(i, decision, static_cast<double>(state.range(0)) / 100.0));
    SequentialEngine engine;
    engine.run(topology, RandomSource{1, 0}, {SimTime{}, SimTime{} + weeks(run_weeks)}, nullptr);
    for (std::uint32_t i = 0; i < units; ++i)
      candidates += dynamic_cast<const Unit&>(topology.process(ProcessId{i})).candidates;
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(candidates));
  state.counters["ns/candidate"] = benchmark::Counter(
      static_cast<double>(candidates) * 1e-9, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}
BENCHMARK_CAPTURE(thinning, before_the_queue, Decision::before_the_queue)
    ->Arg(100)
    ->Arg(50)
    ->Arg(10)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(thinning, behind_the_queue, Decision::behind_the_queue)
    ->Arg(100)
    ->Arg(50)
    ->Arg(10)
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace peercap::performance
