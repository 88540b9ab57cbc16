// The reference models stop at random times and go on from the saved state on another engine.
// PEERCAP_CHECKPOINTS asks for another number of checkpoints of each.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "models/reference/mmc_queue.h"
#include "models/reference/phold.h"
#include "sim/kernel/conservative_engine.h"
#include "sim/kernel/run_failure.h"
#include "sim/kernel/sequential_engine.h"
#include "tests/sim/kernel/split_run.h"

namespace peercap::reference {
namespace {

using peercap::testing::CutControl;

constexpr SimDuration horizon = seconds(20);

int checkpoints() {
  const char* asked = std::getenv("PEERCAP_CHECKPOINTS");
  return asked != nullptr ? std::atoi(asked) : 60;
}

std::unique_ptr<Engine> any_engine(std::mt19937_64& bits) {
  if (bits() % 4 == 0) return std::make_unique<SequentialEngine>();
#if defined(__SANITIZE_THREAD__)
  constexpr ExecutorKind third = ExecutorKind::threads;  // the sanitizer does not see what oneTBB orders
#else
  constexpr ExecutorKind third = ExecutorKind::tbb;
#endif
  const ExecutorKind kinds[] = {ExecutorKind::serial, ExecutorKind::threads, third};
  return std::make_unique<ConservativeEngine>(ConservativeOptions{.executor = kinds[bits() % 3],
                                                                  .threads = 1 + bits() % 4,
                                                                  .partitions = 1 + bits() % 60,
                                                                  .scattered = bits() % 2 == 0});
}

/// `run(engine, control, from)` is stopped twice and goes on, each time on another engine.
template <class Run>
void expect_equal_when_split(Run&& run) {
  SequentialEngine oracle;
  const auto expected = run(oracle, nullptr, nullptr);
  std::mt19937_64 bits{11};
  for (int number = 0; number < checkpoints(); number += 2) {
    SCOPED_TRACE("number " + std::to_string(number));
    const auto ticks = static_cast<std::uint64_t>(horizon.ticks());
    std::vector<SimTime> times{SimTime{static_cast<std::int64_t>(bits() % ticks)},
                               SimTime{static_cast<std::int64_t>(bits() % ticks)}};
    std::ranges::sort(times);
    std::optional<RunState> state;
    for (const SimTime time : times) {
      CutControl control{{time}, RunControl::Wish::save_and_stop};
      const auto engine = any_engine(bits);
      ASSERT_THROW(run(*engine, &control, state ? &*state : nullptr), RunInterrupted);
      CutControl passing{{time}, RunControl::Wish::save};
      ASSERT_EQ(run(oracle, &passing, nullptr), expected);
      state = control.state();
      ASSERT_EQ(*state, *passing.state());
    }
    const auto engine = any_engine(bits);
    ASSERT_EQ(run(*engine, nullptr, &*state), expected);
  }
}

TEST(ReferenceCheckpoint, PholdGoesOnFromAnyTime) {
  const PholdParameters phold{.processes = 50, .events_each = 4, .remote_share = 0.9, .least_delay = 0.1};
  expect_equal_when_split([&](Engine& engine, RunControl* control, const RunState* from) {
    const RunReport report = run_phold(phold, engine, 3, horizon, nullptr, control, from);
    return std::vector<std::uint64_t>{report.digest, report.events, report.skipped_timers};
  });
}

TEST(ReferenceCheckpoint, QueueGoesOnFromAnyTime) {
  const MmcParameters busy{.arrivals_per_hour = 3'600.0 * 45, .services_per_hour = 3'600.0 * 10};
  expect_equal_when_split([&](Engine& engine, RunControl* control, const RunState* from) {
    const MmcResult result = run_mmc(busy, engine, 5, 0, seconds(4), horizon, control, from);
    EXPECT_GT(result.waited, 100U);
    return std::vector<std::uint64_t>{result.report.digest, result.report.events, result.served,
                                      result.waited, static_cast<std::uint64_t>(result.total_wait_ticks)};
  });
}

}  // namespace
}  // namespace peercap::reference
