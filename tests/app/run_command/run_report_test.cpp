#include "app/run_report.h"

#include <limits>
#include <sstream>

#include <gtest/gtest.h>

#include "app/figure_text.h"
#include "app/progress.h"
#include "models/peer_support/scenario_yaml/load.h"
#include "sim/kernel/sequential_engine.h"

namespace peercap::app {
namespace {

TEST(IntervalText, SharesAreInPercentAndStayWithinTheirBounds) {
  EXPECT_EQ(interval_text(0.731, 0.712, 0.750, "share"), "73 % (71 to 75)");
  EXPECT_EQ(interval_text(0.99, 0.97, 1.01, "share"), "99 % (97 to 100)");
  EXPECT_EQ(interval_text(0.0, 0.0, 0.0, "share"), "0 % (0 to 0)");
}

TEST(IntervalText, AShareOfTimeGrantedCanBeAboveOne) {
  EXPECT_EQ(interval_text(1.14, 0.57, 1.71, "share"), "114 % (57 to 171)");
}

TEST(IntervalText, CountsHaveThousandsAndUnits) {
  EXPECT_EQ(interval_text(1350.4, 1339.2, 1361.6, "1/year"), "1,350 (1,339 to 1,362)");
  EXPECT_EQ(interval_text(15.2, 14.9, 15.5, "h"), "15.2 h (14.9 to 15.5)");
}

TEST(IntervalText, NothingIsNegative) {
  EXPECT_EQ(interval_text(1.0, -1.0, 3.0, "1/year"), "1 (0 to 3)");
}

TEST(IntervalText, OneReplicationHasNoInterval) {
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(interval_text(12.0, none, none, "1/year"), "12 (n = 1)");
}

TEST(RunReport, FitsEightyColumns) {
  Diagnostics diagnostics;
  const auto loaded = peer_support::load(PEERCAP_SOURCE_DIR "/configs/scenarios/small_clinic.yaml",
                                         {.overrides = {"run.replications=2"}, .variant = {}}, diagnostics);
  ASSERT_TRUE(loaded);
  const peer_support::Rules rules{loaded->scenario};
  peer_support::ResultBuilder results{rules};
  SequentialEngine engine;
  for (std::uint32_t r = 0; r < 2; ++r) results.add(run_replication(rules, r, engine));
  std::istringstream lines{run_report(loaded->scenario, 120, results)};
  int count = 0;
  for (std::string line; std::getline(lines, line); ++count) EXPECT_LE(line.size(), 80U) << line;
  EXPECT_GT(count, 40);
}

// Whoever reads what a program averts meets first what would be averted if sessions did nothing.
TEST(RunReport, ShowsWhatIsAvertedWithoutAnEffectFirst) {
  Diagnostics diagnostics;
  const auto loaded = peer_support::load(
      PEERCAP_SOURCE_DIR "/configs/scenarios/small_clinic.yaml",
      {.overrides = {"run.replications=2", "run.twin=on", "run.horizon=8 weeks"}, .variant = {}},
      diagnostics);
  ASSERT_TRUE(loaded);
  const peer_support::Rules rules{loaded->scenario};
  peer_support::ResultBuilder results{rules};
  SequentialEngine engine;
  for (std::uint32_t r = 0; r < 2; ++r) results.add(run_replication(rules, r, engine));
  const std::string report = run_report(loaded->scenario, 120, results);
  const auto without = report.find("averted, sessions without effect");
  const auto with = report.find("averted, with the effect assumed");
  ASSERT_NE(without, std::string::npos);
  ASSERT_NE(with, std::string::npos);
  EXPECT_LT(without, with);
  EXPECT_NE(report.find("Trials"), std::string::npos);
}

TEST(Progress, LineTellsRateAndTimeLeft) {
  EXPECT_EQ(Progress::line("replication", 10, 40, 5.0), "replication 10 of 40, 2 a second, 15 s left");
  EXPECT_EQ(Progress::line("replication", 0, 40, 0.0), "replication 0 of 40");
  EXPECT_EQ(Progress::line("replication", 10, Progress::unknown, 5.0), "replication 10, 2 a second");
  EXPECT_EQ(duration_text(65), "1 min 05 s");
  EXPECT_EQ(duration_text(3700), "1 h 01 min");
}

}  // namespace
}  // namespace peercap::app
