// How cases and strain are spread over supporters who differ in nothing that a coordinator can know.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

#include "sim/kernel/sequential_engine.h"
#include "tests/models/peer_support/world.h"

namespace peercap::peer_support {
namespace {

constexpr std::uint32_t replications = 30;

/// Three years of 1,000 clinicians of one profession with 20 supporters, who see one or two cases a year
/// each; nobody leaves or joins.
Scenario equal_supporters() {
  Scenario s = testing::plain_scenario(40, 25, 20);
  s.run.horizon = weeks(156);
  s.organization.professions = {{.name = "nurse"}};
  s.matching.same_profession = MatchRule::none;
  s.turnover.enabled = Switch::off;
  s.surveys.interval_weeks = 0;
  s.supporters.exit.role_rate = {};
  s.supporters.leave.rate = {};
  s.supporters.recruitment.enabled = Switch::off;
  s.supporters.check_ins.interval_weeks = 0;
  return s;
}

std::vector<RunRecord> run_all(const Scenario& s) {
  const Rules rules{s};
  SequentialEngine engine;
  std::vector<RunRecord> records;
  for (std::uint32_t r = 0; r < replications; ++r)
    records.push_back(run_replication(rules, r, engine).record);
  return records;
}

// Sessions raise secondary trauma by next to nothing at this volume, and nobody is chosen by what they
// brought along: 600 pairs, hence four standard errors of .041.
TEST(CaseSpread, SessionsAndSecondaryTraumaHardlyCorrelate) {
  double xy = 0, xx = 0, yy = 0;
  for (const RunRecord& record : run_all(equal_supporters())) {
    const auto n = static_cast<double>(record.supporters.size());
    double x_mean = 0, y_mean = 0;
    for (const SupporterRow& row : record.supporters) {
      ASSERT_TRUE(row.active_at_end);
      x_mean += static_cast<double>(row.sessions) / n;
      y_mean += static_cast<double>(row.trauma_millionths) / n;
    }
    EXPECT_GT(x_mean, 2.0);
    for (const SupporterRow& row : record.supporters) {
      const double x = static_cast<double>(row.sessions) - x_mean;
      const double y = static_cast<double>(row.trauma_millionths) - y_mean;
      xy += x * y;
      xx += x * x;
      yy += y * y;
    }
  }
  EXPECT_NEAR(xy / std::sqrt(xx * yy), 0.01, 4 * 0.041);
}

// Were all cases independent, with the same chance for each supporter, the busiest quarter would have 45 % of
// them at three cases each; when the first in order come first it has three quarters and more.
TEST(CaseSpread, CasesAreSharedOut) {
  std::int64_t busiest = 0, all = 0, without = 0;
  for (const RunRecord& record : run_all(equal_supporters())) {
    std::vector<std::int64_t> cases;
    for (const SupporterRow& row : record.supporters) cases.push_back(row.cases);
    std::ranges::sort(cases, std::ranges::greater{});
    for (std::size_t i = 0; i < cases.size(); ++i) {
      all += cases[i];
      busiest += i < cases.size() / 4 ? cases[i] : 0;
      without += cases[i] == 0 ? 1 : 0;
    }
  }
  EXPECT_GT(all, 20 * replications);
  EXPECT_LT(static_cast<double>(busiest) / static_cast<double>(all), 0.45);
  EXPECT_LT(without, replications);  // one in twenty
}

}  // namespace
}  // namespace peercap::peer_support
