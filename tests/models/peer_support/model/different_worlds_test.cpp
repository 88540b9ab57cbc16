// Worlds that differ in one point differ only where they must.

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>

#include "tests/models/peer_support/told_facts.h"
#include "tests/models/peer_support/world.h"

namespace peercap::peer_support {
namespace {

using testing::busy_scenario;
using testing::ObservedRun;
using testing::run_observed;
using testing::subjects_of;
using testing::supporter_key;
using testing::tell_all;
using testing::Told;

const std::set<PeerFact> what_happens_to_people{PeerFact::clinical_event, PeerFact::exposure};

/// The two worlds of one more supporter, and who that is.
struct OneMoreSupporter {
  explicit OneMoreSupporter(Scenario s)
      : fewer{run_observed(s)}, more{[&s] {
          ++s.supporters.count;
          return run_observed(s);
        }()} {
    std::set<std::uint64_t> before;
    for (std::size_t i = 0; i < fewer.organization.supporters.size(); ++i)
      before.insert(supporter_key(fewer.organization, i));
    for (std::size_t i = 0; i < more.organization.supporters.size(); ++i)
      if (!before.contains(supporter_key(more.organization, i))) newcomer = static_cast<std::uint32_t>(i);
  }

  /// When the new supporter is first given a case.
  [[nodiscard]] std::optional<SimTime> first_assignment() const {
    for (const Fact& f : more.log.of(PeerFact::supporter_assigned))
      if (f.subject == newcomer) return f.time;
    return std::nullopt;
  }

