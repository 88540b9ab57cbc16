// Random draws are counted: as many for each purpose as there are things to decide, and in a world with one
// more supporter, unit or event only those that belong to it are added.

#include <algorithm>
#include <optional>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/models/peer_support/draws/counted_run.h"

namespace peercap::peer_support {
namespace {

using testing::busy_scenario;
using testing::CountedRun;
using testing::draws_added;
using testing::purposes_that_differ;
using testing::run_counted;

std::size_t count_exposures(const CountedRun& counted, Cause cause) {
  const auto exposures = counted.run.log.of(PeerFact::exposure);
  return static_cast<std::size_t>(std::ranges::count_if(
      exposures, [cause](const Fact& f) { return static_cast<Cause>(f.small & 0xff) == cause; }));
}

TEST(Draws, AreAsManyAsThereAreThingsToDecide) {
  Scenario s = busy_scenario(7, 13, 8);
  s.turnover.enabled = Switch::off;
  const CountedRun counted = run_counted(s);
  const auto& log = counted.run.log;
  const std::size_t units = 7;
  const std::size_t people = 7 * 13;
  const std::size_t weeks_run = 26;
  EXPECT_EQ(counted.count(DrawPurpose::unit_workload), units);
  EXPECT_EQ(counted.count(DrawPurpose::profession), people);
  EXPECT_EQ(counted.count(DrawPurpose::career_stage), people);
  EXPECT_EQ(counted.count(DrawPurpose::initial_exhaustion), people);
  EXPECT_EQ(counted.count(DrawPurpose::turnover), people);
  EXPECT_EQ(counted.count(DrawPurpose::trust_tie), people);
  // Four people's noise comes from one draw: thirteen take four.
  EXPECT_EQ(counted.count(DrawPurpose::weekly_noise), units * weeks_run * 4);

  ASSERT_GT(log.count(PeerFact::clinical_event), 100U);
  ASSERT_GT(log.count(PeerFact::session_held), 50U);
  EXPECT_EQ(counted.count(DrawPurpose::candidate_report), log.count(PeerFact::clinical_event));
  EXPECT_EQ(counted.count(DrawPurpose::exposure_detail), count_exposures(counted, Cause::clinical_event));
  EXPECT_EQ(counted.count(DrawPurpose::personal_detail), count_exposures(counted, Cause::personal_event));
  EXPECT_EQ(counted.count(DrawPurpose::notice), log.count(PeerFact::episode_began));
  EXPECT_EQ(counted.count(DrawPurpose::session_decision), log.count(PeerFact::session_held));
  EXPECT_EQ(counted.count(DrawPurpose::destination), log.count(PeerFact::referral_made));
  std::size_t offers_answered = 0;
  for (const Fact& f : log.of(PeerFact::request_accepted))
    offers_answered += wants_support(testing::channel_of(f)) ? 0U : 1U;
  for (const Fact& f : log.of(PeerFact::request_ended))
    offers_answered += testing::end_of(f) == RequestEnd::declined ? 1U : 0U;
  EXPECT_EQ(counted.count(DrawPurpose::acceptance), offers_answered);
  // What nobody asked for is not drawn.
  for (const DrawPurpose purpose :
       {DrawPurpose::rounding, DrawPurpose::group_debrief, DrawPurpose::group_attendance, DrawPurpose::breach,
        DrawPurpose::term_renewal, DrawPurpose::inherited_case})
    EXPECT_EQ(counted.count(purpose), 0U) << static_cast<int>(purpose);
}

TEST(Draws, OfTurnoverAreOnesOfLeaversAndNewcomers) {
  Scenario s = busy_scenario(7, 13, 8);
  for (Profession& profession : s.organization.professions) profession.turnover = per_year(1.0);
  s.turnover.vacancy = days(10);
  const CountedRun counted = run_counted(s);
  const std::size_t left = counted.run.log.count(PeerFact::clinician_left);
  const std::size_t hired = counted.run.log.count(PeerFact::clinician_hired);
  ASSERT_GT(hired, 10U);
  EXPECT_EQ(counted.count(DrawPurpose::turnover), 7 * 13 + left + hired);
  EXPECT_EQ(counted.count(DrawPurpose::initial_exhaustion), 7 * 13 + hired);
}

// The run ends before the newcomer is given a case.
TEST(OneMoreSupporterDraws, AreOfTheNewcomerAlone) {
  Scenario s = busy_scenario(40, 12, 60);
  s.run.seed = 5;
  s.supporters.recruitment.enabled = Switch::off;
  s.supporters.check_ins.interval_weeks = 1;
  Scenario one_more = s;
  ++one_more.supporters.count;

  const auto key_of = [](const Organization& o, std::size_t supporter) {
    return o.person_keys[o.supporters[supporter].clinician.index()].value();
  };
  std::set<std::uint64_t> before;
  const Organization fewer_people = testing::organization_of(s);
  const Organization more_people = testing::organization_of(one_more);
  for (std::size_t i = 0; i < fewer_people.supporters.size(); ++i) before.insert(key_of(fewer_people, i));
  std::size_t newcomer = 0;
  while (before.contains(key_of(more_people, newcomer))) ++newcomer;

  SimTime first_case = SimTime::never();
  for (const Fact& f : run_counted(one_more).run.log.of(PeerFact::supporter_assigned))
    if (f.subject == newcomer) first_case = std::min(first_case, f.time);
  ASSERT_LT(first_case, SimTime::never());
  const SimDuration until_then = first_case - s.run.start.midnight();
  ASSERT_GT(until_then, weeks(1));
  s.run.horizon = until_then;
  one_more.run.horizon = until_then;

  const CountedRun fewer = run_counted(s);
  const CountedRun more = run_counted(one_more);
  EXPECT_TRUE(draws_added(more, fewer).empty());
  std::set<DrawPurpose> purposes;
  for (const DrawAddress& draw : draws_added(fewer, more)) {
    const auto purpose = static_cast<DrawPurpose>(draw.purpose);
    purposes.insert(purpose);
    // Whether a client could be released to meet the newcomer is asked of the client.
    if (purpose != DrawPurpose::release) {
      EXPECT_EQ(draw.entity, key_of(more_people, newcomer)) << draw.purpose;
    }
  }
  purposes.erase(DrawPurpose::release);
  EXPECT_THAT(purposes, ::testing::ElementsAre(DrawPurpose::exhaustion_survey, DrawPurpose::trauma_baseline,
                                               DrawPurpose::role_exit, DrawPurpose::supporter_survey,
                                               DrawPurpose::recruitment_answer, DrawPurpose::supporter_leave,
                                               DrawPurpose::check_in));
}

TEST(OneMoreUnitDraws, AreOfTheUnitAndItsPeopleAlone) {
  Scenario s = busy_scenario(10, 12, 0);
  s.program.enabled = Switch::off;
  s.loops.contagion = Switch::off;  // ties with the new unit carry exhaustion
  const CountedRun before = run_counted(s);
  ++s.organization.sites[0].departments[0].units;
  const CountedRun after = run_counted(s);
  EXPECT_TRUE(draws_added(after, before).empty());
  const auto added = draws_added(before, after);
  EXPECT_NEAR(static_cast<double>(added.size()), static_cast<double>(before.draws.size()) / 10.0,
              static_cast<double>(before.draws.size()) / 30.0);
  std::set<std::uint64_t> others;
  for (const DrawAddress& draw : before.draws) others.insert(draw.entity);
  for (const DrawAddress& draw : added) ASSERT_FALSE(others.contains(draw.entity)) << draw.purpose;
}

// More happens, and what would have happened anyway is drawn at the same addresses.
TEST(HigherExposureDraws, AddToThoseThatAreThere) {
  Scenario s = busy_scenario(10, 12, 0);
  s.program.enabled = Switch::off;
  s.environment.exhaustion_error_gain = 0.0;
  s.exhaustion.distress_gain = 0.0;  // else it changes who leaves, and is not there to be hit
  const CountedRun lower = run_counted(s);
  s.environment.exposure_rate.per_day *= 1.5;
  const CountedRun higher = run_counted(s);
  EXPECT_GT(higher.count(DrawPurpose::exposure), lower.count(DrawPurpose::exposure) * 5 / 4);
  const auto lost = draws_added(higher, lower);
  // Episodes run into each other, and are then fewer.
  EXPECT_TRUE(std::ranges::all_of(lost, [](const DrawAddress& draw) {
    return static_cast<DrawPurpose>(draw.purpose) == DrawPurpose::seek_threshold;
  }));
  for (const DrawPurpose purpose : purposes_that_differ(lower, higher))
    EXPECT_THAT(purpose, ::testing::AnyOf(DrawPurpose::candidate_time, DrawPurpose::candidate_report,
                                          DrawPurpose::exposure, DrawPurpose::exposure_detail,
                                          DrawPurpose::personal_event, DrawPurpose::personal_detail,
                                          DrawPurpose::initial_shots, DrawPurpose::initial_shot,
                                          DrawPurpose::seek_threshold))
        << static_cast<int>(purpose);
}

TEST(LongerHorizonDraws, AddToThoseOfTheShorterOne) {
  Scenario s = busy_scenario(8, 12, 8);
  const CountedRun shorter = run_counted(s);
  s.run.horizon += weeks(5);
  const CountedRun longer = run_counted(s);
  EXPECT_GT(longer.draws.size(), shorter.draws.size() + 500);
  // The last survey is made of whoever is there at the end.
  for (const DrawAddress& draw : draws_added(longer, shorter))
    EXPECT_THAT(static_cast<DrawPurpose>(draw.purpose),
                ::testing::AnyOf(DrawPurpose::exhaustion_survey, DrawPurpose::supporter_survey));
}

}  // namespace
}  // namespace peercap::peer_support
