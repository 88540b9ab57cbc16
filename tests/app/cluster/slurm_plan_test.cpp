#include "app/cluster/slurm_plan.h"

#include <gtest/gtest.h>

namespace peercap::app {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

SweepEstimate estimate_of(std::uint64_t runs, double seconds_each) {
  SweepEstimate estimate;
  estimate.points = runs / 10;
  estimate.runs = runs;
  estimate.seconds_each = seconds_each;
  estimate.memory_bytes = 300.0 * 1024 * 1024;
  return estimate;
}

TEST(SlurmPlan, TasksTakeHalfAnHour) {
  // 100,000 runs of 3.6 s are 100 h.
  const SlurmPlan plan = plan_tasks(estimate_of(100'000, 3.6), {});
  EXPECT_EQ(plan.shards, 200);
  EXPECT_EQ(plan.expected, minutes{30});
  EXPECT_EQ(plan.warning, seconds{60 + 11});
  EXPECT_EQ(plan.time_limit, minutes{70});  // twice the work, the warning, five minutes, in steps of five
  EXPECT_EQ(plan.memory_mib, 1024U);        // twice the estimate and a quarter of a GiB, in steps of that
  EXPECT_TRUE(plan.has_time());
}

TEST(SlurmPlan, MoreThreadsMakeFewerTasks) {
  EXPECT_EQ(plan_tasks(estimate_of(100'000, 3.6), {.threads = 4}).shards, 50);
}

TEST(SlurmPlan, TheNumberOfTasksHasBounds) {
  EXPECT_EQ(plan_tasks(estimate_of(100, 0.001), {}).shards, 2);
  EXPECT_EQ(plan_tasks(estimate_of(50, 7200.0), {}).shards, 50);
  const SlurmPlan many = plan_tasks(estimate_of(10'000'000, 3.6), {});
  EXPECT_EQ(many.shards, 1000);
  EXPECT_EQ(many.expected, minutes{600});
  EXPECT_EQ(many.time_limit, minutes{1210});
}

TEST(SlurmPlan, ATaskFitsTwiceIntoAShorterTimeLimit) {
  const SlurmPlan plan = plan_tasks(estimate_of(100'000, 1.0), {.time_limit = minutes{21} + seconds{3}});
  EXPECT_EQ(plan.warning, seconds{63});
  EXPECT_EQ(plan.time_limit, minutes{21} + seconds{3});
  EXPECT_EQ(plan.shards, 167);  // of ten minutes each
}

TEST(SlurmPlan, WhatTheUserSaysHolds) {
  const SlurmPlan plan =
      plan_tasks(estimate_of(100'000, 3.6), {.shards = 7, .time_limit = minutes{90}, .memory_mib = 100});
  EXPECT_EQ(plan.shards, 7);
  EXPECT_EQ(plan.time_limit, minutes{90});
  EXPECT_EQ(plan.memory_mib, 100U);
}

TEST(SlurmPlan, ATimeLimitLeavesTimeToWork) {
  EXPECT_FALSE(plan_tasks(estimate_of(100, 1.0), {.time_limit = minutes{2}}).has_time());
  EXPECT_TRUE(plan_tasks(estimate_of(100, 1.0), {.time_limit = minutes{3}}).has_time());
  // A run of ten minutes in flight has to come to its end.
  EXPECT_FALSE(plan_tasks(estimate_of(100, 600.0), {.time_limit = minutes{30}}).has_time());
}

TEST(SlurmPlan, AMergeHasTimeForLargeFiles) {
  SweepEstimate estimate = estimate_of(1'000'000, 0.01);
  EXPECT_EQ(plan_tasks(estimate, {}).merge_time_limit, minutes{15});
  estimate.file_bytes = 50e9;
  EXPECT_EQ(plan_tasks(estimate, {}).merge_time_limit, minutes{170});
  estimate.points = 100'000'000;
  EXPECT_EQ(plan_tasks(estimate, {}).merge_memory_mib, 3328U);
}

}  // namespace
}  // namespace peercap::app
