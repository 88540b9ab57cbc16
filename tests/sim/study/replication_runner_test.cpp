#include "sim/study/replication_runner.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <numeric>
#include <ostream>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "sim/kernel/run_failure.h"
#include "sim/support/contract.h"

namespace peercap {
namespace {

struct Setting {
  ExecutorKind executor;
  int threads;
};

void PrintTo(const Setting& setting, std::ostream* out) {
  constexpr const char* names[] = {"serial", "threads", "tbb"};
  *out << names[static_cast<int>(setting.executor)] << " x " << setting.threads;
}

class ReplicationRunner : public ::testing::TestWithParam<Setting> {
 protected:
  static RunnerOptions options() { return {.threads = GetParam().threads, .executor = GetParam().executor}; }
  static bool runs_inline() { return GetParam().threads == 1 || GetParam().executor == ExecutorKind::serial; }
};

INSTANTIATE_TEST_SUITE_P(AllExecutors, ReplicationRunner,
                         ::testing::Values(Setting{ExecutorKind::serial, 1}, Setting{ExecutorKind::serial, 4},
                                           Setting{ExecutorKind::threads, 1},
                                           Setting{ExecutorKind::threads, 2},
                                           Setting{ExecutorKind::threads, 8}, Setting{ExecutorKind::tbb, 1},
                                           Setting{ExecutorKind::tbb, 2}, Setting{ExecutorKind::tbb, 8}));

/// Work of very unequal length, so that tasks end out of order; the outcome depends on the index alone.
std::uint64_t mix(std::size_t index) {
  std::uint64_t state = index + 1;
  const int rounds = index % 7 == 0 ? 20000 : 50;
  for (int i = 0; i < rounds; ++i) state = state * 6364136223846793005ULL + 1442695040888963407ULL;
  return state;
}

TEST_P(ReplicationRunner, DeliversEveryOutcomeInOrderOnTheCallingThread) {
  constexpr std::size_t count = 500;
  const auto caller = std::this_thread::get_id();
  std::size_t expected = 0;
  std::vector<std::size_t> progress;
  auto opts = options();
  opts.progress = [&](std::size_t delivered, std::size_t total) {
    EXPECT_EQ(std::this_thread::get_id(), caller);
    EXPECT_EQ(total, count);
    progress.push_back(delivered);
  };
  const auto report = run_replications(count, opts, mix, [&](std::size_t index, std::uint64_t outcome) {
    EXPECT_EQ(std::this_thread::get_id(), caller);
    EXPECT_EQ(index, expected++);
    EXPECT_EQ(outcome, mix(index));
  });
  EXPECT_EQ(expected, count);
  EXPECT_EQ(report.end, DeliveryEnd::completed);
  EXPECT_EQ(report.total, count);
  EXPECT_EQ(report.delivered, count);
  EXPECT_EQ(report.failed, 0U);
  std::vector<std::size_t> each(count);
  std::iota(each.begin(), each.end(), std::size_t{1});
  EXPECT_EQ(progress, each);
}

TEST_P(ReplicationRunner, RunsOneTaskWithMoreThreadsThanTasks) {
  std::vector<std::uint64_t> outcomes;
  const auto report = run_replications(
      1, options(), mix, [&](std::size_t, std::uint64_t outcome) { outcomes.push_back(outcome); });
  EXPECT_EQ(report.delivered, 1U);
  EXPECT_EQ(outcomes, std::vector{mix(0)});
}

TEST_P(ReplicationRunner, WithoutTasksNothingHappens) {
  const auto report = run_replications(
      0, options(), [](std::size_t) -> int { throw std::logic_error{"never called"}; },
      [](std::size_t, int) { FAIL(); });
  EXPECT_EQ(report.end, DeliveryEnd::completed);
  EXPECT_EQ(report.delivered, 0U);
  EXPECT_EQ(report.total, 0U);
}

TEST_P(ReplicationRunner, OneThreadIsTheCallingThreadAndSeveralAreNot) {
  (void)run_replications(
      3, options(), [](std::size_t) { return std::this_thread::get_id(); },
      [](std::size_t, std::thread::id ran_on) {
        EXPECT_EQ(ran_on == std::this_thread::get_id(), runs_inline());
      });
}

class ParallelReplicationRunner : public ReplicationRunner {};

INSTANTIATE_TEST_SUITE_P(ParallelExecutors, ParallelReplicationRunner,
                         ::testing::Values(Setting{ExecutorKind::threads, 2},
                                           Setting{ExecutorKind::threads, 8}, Setting{ExecutorKind::tbb, 2},
                                           Setting{ExecutorKind::tbb, 8}));

TEST_P(ParallelReplicationRunner, TasksRunOnAllThreadsAtOnce) {
  // Every task waits for all the others: with fewer threads they would not meet.
  const int threads = GetParam().threads;
  std::mutex mutex;
  std::condition_variable arrived;
  int present = 0;
  const auto meet = [&](std::size_t) {
    std::unique_lock lock{mutex};
    ++present;
    arrived.notify_all();
    return arrived.wait_for(lock, std::chrono::seconds{60}, [&] { return present == threads; });
  };
  const auto report = run_replications(static_cast<std::size_t>(threads), options(), meet,
                                       [](std::size_t, bool met) { EXPECT_TRUE(met); });
  EXPECT_EQ(report.end, DeliveryEnd::completed);
}

TEST_P(ReplicationRunner, UndeliveredOutcomesAreBounded) {
  for (const std::size_t bound : {1U, 2U, 5U}) {
    auto opts = options();
    opts.max_undelivered = bound;
    std::atomic<int> alive = 0;
    std::atomic<int> most = 0;
    const auto task = [&](std::size_t) {
      const int now = ++alive;
      int seen = most.load();
      while (now > seen && !most.compare_exchange_weak(seen, now)) {
      }
      return std::make_unique<int>(now);  // move-only outcomes are welcome
    };
    const auto report =
        run_replications(200, opts, task, [&](std::size_t index, std::unique_ptr<int> outcome) {
          EXPECT_NE(outcome, nullptr);
          // A slow consumer, for the workers to run into the bound.
          if (index % 20 == 0) std::this_thread::sleep_for(std::chrono::milliseconds{2});
          --alive;
        });
    EXPECT_EQ(report.delivered, 200U);
    EXPECT_LE(most.load(), static_cast<int>(bound));
    EXPECT_GE(most.load(), 1);
    EXPECT_EQ(alive.load(), 0);
  }
}

TEST_P(ReplicationRunner, AStopSetBeforehandStartsNothing) {
  const std::atomic<bool> stop = true;
  auto opts = options();
  opts.stop = &stop;
  std::atomic<int> started = 0;
  const auto report = run_replications(
      50, opts, [&](std::size_t) { return ++started; }, [](std::size_t, int) { FAIL(); });
  EXPECT_EQ(report.end, DeliveryEnd::stopped);
  EXPECT_EQ(report.delivered, 0U);
  EXPECT_EQ(report.total, 50U);
  EXPECT_EQ(started.load(), 0);
}

TEST_P(ReplicationRunner, AStopMidwayDeliversWhatIsCompleteFromTheFront) {
  std::atomic<bool> stop = false;
  auto opts = options();
  opts.stop = &stop;
  opts.max_undelivered = 6;
  std::atomic<std::size_t> started = 0;
  std::size_t expected = 0;
  const auto report = run_replications(
      1000, opts,
      [&](std::size_t index) {
        ++started;
        return mix(index);
      },
      [&](std::size_t index, std::uint64_t outcome) {
        EXPECT_EQ(index, expected++);
        EXPECT_EQ(outcome, mix(index));
        if (index == 20) stop = true;
      });
  EXPECT_EQ(report.end, DeliveryEnd::stopped);
  EXPECT_EQ(report.delivered, expected);
  // Nothing that was started is lost: none of these tasks was interrupted.
  EXPECT_EQ(report.delivered, started.load());
  EXPECT_GE(report.delivered, 21U);
  EXPECT_LE(report.delivered, 21U + 6U);
}

TEST_P(ReplicationRunner, AStopWakesAWaitingCaller) {
  // The front task ends only when the flag is set, from another thread, as a signal handler would.
  std::atomic<bool> stop = false;
  std::atomic<bool> front_runs = false;
  auto opts = options();
  opts.stop = &stop;
  std::thread signal{[&] {
    while (!front_runs) std::this_thread::yield();
    stop = true;
  }};
  const auto task = [&](std::size_t index) -> std::size_t {
    if (index == 0) {
      front_runs = true;
      while (!stop) std::this_thread::yield();
      throw RunInterrupted{};
    }
    return index;
  };
  const auto report = run_replications(100, opts, task, [](std::size_t, std::size_t) { FAIL(); });
  signal.join();
  EXPECT_EQ(report.end, DeliveryEnd::stopped);
  EXPECT_EQ(report.delivered, 0U);
  EXPECT_EQ(report.failed, 0U);
}

TEST_P(ReplicationRunner, AnInterruptedTaskLeavesAGapThatNothingCrosses) {
  std::size_t delivered = 0;
  const auto report = run_replications(
      100, options(),
      [](std::size_t index) {
        if (index == 10) throw RunInterrupted{};
        return mix(index);
      },
      [&](std::size_t, std::uint64_t) { ++delivered; });
  EXPECT_EQ(report.end, DeliveryEnd::stopped);
  EXPECT_EQ(report.delivered, 10U);
  EXPECT_EQ(delivered, 10U);
}

std::uint64_t fail_at_30_and_33(std::size_t index) {
  if (index == 30) throw std::runtime_error{"replication went wrong"};
  if (index == 33) throw 33;
  return mix(index);
}

TEST_P(ReplicationRunner, AFailureEndsTheRunAtItsPlaceInTheOrder) {
  auto opts = options();
  std::vector<TaskFailure> failures;
  std::size_t last_progress = 0;
  opts.failure = [&](const TaskFailure& failure) { failures.push_back(failure); };
  opts.progress = [&](std::size_t delivered, std::size_t) { last_progress = delivered; };
  std::size_t outcomes = 0;
  const auto report =
      run_replications(100, opts, fail_at_30_and_33, [&](std::size_t, std::uint64_t) { ++outcomes; });
  EXPECT_EQ(report.end, DeliveryEnd::failed);
  EXPECT_EQ(report.delivered, 31U);
  EXPECT_EQ(report.failed, 1U);
  EXPECT_EQ(outcomes, 30U);
  EXPECT_EQ(last_progress, 31U);
  ASSERT_EQ(failures.size(), 1U);
  EXPECT_EQ(failures[0].index, 30U);
  EXPECT_EQ(failures[0].reason, "replication went wrong");
}

TEST_P(ReplicationRunner, SkippedFailuresAreDeliveredInOrder) {
  auto opts = options();
  opts.failure_policy = FailurePolicy::skip;
  std::vector<std::size_t> order;
  std::vector<std::string> reasons;
  opts.failure = [&](const TaskFailure& failure) {
    order.push_back(failure.index);
    reasons.push_back(failure.reason);
  };
  const auto report = run_replications(100, opts, fail_at_30_and_33,
                                       [&](std::size_t index, std::uint64_t) { order.push_back(index); });
  EXPECT_EQ(report.end, DeliveryEnd::completed);
  EXPECT_EQ(report.delivered, 100U);
  EXPECT_EQ(report.failed, 2U);
  std::vector<std::size_t> all(100);
  std::iota(all.begin(), all.end(), std::size_t{0});
  EXPECT_EQ(order, all);
  ASSERT_EQ(reasons.size(), 2U);
  EXPECT_EQ(reasons[0], "replication went wrong");
  EXPECT_FALSE(reasons[1].empty());
}

TEST_P(ReplicationRunner, AnExceptionOfTheReceiverIsPassedOnWhenAllTasksHaveEnded) {
  std::atomic<int> running = 0;
  const auto task = [&](std::size_t index) {
    ++running;
    const auto outcome = mix(index);
    --running;
    return outcome;
  };
  const auto deliver = [](std::size_t index, std::uint64_t) {
    if (index == 5) throw std::runtime_error{"disk full"};
  };
  try {
    (void)run_replications(1000, options(), task, deliver);
    FAIL() << "the exception was lost";
  } catch (const std::runtime_error& error) {
    EXPECT_STREQ(error.what(), "disk full");
  }
  EXPECT_EQ(running.load(), 0);
}

TEST_P(ReplicationRunner, RunnersMayBeNested) {
  std::uint64_t sum = 0;
  const auto outer = [](std::size_t index) {
    std::uint64_t inner_sum = 0;
    (void)run_replications(4, options(), mix,
                           [&](std::size_t, std::uint64_t outcome) { inner_sum += outcome; });
    return inner_sum + index;
  };
  (void)run_replications(6, options(), outer, [&](std::size_t, std::uint64_t outcome) { sum += outcome; });
  EXPECT_EQ(sum, 6 * (mix(0) + mix(1) + mix(2) + mix(3)) + 15);
}

TEST(RunReplications, NeedsAThread) {
  EXPECT_THROW((void)run_replications(
                   1, {.threads = 0}, [](std::size_t) { return 0; }, [](std::size_t, int) {}),
               ContractViolation);
}

}  // namespace
}  // namespace peercap
