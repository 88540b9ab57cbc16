#include "app/execution_plan.h"

#include <gtest/gtest.h>

namespace peercap::app {
namespace {

TEST(ExecutionPlan, ManyReplicationsRunSideBySideWithOneQueueEach) {
  const ExecutionPlan plan = plan_execution({.threads = 8}, 100, 5'000);
  EXPECT_EQ(plan.side_by_side, 8U);
  EXPECT_EQ(plan.threads_each, 1U);
  EXPECT_FALSE(plan.windows);
  EXPECT_EQ(plan.text(), "8 side by side, each with one queue");
}

TEST(ExecutionPlan, OneLargeReplicationTakesAllThreads) {
  const ExecutionPlan plan = plan_execution({.threads = 8}, 1, 1'000'000);
  EXPECT_EQ(plan.side_by_side, 1U);
  EXPECT_EQ(plan.threads_each, 8U);
  EXPECT_TRUE(plan.windows);
  EXPECT_EQ(plan.text(), "one at a time, in windows on 8 threads");
}

TEST(ExecutionPlan, AFewLargeOnesShareTheThreads) {
  const ExecutionPlan plan = plan_execution({.threads = 8}, 3, 1'000'000);
  EXPECT_EQ(plan.side_by_side, 3U);
  EXPECT_EQ(plan.threads_each, 2U);
}

TEST(ExecutionPlan, ThreadsThatDoNotPayAreNotUsed) {
  EXPECT_EQ(plan_execution({.threads = 8}, 1, 5'000).threads_each, 1U);
  EXPECT_FALSE(plan_execution({.threads = 8}, 1, 5'000).windows);
  EXPECT_EQ(plan_execution({.threads = 8}, 1, 120'000).threads_each, 2U);
}

TEST(ExecutionPlan, OneThreadRunsALargeOrganizationInWindows) {
  EXPECT_TRUE(plan_execution({.threads = 1}, 10, 1'000'000).windows);
  EXPECT_FALSE(plan_execution({.threads = 1}, 10, 20'000).windows);
}

TEST(ExecutionPlan, TheUserDecides) {
  EXPECT_TRUE(plan_execution({.threads = 1, .partitions = 3}, 1, 100).windows)
      << "partitions ask for windows";
  EXPECT_FALSE(plan_execution({.engine = EngineChoice::sequential, .threads = 4}, 1, 1'000'000).windows);
  const ExecutionPlan plan =
      plan_execution({.engine = EngineChoice::windows, .threads = 4, .partitions = 9}, 1, 100);
  EXPECT_TRUE(plan.windows);
  EXPECT_EQ(plan.threads_each, 4U);
  EXPECT_EQ(plan.partitions, 9U);
  EXPECT_EQ(plan.text(), "one at a time, in windows on 4 threads");
}

}  // namespace
}  // namespace peercap::app
