// A run stops between two events and goes on from there as if nothing had been.

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/kernel/conservative_engine.h"
#include "sim/kernel/context.h"
#include "sim/kernel/sequential_engine.h"
#include "sim/random/distributions.h"
#include "sim/support/state_archive.h"
#include "tests/sim/kernel/split_run.h"

namespace peercap {
namespace {

using testing::Cut;
using testing::CutControl;
using ::testing::HasSubstr;

enum class Kind : std::uint16_t { step, alarm, visit };
enum class Purpose : std::uint16_t { step };

/// Steps at random times, puts off an alarm at each of them, and visits its neighbor.
class Watchman final : public LogicalProcess {
 public:
  explicit Watchman(std::string name) : name_{std::move(name)} {}

  void start(Context& context) override {
    context.reserve_timers(2);
    context.arm(1, SimTime{1'000'000}, Kind::alarm);  // beyond every run
    step(context);
  }
  void handle(const Event& event, Context& context) override {
    walked_ = walked_ * 31 + event.a;
    if (event.kind_as<Kind>() == Kind::step) step(context);
    if (event.kind_as<Kind>() == Kind::alarm) context.send(0, SimDuration{50}, Kind::visit, {.a = 7});
  }
  void finish(Context& context) override {
    EXPECT_TRUE(context.armed(1));
    context.state(Kind::step, context.self().value(), static_cast<std::int64_t>(walked_ >> 1));
  }
  void save(StateWriter& state) const override { state(*this); }
  void restore(StateReader& state) override { state(*this); }
  [[nodiscard]] std::string name() const override { return name_; }

  template <class Archive>
  void visit_state(Archive& archive) {
    archive(steps_, walked_);
  }

 private:
  void step(Context& context) {
    const Draw draw = context.random().draw(EntityKey{}.child(name_), Purpose::step, steps_++);
    const auto pause = static_cast<std::int64_t>(20.0 * standard_exponential(draw.uniform()));
    context.schedule(context.now() + SimDuration{pause}, Kind::step, {.a = steps_});
    context.arm(0, context.now() + SimDuration{40}, Kind::alarm, steps_);
    if (draw.second_uniform() < 0.3) context.send(0, SimDuration{50}, Kind::visit, {.a = steps_});
  }

  std::string name_;
  std::uint64_t steps_ = 0;
  std::uint64_t walked_ = 0;
};

class LastFacts final : public Observer {
 public:
  void on_fact(const Fact& fact) override { sum_ += fact.a; }
  [[nodiscard]] std::unique_ptr<Observer> fork() const override { return std::make_unique<LastFacts>(); }
  void absorb(const Observer& other) override { sum_ += dynamic_cast<const LastFacts&>(other).sum_; }
  void save(StateWriter& state) const override { state(sum_); }
  void restore(StateReader& state) override { state(sum_); }
  [[nodiscard]] std::int64_t sum() const { return sum_; }

