#include "sim/queueing/erlang.h"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "sim/support/contract.h"
#include "tests/sim/queueing/reference.h"

namespace peercap::queueing {
namespace {

TEST(ErlangFormulas, MatchReferenceValues) {
  expect_reference("erlangB.c1.a0.5", erlang_b(1, 0.5));
  expect_reference("erlangC.c1.a0.5", erlang_c(1, 0.5));
  expect_reference("erlangB.c3.a2", erlang_b(3, 2));
  expect_reference("erlangC.c3.a2", erlang_c(3, 2));
  expect_reference("erlangB.c5.a4", erlang_b(5, 4));
  expect_reference("erlangC.c5.a4", erlang_c(5, 4));
  expect_reference("erlangB.c10.a8", erlang_b(10, 8));
  expect_reference("erlangC.c10.a8", erlang_c(10, 8));
  expect_reference("erlangB.c34.a28", erlang_b(34, 28));
  expect_reference("erlangC.c34.a28", erlang_c(34, 28));
}

TEST(DelayQueue, MatchesReferenceValues) {
  const DelayQueue queue{{.arrival_rate = 4, .service_rate = 1, .servers = 5}};
  expect_reference("mmc.lam4.mu1.c5.C", queue.waiting_probability());
  expect_reference("mmc.lam4.mu1.c5.Wq", queue.mean_wait());
  expect_reference("mmc.lam4.mu1.c5.Lq", queue.mean_queue());
  expect_reference("mmc.lam4.mu1.c5.L", queue.mean_in_system());
  expect_reference("mmc.lam4.mu1.c5.W", queue.mean_in_system() / 4);
  expect_reference("mmc.lam4.mu1.c5.P(Wq>1)", queue.wait_beyond(1));
  const DelayQueue slots{{.arrival_rate = 2, .service_rate = 1.0 / 14, .servers = 34}};
  expect_reference("mmc.slots.lam2perday.S14d.c34.C", slots.waiting_probability());
  expect_reference("mmc.slots.lam2perday.S14d.c34.Wq", slots.mean_wait());
  expect_reference("mmc.slots.lam2perday.S14d.c34.Lq", slots.mean_queue());
  expect_reference("mmc.slots.lam2perday.S14d.c34.rho", slots.utilization());
  expect_reference("mmc.slots.lam2perday.S14d.c34.P(Wq>3d)", slots.wait_beyond(3));
}

TEST(DelayQueue, ManyServersKeepTheirDigits) {
  // With R = 1e4 and one square root of servers more, the limit of Halfin and Whitt is 0.22336; the exact
  // figure lies within 1 / sqrt(R) of it.
  const double waiting = erlang_c(10100, 1e4);
  EXPECT_NEAR(waiting, 0.22336, 0.01);
  // B satisfies 1 / B = integral of e^-t (1 + t / a)^c; for a = c its expansion is sqrt(pi c / 2) + 2 / 3.
  EXPECT_NEAR(1.0 / erlang_b(10000, 1e4), std::sqrt(3.14159265358979 * 1e4 / 2) + 2.0 / 3.0, 2e-3);
}

TEST(DelayQueue, OverloadHasNoEnd) {
  const DelayQueue queue{{.arrival_rate = 5, .service_rate = 1, .servers = 5}};
  EXPECT_EQ(queue.waiting_probability(), 1.0);
  EXPECT_EQ(queue.mean_wait(), std::numeric_limits<double>::infinity());
  EXPECT_EQ(queue.wait_beyond(100.0), 1.0);
  EXPECT_EQ(queue.utilization(), 1.0);
  EXPECT_THROW(DelayQueue({0.0, 1.0, 1}), ContractViolation);
  EXPECT_THROW(DelayQueue({1.0, 1.0, 0}), ContractViolation);
}

TEST(Pooling, MatchesReferenceValues) {
  const PoolingComparison small = compare_pooling({2, 1, 3}, 2);
  expect_reference("pool.split.c3.Wq", small.split_wait);
  expect_reference("pool.merged.c6.Wq", small.pooled_wait);
  expect_reference("pool.gain.c3", small.split_wait / small.pooled_wait);
  const PoolingComparison large = compare_pooling({4, 1, 5}, 2);
  expect_reference("pool.split.c5.Wq", large.split_wait);
  expect_reference("pool.merged.c10.Wq", large.pooled_wait);
  expect_reference("pool.gain.c5", large.split_wait / large.pooled_wait);
}

TEST(Priority, MatchesReferenceValues) {
  const PriorityWaits waits = priority_waits(1, 3, 1, 5);
  expect_reference("prio.l1.l3.c5.Wq_high", waits.first);
  expect_reference("prio.l1.l3.c5.Wq_low", waits.second);
  // The mean over both classes is the wait without priorities: no work is lost.
  EXPECT_NEAR((waits.first + 3 * waits.second) / 4, DelayQueue({4, 1, 5}).mean_wait(), 1e-12);
  // The first class waits no longer for it when the second overloads the system.
  const PriorityWaits overload = priority_waits(1, 9, 1, 5);
  EXPECT_NEAR(overload.first, 1.0 / (5 * (1 - 0.2)), 1e-12);
  EXPECT_EQ(overload.second, std::numeric_limits<double>::infinity());
}

}  // namespace
}  // namespace peercap::queueing
