// A schedule changes what comes after its dates and nothing before.

#include "models/peer_support/scenario_yaml/schedule.h"

#include <algorithm>
#include <memory>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "tests/models/peer_support/world.h"

namespace peercap::peer_support {
namespace {

using testing::busy_scenario;
using testing::kind_of;
using testing::ObservedRun;
using testing::run_observed;

using Told = std::tuple<std::int64_t, PeerFact, std::uint64_t, std::int64_t, std::int64_t, std::uint16_t>;

Told tell(const Fact& f) {
  return {f.time.ticks(), kind_of(f), f.subject, f.a, f.b, f.small};
}

/// Facts of the given kinds (all, if none is given) in [begin, end), sorted.
std::vector<Told> tell_all(const ObservedRun& run, const std::set<PeerFact>& kinds, SimTime begin,
                           SimTime end) {
  std::vector<Told> all;
  for (const Fact& f : run.log.facts())
    if (f.time >= begin && f.time < end && (kinds.empty() || kinds.contains(kind_of(f))))
      all.push_back(tell(f));
  std::ranges::sort(all);
  return all;
}

/// Half a year of a world that is changed on this Wednesday: the middle of a week.
constexpr const char* change_date = "2026-04-15";

Scenario half_a_year() {
  Scenario s = busy_scenario(20, 12, 10);
  s.run.horizon = weeks(26);
  return s;
}

Scenario with_schedule(Scenario s, ParameterSettings settings, SimDuration over = {}) {
  ScheduledChange change;
  change.name = "change";
  change.at.date = CivilDate::parse(change_date);
  change.over = over;
  change.settings = std::move(settings);
  s.schedule.push_back(change);
  for (const ScenarioProblem& problem : build_phases(s)) ADD_FAILURE() << problem.what;
  EXPECT_NE(s.phases, nullptr);
  return s;
}

const std::set<PeerFact> events{PeerFact::clinical_event};

TEST(ScheduledExposure, LeavesEverythingBeforeAsItWasAndKeepsLaterEvents) {
  Scenario s = half_a_year();
  testing::cut_feedback(s);
  const SimTime date = CivilDate::parse(change_date)->midnight();
  const ObservedRun plain = run_observed(s);
  for (const SimDuration over : {days(0), days(14)}) {
    const ObservedRun raised =
        run_observed(with_schedule(s, {{"environment.exposure_rate", "60 per year"}}, over));
    const auto before = tell_all(plain, {}, SimTime{}, date);
    EXPECT_GT(before.size(), 1000U);
    EXPECT_EQ(before, tell_all(raised, {}, SimTime{}, date));

    const auto fewer = tell_all(plain, events, date, SimTime::never());
    const auto more = tell_all(raised, events, date, SimTime::never());
    EXPECT_GT(fewer.size(), 100U);
    EXPECT_GT(more.size(), fewer.size() * 5 / 4);
    // Events are the same by unit, candidate and time; who is there to be hit may differ.
    const auto names = [](const std::vector<Told>& told) {
      std::vector<std::tuple<std::uint64_t, std::int64_t, std::int64_t>> result;
      for (const Told& t : told) result.emplace_back(std::get<2>(t), std::get<3>(t), std::get<0>(t));
      std::ranges::sort(result);
      return result;
    };
    EXPECT_TRUE(std::ranges::includes(names(more), names(fewer)));
  }
}

TEST(ScheduledExposure, LoweredKeepsNoEventThatWasNotThere) {
  Scenario s = half_a_year();
  testing::cut_feedback(s);
  const SimTime date = CivilDate::parse(change_date)->midnight();
  const auto count = [date](const ObservedRun& run) {
    return tell_all(run, events, date, SimTime::never()).size();
  };
  EXPECT_EQ(count(run_observed(with_schedule(s, {{"environment.exposure_rate", "0 per year"}}))), 0U);
  EXPECT_GT(count(run_observed(s)), 0U);
}

TEST(ScheduledExposure, InForceFromTheBeginIsTheSameAsWritten) {
  Scenario s = half_a_year();
  Scenario scheduled = s;
  ScheduledChange change;
  change.name = "early";
  change.at.date = CivilDate::parse("2025-03-02");
  change.settings = {{"environment.exposure_rate", "12 per year"}, {"supporters.protected_time", "2 h/week"}};
  scheduled.schedule.push_back(change);
  for (const ScenarioProblem& problem : build_phases(scheduled)) ADD_FAILURE() << problem.what;
  s.environment.exposure_rate = per_year(12);
  s.supporters.protected_time = {2.0};
  const ObservedRun written = run_observed(s);
  EXPECT_EQ(written.outcome.report.digest, run_observed(scheduled).outcome.report.digest);
  EXPECT_NE(written.outcome.report.digest, run_observed(half_a_year()).outcome.report.digest);
}

TEST(ASchedule, ThatChangesNothingIsNoChange) {
  const Scenario s = half_a_year();
  const ObservedRun plain = run_observed(s);
  Scenario empty = s;
  EXPECT_TRUE(build_phases(empty).empty());
  EXPECT_EQ(plain.outcome.report.digest, run_observed(empty).outcome.report.digest);
  // Phases alone, of equal values, change nothing either.
  const Scenario same = with_schedule(s, {{"environment.isolation", "0"}, {"matching.priority", "arrival"}});
  const ObservedRun phases = run_observed(same);
  EXPECT_EQ(plain.outcome.report.digest, phases.outcome.report.digest);
  EXPECT_EQ(tell_all(plain, {}, SimTime{}, SimTime::never()),
            tell_all(phases, {}, SimTime{}, SimTime::never()));
}

TEST(ASchedule, HoldsForTheTwinToo) {
  Scenario s = with_schedule(half_a_year(), {{"environment.exposure_rate", "60 per year"}});
  s.run.twin = Switch::on;
  EXPECT_TRUE(build_phases(s).empty());
  const Rules rules{s};
  ASSERT_NE(rules.twin, nullptr);
  const SimTime date = CivilDate::parse(change_date)->midnight();
  EXPECT_EQ(rules.twin->phase_end, date);
  EXPECT_EQ(rules.twin->at(date).scenario.program.enabled, Switch::off);
  EXPECT_EQ(rules.twin->at(date).scenario.environment.exposure_rate, per_year(60));
}

}  // namespace
}  // namespace peercap::peer_support
