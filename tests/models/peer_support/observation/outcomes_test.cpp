// Measures beyond demand and supporters' work, from facts and records made by hand.

#include "models/peer_support/observation/outcomes.h"

#include <cmath>
#include <memory>
#include <vector>

#include <gtest/gtest.h>

#include "sim/kernel/sequential_engine.h"
#include "tests/models/peer_support/observation/hand_made.h"

namespace peercap::peer_support {
namespace {

using testing::HandMade;
using testing::measure;

/// The small world over a quarter of a year.
Scenario quarter_world() {
  Scenario s = HandMade::small_world();
  s.run.horizon = days(92);
  return s;
}

TEST(Coverage, IsTimeInSupportOfTimeInDistress) {
  HandMade world;
  EXPECT_TRUE(std::isnan(world[Measure::coverage_person_time_share]));
  world.state(weeks(4), PeerFact::unit_census, 0, 3, hours(1000).ticks());
  world.state(weeks(4), PeerFact::unit_support, 0, hours(250).ticks(), 8);
  EXPECT_DOUBLE_EQ(world[Measure::coverage_person_time_share], 0.25);
  EXPECT_DOUBLE_EQ(world[Measure::vacancies_at_end_share], 0.2);
}

// Four waits: contacted after 10 h, still waiting after 20 h, given up after 30 h, contacted after 48 h. At
// 10 h a quarter is contacted; of the two left at 30 h, who stand for three quarters, one gives up.
TEST(Waits, HaveIncidencesOfCompetingEnds) {
  HandMade world;
  const SimDuration asked = days(1);
  world.end(0, asked, days(9), RequestEnd::resolved, world.ticks(asked + hours(10)));
  world.end(1, asked, asked + hours(20), RequestEnd::open_waiting);
  world.end(2, asked, asked + hours(30), RequestEnd::withdrew);
  world.end(3, asked, days(9), RequestEnd::open_in_case, world.ticks(asked + hours(48)));
  // None of these ever wanted support.
  for (const RequestEnd end : {RequestEnd::merged, RequestEnd::declined, RequestEnd::lapsed,
                               RequestEnd::open_unanswered, RequestEnd::dropped})
    world.end(4, asked, asked + hours(5), end);
  // Asked before the horizon.
  world.end(5, -1 * days(2), days(1), RequestEnd::withdrew);
  EXPECT_NEAR(world[Measure::contact_incidence_24h], 0.25, 1e-12);
  EXPECT_NEAR(world[Measure::contact_incidence_72h], 0.625, 1e-12);
  EXPECT_NEAR(world[Measure::lost_waiting_incidence_72h], 0.375, 1e-12);
}

// Of four who wait, one is met after 10 h, one gives up after 30 h, one is met after 48 h: a half. Of those
// contacted alone the median is 29 h.
TEST(Waits, HaveAMedianOfAllWhoWait) {
  HandMade world;
  const SimDuration asked = days(1);
  world.end(0, asked, days(9), RequestEnd::resolved, world.ticks(asked + hours(10)));
  world.end(1, asked, asked + hours(30), RequestEnd::withdrew);
  EXPECT_EQ(world[Measure::hours_to_contact_incidence_median], 10.0);
  world.end(2, asked, asked + hours(100), RequestEnd::open_waiting);
  EXPECT_TRUE(std::isnan(world[Measure::hours_to_contact_incidence_median]));
  world.end(3, asked, days(9), RequestEnd::open_in_case, world.ticks(asked + hours(48)));
  EXPECT_EQ(world[Measure::hours_to_contact_incidence_median], 48.0);
}

TEST(Waits, AreLostByRecoveryAndByLeavingToo) {
  HandMade world;
  const SimDuration asked = days(1);
  world.end(0, asked, asked + hours(10), RequestEnd::recovered);
  world.end(1, asked, asked + hours(20), RequestEnd::left);
  world.end(2, asked, asked + hours(30), RequestEnd::overflow_referred);
  world.end(3, asked, days(9), RequestEnd::resolved, world.ticks(asked + hours(40)));
  EXPECT_NEAR(world[Measure::lost_waiting_incidence_72h], 0.75, 1e-12);
  EXPECT_NEAR(world[Measure::contact_incidence_72h], 0.25, 1e-12);
}

// One recovers after 10 days, one leaves after 20, one recovers after 40: of three at the begin and one from
// day 20 on. Counted as recovered, the leaver would leave a third after 30 days.
TEST(Recoveries, FollowLeaversOnlyUntilTheyLeave) {
  HandMade world{quarter_world()};
  const auto end_episode = [&](std::uint32_t person, SimDuration began, SimDuration length, unsigned flags) {
    world.state(began, PeerFact::episode_began, person, 1);
    world.state(began + length, PeerFact::episode_ended, person, 1, world.ticks(began), flags);
  };
  end_episode(0, days(1), days(10), 0);
  end_episode(1, days(2), days(20), static_cast<unsigned>(EpisodeFlag::left));
  end_episode(2, days(3), days(40), static_cast<unsigned>(EpisodeFlag::asked));
  end_episode(3, -1 * days(3), days(5), 0);  // before the horizon
  EXPECT_NEAR(world[Measure::unrecovered_after_30_days_share], 2.0 / 3.0, 1e-12);
  EXPECT_TRUE(std::isnan(world[Measure::unrecovered_after_1_year_share]));  // the horizon is shorter
  EXPECT_EQ(world.observer.record().counts.episodes_left, 1);
  EXPECT_EQ(world.observer.record().counts.episodes_recovered, 2);
}

TEST(Groups, GatherWhatTheirPeopleGot) {
  HandMade world;
  world.observer.count_people();
  const std::uint8_t profession = world.organization.professions[4];
  const std::uint8_t stage = world.organization.stages[4];
  world.state(days(1), PeerFact::episode_began, 4, 1);
  world.contact(4, days(1), hours(6));
  world.state(days(9), PeerFact::episode_ended, 4, 1, world.ticks(days(1)),
              static_cast<unsigned>(EpisodeFlag::contacted));
  const RunRecord& record = world.observer.record();
  const auto row = [&](Grouping grouping, std::size_t i) {
    return record.groups[static_cast<std::size_t>(grouping)][i];
  };
  for (const GroupRow& group : {row(Grouping::profession, profession), row(Grouping::career_stage, stage),
                                row(Grouping::shift_pattern, 2), row(Grouping::site, 0)}) {
    EXPECT_EQ(group.episodes, 1);
    EXPECT_EQ(group.episodes_contacted, 1);
    EXPECT_EQ(group.requests, 1);
    EXPECT_EQ(group.first_contacts, 1);
    EXPECT_EQ(group.wait_ticks, hours(6).ticks());
  }
  EXPECT_EQ(row(Grouping::site, 0).people, 10);
  EXPECT_EQ(row(Grouping::shift_pattern, 0).episodes, 0);
  std::int64_t people = 0;
  for (const GroupRow& group : record.groups[0]) people += group.people;
  EXPECT_EQ(people, 10);
}

TEST(Equity, ComparesGroupsLargeEnoughToJudge) {
  RunRecord record;
  record.groups[static_cast<std::size_t>(Grouping::profession)] = {
      {.episodes = 100, .episodes_contacted = 50},
      {.episodes = 40, .episodes_contacted = 10},
      {.episodes = 29, .episodes_contacted = 29}};
  record.groups[static_cast<std::size_t>(Grouping::site)] = {{.episodes = 100, .episodes_contacted = 50}};
  MeasureSheet sheet;
  evaluate_equity(sheet, record);
  EXPECT_DOUBLE_EQ(sheet[Measure::profession_gap], 0.25);
  EXPECT_DOUBLE_EQ(sheet[Measure::profession_coverage_ratio], 0.5);
  EXPECT_TRUE(std::isnan(sheet[Measure::site_gap]));
  EXPECT_TRUE(std::isnan(sheet[Measure::site_coverage_ratio]));
}

TEST(Equity, ComparesWhoIsMetInTime) {
  RunRecord record;
  const auto rows = [&](Grouping grouping) -> std::vector<GroupRow>& {
    return record.groups[static_cast<std::size_t>(grouping)];
  };
  rows(Grouping::profession) = {{.judged = 100, .judged_within_limit = 90},
                                {.judged = 50, .judged_within_limit = 20},
                                {.judged = 29, .judged_within_limit = 0}};
  rows(Grouping::career_stage) = {{.judged = 30, .judged_within_limit = 30},
                                  {.judged = 30, .judged_within_limit = 24}};
  rows(Grouping::shift_pattern) = {{}, {.judged = 40, .judged_within_limit = 10}};
  record.units = {{.episodes = 40, .episodes_contacted = 0, .judged = 30, .judged_within_limit = 3},
                  {.episodes = 40, .episodes_contacted = 20, .judged = 40, .judged_within_limit = 40}};
  MeasureSheet sheet;
  evaluate_equity(sheet, record);
  EXPECT_NEAR(sheet[Measure::profession_timely_gap], 0.5, 1e-12);
  EXPECT_NEAR(sheet[Measure::career_stage_timely_gap], 0.2, 1e-12);
  EXPECT_TRUE(std::isnan(sheet[Measure::shift_timely_gap]));
  EXPECT_NEAR(sheet[Measure::unit_timely_gap], 0.9, 1e-12);
  EXPECT_EQ(sheet[Measure::unit_coverage_ratio], 0.0);
}

// Two of three requests of one unit's people can be judged, one is met within 72 h.
TEST(Equity, JudgesRequestsOfUnitsAndGroups) {
  HandMade world;
  world.contact(0, days(1), hours(72));
  world.contact(1, days(1), hours(73));
  world.contact(2, days(27), hours(1));
  const RunRecord& record = world.observer.record();
  EXPECT_EQ(record.units[0].judged, 2);
  EXPECT_EQ(record.units[0].judged_within_limit, 1);
  EXPECT_EQ(record.groups[static_cast<std::size_t>(Grouping::site)][0].judged, 2);
  EXPECT_EQ(record.groups[static_cast<std::size_t>(Grouping::site)][0].judged_within_limit, 1);
}

// Coverages .1, .5 and .7 of 10, 10 and 20 episodes. Under the Lorenz curve of 20 contacts lie 10 (0 + 1) / 2
// + 10 (1 + 6) / 2 + 20 (6 + 20) / 2 = 300 of 400.
TEST(Equity, GiniAndWorstDecileOfThreeUnits) {
  RunRecord record;
  record.units = {{.episodes = 20, .episodes_contacted = 14},
                  {.episodes = 10, .episodes_contacted = 1},
                  {},
                  {.episodes = 10, .episodes_contacted = 5}};
  MeasureSheet sheet;
  evaluate_equity(sheet, record);
  EXPECT_DOUBLE_EQ(sheet[Measure::unit_gini], 1.0 - 2.0 * 300.0 / 800.0);
  EXPECT_DOUBLE_EQ(sheet[Measure::worst_decile_share], 0.1);
}

TEST(Waves, GatherTheAnswersOfTheirTime) {
  Scenario s = HandMade::small_world();
  s.surveys.interval_weeks = 2;
  HandMade world{s};
  ASSERT_EQ(world.observer.record().waves.size(), 2U);
  world.state(SimDuration{}, PeerFact::unit_survey, 0, 8, 2, 0);
  world.state(weeks(2), PeerFact::unit_survey, 0, 4, 4, 1);
  world.state(-1 * weeks(1), PeerFact::unit_survey, 0, 10, 10, 0);  // in the burn-in
  const auto survey = [&](SimDuration at, int trauma, int satisfaction, int exhaustion) {
    world.state(at, PeerFact::supporter_survey, 0, trauma, satisfaction,
                static_cast<std::uint16_t>(exhaustion));
  };
  survey(days(1), 22, 23, 27);   // low, satisfied, exhausted
  survey(weeks(2), 23, 22, -3);  // neither; below the scale's zero, as rounding and error can have it
  world.state(days(1), PeerFact::supporter_challenge, 0, 0, 0, static_cast<unsigned>(Challenge::time));
  world.state(days(1), PeerFact::supporter_challenge, 0, 0, 0, static_cast<unsigned>(Challenge::none));
  world.state(weeks(2), PeerFact::supporter_challenge, 0, 0, 0, static_cast<unsigned>(Challenge::time));
  EXPECT_DOUBLE_EQ(world[Measure::surveyed_clinicians_exhausted_share], 6.0 / 12.0);
  EXPECT_DOUBLE_EQ(world[Measure::surveyed_trauma_low_share], 0.5);
  EXPECT_DOUBLE_EQ(world[Measure::surveyed_satisfaction_share], 0.5);
  EXPECT_DOUBLE_EQ(world[Measure::surveyed_supporters_exhausted_share], 0.5);
  EXPECT_DOUBLE_EQ(world[Measure::challenge_time_share], 2.0 / 3.0);
  EXPECT_DOUBLE_EQ(world[Measure::challenge_none_share], 1.0 / 3.0);
  EXPECT_EQ(world.observer.record().waves[1].clinicians_concerning, 4);
}

// Three whole months in 92 days; what comes after them belongs to none.
TEST(Months, AreTwelfthsOfAYear) {
  HandMade world{quarter_world()};
  for (const double day : {1.0, 29.0, 31.0, 61.5, 91.9}) {
    const SimDuration at = duration_from_days(day);
    world.state(at, PeerFact::request_made, 0, world.ticks(at));
  }
  EXPECT_EQ(world.observer.record().month_requests, (std::vector<std::int64_t>{2, 1, 1}));
  EXPECT_DOUBLE_EQ(world[Measure::requests_per_month_mean], 4.0 / 3.0);
  EXPECT_EQ(world[Measure::requests_per_month_max], 2.0);
}

TEST(Workforce, CountsThoseWhoLeftAndThoseWhoJoined) {
  HandMade world;
  world.state(days(2), PeerFact::clinician_left, 3, 0, 0, 1);
  world.state(days(5), PeerFact::clinician_left, 4, 0, 0, 0);
  world.state(-1 * days(1), PeerFact::clinician_left, 5, 0, 0, 1);
  world.state(days(9), PeerFact::clinician_hired, 3, 1);
  EXPECT_NEAR(world[Measure::clinicians_left_per_year], 2 * 365.0 / 28, 1e-9);
  EXPECT_NEAR(world[Measure::clinician_exit_rate], 0.2 * 365.0 / 28, 1e-9);
  EXPECT_DOUBLE_EQ(world[Measure::clinicians_left_concerning_share], 0.5);
  EXPECT_EQ(world.observer.record().counts.clinicians_hired, 1);
  SupporterRole before = SupporterRole::candidate;
  const auto role = [&](SimDuration at, SupporterRole r) {
    world.state(at, PeerFact::supporter_role, 0, static_cast<std::int64_t>(before), 0,
                static_cast<unsigned>(r));
    before = r;
  };
  role(-1 * days(3), SupporterRole::training);
  role(days(3), SupporterRole::active);
  role(days(8), SupporterRole::on_leave);
  role(days(11), SupporterRole::active);  // back, not new
  EXPECT_NEAR(world[Measure::supporters_joined_per_year], 365.0 / 28, 1e-9);
  EXPECT_TRUE(world.observer.record().supporters[0].invited);
}

TEST(Climate, IsAMeanOverPeopleAndWeeks) {
  HandMade world;
  constexpr std::int64_t one = 1 << 20;
  for (int week = 0; week < 4; ++week)
    world.state(weeks(week), PeerFact::unit_climate, 0, week < 2 ? one / 4 : one / 2, one / 8);
  EXPECT_DOUBLE_EQ(world[Measure::awareness_mean], 0.375);
  EXPECT_DOUBLE_EQ(world[Measure::trust_mean], 0.125);
}

// Four weeks: 2 h of sessions, 3 h of debriefs at 80; 4 h of training at 60; 5 h a week of coordination at
// 50; one treatment at 600. A nurse and a physician have left.
TEST(Costs, AddUp) {
  Scenario s = HandMade::small_world();
  s.program.coordinator_hours = {5.0};
  s.organization.professions = {{.name = "nurse"}, {.name = "physician"}, {.name = "other"}};
  HandMade world{s};
  world.organization.professions[0] = 0;
  world.organization.professions[1] = 1;
  world.organization.professions[2] = 2;
  world.state(days(3), PeerFact::session_held, 0, minutes(90).ticks(), minutes(30).ticks(), 1);
  const auto work = [&](int hours_protected, int beyond, ProgramWork kind) {
    world.state(days(4), PeerFact::program_time, 0, hours(hours_protected).ticks(), hours(beyond).ticks(),
                static_cast<unsigned>(kind));
  };
  work(2, 1, ProgramWork::debrief);
  work(3, 0, ProgramWork::training);
  work(0, 1, ProgramWork::refresher);
  world.state(days(5), PeerFact::treatment_began, 0, days(1).ticks());
  world.contact(4, days(1), hours(6));
  world.contact(5, days(1), hours(6));
  world.end(4, days(1), days(3), RequestEnd::resolved, world.ticks(days(1) + hours(6)));
  world.state(days(2), PeerFact::clinician_left, 0);
  world.state(days(2), PeerFact::clinician_left, 1);
  const double program = 5 * 80.0 + 4 * 60.0 + 4 * 5 * 50.0 + 600.0;
  const double years = 28.0 / 365.0;
  EXPECT_NEAR(world[Measure::program_cost_per_year], program / years, 1e-6);
  EXPECT_NEAR(world[Measure::cost_per_contact], program / 2, 1e-6);
  EXPECT_NEAR(world[Measure::cost_per_resolved], program, 1e-6);
  EXPECT_NEAR(world[Measure::turnover_cost_per_year], (61110.0 + 500000.0) / years, 1e-3);
  EXPECT_NEAR(world[Measure::turnover_cost_low_per_year], (49500.0 + 250000.0) / years, 1e-3);
  EXPECT_NEAR(world[Measure::turnover_cost_high_per_year], (72700.0 + 1000000.0) / years, 1e-3);
  EXPECT_NEAR(world[Measure::training_cost_per_year], 4 * 60.0 / years, 1e-6);
  EXPECT_DOUBLE_EQ(world[Measure::program_hours_per_week], 7.0 / 4);
  EXPECT_DOUBLE_EQ(world[Measure::program_overload_hours_per_week], 2.0 / 4);
  EXPECT_NEAR(world[Measure::training_hours_per_year], 4 / years, 1e-9);
}

// 5 h a week of coordination at 50 for a week, 15 h for two weeks, none for the last one.
TEST(Costs, FollowScheduledCoordination) {
  Scenario s = HandMade::small_world();
  s.program.coordinator_hours = {5.0};
  Scenario more = s;
  more.program.coordinator_hours = {15.0};
  Scenario none = s;
  none.program.coordinator_hours = {0.0};
  s.phases = std::make_shared<const std::vector<ScenarioPhase>>(std::vector<ScenarioPhase>{
      {s.run.start.midnight() + weeks(1), more}, {s.run.start.midnight() + weeks(3), none}});
  const HandMade world{s};
  EXPECT_NEAR(world[Measure::program_cost_per_year], 35 * 50.0 * 365.0 / 28.0, 1e-6);
}

TEST(Twin, GivesNoPriceToDaysThatAreNotAverted) {
  std::array<double, measure_count> with{};
  std::array<double, measure_count> without{};
  with[static_cast<std::size_t>(Measure::program_cost_per_year)] = 1000.0;
  with[static_cast<std::size_t>(Measure::distressed_days_per_clinician_year)] = 3.0;
  without[static_cast<std::size_t>(Measure::distressed_days_per_clinician_year)] = 5.0;
  compare_with_twin(with, without, with, 100.0);
  EXPECT_DOUBLE_EQ(with[static_cast<std::size_t>(Measure::cost_per_distressed_day_averted)], 5.0);
  without[static_cast<std::size_t>(Measure::distressed_days_per_clinician_year)] = 2.0;
  compare_with_twin(with, without, with, 100.0);
  EXPECT_TRUE(std::isnan(with[static_cast<std::size_t>(Measure::cost_per_distressed_day_averted)]));
}

TEST(Twin, IsTheSameWorldWithoutAProgram) {
  Scenario s = testing::busy_scenario(10, 12, 20);
  s.environment.exhaustion_error_gain = 0.0;
  s.case_rules.effect_fast = {0.6};
  s.run.twin = Switch::on;
  const auto compared = testing::run_observed(s).outcome;
  s.run.twin = Switch::off;
  const auto with = testing::run_observed(s).outcome;
  s.program.enabled = Switch::off;
  const auto without = testing::run_observed(s).outcome;
  const auto averted = [&](Measure m) { return measure(without, m) - measure(with, m); };
  EXPECT_GT(measure(compared, Measure::distressed_days_averted), 0.0);
  EXPECT_EQ(measure(compared, Measure::distressed_days_averted),
            averted(Measure::distressed_days_per_clinician_year));
  EXPECT_EQ(measure(compared, Measure::exhausted_share_averted),
            averted(Measure::clinicians_exhaustion_concerning_share));
  EXPECT_EQ(measure(compared, Measure::leavers_averted_per_year), averted(Measure::clinicians_left_per_year));
  EXPECT_EQ(measure(compared, Measure::net_benefit_per_year),
            averted(Measure::turnover_cost_per_year) - measure(with, Measure::program_cost_per_year));
  EXPECT_EQ(measure(compared, Measure::net_benefit_low_per_year),
            averted(Measure::turnover_cost_low_per_year) - measure(with, Measure::program_cost_per_year));
  EXPECT_EQ(measure(compared, Measure::net_benefit_high_per_year),
            averted(Measure::turnover_cost_high_per_year) - measure(with, Measure::program_cost_per_year));
  // 120 clinicians.
  EXPECT_DOUBLE_EQ(measure(compared, Measure::cost_per_distressed_day_averted),
                   measure(with, Measure::program_cost_per_year) /
                       (120 * measure(compared, Measure::distressed_days_averted)));
  EXPECT_TRUE(std::isnan(measure(with, Measure::distressed_days_averted)));
}

}  // namespace
}  // namespace peercap::peer_support
