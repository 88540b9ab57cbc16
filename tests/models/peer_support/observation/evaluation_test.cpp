#include "models/peer_support/observation/evaluation.h"

#include <cmath>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "tests/models/peer_support/observation/hand_made.h"

namespace peercap::peer_support {
namespace {

using testing::HandMade;
using testing::measure;
using testing::plain_scenario;

double normal_cdf(double z) {
  return 0.5 * std::erfc(-z / std::sqrt(2.0));
}

// Surveys read a rounded score: N(17.5, 5.5) is at or below 22 with P(X < 22.5) = .818 (published .816).
// Exhaustion reaches 27 in .40-.44 of those who are there (published), more of newcomers. Everybody a
// supporter and no program: nothing has moved the baselines. Four standard errors at n = 10,000; units'
// common workload widens that of exhaustion.
TEST(Surveys, GiveThePublishedSharesAtTheBaselines) {
  Scenario s = plain_scenario(400, 25, 10000);
  s.program.enabled = Switch::off;
  s.run.horizon = weeks(4);
  for (CareerStage& stage : s.organization.career_stages) stage.supporter_weight = 1.0;
  const auto run = testing::run_observed(s);
  const double low = normal_cdf((22.5 - s.supporters.secondary_trauma.observed_mean) / 5.5);
  const double newcomers = 1 - normal_cdf((26.5 - s.exhaustion.observed_mean) / 11.5);
  constexpr double exhausted = 0.42;
  EXPECT_NEAR(low, 0.816, 0.01);
  EXPECT_GT(newcomers, exhausted + 0.05);
  EXPECT_NEAR(measure(run.outcome, Measure::trauma_low_share), low, 4 * std::sqrt(low * (1 - low) / 10000));
  EXPECT_LT(measure(run.outcome, Measure::trauma_high_share), 0.0005);
  EXPECT_NEAR(measure(run.outcome, Measure::satisfaction_moderate_high_share), 0.938, 0.012);
  EXPECT_NEAR(measure(run.outcome, Measure::supporters_exhaustion_concerning_share), exhausted, 0.03);
  EXPECT_NEAR(measure(run.outcome, Measure::clinicians_exhaustion_concerning_share), exhausted, 0.03);
  for (const auto& survey : run.outcome.surveys)
    for (const double score : survey) EXPECT_EQ(score, std::floor(score));
}

TEST(Surveys, LeaveOutThoseWhoLeft) {
  Scenario s = testing::busy_scenario(4, 10, 12);
  s.supporters.exit.role_rate = per_year(3.0);
  const auto run = testing::run_observed(s);
  std::size_t gone = 0;
  for (std::size_t i = 0; i < run.outcome.surveys.size(); ++i) {
    const bool left = run.outcome.record.supporters[i].exit != ExitReason::none;
    gone += left ? 1 : 0;
    EXPECT_EQ(std::isnan(run.outcome.surveys[i][0]), left);
  }
  EXPECT_GT(gone, 0U);
  EXPECT_EQ(measure(run.outcome, Measure::supporters_at_end), 12.0 - static_cast<double>(gone));
}

TEST(Measures, HaveNamesOfTheirOwnAndUnits) {
  std::set<std::string> names;
  for (const MeasureInfo& info : measure_infos()) {
    names.emplace(info.name);
    EXPECT_FALSE(info.unit.empty() || info.long_name.empty() || info.description.empty()) << info.name;
  }
  EXPECT_EQ(names.size(), measure_count);
  std::set<std::string> series;
  for (const MeasureInfo& info : series_infos()) series.emplace(info.name);
  EXPECT_EQ(series.size(), series_count);
}

TEST(Measures, OfNothingAreUndefinedWhereTheyAreShares) {
  const HandMade world;
  EXPECT_TRUE(std::isnan(world[Measure::withdrawn_share]));
  EXPECT_TRUE(std::isnan(world[Measure::hours_to_contact_median]));
  EXPECT_TRUE(std::isnan(world[Measure::contact_within_target_share]));
  EXPECT_EQ(world[Measure::requests_per_year], 0.0);
}

TEST(Measures, OfWaitsAreThoseOfTheContacts) {
  HandMade world;
  for (std::uint32_t i = 0; i < 5; ++i)
    world.contact(i, days(1), hours(10 * (i + 1)));  // 10, 20, 30, 40, 50 h
  EXPECT_DOUBLE_EQ(world[Measure::hours_to_contact_median], 30.0);
  EXPECT_DOUBLE_EQ(world[Measure::hours_to_contact_p90], 46.0);
  EXPECT_DOUBLE_EQ(world[Measure::hours_to_contact_mean], 30.0);
  EXPECT_DOUBLE_EQ(world[Measure::contact_within_target_share], 2.0 / 5);  // within 24 h
  EXPECT_DOUBLE_EQ(world[Measure::contact_within_limit_share], 1.0);
  EXPECT_NEAR(world[Measure::contacted_per_year], 5 * 365.0 / 28, 1e-9);
}

TEST(Measures, RequestsTooLateToBeJudgedAreLeftOut) {
  HandMade world;
  world.contact(0, days(1), hours(10));
  world.contact(1, days(27), hours(10));  // its 72 h end after the horizon
  EXPECT_DOUBLE_EQ(world[Measure::contact_within_target_share], 1.0);
  EXPECT_EQ(world.observer.record().counts.judged, 1);
}

TEST(Measures, SomebodyNeverContactedIsNotWithinTheTarget) {
  HandMade world;
  world.contact(0, days(1), hours(10));
  const std::int64_t asked = (world.rules.start + days(2)).ticks();
  world.state(days(2), PeerFact::request_made, 1, asked);
  world.state(days(2), PeerFact::request_accepted, 1, asked);
  world.state(days(3), PeerFact::request_ended, 1, asked, -1,
              static_cast<unsigned>(RequestEnd::withdrew) << 8);
  EXPECT_DOUBLE_EQ(world[Measure::contact_within_target_share], 0.5);
  EXPECT_DOUBLE_EQ(world[Measure::withdrawn_share], 0.5);
  // The wait of 24 h that ended with giving up counts among those of all who waited, not of those contacted.
  EXPECT_DOUBLE_EQ(world[Measure::hours_to_contact_mean], 10.0);
}

// Of 28 days somebody waited 24 h and gave up, and somebody else has waited for 12 h when the run ends.
TEST(Measures, OfWaitsWithoutAContact) {
  HandMade world;
  const auto wait = [&](std::uint32_t client, SimDuration begin, SimDuration end, RequestEnd how) {
    const std::int64_t asked = (world.rules.start + begin).ticks();
    world.state(begin, PeerFact::request_made, client, asked);
    world.state(begin, PeerFact::request_accepted, client, asked);
    world.state(end, PeerFact::request_ended, client, asked, -1, static_cast<unsigned>(how) << 8);
  };
  wait(1, days(2), days(3), RequestEnd::withdrew);
  wait(2, days(28) - hours(12), days(28), RequestEnd::open_waiting);
  EXPECT_TRUE(std::isnan(world[Measure::hours_to_contact_mean]));
  EXPECT_TRUE(std::isnan(world[Measure::direct_hours_to_contact_mean]));
  EXPECT_DOUBLE_EQ(world[Measure::hours_waited_mean], 24.0);
  EXPECT_NEAR(world[Measure::waiting_over_time_mean], 36.0 / (28 * 24), 1e-12);
}

TEST(Measures, WhatHappenedBeforeTheStartIsLeftOut) {
  HandMade world;
  world.contact(0, -1 * days(3), hours(10));
  world.state(-1 * days(1), PeerFact::session_held, 0, hours(1).ticks(), 0, 1);
  world.state(-1 * days(1), PeerFact::episode_began, 3, 1);
  EXPECT_EQ(world[Measure::requests_per_year], 0.0);
  EXPECT_EQ(world[Measure::contacted_per_year], 0.0);
  EXPECT_EQ(world[Measure::sessions_per_year], 0.0);
  EXPECT_EQ(world[Measure::episodes_per_year], 0.0);
}

// One asks, one is given as waiting at the start: both wait and can give up, only one is new demand.
TEST(Measures, GivenRequestsAreNoNewDemand) {
  Scenario s = HandMade::small_world();
  s.run.horizon = days(62);
  HandMade world{s};
  world.contact(0, days(1), hours(10));
  const auto inherited = static_cast<unsigned>(Channel::inherited);
  const std::int64_t asked = world.ticks({});
  world.state({}, PeerFact::request_made, 1, asked, 0, inherited);
  world.state({}, PeerFact::request_accepted, 1, asked, 0, inherited);
  world.state(days(3), PeerFact::request_ended, 1, asked, -1,
              inherited | static_cast<unsigned>(RequestEnd::withdrew) << 8);
  const double years = 62.0 / 365.0;
  EXPECT_NEAR(world[Measure::requests_per_year], 1 / years, 1e-9);
  EXPECT_NEAR(world[Measure::asked_per_year], 1 / years, 1e-9);
  EXPECT_EQ(world[Measure::requests_per_month_mean], 0.5);
  EXPECT_EQ(world[Measure::requests_per_month_max], 1.0);
  EXPECT_DOUBLE_EQ(world[Measure::withdrawn_share], 0.5);
  EXPECT_DOUBLE_EQ(world[Measure::contact_within_target_share], 0.5);
  const RunRecord& record = world.observer.record();
  EXPECT_EQ(record.weeks[0].requests, 1);
  EXPECT_EQ(record.units[0].requests, 1);
  EXPECT_EQ(record.groups[static_cast<std::size_t>(Grouping::site)][0].requests, 1);
  EXPECT_EQ(record.counts.requests[inherited], 1);  // the cascade tells of it
}

// Three of eight people present are exhausted; two positions are vacant.
TEST(Measures, OfPeopleLeaveVacantPositionsOut) {
  HandMade world;
  world.state(weeks(4), PeerFact::unit_census, 0, 3, 0);
  world.state(weeks(4), PeerFact::unit_support, 0, 0, 8);
  EXPECT_DOUBLE_EQ(world[Measure::clinicians_exhaustion_concerning_share], 3.0 / 8.0);
}

TEST(WeeklySeries, CoverageIsOfThoseInDistress) {
  HandMade world;
  world.state(weeks(0), PeerFact::unit_week, 0, 4, 0, 1);
  world.state(weeks(1), PeerFact::unit_week, 0, 2, 0, 2);
  world.state(weeks(2), PeerFact::unit_week, 0, 0, 0, 0);
  world.state(weeks(3), PeerFact::unit_week, 0, 3, 0, 0);
  const auto series = evaluate_series(world.organization, world.observer.record());
  const std::vector<double>& coverage = series[static_cast<std::size_t>(Series::coverage)];
  ASSERT_EQ(coverage.size(), 4U);
  EXPECT_DOUBLE_EQ(coverage[0], 0.25);
  EXPECT_DOUBLE_EQ(coverage[1], 1.0);
  EXPECT_TRUE(std::isnan(coverage[2]));  // nobody is in distress
  EXPECT_DOUBLE_EQ(coverage[3], 0.0);
}

// What is seen on Mondays is what the exact times in support make of it, up to the chance of 52 Mondays.
TEST(WeeklySeries, CoverageIsThatOfPersonTime) {
  Scenario s = testing::busy_scenario(20, 25, 60);
  s.run.horizon = weeks(52);
  const auto run = testing::run_observed(s);
  double supported = 0.0;
  double distressed = 0.0;
  for (const WeekRow& week : run.outcome.record.weeks) {
    supported += static_cast<double>(week.supported);
    distressed += static_cast<double>(week.distressed);
  }
  const double exact = testing::measure(run.outcome, Measure::coverage_person_time_share);
  EXPECT_GT(exact, 0.02);
  EXPECT_NEAR(supported / distressed, exact, 0.1 * exact);
}

TEST(Measures, OfTurnsOnCallAndTurningElsewhere) {
  HandMade world;
  for (int week = 0; week < 4; ++week) world.state(weeks(week), PeerFact::desk_week, 0, 0, 0, 1);
  world.state(-1 * days(1), PeerFact::turn_on_call, 0, hours(12).ticks());
  world.state(days(1), PeerFact::turn_on_call, 0, hours(12).ticks());
  world.state(days(8), PeerFact::turn_on_call, 0, hours(12).ticks());
  world.state(-1 * days(1), PeerFact::turned_elsewhere, 3, 1);
  world.state(days(5), PeerFact::turned_elsewhere, 3, 2);
  const double years = 28.0 / 365.0;
  EXPECT_DOUBLE_EQ(world[Measure::turns_on_call_per_supporter_year], 2.0 / years);
  EXPECT_DOUBLE_EQ(world[Measure::turned_elsewhere_per_year], 1.0 / years);
}

TEST(Measures, OfHoursAddUp) {
  HandMade world;
  for (int week = 0; week < 4; ++week) world.state(weeks(week), PeerFact::desk_week, 0, 2, 3, 1);
  world.state(days(3), PeerFact::session_held, 0, minutes(30).ticks(), minutes(30).ticks(), 1);
  world.state(days(10), PeerFact::session_held, 0, minutes(60).ticks(), 0, 2);
  // A debrief of 3 h, an hour of it beyond protected time, and a refresher of 15 minutes within it.
  world.state(days(11), PeerFact::program_time, 0, hours(2).ticks(), hours(1).ticks(),
              static_cast<unsigned>(ProgramWork::debrief));
  world.state(days(24), PeerFact::program_time, 0, minutes(15).ticks(), 0,
              static_cast<unsigned>(ProgramWork::refresher));
  world.state(-1 * days(1), PeerFact::program_time, 0, hours(9).ticks(), hours(9).ticks(), 0);
  EXPECT_DOUBLE_EQ(world[Measure::work_hours_per_week], 5.25 / 4);
  EXPECT_DOUBLE_EQ(world[Measure::session_hours_per_week], 0.5);
  EXPECT_DOUBLE_EQ(world[Measure::program_hours_per_week], 3.25 / 4);
  EXPECT_DOUBLE_EQ(world[Measure::overload_hours_per_week], 1.5 / 4);
  EXPECT_DOUBLE_EQ(world[Measure::session_overload_hours_per_week], 0.5 / 4);
  EXPECT_DOUBLE_EQ(world[Measure::program_overload_hours_per_week], 1.0 / 4);
  EXPECT_DOUBLE_EQ(world[Measure::protected_hours_used_share], 3.75 / (4 * 0.5));
  EXPECT_DOUBLE_EQ(world[Measure::overload_hours_per_session], 0.25);
  EXPECT_DOUBLE_EQ(world[Measure::waiting_mean], 2.0);
  EXPECT_DOUBLE_EQ(world[Measure::caseload_mean], 3.0);
  const auto series = evaluate_series(world.organization, world.observer.record());
  const auto weekly = [&](Series which) { return series[static_cast<std::size_t>(which)]; };
  EXPECT_EQ(weekly(Series::protected_hours), (std::vector<double>{0.5, 3.0, 0.0, 0.25}));
  EXPECT_EQ(weekly(Series::overload_hours), (std::vector<double>{0.5, 1.0, 0.0, 0.0}));
  EXPECT_EQ(weekly(Series::session_protected_hours), (std::vector<double>{0.5, 1.0, 0.0, 0.0}));
  EXPECT_EQ(weekly(Series::session_overload_hours), (std::vector<double>{0.5, 0.0, 0.0, 0.0}));
  EXPECT_EQ(weekly(Series::program_protected_hours), (std::vector<double>{0.0, 2.0, 0.0, 0.25}));
  EXPECT_EQ(weekly(Series::program_overload_hours), (std::vector<double>{0.0, 1.0, 0.0, 0.0}));
  EXPECT_EQ(series_days(world.rules, 4), (std::vector<double>{0.0, 7.0, 14.0, 21.0}));
}

// 0, 4, 6 and 10 people waiting on four Mondays; the limit is 5.
TEST(Measures, OfTheQueueTellItsHighEnd) {
  Scenario s = HandMade::small_world();
  s.resilience.waiting_limit = 5;
  HandMade world{s};
  const std::int64_t waiting[] = {0, 10, 6, 4};
  for (int week = 0; week < 4; ++week) world.state(weeks(week), PeerFact::desk_week, 0, waiting[week], 0, 1);
  EXPECT_DOUBLE_EQ(world[Measure::waiting_mean], 5.0);
  EXPECT_NEAR(world[Measure::waiting_p95], 6.0 + 0.85 * 4.0, 1e-12);  // type 7
  EXPECT_DOUBLE_EQ(world[Measure::many_waiting_weeks_share], 0.5);
  world.state(days(3), PeerFact::request_transferred, 1, world.ticks(days(2)), 1);
  world.state(days(3), PeerFact::request_transferred, 1, world.ticks(-1 * days(2)), 1);
  EXPECT_NEAR(world[Measure::transfers_per_year], 365.0 / 28, 1e-9);
}

// Nine treatments begin on the first day and one after 9.5 days: nine in ten began within a day. One more
// long wait, and it is ten days. Who gives up does not count.
TEST(Measures, OfReferralsKnowTheLongWaits) {
  HandMade world;
  for (int i = 0; i < 9; ++i) world.state(days(3), PeerFact::treatment_began, 0, hours(20).ticks());
  world.state(days(12), PeerFact::treatment_began, 1, days(9).ticks() + hours(12).ticks());
  world.state(days(12), PeerFact::referral_given_up, 1, days(20).ticks());
  EXPECT_EQ(world[Measure::referral_wait_days_p90], 1.0);
  world.state(days(13), PeerFact::treatment_began, 1, days(9).ticks() + hours(13).ticks());
  EXPECT_EQ(world[Measure::referral_wait_days_p90], 10.0);
  EXPECT_TRUE(std::isnan(HandMade{}[Measure::referral_wait_days_p90]));
}

TEST(Measures, AWeekBeginsOnMondayWhateverTheStart) {
  Scenario s = plain_scenario(1, 10, 1);
  s.run.start = *CivilDate::parse("2026-01-08");  // a Thursday
  s.run.horizon = weeks(4);
  const auto run = testing::run_observed(s);
  EXPECT_EQ(run.outcome.record.weeks.size(), 4U);
  EXPECT_EQ(series_days(*run.rules, 4), (std::vector<double>{4.0, 11.0, 18.0, 25.0}));
  for (const auto& series : run.outcome.series) EXPECT_EQ(series.size(), 4U);
}

}  // namespace
}  // namespace peercap::peer_support