 private:
  std::int64_t sum_ = 0;
};

Topology watch(const std::vector<std::string>& names) {
  Topology topology;
  for (const std::string& name : names) topology.add(std::make_unique<Watchman>(name));
  for (std::size_t i = 0; i < names.size(); ++i)
    topology.connect(ProcessId{i}, ProcessId{(i + 1) % names.size()}, SimDuration{50});
  return topology;
}

const std::vector<std::string> three{"north", "east", "south"};
constexpr SimTime end_of_run{20'000};

RunReport run(Engine& engine, RunControl* control = nullptr, const RunState* from = nullptr,
              Observer* observer = nullptr, const std::vector<std::string>& names = three,
              SimTime end = end_of_run) {
  return engine.run(watch(names), RandomSource{4, 0}, {SimTime{0}, end, nullptr, control, from}, observer);
}

RunState state_at(SimTime time, Engine& engine) {
  CutControl control{{time}, RunControl::Wish::save_and_stop};
  LastFacts facts;
  EXPECT_THROW(run(engine, &control, nullptr, &facts), RunInterrupted);
  return *control.state();
}
RunState state_at(SimTime time) {
  SequentialEngine engine;
  return state_at(time, engine);
}

TEST(Checkpoint, SplitRunGivesTheReportAndTheFactsOfTheWholeOne) {
  SequentialEngine engine;
  LastFacts expected;
  const RunReport whole = run(engine, nullptr, nullptr, &expected);
  ASSERT_GT(whole.skipped_timers, 100U);
  for (const std::int64_t ticks : {0, 1, 777, 10'000, 19'999}) {
    const RunState state = state_at(SimTime{ticks});
    EXPECT_EQ(state.reached, SimTime{ticks});
    LastFacts found;
    const RunReport rest = run(engine, nullptr, &state, &found);
    EXPECT_EQ(rest.digest, whole.digest);
    EXPECT_EQ(rest.events, whole.events);
    EXPECT_EQ(rest.skipped_timers, whole.skipped_timers);
    EXPECT_EQ(found.sum(), expected.sum());
  }
}

TEST(Checkpoint, StateIsTheSameWhoeverComesThere) {
  SequentialEngine one;
  const RunState expected = state_at(SimTime{5'000}, one);
  for (const std::size_t partitions : {1U, 2U, 3U})
    for (const ExecutorKind kind : {ExecutorKind::serial, ExecutorKind::threads}) {
      ConservativeEngine engine{{.executor = kind, .threads = 2, .partitions = partitions}};
      EXPECT_EQ(state_at(SimTime{5'000}, engine), expected);
      // On the way from an earlier state as well.
      const RunState earlier = state_at(SimTime{1'234}, engine);
      CutControl control{{SimTime{5'000}}, RunControl::Wish::save_and_stop};
      LastFacts facts;
      EXPECT_THROW(run(engine, &control, &earlier, &facts), RunInterrupted);
      EXPECT_EQ(*control.state(), expected);
    }
}

TEST(Checkpoint, EventsOfTheCutBelongToTheRest) {
  const RunState state = state_at(SimTime{5'000});
  ASSERT_FALSE(state.pending.empty());
  const SimTime next = state.pending.front().time;
  const RunState there = state_at(next);
  EXPECT_EQ(there.pending, state.pending);
  EXPECT_EQ(there.events, state.events);
  EXPECT_GT(state_at(next + SimDuration{1}).events, state.events);
}

TEST(Checkpoint, TimersThatAreNoLongerSetAreLeftOut) {
  const RunState state = state_at(SimTime{5'000});
  EXPECT_GT(state.skipped_timers, 100U);
  std::size_t timers = 0;
  for (const Event& event : state.pending) timers += event.is_timer() ? 1U : 0U;
  EXPECT_LE(timers, three.size());
}

/// Notes when it is asked; goes on, or stops after some answers.
class Notes final : public RunControl {
 public:
  explicit Notes(std::vector<SimTime> cuts, std::size_t stop_after = ~std::size_t{0})
      : cuts_{std::move(cuts)}, stop_after_{stop_after} {}
  Wish at(SimTime reached, std::uint64_t events) override {
    times.push_back(reached);
    counts.push_back(events);
    return times.size() > stop_after_ ? Wish::stop : Wish::go_on;
  }
  void keep(RunState&&) override { ADD_FAILURE() << "nobody wished for it"; }
  [[nodiscard]] SimTime next_cut() const override {
    for (const SimTime cut : cuts_)
      if (times.empty() || cut > times.back()) return cut;
    return SimTime::never();
  }
  std::vector<SimTime> times;
  std::vector<std::uint64_t> counts;

 private:
  std::vector<SimTime> cuts_;
  std::size_t stop_after_;
};

TEST(Checkpoint, EnginesAskAtTheBeginAndAtEachCut) {
  const std::vector<SimTime> cuts{SimTime{0}, SimTime{10}, SimTime{11}, SimTime{500}, SimTime{90'000}};
  SequentialEngine one;
  ConservativeEngine windows{{.partitions = 3}};
  for (Engine* engine : std::initializer_list<Engine*>{&one, &windows}) {
    Notes notes{cuts};
    run(*engine, &notes);
    EXPECT_EQ(notes.times.front(), SimTime{0});
    EXPECT_THAT(notes.times, ::testing::IsSupersetOf({SimTime{10}, SimTime{11}, SimTime{500}}));
    EXPECT_TRUE(std::ranges::is_sorted(notes.times));
    EXPECT_TRUE(std::ranges::is_sorted(notes.counts));
    EXPECT_LE(notes.times.back(), end_of_run);
  }
}

TEST(Checkpoint, OneQueueAsksEveryFewThousandEvents) {
  SequentialEngine engine;
  Notes notes{{}};
  const RunReport report = run(engine, &notes, nullptr, nullptr, three, SimTime{1'000'000});
  ASSERT_GT(report.events, 100'000U);
  EXPECT_GT(notes.counts.size(), report.events / 8'192);
  EXPECT_LT(notes.counts.size(), report.events / 2'048);
}

// Nothing crosses between partitions where there is one, and its windows could be as long as the run.
TEST(Checkpoint, WindowsOfOnePartitionAskAsWell) {
  ConservativeEngine engine{{.partitions = 1}};
  Notes notes{{}};
  const RunReport report = run(engine, &notes, nullptr, nullptr, three, SimTime{1'000'000});
  for (std::size_t i = 1; i < notes.counts.size(); ++i)
    ASSERT_LT(notes.counts[i] - notes.counts[i - 1], std::uint64_t{1} << 18);
  EXPECT_GT(notes.counts.size(), 5U);
  EXPECT_EQ(notes.counts.back(), report.events);
}

TEST(Checkpoint, StoppingKeepsNothing) {
  SequentialEngine one;
  ConservativeEngine windows{{.partitions = 3}};
  for (Engine* engine : std::initializer_list<Engine*>{&one, &windows}) {
    Notes notes{{SimTime{300}, SimTime{400}}, 1};
    EXPECT_THROW(run(*engine, &notes), RunInterrupted);
    EXPECT_EQ(notes.times.size(), 2U);
  }
}

std::string refusal(const RunState& state, const std::vector<std::string>& names = three,
                    SimTime end = end_of_run) {
  SequentialEngine engine;
  try {
    LastFacts facts;
    run(engine, nullptr, &state, &facts, names, end);
    return "";
  } catch (const StateFormatError& error) {
    return error.what();
  }
}

TEST(Checkpoint, RefusesTheStateOfAnotherRun) {
  const RunState state = state_at(SimTime{5'000});
  ASSERT_EQ(refusal(state), "");
  EXPECT_THAT(refusal(state, {"north", "east"}), HasSubstr("it has 3 processes, the run has 2"));
  EXPECT_THAT(refusal(state, {"north", "west", "south"}), HasSubstr("process 1 was 'east' and is 'west'"));
  EXPECT_THAT(refusal(state, three, SimTime{4'000}),
              HasSubstr("of another span: it is at tick 5000, the run lasts from tick 0 to 4000"));
}

TEST(Checkpoint, RefusesAStateThatIsNone) {
  const RunState good = state_at(SimTime{5'000});
  ASSERT_GE(good.pending.size(), 2U);
  const auto refused = [&](auto&& spoil) {
    RunState state = good;
    spoil(state);
    return refusal(state);
  };
  EXPECT_THAT(refused([](RunState& s) { std::swap(s.pending[0], s.pending[1]); }), HasSubstr("out of order"));
  EXPECT_THAT(refused([](RunState& s) { s.pending[0].time = SimTime{4'999}; }),
              HasSubstr("outside the rest of the run"));
  EXPECT_THAT(refused([](RunState& s) { s.pending[0].target = ProcessId{3U}; }),
              HasSubstr("of a process that there is not"));
  const auto spoil_timer = [&](auto&& spoil) {
    return refused([&](RunState& s) {
      for (Event& event : s.pending)
        if (event.is_timer()) {
          spoil(event);
          return;
        }
      ADD_FAILURE() << "no timer is set";
    });
  };
  EXPECT_THAT(spoil_timer([](Event& event) { event.a = 2; }), HasSubstr("of a timer slot that there is not"));
  EXPECT_THAT(spoil_timer([](Event& event) { event.a = 1; }), HasSubstr("of a timer that is not set"));
  EXPECT_THAT(refused([](RunState& s) { s.records.pop_back(); }), HasSubstr("saved state announces"));
  EXPECT_THAT(refused([](RunState& s) { s.processes.pop_back(); }), HasSubstr("ends within south"));
  EXPECT_THAT(refused([](RunState& s) { s.processes.push_back({}); }), HasSubstr("after its end"));
  EXPECT_THAT(refused([](RunState& s) { s.observer.pop_back(); }), HasSubstr("what was observed"));
}

}  // namespace
}  // namespace peercap
