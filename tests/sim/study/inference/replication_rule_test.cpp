#include "sim/study/inference/replication_rule.h"

#include <cmath>
#include <limits>
#include <vector>

#include <gtest/gtest.h>

#include "sim/study/inference/intervals.h"
#include "sim/support/contract.h"
#include "tests/sim/study/study_world.h"

namespace peercap {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

TEST(ReplicationRule, LooksAheadBeforeItStops) {
  // Constant from the start: precise at the third replication, confirmed by five more.
  ReplicationRule rule{{{.half_width = 0.05}}};
  for (int i = 1; i <= 8; ++i) {
    EXPECT_FALSE(rule.is_precise()) << i;
    rule.add(std::vector{7.0});
  }
  EXPECT_TRUE(rule.is_precise());
  EXPECT_EQ(rule.precise_since(), 3);
  EXPECT_EQ(rule.replications(), 8);
}

TEST(ReplicationRule, EarlyLuckDoesNotEndIt) {
  // Three numbers that agree by luck, then the true spread.
  ReplicationRule rule{{{.half_width = 0.1}}};
  for (const double value : {10.0, 10.01, 10.02, 10.0, 13.0, 7.0}) rule.add(std::vector{value});
  EXPECT_FALSE(rule.is_precise());
  EXPECT_EQ(rule.precise_since(), 0);
  while (!rule.is_precise()) rule.add(std::vector{10.0 + 2.0 * noise(3, rule.replications(), 0)});
  EXPECT_GT(rule.precise_since(), 6);
  EXPECT_LE(rule.half_width(0), 0.1 * rule.mean(0));
}

TEST(ReplicationRule, FollowsThePublishedAlgorithm) {
  // The algorithm as the paper states it, over the whole series at once.
  std::vector<double> values;
  for (int i = 0; i < 2000; ++i) values.push_back(10.0 + 5.0 * noise(5, i, 0));
  const double wanted = 0.05;
  const auto precision = [&](std::size_t n) {
    const Interval interval = mean_interval(std::span{values}.first(n));
    return 0.5 * (interval.high - interval.low) / (0.5 * (interval.high + interval.low));
  };
  std::size_t n = 3;
  std::size_t recommended = 0;
  while (recommended == 0) {
    while (precision(n) > wanted) ++n;
    const std::size_t ahead = n <= 100 ? 5 : 5 * n / 100;
    std::size_t next = n + 1;
    while (next <= n + ahead && precision(next) <= wanted) ++next;
    if (next > n + ahead)
      recommended = n;
    else
      n = next;
  }
  ReplicationRule rule{{{.half_width = wanted}}};
  for (std::size_t i = 0; !rule.is_precise(); ++i) rule.add(std::span{values}.subspan(i, 1));
  EXPECT_EQ(rule.precise_since(), static_cast<std::int64_t>(recommended));
  EXPECT_GT(recommended, 300U);  // about (1.96 * 0.5 / 0.05)^2 = 384
  EXPECT_LT(recommended, 480U);
}

TEST(ReplicationRule, WaitsForEveryMeasure) {
  ReplicationRule rule{{{.half_width = 0.2, .scale = PrecisionScale::absolute},
                        {.half_width = 1.0, .scale = PrecisionScale::absolute}}};
  while (!rule.is_precise()) {
    const std::int64_t r = rule.replications();
    rule.add(std::vector{noise(6, r, 0), noise(6, r, 1)});
  }
  EXPECT_GT(rule.replications(), 60);  // (1.96 / 0.2)^2 = 96 for the first
  EXPECT_LE(rule.half_width(0), 0.2);
  EXPECT_LE(rule.half_width(1), 0.5);
}

TEST(ReplicationRule, MissingNumbersSayNothing) {
  ReplicationRule rule{{{.half_width = 0.05}}};
  for (int i = 0; i < 10; ++i) rule.add(std::vector{nan});
  EXPECT_FALSE(rule.is_precise());
  for (int i = 0; i < 8; ++i) rule.add(std::vector{7.0});
  EXPECT_TRUE(rule.is_precise());
  EXPECT_EQ(rule.precise_since(), 13);
}

TEST(ReplicationRule, RefusesWhatIsNoGoal) {
  EXPECT_THROW(ReplicationRule(std::vector<PrecisionGoal>{}), ContractViolation);
  EXPECT_THROW(ReplicationRule(std::vector<PrecisionGoal>{{.half_width = 0.0}}), ContractViolation);
  ReplicationRule rule{{{.half_width = 0.05}}};
  EXPECT_THROW(rule.add(std::vector{1.0, 2.0}), ContractViolation);
}

}  // namespace
}  // namespace peercap
