#include <cstdint>

#include <gtest/gtest.h>

#include "models/reference/mmc_queue.h"
#include "sim/kernel/sequential_engine.h"

namespace peercap::reference {
namespace {

MmcResult run_once(const MmcParameters& parameters, std::uint64_t seed, std::uint32_t replication,
                   SimDuration horizon = hours(500)) {
  SequentialEngine engine;
  return run_mmc(parameters, engine, seed, replication, hours(50), horizon);
}

TEST(MmcCustomers, CountsWhatHappens) {
  const MmcResult result = run_once({}, 1, 0, hours(10'000));
  EXPECT_EQ(result.report.skipped_timers, 0U);
  // An arrival and a departure for each customer, those of the warm-up (200 expected, sd 14) included.
  EXPECT_NEAR(static_cast<double>(result.report.events), 2.0 * static_cast<double>(result.served) + 400.0,
              150.0);
  // Poisson with mean 4 * 9950, sd 200.
  EXPECT_NEAR(static_cast<double>(result.served), 39'800.0, 1000.0);
  EXPECT_LT(result.waited, result.served);
}

// Draws belong to customers, not to the order of drawing: with one server more the same customers come, with
// the same service times, and first-come-first-served waits can only fall, replication by replication.
TEST(MmcCustomers, OneServerMoreMeetsTheSameCustomers) {
  for (std::uint32_t replication = 0; replication < 30; ++replication) {
    const MmcResult five = run_once({.servers = 5}, 9, replication);
    const MmcResult six = run_once({.servers = 6}, 9, replication);
    EXPECT_LE(six.waited, five.waited);
    EXPECT_LT(six.total_wait_ticks, five.total_wait_ticks);
    // Only customers still in the queue at the end can make a difference to how many were served.
    EXPECT_GE(six.served, five.served);
    EXPECT_LE(six.served - five.served, 60U);
  }
}

TEST(MmcCustomers, NobodyWaitsWhereServersAbound) {
  const MmcResult result = run_once({.servers = 1000}, 1, 0);
  EXPECT_EQ(result.waited, 0U);
  EXPECT_EQ(result.total_wait_ticks, 0);
  EXPECT_GT(result.served, 1000U);
}

}  // namespace
}  // namespace peercap::reference
