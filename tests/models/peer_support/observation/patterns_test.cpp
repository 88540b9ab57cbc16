#include "models/peer_support/observation/patterns.h"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "sim/support/contract.h"
#include "tests/models/peer_support/world.h"

namespace peercap::peer_support {
namespace {

using Counts = std::vector<std::int64_t>;

TEST(PatternFigures, AreInTheOrderOfThePatternsWithNamesOfTheirOwn) {
  int before = 1;
  for (const PatternFigureInfo& info : pattern_figure_infos()) {
    EXPECT_TRUE(info.pattern == before || info.pattern == before + 1) << info.name;
    before = info.pattern;
    EXPECT_LT(info.accepted.low, info.accepted.high) << info.name;
    EXPECT_FALSE(info.meaning.empty() || info.published.empty() || pattern_title(info.pattern).empty());
  }
  EXPECT_EQ(before, pattern_count);
  EXPECT_THROW((void)pattern_title(11), ContractViolation);
}

// 2, 4, 6: mean 4, variance 4. 0, 8: mean 4, variance 32, eight times the mean; a half of it leaves
// 1 + 7 / 2.
TEST(Dispersion, IsThatOfThinnedCounts) {
  EXPECT_DOUBLE_EQ(dispersion_at_mean(Counts{2, 4, 6}, 4.0), 1.0);
  EXPECT_DOUBLE_EQ(dispersion_at_mean(Counts{2, 4, 6}, 1.0), 1.0);
  EXPECT_DOUBLE_EQ(dispersion_at_mean(Counts{0, 8}, 4.0), 8.0);
  EXPECT_DOUBLE_EQ(dispersion_at_mean(Counts{0, 8}, 2.0), 4.5);
  EXPECT_TRUE(std::isnan(dispersion_at_mean(Counts{3}, 3.0)));
  EXPECT_TRUE(std::isnan(dispersion_at_mean(Counts{0, 0}, 3.0)));
}

TEST(Growth, ComparesTheLastWholeYearWithTheFirst) {
  Counts months(41, 7);  // the third year and five months more
  for (std::size_t i = 0; i < 12; ++i) months[i] = 1;
  for (std::size_t i = 24; i < 36; ++i) months[i] = 3;
  EXPECT_DOUBLE_EQ(growth_over_years(months), 3.0);
  EXPECT_TRUE(std::isnan(growth_over_years(std::span{months}.first(23))));
  for (std::size_t i = 0; i < 12; ++i) months[i] = 0;
  EXPECT_TRUE(std::isnan(growth_over_years(months)));
}

TEST(MedianSessions, IsReadOffTheNumbersOfSessions) {
  EXPECT_EQ(median_sessions(Counts{10, 4, 0}), 1.0);  // six cases of one session, four of two
  EXPECT_EQ(median_sessions(Counts{10, 5, 0}), 1.0);  // half and half: the lower
  EXPECT_EQ(median_sessions(Counts{10, 6, 5}), 2.0);
  EXPECT_EQ(median_sessions(Counts{10, 9, 8}), 3.0);
  EXPECT_TRUE(std::isnan(median_sessions(Counts{0, 0, 0})));
}

TEST(LoadCorrelation, IsPearsonsOverThoseActiveAtTheEnd) {
  std::vector<SupporterRow> rows(4);
  const std::vector<std::int64_t> sessions{1, 2, 3, 9};
  const std::vector<std::int64_t> exhaustion{1, 3, 2, -50};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    rows[i].sessions = sessions[i];
    rows[i].exhaustion_millionths = exhaustion[i];
    rows[i].active_at_end = i < 3;
  }
  EXPECT_DOUBLE_EQ(load_correlation(rows), 0.5);
  rows[0].active_at_end = false;
  EXPECT_TRUE(std::isnan(load_correlation(rows)));
  for (SupporterRow& row : rows) {
    row.active_at_end = true;
    row.sessions = 4;
  }
  EXPECT_TRUE(std::isnan(load_correlation(rows)));
}

UnitRow unit_with(const std::vector<std::int64_t>& scores) {
  UnitRow unit;
  for (const std::int64_t score : scores) {
    ++unit.surveyed;
    unit.exhaustion_points += score;
    unit.exhaustion_squares += score * score;
  }
  return unit;
}

// Mean squares 13.5 between and 1 within: 12.5 / (13.5 + 2 x 1). Units of one mean cannot be told apart: -1 /
// (size - 1).
TEST(UnitCorrelation, IsTheOneWayIntraclassCorrelation) {
  EXPECT_NEAR(unit_correlation(std::vector{unit_with({1, 2, 3}), unit_with({4, 5, 6}), unit_with({})}),
              12.5 / 15.5, 1e-12);
  EXPECT_NEAR(unit_correlation(std::vector{unit_with({1, 3}), unit_with({1, 3})}), -1.0, 1e-12);
  EXPECT_TRUE(std::isnan(unit_correlation(std::vector{unit_with({1, 2, 3})})));
}

TEST(ChangeOfReferrals, IsRelativeToTheFewer) {
  RunRecord few;
  RunRecord many;
  few.destinations.resize(2);
  many.destinations.resize(2);
  EXPECT_TRUE(std::isnan(change_of_referrals(few, many)));
  few.destinations[0].referrals = 8;
  many.destinations[1].referrals = 10;
  EXPECT_DOUBLE_EQ(change_of_referrals(few, many), 0.25);
}

TEST(Agreement, OfADirectionTakesTheWholeInterval) {
  Summary s;
  s.mean = 0.2;
  s.mean_interval = {-0.1, 0.5};
  PatternFigureInfo info;
  info.accepted = {0.0, 1.0};
  EXPECT_TRUE(agrees(info, s));
  info.whole_interval = true;
  EXPECT_FALSE(agrees(info, s));
  s.mean_interval = {0.1, 0.3};
  EXPECT_TRUE(agrees(info, s));
  EXPECT_FALSE(agrees(info, Summary{}));  // no figure
}

TEST(UsualFigures, CountWhatTheRunSays) {
  Scenario s = testing::busy_scenario(6, 10, 12);
  s.surveys.response = {1.0};
  const auto run = testing::run_observed(s);
  const RunRecord& record = run.outcome.record;
  std::int64_t answers = 0;
  for (const WaveRow& wave : record.waves) answers += wave.supporters;
  EXPECT_GT(answers, 0);
  for (const auto& rows : record.supporter_scores) {
    std::int64_t by_group = 0;
    for (const ScoreRow& row : rows) by_group += row.answers;
    EXPECT_EQ(by_group, answers);
  }
  std::int64_t sessions = 0;
  for (const std::int64_t n : record.counts.sessions_by_number) sessions += n;
  EXPECT_EQ(sessions, record.counts.sessions);
  std::int64_t surveyed = 0;
  for (const UnitRow& unit : record.units) surveyed += unit.surveyed;
  EXPECT_EQ(surveyed, record.counts.present_at_end);
  std::int64_t own = 0;
  for (const std::int64_t month : record.month_self_referrals) own += month;
  EXPECT_GT(own, 0);
  EXPECT_LE(own, record.counts.requests[static_cast<std::size_t>(Channel::self_referral)]);

  const auto figures = usual_figures(record, run.outcome.measures);
  const auto figure = [&](PatternFigure f) { return figures[static_cast<std::size_t>(f)]; };
  EXPECT_EQ(figure(PatternFigure::escalated), testing::measure(run.outcome, Measure::referred_share));
  EXPECT_EQ(figure(PatternFigure::unit_correlation), unit_correlation(record.units));
  EXPECT_TRUE(std::isnan(figure(PatternFigure::self_referral_growth)));  // of another world
  EXPECT_TRUE(std::isnan(figure(PatternFigure::downstream_pressure)));
}

}  // namespace
}  // namespace peercap::peer_support
