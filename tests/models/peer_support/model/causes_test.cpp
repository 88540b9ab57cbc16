// What a scenario lists beside clinical and personal events: causes, incidents, the closing of a site; and
// the levers that came with them.

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "models/peer_support/behavior/happening.h"
#include "models/peer_support/scenario/check.h"
#include "tests/models/peer_support/world.h"

namespace peercap::peer_support {
namespace {

using testing::ObservedRun;
using testing::plain_scenario;
using testing::run_observed;

Cause cause_of(const Fact& exposure) {
  return static_cast<Cause>(exposure.small & 0xff);
}

std::vector<Fact> exposures_by(const ObservedRun& run, Cause cause) {
  std::vector<Fact> found;
  for (const Fact& f : run.log.of(PeerFact::exposure))
    if (cause_of(f) == cause) found.push_back(f);
  return found;
}

/// 10 units of 20 people to whom nothing else happens, and whose exhaustion changes nothing.
Scenario quiet_scenario() {
  Scenario s = plain_scenario(10, 20, 10);
  testing::simplify_people(s);
  testing::cut_feedback(s);
  s.environment.exposure_rate = {};
  return s;
}

std::string problems_of(const Scenario& scenario) {
  std::string text;
  for (const ScenarioProblem& p : check(scenario))
    if (p.severity == Severity::error) text += p.path + ": " + p.what + " (" + p.suggestion + ")\n";
  return text;
}

TEST(TimedCause, KeepsEveryCauseAndTime) {
  for (const std::int64_t ticks :
       {std::int64_t{0}, std::int64_t{1}, std::int64_t{-1}, std::int64_t{1'767'225'600'000'000},
        std::int64_t{250'000'000'000'000'000}, std::int64_t{-250'000'000'000'000'000}})
    for (unsigned value = 0; value < 64; ++value) {
      const auto cause = static_cast<Cause>(value);
      const std::uint64_t word = TimedCause::pack(SimTime{ticks}, cause);
      EXPECT_EQ(TimedCause::time(word), SimTime{ticks});
      EXPECT_EQ(TimedCause::cause(word, value & 1), cause);
      if (value < 2) {
        EXPECT_EQ(word, static_cast<std::uint64_t>(ticks));
      }
    }
}

TEST(ListedCause, HappensAtItsRateToThoseOfTheProfession) {
  Scenario s = quiet_scenario();
  s.environment.causes = {
      {.name = "litigation", .rate = per_year(2), .professions = {{{"physician", 3.0}, {"nurse", 0.0}}}}};
  const ObservedRun run = run_observed(s);
  double expected = 0.0;
  for (const std::uint8_t profession : run.organization.professions)
    expected += 2.0 * (profession == 0 ? 0.0 : profession == 1 ? 3.0 : 1.0) * 52.0 * 7.0 / 365.25;
  const auto found = exposures_by(run, listed_cause(0));
  EXPECT_NEAR(static_cast<double>(found.size()), expected, 4.0 * std::sqrt(expected));
  for (const Fact& f : found) EXPECT_NE(run.organization.professions[f.subject], 0);
}

TEST(ListedCause, ReachesColleaguesOnDuty) {
  Scenario s = quiet_scenario();
  s.environment.causes = {{.name = "violence", .rate = per_year(0.5), .team_exposure = {0.0}}};
  const std::size_t alone = exposures_by(run_observed(s), listed_cause(0)).size();
  s.environment.causes[0].team_exposure = {1.0};
  const ObservedRun run = run_observed(s);
  EXPECT_GT(exposures_by(run, listed_cause(0)).size(), 3 * alone);
}

TEST(ListedCause, LeavesAllOthersAsTheyWere) {
  Scenario s = quiet_scenario();
  s.environment.exposure_rate = per_year(2);
  s.environment.causes = {{.name = "litigation", .rate = per_year(1)}};
  const ObservedRun one = run_observed(s);
  s.environment.causes.insert(s.environment.causes.begin(), {.name = "mistreatment", .rate = per_year(3)});
  const ObservedRun two = run_observed(s);
  const auto times = [](const std::vector<Fact>& facts) {
    std::vector<std::pair<std::int64_t, std::uint64_t>> list;
    for (const Fact& f : facts) list.emplace_back(f.time.ticks(), f.subject);
    return list;
  };
  EXPECT_EQ(times(exposures_by(one, listed_cause(0))), times(exposures_by(two, listed_cause(1))));
  EXPECT_EQ(times(exposures_by(one, Cause::clinical_event)), times(exposures_by(two, Cause::clinical_event)));
  EXPECT_EQ(times(exposures_by(one, Cause::personal_event)), times(exposures_by(two, Cause::personal_event)));
}

TEST(ListedCause, HeardOfByTheProgramLeadsToOffers) {
  Scenario s = quiet_scenario();
  s.activation.self_referral.enabled = Switch::off;
  s.environment.causes = {{.name = "mistreatment", .rate = per_year(2), .severity = 3.0}};
  const auto offers = [](const ObservedRun& run) { return run.log.count(PeerFact::request_made); };
  EXPECT_EQ(offers(run_observed(s)), 0U);
  s.environment.causes[0].named = {1.0};
  EXPECT_GT(offers(run_observed(s)), 50U);
  s.activation.outreach.enabled = Switch::off;
  EXPECT_EQ(offers(run_observed(s)), 0U);
}

TEST(ListedCause, SendsCasesToItsOwnDestinations) {
  Scenario s = quiet_scenario();
  s.loops.referral = Switch::on;
  s.activation.self_referral.hazard = per_day(0.1);
  s.case_rules.early_referral = {1.0};
  s.environment.causes = {{.name = "conflict", .rate = per_year(2), .severity = 3.0}};
  const auto destinations = [](const ObservedRun& run) {
    std::set<std::uint64_t> found;
    for (const Fact& f : run.log.of(PeerFact::referral_made)) found.insert(f.subject);
    return found;
  };
  EXPECT_GT(destinations(run_observed(s)).size(), 2U);
  s.environment.causes[0].destinations = {{{"ombudsman", 1.0}}};
  EXPECT_THAT(destinations(run_observed(s)), ::testing::ElementsAre(3U));
}

TEST(ListedCause, NamesOnlyWhatThereIs) {
  Scenario s = quiet_scenario();
  s.environment.causes = {{.name = "conflict",
                           .professions = {{{"surgeon", 1.0}}},
                           .departments = {{{"wrad", 1.0}}},
                           .destinations = {{{"ombudsmann", 1.0}}}}};
  s.shocks.incidents = {{.name = "fire", .at = {}, .site = "mian"}};
  s.shocks.closures = {{.name = "mian", .at = {s.run.start}}};
  const std::string text = problems_of(s);
  for (const char* what : {"no profession `surgeon`", "no department `wrad`", "no destination `ombudsmann`",
                           "it has no date", "no site `mian`", "`main`", "`ward`"})
    EXPECT_THAT(text, ::testing::HasSubstr(what));
}

TEST(Incident, HitsItsPeopleWithinItsTime) {
  Scenario s = quiet_scenario();
  s.shocks.incidents = {{.name = "fire",
                         .at = {CivilDate::parse("2026-03-02")},
                         .over = hours(6),
                         .site = {},
                         .reached = {0.5}}};
  const ObservedRun run = run_observed(s);
  const auto hit = exposures_by(run, Cause::incident);
  EXPECT_NEAR(static_cast<double>(hit.size()), 100.0, 30.0);  // of 200: SD 7
  const SimTime begin = CivilDate::parse("2026-03-02")->midnight();
  std::set<std::uint64_t> people;
  for (const Fact& f : hit) {
    EXPECT_GE(f.time, begin);
    EXPECT_LE(f.time, begin + hours(6));
    people.insert(f.subject);
  }
  EXPECT_EQ(people.size(), hit.size());
  s.shocks.incidents[0].departments = {{{"ward", 0.0}}};
  EXPECT_TRUE(exposures_by(run_observed(s), Cause::incident).empty());
}

// Every run of a test is held to what the weekly ticks count, which come first at any moment.
TEST(Incident, CanComeWithTheRunsFirstMoment) {
  Scenario s = quiet_scenario();
  s.run.burn_in = {};
  s.shocks.incidents = {{.name = "fire",
                         .at = {s.run.start},
                         .over = SimDuration{},
                         .site = {},
                         .reached = {0.5},
                         .severity = 9.0}};
  const ObservedRun run = run_observed(s);
  const auto began = run.log.of(PeerFact::episode_began);
  EXPECT_GT(std::ranges::count(began, run.rules->begin, &Fact::time), 20);
}

TEST(Closure, LeavesNobodyAtTheSiteAndIsNoTurnover) {
  Scenario s = quiet_scenario();
  s.environment.exposure_rate = per_year(4);
  s.organization.sites.push_back(s.organization.sites[0]);
  s.organization.sites[1].name = "other";
  s.shocks.closures = {{.name = "other", .at = {CivilDate::parse("2026-06-01")}}};
  const ObservedRun run = run_observed(s);
  const SimTime closing = CivilDate::parse("2026-06-01")->midnight();
  std::size_t left = 0;
  for (const Fact& f : run.log.of(PeerFact::clinician_left)) {
    EXPECT_EQ(f.time, closing);
    EXPECT_NE(f.small & left_with_site, 0);
    ++left;
  }
  EXPECT_EQ(left, 200U);
  EXPECT_EQ(testing::measure(run.outcome, Measure::clinicians_left_per_year), 0.0);
  const auto site_of = [&](std::uint64_t person) {
    return run.organization.units[run.organization.unit_of[person]].site.value();
  };
  std::map<std::uint64_t, std::size_t> later;
  for (const Fact& f : run.log.of(PeerFact::exposure))
    if (f.time > closing) ++later[site_of(f.subject)];
  EXPECT_GT(later[0], 50U);
  EXPECT_EQ(later[1], 0U);
  EXPECT_EQ(run.log.count(PeerFact::clinician_hired), 0U);
}

TEST(Merger, NamesTwoSitesThatThereAreAndDoNotClose) {
  Scenario s = quiet_scenario();
  s.organization.sites.push_back(s.organization.sites[0]);
  s.organization.sites.back().name = "other";
  s.shocks.mergers = {{.name = "other", .at = {CivilDate::parse("2026-06-01")}, .with = "main"}};
  EXPECT_EQ(problems_of(s), "");
  Scenario wrong = s;
  wrong.shocks.mergers[0].with = "mian";
  EXPECT_THAT(problems_of(wrong), ::testing::HasSubstr("no site `mian`"));
  wrong.shocks.mergers[0].with = "other";
  EXPECT_THAT(problems_of(wrong), ::testing::HasSubstr("cannot become one with itself"));
  wrong = s;
  wrong.shocks.mergers.push_back({.name = "main", .at = s.shocks.mergers[0].at, .with = "other"});
  EXPECT_THAT(problems_of(wrong), ::testing::HasSubstr("is in two mergers"));
  wrong = s;
  wrong.shocks.closures = {{.name = "main", .at = {CivilDate::parse("2026-06-01")}}};
  EXPECT_THAT(problems_of(wrong), ::testing::HasSubstr("closes, and cannot merge as well"));
  wrong = s;
  wrong.shocks.mergers[0].at = {};
  EXPECT_THAT(problems_of(wrong), ::testing::HasSubstr("it has no date"));
}

// The other site has all supporters: from the day on its own people are not alone with them.
TEST(Merger, GivesASiteWithoutSupportersThoseOfTheOther) {
  Scenario s = testing::busy_scenario(8, 12, 8);
  s.organization.sites.push_back(s.organization.sites[0]);
  s.organization.sites.back().name = "other";
  const auto contacts_of_helped = [](const ObservedRun& run, SimTime from, SimTime to) {
    std::map<std::uint32_t, int> by_site;
    for (const Fact& f : run.log.of(PeerFact::request_transferred))
      if (f.time >= from && f.time < to) ++by_site[static_cast<std::uint32_t>(f.b)];
    return by_site;
  };
  const SimTime day = CivilDate::parse("2026-04-06")->midnight();
  const ObservedRun before = run_observed(s);
  EXPECT_TRUE(contacts_of_helped(before, before.rules->begin, before.rules->end).empty());
  s.shocks.mergers = {{.name = "other", .at = {CivilDate::parse("2026-04-06")}, .with = "main"}};
  const ObservedRun run = run_observed(s);
  EXPECT_TRUE(contacts_of_helped(run, run.rules->begin, day).empty());
  EXPECT_FALSE(contacts_of_helped(run, day, run.rules->end).empty());
  // Until the day nothing is otherwise.
  const auto facts_until = [&](const ObservedRun& which) {
    std::vector<Fact> facts;
    for (const Fact& f : which.log.facts())
      if (f.time < day) facts.push_back(f);
    return facts.size();
  };
  EXPECT_EQ(facts_until(before), facts_until(run));
}

TEST(MeetingInPerson, IsNeededWhereThereIsNoOtherWay) {
  Scenario s = testing::busy_scenario(6, 14, 8);
  s.access.in_person = Switch::off;
  EXPECT_EQ(run_observed(s).log.count(PeerFact::session_held), 0U);
  s.access.remote = Switch::on;
  EXPECT_GT(run_observed(s).log.count(PeerFact::session_held), 20U);
}

// What was booked before is put off, and made up for when people can meet again.
TEST(MeetingInPerson, EndsWithTheDayFromWhichThereIsNone) {
  Scenario s = testing::busy_scenario(6, 14, 8);
  const auto phase = [&](const char* day, Switch in_person) {
    ScenarioPhase later{.begin = CivilDate::parse(day)->midnight(), .scenario = s};
    later.scenario.access.in_person = in_person;
    return later;
  };
  s.phases = std::make_shared<const std::vector<ScenarioPhase>>(
      std::vector{phase("2026-03-02", Switch::off), phase("2026-03-30", Switch::on)});
  const ObservedRun run = run_observed(s);
  const SimTime from = CivilDate::parse("2026-03-02")->midnight();
  const SimTime to = CivilDate::parse("2026-03-30")->midnight();
  std::size_t before = 0;
  std::size_t after = 0;
  for (const Fact& f : run.log.of(PeerFact::session_received)) {
    const SimTime begin{f.a};
    EXPECT_FALSE(begin >= from && begin < to) << "a session while nobody could meet";
    ++(begin < from ? before : after);
  }
  EXPECT_GT(before, 10U);
  EXPECT_GT(after, 10U);
}

TEST(OnCall, ThoseWhoseTurnItIsAreGivenTheCases) {
  Scenario s = testing::busy_scenario(6, 14, 8);
  s.supporters.recruitment.enabled = Switch::off;
  s.case_rules.max_cases = 100;
  s.matching = {.same_profession = MatchRule::none,
                .different_unit = MatchRule::none,
                .outside_authority = MatchRule::none};
  const auto takers = [](const ObservedRun& run) {
    std::map<std::int64_t, std::set<std::uint64_t>> found;  // by week
    for (const Fact& f : run.log.of(PeerFact::supporter_assigned))
      found[(f.time - SimTime{}) / weeks(1)].insert(f.subject);
    std::size_t most = 0;
    for (const auto& [week, supporters] : found) most = std::max(most, supporters.size());
    return most;
  };
  EXPECT_GT(takers(run_observed(s)), 2U);
  s.access.on_call = {.supporters = 1, .shift = weeks(1), .backup = Switch::off};
  // Turns change with the week; those who leave or rest within it hand their turn on.
  EXPECT_LE(takers(run_observed(s)), 2U);
  EXPECT_GT(run_observed(s).log.count(PeerFact::supporter_assigned), 10U);
}

TEST(SupportElsewhere, CompetesWithAsking) {
  Scenario s = testing::busy_scenario(10, 20, 10);
  const auto asked = [](const ObservedRun& run) {
    std::size_t count = 0;
    for (const Fact& f : run.log.of(PeerFact::request_made))
      count += testing::channel_of(f) == Channel::self_referral ? 1U : 0U;
    return count;
  };
  const std::size_t before = asked(run_observed(s));
  s.activation.elsewhere.hazard = per_day(1.0);
  EXPECT_LT(2 * asked(run_observed(s)), before);
  // The factor of the profession: only nurses turn elsewhere.
  for (Profession& profession : s.organization.professions)
    profession.elsewhere = profession.name == "nurse" ? 1.0 : 0.0;
  const ObservedRun run = run_observed(s);
  std::array<std::size_t, 2> by_kind{};
  for (const Fact& f : run.log.of(PeerFact::request_made))
    if (testing::channel_of(f) == Channel::self_referral)
      ++by_kind[run.organization.professions[f.subject] == 0 ? 0 : 1];
  EXPECT_GT(by_kind[1], by_kind[0]);  // nurses are more than half of all
}

}  // namespace
}  // namespace peercap::peer_support
