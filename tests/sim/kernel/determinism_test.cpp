#include <algorithm>
#include <cstdint>
#include <iterator>
#include <memory>
#include <numeric>
#include <random>
#include <string>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>

#include "sim/kernel/dispatcher.h"
#include "sim/random/distributions.h"
#include "tests/sim/kernel/small_world.h"
#include "tests/sim/kernel/unsaved.h"

namespace peercap {
namespace {

using testing::add_process;

enum class Kind : std::uint16_t { wake, letter };
enum class Purpose : std::uint16_t { pause, recipient, delay };
enum class Note : std::uint16_t { woke, read };

constexpr SimDuration least_delay{20};

/// Wakes after random pauses and writes to a random neighbor; coarse times, so that many events coincide. Its
/// draws belong to its name.
class Writer final : public testing::Unsaved<LogicalProcess> {
 public:
  explicit Writer(std::string name) : name_{std::move(name)} {}

  void start(Context& context) override { pause(context); }
  void handle(const Event& event, Context& context) override {
    if (event.kind_as<Kind>() == Kind::letter) {
      read_ = read_ * 31 + event.a;
      context.state(Note::read, subject(), static_cast<std::int64_t>(read_ >> 1));
      return;
    }
    context.state(Note::woke, subject(), static_cast<std::int64_t>(letters_));
    const auto channels = static_cast<double>(neighbors);
    const auto to = static_cast<std::uint32_t>(draw(context, Purpose::recipient).uniform() * channels);
    const auto extra = static_cast<std::int64_t>(draw(context, Purpose::delay).uniform() * 3);
    ++letters_;
    context.send(to, least_delay + 10 * SimDuration{extra}, Kind::letter, {.a = letters_},
                 letters_ % 3 == 0 ? EventPriority::early : EventPriority::normal);
    pause(context);
  }
  void finish(Context& context) override { context.state(Note::read, subject(), -1); }
  [[nodiscard]] std::string name() const override { return name_; }

  static constexpr std::uint32_t neighbors = 3;

 private:
  [[nodiscard]] Draw draw(Context& context, Purpose purpose) const {
    return context.random().draw(EntityKey{}.child(name_), purpose, letters_);
  }
  void pause(Context& context) const {
    const double length = standard_exponential(draw(context, Purpose::pause).uniform());
    context.schedule(context.now() + 10 * SimDuration{static_cast<std::int64_t>(4.0 * length)}, Kind::wake);
  }
  [[nodiscard]] std::uint32_t subject() const { return static_cast<std::uint32_t>(std::stoul(name_)); }