  ObservedRun fewer;
  ObservedRun more;
  std::uint32_t newcomer = 0;
};

Scenario sixty_supporters() {
  Scenario s = busy_scenario(40, 12, 60);
  s.run.seed = 5;  // at which the 61st is given cases, from some weeks into the run on
  s.activation.self_referral.hazard = per_day(0.05);
  s.activation.outreach.flag = {0.8};
  s.supporters.debrief_groups.interval_weeks = 0;  // hours of theirs could tire the newcomer
  s.supporters.training.refresher_interval_weeks = 0;
  s.supporters.exit.role_rate = {};  // somebody who leaves before a case would differ without having had one
  return s;
}

TEST(OneMoreSupporter, LeavesEveryEventAndExposureAsItWasWithoutFeedback) {
  Scenario s = sixty_supporters();
  s.environment.exhaustion_error_gain = 0.0;
  const OneMoreSupporter worlds{s};
  ASSERT_TRUE(worlds.first_assignment());
  const auto before = tell_all(worlds.fewer, what_happens_to_people);
  EXPECT_GT(before.size(), 1000U);
  EXPECT_EQ(before, tell_all(worlds.more, what_happens_to_people));
}

TEST(OneMoreSupporter, ChangesNothingBeforeTheFirstCaseOfTheirs) {
  for (const double gain : {0.0, 0.2}) {
    Scenario s = sixty_supporters();
    s.environment.exhaustion_error_gain = gain;
    const OneMoreSupporter worlds{s};
    ASSERT_TRUE(worlds.first_assignment());
    const SimTime first = *worlds.first_assignment();
    const auto before = tell_all(worlds.fewer, {}, first);
    EXPECT_GT(before.size(), 200U);
    EXPECT_EQ(before, tell_all(worlds.more, {}, first, worlds.newcomer));
    EXPECT_NE(tell_all(worlds.fewer), tell_all(worlds.more));
  }
}

// With the feedback on, later events may come or stay away, but one that comes in both worlds is the same in
// both, with the same people hit as hard.
TEST(OneMoreSupporter, MovesNoEventThatHappensInBothWorlds) {
  const OneMoreSupporter worlds{sixty_supporters()};
  std::map<std::tuple<std::uint64_t, std::int64_t>, std::tuple<std::int64_t, std::int64_t, std::uint16_t>>
      events[2];
  std::map<std::tuple<std::uint64_t, std::int64_t, std::uint16_t>, std::tuple<std::int64_t, std::int64_t>>
      exposures[2];
  for (const int world : {0, 1})
    for (const auto& [time, kind, subject, a, b, small] :
         tell_all(world == 0 ? worlds.fewer : worlds.more, what_happens_to_people)) {
      if (kind == PeerFact::clinical_event)
        events[world][{subject, a}] = {time, b, small};
      else
        exposures[world][{subject, a, static_cast<std::uint16_t>(small & 0xff)}] = {time, b};
    }
  std::size_t shared = 0;
  for (const auto& [name, what] : events[0]) {
    const auto found = events[1].find(name);
    if (found == events[1].end()) continue;
    EXPECT_EQ(found->second, what);
    ++shared;
  }
  EXPECT_GT(shared, events[0].size() * 95 / 100);
  for (const auto& [name, what] : exposures[0])
    if (const auto found = exposures[1].find(name); found != exposures[1].end()) {
      EXPECT_EQ(found->second, what);
    }
}

/// What is told of the units that both worlds have.
std::vector<Told> of_units(const ObservedRun& run, const std::set<std::uint64_t>& subjects,
                           const std::set<PeerFact>& kinds) {
  auto told = tell_all(run, kinds);
  std::erase_if(told, [&](const Told& t) { return !subjects.contains(std::get<2>(t)); });
  return told;
}

TEST(OneMoreUnit, LeavesTheOthersEventsAsTheyWere) {
  Scenario s = busy_scenario(10, 12, 10);
  s.environment.exhaustion_error_gain = 0.0;
  Department other;
  other.name = "other";
  other.units = 3;
  s.organization.sites[0].departments.push_back(other);
  const ObservedRun before = run_observed(s);
  s.organization.sites[0].departments[0].units =
      11;  // in front of the other department: all its indices move
  const ObservedRun after = run_observed(s);
  const auto subjects = subjects_of(before.organization);
  const auto told = of_units(before, subjects, what_happens_to_people);
  EXPECT_GT(told.size(), 500U);
  EXPECT_EQ(told, of_units(after, subjects, what_happens_to_people));
}

TEST(OneMoreUnit, LeavesEverythingOfTheOthersAsItWasWithoutAProgram) {
  Scenario s = busy_scenario(10, 12, 0);
  s.program.enabled = Switch::off;
  s.loops.contagion = Switch::off;  // ties with the new unit carry exhaustion
  const ObservedRun before = run_observed(s);
  s.organization.sites[0].departments[0].units = 11;
  const ObservedRun after = run_observed(s);
  const std::set<PeerFact> all{PeerFact::clinical_event, PeerFact::exposure,  PeerFact::episode_began,
                               PeerFact::episode_ended,  PeerFact::unit_week, PeerFact::unit_census,
                               PeerFact::episode_open,   PeerFact::unit_reach};
  const auto subjects = subjects_of(before.organization);
  EXPECT_EQ(of_units(before, subjects, all), of_units(after, subjects, all));
}

TEST(ARuleThatCannotBind, ChangesNothing) {
  Scenario s = busy_scenario(10, 12, 10);
  s.case_rules.max_cases = 100;
  const ObservedRun hundred = run_observed(s);
  s.case_rules.max_cases = 1000;
  const ObservedRun thousand = run_observed(s);
  EXPECT_GT(hundred.log.count(PeerFact::session_held), 50U);
  EXPECT_EQ(tell_all(hundred), tell_all(thousand));
  EXPECT_EQ(hundred.outcome.report.digest, thousand.outcome.report.digest);
}

// What a breach of confidentiality would cost, without any.
TEST(ABreachThatNeverHappens, ChangesNothing) {
  Scenario s = busy_scenario(10, 12, 10);
  s.activation.trust.breach_loss = {0.1};
  const ObservedRun mild = run_observed(s);
  s.activation.trust.breach_loss = {0.9};
  EXPECT_EQ(mild.outcome.report.digest, run_observed(s).outcome.report.digest);
  EXPECT_GT(mild.log.count(PeerFact::session_held), 50U);
  s.activation.trust.breach = {0.5};
  EXPECT_NE(mild.outcome.report.digest, run_observed(s).outcome.report.digest);
}

TEST(ProgramOff, HasNoRequestsAndTheSameLifeWhereTheProgramHasNoEffect) {
  Scenario s = busy_scenario(10, 12, 10);
  s.case_rules.effect_fast = {0.0};
  s.case_rules.effect_slow = {0.0};
  s.exhaustion.overload_gain =
      0.0;  // the gain of exhaustion on events stays on: nothing of the program reaches it
  const ObservedRun on = run_observed(s);
  s.program.enabled = Switch::off;
  const ObservedRun off = run_observed(s);
  EXPECT_GT(on.log.count(PeerFact::session_held), 50U);
  for (const PeerFact kind :
       {PeerFact::request_made, PeerFact::request_ended, PeerFact::session_held, PeerFact::supporter_assigned,
        PeerFact::supporter_left, PeerFact::referral_made})
    EXPECT_EQ(off.log.count(kind), 0U);
  const std::set<PeerFact> life{PeerFact::clinical_event, PeerFact::exposure, PeerFact::unit_week};
  // Who is in support is not of that life.
  const auto life_of = [&](const ObservedRun& run) {
    std::vector<Told> told = tell_all(run, life);
    for (auto& [time, kind, subject, a, b, small] : told)
      if (kind == PeerFact::unit_week) small = 0;
    return told;
  };
  EXPECT_EQ(life_of(on), life_of(off));
  EXPECT_EQ(on.log.count(PeerFact::episode_began), off.log.count(PeerFact::episode_began));
}

TEST(ProgramOn, ShortensDistressWhereSessionsHelp) {
  Scenario s = busy_scenario(10, 12, 20);
  s.environment.exhaustion_error_gain = 0.0;  // the same events in both worlds
  s.case_rules.effect_fast = {0.0};
  const auto days_without =
      testing::measure(run_observed(s).outcome, Measure::distressed_days_per_clinician_year);
  s.case_rules.effect_fast = {0.5};
  const auto days_with =
      testing::measure(run_observed(s).outcome, Measure::distressed_days_per_clinician_year);
  EXPECT_LT(days_with, days_without);
}

}  // namespace
}  // namespace peercap::peer_support
