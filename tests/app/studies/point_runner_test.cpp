#include "app/studies/point_runner.h"

#include <atomic>

#include <gmock/gmock.h>

#include "app/studies/scenario_changes.h"
#include "models/peer_support/model.h"
#include "sim/kernel/sequential_engine.h"
#include "tests/app/studies/studies_test_files.h"

namespace peercap::app {
namespace {

using peer_support::Measure;
using ::testing::HasSubstr;

constexpr auto measured = {Measure::asked_per_year, Measure::episodes_per_year, Measure::work_hours_per_week};

struct Delivered {
  std::size_t point;
  std::int64_t replication;
  PointOutcome outcome;
};

class PointRunnerTest : public testing::StudyFiles {
 protected:
  PointRunnerTest() : study_{load(write("set: {run.horizon: 20 weeks, run.burn_in: 4 weeks}\n"))} {}

  std::vector<Delivered> run(const PointSource& points, std::int64_t first, std::int64_t count,
                             std::size_t threads = 1) {
    PointRunner runner{measured, {.request = {.threads = threads}}};
    std::vector<Delivered> all;
    const DeliveryReport report = runner.run(
        points, first, count, [&](std::size_t point, std::int64_t replication, const PointOutcome& outcome) {
          all.push_back({point, replication, outcome});
        });
    EXPECT_EQ(report.end, DeliveryEnd::completed);
    computed_ = runner.demand().computed();
    return all;
  }

  /// 3, 4, 5, ... supporters.
  [[nodiscard]] PointSource counts(std::size_t count) const {
    return {count, [this](std::size_t point) {
              return StudyPoint{&study_.base, {{"supporters.count", std::to_string(3 + point)}}};
            }};
  }

  Study study_;
  std::size_t computed_ = 0;
};

TEST_F(PointRunnerTest, DeliversInOrderWhatSingleRunsGive) {
  const auto all = run(counts(3), 5, 4, 2);
  ASSERT_EQ(all.size(), 12U);
  for (std::size_t i = 0; i < all.size(); ++i) {
    EXPECT_EQ(all[i].point, i / 4);
    EXPECT_EQ(all[i].replication, 5 + static_cast<std::int64_t>(i % 4));
    EXPECT_EQ(all[i].outcome.failure, "");
    peer_support::Scenario scenario = study_.base;
    scenario.supporters.count = static_cast<int>(3 + all[i].point);
    SequentialEngine engine;
    const auto single = run_replication(peer_support::Rules{scenario},
                                        static_cast<std::uint32_t>(all[i].replication), engine);
    std::size_t m = 0;
    for (const Measure measure : measured)
      EXPECT_EQ(all[i].outcome.measures[m++], single.measures[static_cast<std::size_t>(measure)]);
  }
}

TEST_F(PointRunnerTest, APointIsMadeOnceForAllItsReplications) {
  const PointSource all = counts(3);
  std::vector<std::atomic<int>> asked(3);
  (void)run({all.count,
             [&](std::size_t point) {
               ++asked[point];
               return all.at(point);
             }},
            0, 5, 2);
  EXPECT_EQ(asked[0], 2);  // once more, to see how large an organization is
  EXPECT_EQ(asked[1], 1);
  EXPECT_EQ(asked[2], 1);
}

TEST_F(PointRunnerTest, EqualReplicationsHaveEqualChance) {
  // Who falls into distress does not depend on the number of supporters where sessions have no effect.
  study_ = load(write("set: {run.horizon: 20 weeks, run.burn_in: 4 weeks}\nvariant: no_effect\n"));
  const auto all = run(counts(2), 0, 6);
  double shared = 0.0;
  for (std::size_t r = 0; r < 6; ++r)
    shared += all[r].outcome.measures[1] == all[6 + r].outcome.measures[1] ? 1.0 : 0.0;
  EXPECT_GE(shared, 4.0);  // supporters' own exhaustion can move a few
  EXPECT_NE(all[0].outcome.measures[1], all[1].outcome.measures[1]);
}

TEST_F(PointRunnerTest, AFailingPointIsToldAndTheRestGoesOn) {
  const PointSource points{3, [this](std::size_t point) {
                             const char* value[] = {"4", "5000", "many"};
                             return StudyPoint{&study_.base, {{"supporters.count", value[point]}}};
                           }};
  const auto all = run(points, 0, 2);
  ASSERT_EQ(all.size(), 6U);
  EXPECT_EQ(all[1].outcome.failure, "");
  EXPECT_THAT(all[2].outcome.failure, HasSubstr("supporters are more than"));
  EXPECT_THAT(all[3].outcome.failure, HasSubstr("supporters are more than"));
  EXPECT_THAT(all[4].outcome.failure, HasSubstr("many"));
  for (std::size_t i = 2; i < 6; ++i) EXPECT_TRUE(std::isnan(all[i].outcome.measures[0]));
}

TEST_F(PointRunnerTest, TheLawOfDistressIsWorkedOutOncePerStudy) {
  run(counts(20), 0, 1);
  EXPECT_EQ(computed_, 2U);  // two departments with event factors of their own
}

TEST_F(PointRunnerTest, AStopEndsIt) {
  std::atomic<bool> stop{false};
  PointRunner runner{measured, {.request = {.threads = 1}, .stop = &stop}};
  std::size_t delivered = 0;
  const DeliveryReport report =
      runner.run(counts(4), 0, 3, [&](std::size_t, std::int64_t, const PointOutcome& outcome) {
        EXPECT_EQ(outcome.failure, "");
        if (++delivered == 5) stop = true;
      });
  EXPECT_EQ(report.end, DeliveryEnd::stopped);
  EXPECT_EQ(report.delivered, delivered);
  EXPECT_LT(delivered, 12U);
}

TEST_F(PointRunnerTest, ChangesOfAScheduleMakeItsPhasesAnew) {
  Study study = load(write("set: {run.horizon: 20 weeks, run.burn_in: 4 weeks}\n",
                           PEERCAP_SOURCE_DIR "/configs/scenarios/pandemic_surge.yaml"));
  ASSERT_FALSE(study.base.schedule.empty());
  peer_support::Scenario later = study.base;
  const std::string path = "schedule[" + study.base.schedule.front().name + "].at";
  EXPECT_EQ(change_scenario(later, {{path, "2026-02-10"}}, nullptr), "");
  EXPECT_NE(later.phases, study.base.phases);
}

}  // namespace
}  // namespace peercap::app