  std::string name_;
  std::uint64_t letters_ = 0;
  std::uint64_t read_ = 0;
};

constexpr std::uint32_t writers = 9;

Topology make_ring() {
  Topology topology;
  for (std::uint32_t i = 0; i < writers; ++i) topology.add(std::make_unique<Writer>(std::to_string(i)));
  for (std::uint32_t i = 0; i < writers; ++i)
    for (std::uint32_t step = 1; step <= Writer::neighbors; ++step)
      topology.connect(ProcessId{i}, ProcessId{(i + step) % writers}, least_delay);
  return topology;
}

class FactLog final : public testing::Unsaved<Observer> {
 public:
  using Line = std::tuple<std::int64_t, std::uint32_t, std::uint16_t, std::int64_t>;
  void on_fact(const Fact& fact) override {
    lines.emplace_back(fact.time.ticks(), fact.subject, fact.kind, fact.a);
  }
  [[nodiscard]] std::unique_ptr<Observer> fork() const override { return std::make_unique<FactLog>(); }
  void absorb(const Observer& other) override {
    const auto& seen = dynamic_cast<const FactLog&>(other).lines;
    lines.insert(lines.end(), seen.begin(), seen.end());
  }
  [[nodiscard]] std::vector<Line> of(std::uint32_t subject) const {
    std::vector<Line> found;
    std::ranges::copy_if(lines, std::back_inserter(found),
                         [&](const Line& line) { return std::get<1>(line) == subject; });
    return found;
  }
  std::vector<Line> lines;
};

constexpr SimTime end_of_run{4000};

RunReport run_ring(const Topology& topology, Observer* observer, SimTime end = end_of_run) {
  SequentialEngine engine;
  return engine.run(topology, RandomSource{17, 0}, {SimTime{0}, end}, observer);
}

/// The digest of each process when processes are started in the order given.
std::vector<std::uint64_t> digests_when_started_as(const std::vector<std::uint32_t>& order, FactLog& log) {
  const Topology topology = make_ring();
  const RandomSource random{17, 0};
  EventLadder pending;
  std::vector<ProcessRecord> records(topology.size());
  Context context{topology, random, pending, records, &log};
  Dispatcher dispatcher{topology, context, records, SimTime{0}, end_of_run};
  for (const std::uint32_t process : order) dispatcher.start(ProcessId{process});
  while (!pending.empty()) dispatcher.dispatch(pending.pop());
  for (std::uint32_t process = 0; process < writers; ++process) dispatcher.finish(ProcessId{process});
  std::vector<std::uint64_t> digests;
  for (const ProcessRecord& record : records) digests.push_back(record.digest);
  return digests;
}

// The world has to be one in which order could matter.
TEST(Determinism, TheRingHasManyCoincidences) {
  FactLog log;
  const RunReport report = run_ring(make_ring(), &log);
  EXPECT_GT(report.events, 1000U);
  std::size_t coincidences = 0;
  for (std::size_t i = 1; i < log.lines.size(); ++i)
    coincidences += std::get<0>(log.lines[i]) == std::get<0>(log.lines[i - 1]) ? 1U : 0U;
  EXPECT_GT(coincidences, 500U);
}

TEST(Determinism, TheOrderInWhichProcessesPushTheirEventsDoesNotMatter) {
  std::vector<std::uint32_t> order(writers);
  std::iota(order.begin(), order.end(), 0U);
  FactLog expected_log;
  const auto expected = digests_when_started_as(order, expected_log);
  FactLog engine_log;
  run_ring(make_ring(), &engine_log);
  EXPECT_EQ(engine_log.lines, expected_log.lines) << "the engine does something else than its parts";
  std::mt19937_64 bits{1};
  for (int round = 0; round < 20; ++round) {
    std::ranges::shuffle(order, bits);
    FactLog log;
    ASSERT_EQ(digests_when_started_as(order, log), expected);
    ASSERT_EQ(log.lines, expected_log.lines);
  }
}

// Letters that arrive together are read in the order of their writers, whoever wrote first.
TEST(Determinism, LettersOfOneTimeAreReadInTheOrderOfTheirSources) {
  std::mt19937_64 bits{2};
  std::vector<std::int64_t> writing_times{10, 20, 30, 40, 50, 60};
  for (int round = 0; round < 20; ++round) {
    std::ranges::shuffle(writing_times, bits);
    std::vector<std::uint64_t> read;
    Topology topology;
    const ProcessId reader = add_process(
        topology, "reader", [](Context&) {}, [&](const Event& e, Context&) { read.push_back(e.a); });
    for (std::size_t i = 0; i < writing_times.size(); ++i) {
      const SimTime at{writing_times[i]};
      const ProcessId writer = add_process(
          topology, "writer", [at](Context& c) { c.schedule(at, Kind::wake); },
          [i](const Event&, Context& c) { c.send(0, SimTime{100} - c.now(), Kind::letter, {.a = i}); });
      topology.connect(writer, reader, SimDuration{1});
    }
    testing::run(topology);
    ASSERT_EQ(read, (std::vector<std::uint64_t>{0, 1, 2, 3, 4, 5}));
  }
}

TEST(Determinism, ObserversDoNotChangeTheDigest) {
  FactLog log;
  const RunReport observed = run_ring(make_ring(), &log);
  const RunReport alone = run_ring(make_ring(), nullptr);
  EXPECT_EQ(alone.digest, observed.digest);
  EXPECT_EQ(alone.events, observed.events);
}

TEST(Determinism, AShorterRunIsTheBeginningOfALongerOne) {
  FactLog longer;
  run_ring(make_ring(), &longer);
  for (const std::int64_t end : {1, 777, 2000}) {
    FactLog shorter;
    run_ring(make_ring(), &shorter, SimTime{end});
    shorter.lines.resize(shorter.lines.size() - writers);  // what is said at the close belongs to the end
    ASSERT_LE(shorter.lines.size(), longer.lines.size());
    EXPECT_TRUE(std::ranges::equal(
        shorter.lines, std::vector(longer.lines.begin(), longer.lines.begin() + std::ssize(shorter.lines))));
    const auto next = longer.lines.begin() + std::ssize(shorter.lines);
    EXPECT_GE(std::get<0>(*next), end);
  }
}

/// A writer on its own: its letters go to itself.
void add_hermit(Topology& topology, const std::string& name) {
  const ProcessId id = topology.add(std::make_unique<Writer>(name));
  for (std::uint32_t i = 0; i < Writer::neighbors; ++i) topology.connect(id, id, least_delay);
}

TEST(Determinism, ASecondProcessLeavesTheDrawsOfTheFirst) {
  Topology one;
  add_hermit(one, "1");
  FactLog alone;
  run_ring(one, &alone);

  Topology two;  // the newcomer even takes the first place
  add_hermit(two, "2");
  add_hermit(two, "1");
  FactLog together;
  run_ring(two, &together);

  EXPECT_GT(alone.lines.size(), 100U);
  EXPECT_EQ(together.of(1), alone.of(1));
  EXPECT_GT(together.of(2).size(), 100U);
}

TEST(Determinism, IndependentProcessesMayBeAddedInAnyOrder) {
  std::vector<std::string> names{"1", "2", "3", "4", "5"};
  const auto run_in_order = [](const std::vector<std::string>& order) {
    Topology topology;
    for (const std::string& name : order) add_hermit(topology, name);
    FactLog log;
    run_ring(topology, &log);
    std::vector<std::vector<FactLog::Line>> by_name;
    for (std::uint32_t subject = 1; subject <= 5; ++subject) by_name.push_back(log.of(subject));
    return by_name;
  };
  const auto expected = run_in_order(names);
  std::mt19937_64 bits{3};
  for (int round = 0; round < 10; ++round) {
    std::ranges::shuffle(names, bits);
    ASSERT_EQ(run_in_order(names), expected);
  }
}

}  // namespace
}  // namespace peercap
