#include "app/sweeps/sweep_plan.h"

#include <cmath>

#include <gmock/gmock.h>

#include "tests/app/studies/studies_test_files.h"

namespace peercap::app {
namespace {

using ::testing::ElementsAre;

using SweepPlanTest = testing::StudyFiles;

constexpr const char* grid =
    "vary:\n"
    "  supporters.count: {range: [2, 6], points: 3}\n"
    "  access.lead_time: {values: [1 h, 36 h]}\n"
    "  matching.different_unit: {levels: [required, preferred]}\n"
    "measures: [work_hours_per_week]\n"
    "replications: 5\n";

TEST_F(SweepPlanTest, ShardsShareAllRunsOut) {
  const Study study = load(write(grid));
  const SweepPlan whole{study, {}};
  EXPECT_EQ(whole.points(), 12U);
  EXPECT_EQ(whole.range(), (RunRange{0, 60}));
  std::uint64_t next = 0;
  for (std::int64_t number = 1; number <= 7; ++number) {
    const RunRange range = SweepPlan{study, {number, 7}}.range();
    EXPECT_EQ(range.first, next);
    EXPECT_GE(range.count(), 8U);
    EXPECT_LE(range.count(), 9U);
    next = range.end;
  }
  EXPECT_EQ(next, 60U);
}

TEST_F(SweepPlanTest, ColumnsAreNumbersInUnitsAndPositionsOfLevels) {
  const Study study = load(write(grid));
  const SweepPlan plan{study, {}};
  ASSERT_EQ(plan.columns().size(), 3U);
  EXPECT_EQ(plan.columns()[1].unit, "d");
  EXPECT_THAT(plan.columns()[2].levels, ElementsAre("required", "preferred"));
  EXPECT_THAT(plan.coordinates(0), ElementsAre(2.0, ::testing::DoubleNear(1.0 / 24.0, 1e-12), 0.0));
  EXPECT_THAT(plan.coordinates(11), ElementsAre(6.0, ::testing::DoubleNear(1.5, 1e-12), 1.0));
}

TEST_F(SweepPlanTest, AListLeavesTheOtherParametersAsTheyAre) {
  const Study study =
      load(write("design: {kind: list}\n"
                 "points: [{supporters.count: 3}, {matching.different_unit: preferred}]\n"
                 "measures: [work_hours_per_week]\n"));
  const SweepPlan plan{study, {}};
  ASSERT_EQ(plan.columns().size(), 2U);
  EXPECT_EQ(plan.coordinates(1)[0], 4.0);  // the small clinic's supporters
  EXPECT_TRUE(std::isnan(plan.coordinates(0)[1]));
  EXPECT_EQ(plan.coordinates(1)[1], 0.0);
}

TEST_F(SweepPlanTest, IdentityTellsSweepsApartButNotShards) {
  const Study study = load(write(grid));
  const Study other = load(write(grid), {.replications = 6});
  const SweepPlan first{study, {1, 2}};
  const SweepPlan second{study, {2, 2}};
  EXPECT_EQ(first.identity().digest(), second.identity().digest());
  EXPECT_NE(first.shard_identity().digest(), second.shard_identity().digest());
  EXPECT_NE(first.identity().digest(), (SweepPlan{other, {}}.identity().digest()));
  EXPECT_THAT(differences(first.shard_identity(), second.shard_identity()),
              ElementsAre("sweep.shard is 1/2 there and 2/2 here"));
}

TEST(ShardText, IsReadStrictly) {
  EXPECT_EQ(parse_shard("2/7"), (Shard{2, 7}));
  for (const char* text : {"", "2", "0/7", "8/7", "2/0", "-1/7", "2/7/1", "a/b", "1/9999999"})
    EXPECT_FALSE(parse_shard(text).has_value()) << text;
}

}  // namespace
}  // namespace peercap::app
