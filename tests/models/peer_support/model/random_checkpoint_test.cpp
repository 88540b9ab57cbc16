// Random small organizations are stopped somewhere and go on from the saved state on another engine: outcome
// and digest are those of a run in one piece. PEERCAP_CHECKPOINTS asks for another number of checkpoints.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "models/peer_support/results/result_builder.h"
#include "sim/kernel/conservative_engine.h"
#include "sim/kernel/sequential_engine.h"
#include "sim/observe/content_digest.h"
#include "tests/models/peer_support/model/random_worlds.h"
#include "tests/models/peer_support/world.h"
#include "tests/sim/kernel/split_run.h"

namespace peercap::peer_support {
namespace {

using ::peercap::testing::Cut;
using ::peercap::testing::CutControl;
using testing::Chooser;

std::unique_ptr<Engine> any_engine(Chooser& choose) {
  if (choose.between(0, 3) == 0) return std::make_unique<SequentialEngine>();
#if defined(__SANITIZE_THREAD__)
  constexpr ExecutorKind third = ExecutorKind::threads;  // the sanitizer does not see what oneTBB orders
#else
  constexpr ExecutorKind third = ExecutorKind::tbb;
#endif
  const ExecutorKind kinds[] = {ExecutorKind::serial, ExecutorKind::threads, third};
  return std::make_unique<ConservativeEngine>(testing::random_engine(choose, kinds[choose.between(0, 2)]));
}

std::vector<std::byte> bytes_of(ReplicationOutcome outcome) {
  sort_lists(outcome.record);
  StateWriter writer;
  writer(outcome);
  return writer.take();
}

std::string result_digest(const Rules& rules, const ReplicationOutcome& outcome) {
  ResultBuilder builder{rules};
  builder.add(outcome);
  ResultContent content;
  content.groups = builder.groups();
  return content_digest(content);
}

/// The parts in which two states differ.
std::string differences(const RunState& a, const RunState& b) {
  std::string found;
  if (a.reached != b.reached) found += " reached";
  if (a.events != b.events) found += " events";
  if (a.skipped_timers != b.skipped_timers) found += " skipped_timers";
  if (a.pending != b.pending) found += " pending";
  if (a.records != b.records) found += " records";
  if (a.processes != b.processes) found += " processes";
  if (a.observer != b.observer) found += " observer";
  return found;
}

/// A scenario, and two places at which its runs are cut one after the other.
struct SplitCase {
  explicit SplitCase(Chooser& choose) : scenario{testing::random_scenario(choose)} {
    testing::enrich(scenario, choose);
    rules = std::make_unique<Rules>(scenario);
    replication = static_cast<std::uint32_t>(choose.between(0, 100));
    const auto minutes_long = static_cast<int>((rules->end - rules->begin) / minutes(1));
    const std::uint32_t runs = rules->twin == nullptr ? 1 : rules->without_effect == nullptr ? 2 : 3;
    for (Cut& cut : cuts) {
      cut.at = rules->begin + minutes(choose.between(0, minutes_long));
      if (choose.between(0, 5) == 0) cut.at = rules->end - minutes(choose.between(1, 3'000));
      if (choose.coin()) cut.at = cut.at + microseconds(choose.between(-1, 1));
      if (choose.between(0, 3) == 0) cut.at = rules->begin + weeks((cut.at - rules->begin) / weeks(1));
      cut.at = std::clamp(cut.at, rules->begin, rules->end - microseconds(1));
      cut.run = static_cast<std::uint32_t>(choose.between(0, static_cast<int>(runs) - 1));
      cut.exact = choose.between(0, 3) > 0;
    }
    if (std::pair{cuts[1].run, cuts[1].at} < std::pair{cuts[0].run, cuts[0].at}) std::swap(cuts[0], cuts[1]);
  }

  Scenario scenario;
  std::unique_ptr<Rules> rules;
  std::uint32_t replication = 0;
  Cut cuts[2];
};

/// Runs up to the cut, or to the end where there is none before; `state` is where to begin, and afterwards
/// where the run stands.
std::optional<ReplicationOutcome> run_until(const SplitCase& split, const Cut& cut, Engine& engine,
                                            std::optional<RunState>& state, std::uint32_t& run) {
  CutControl control{cut, RunControl::Wish::save_and_stop, run};
  const RunState* from = state ? &*state : nullptr;
  try {
    return run_replication(*split.rules, split.replication, engine, nullptr, &control, from);
  } catch (const RunInterrupted&) {
    state = control.state();
    run = control.run();
    return std::nullopt;
  }
}

TEST(RandomCheckpoint, EveryOneGoesOnToTheOutcomeOfARunInOnePiece) {
  const int wanted = testing::number_asked("PEERCAP_CHECKPOINTS", 60);
  int checkpoints = 0;
  for (int number = 1; checkpoints < wanted; ++number) {
    SCOPED_TRACE("configuration " + std::to_string(number));
    Chooser choose{static_cast<std::uint64_t>(900'000 + number)};
    const SplitCase split{choose};
    SequentialEngine oracle;
    const ReplicationOutcome expected = run_replication(*split.rules, split.replication, oracle);

    std::optional<RunState> state;
    std::optional<ReplicationOutcome> found;
    std::uint32_t run = 0;
    for (const Cut& cut : split.cuts) {
      found = run_until(split, cut, *any_engine(choose), state, run);
      if (found) break;
      ++checkpoints;
      // Whoever passes there in one piece has the same state, and is not changed by being asked for it.
      CutControl passing{{state->reached, true, run}, RunControl::Wish::save};
      const ReplicationOutcome asked =
          run_replication(*split.rules, split.replication, oracle, nullptr, &passing);
      ASSERT_EQ(bytes_of(asked), bytes_of(expected));
      ASSERT_TRUE(passing.state().has_value());
      ASSERT_EQ(differences(*state, *passing.state()), "");
    }
    if (!found)
      found =
          run_replication(*split.rules, split.replication, *any_engine(choose), nullptr, nullptr, &*state);
    ASSERT_EQ(found->report.digest, expected.report.digest);
    ASSERT_EQ(found->report.events, expected.report.events);
    ASSERT_EQ(found->report.skipped_timers, expected.report.skipped_timers);
    ASSERT_EQ(result_digest(*split.rules, *found), result_digest(*split.rules, expected));
    ASSERT_EQ(bytes_of(*found), bytes_of(expected));
  }
}

}  // namespace
}  // namespace peercap::peer_support
