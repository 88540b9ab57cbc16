// Laws of conservation in small worlds of every kind, and in the scenarios that come with the program.

#include "tests/models/peer_support/model/conservation.h"

#include <functional>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "models/peer_support/scenario/check.h"
#include "models/peer_support/scenario_yaml/load.h"

namespace peercap::peer_support {
namespace {

using testing::busy_scenario;
using testing::ObservedRun;
using testing::plain_scenario;
using testing::run_observed;

struct WorldCase {
  std::string name;
  std::function<Scenario()> make;
  bool has_sessions = true;

  friend void PrintTo(const WorldCase& world, std::ostream* out) { *out << world.name; }
};

/// A second site like the first.
void add_site(Scenario& s) {
  s.organization.sites.push_back(s.organization.sites[0]);
  s.organization.sites[1].name = "north";
}

/// Requests go to the other site after some hours, to a professional after a week.
void let_overflow(Scenario& s) {
  add_site(s);
  s.supporters.count = 6;
  s.case_rules.max_cases = 1;
  s.activation.self_referral.hazard = per_day(0.1);
  s.case_rules.overflow = {.to_other_site = Switch::on,
                           .other_site_after = hours(6),
                           .to_professional = Switch::on,
                           .professional_after = days(7)};
}

/// A busy world of 72 people and 8 supporters, changed by `change`.
template <class Change>
WorldCase busy(std::string name, Change change, bool has_sessions = true) {
  return {std::move(name),
          [change] {
            Scenario s = busy_scenario(6, 12, 8);
            change(s);
            return s;
          },
          has_sessions};
}

std::vector<WorldCase> worlds() {
  return {
      {"Defaults", [] { return plain_scenario(20, 25, 6); }},
      busy("Busy", [](Scenario&) {}),
      busy("TwoSites",
           [](Scenario& s) {
             s.organization.sites.push_back(s.organization.sites[0]);
             s.organization.sites[1].name = "north";
             s.organization.sites[1].departments[0].shift_pattern = ShiftPattern::office;
           }),
      busy("OverflowsToTheOtherSiteAndToProfessionals", let_overflow),
      busy("OverflowsWhileSupportersLeave",
           [](Scenario& s) {
             let_overflow(s);
             s.supporters.count = 60;
             s.case_rules.max_sessions = 1;
             s.supporters.exit.role_rate = per_year(3);
           }),
      busy("ThreeSitesShareDirectRequests",
           [](Scenario& s) {
             let_overflow(s);
             add_site(s);
             s.organization.sites[2].name = "south";
             s.activation.direct_requests = per_day(3.0);
           }),
      busy("EveryRuleOfTheDesk",
           [](Scenario& s) {
             let_overflow(s);
             s.run.burn_in = weeks(3);
             s.case_rules.follow_up.enabled = Switch::on;
             s.case_rules.severe_referral = Switch::on;
             s.case_rules.adaptation = {.speed_up = {0.3}, .slow_down = 0.5, .debt = 0.5};
             s.matching.priority = Priority::severity;
             s.activation.direct_requests = per_day(0.5);
             s.today = {.given = Switch::on, .open_cases = 5, .waiting = 7, .overload_debt = 2.0};
           }),
      busy("LoopsOfTheDeskCut",
           [](Scenario& s) {
             s.loops.delay = s.loops.recovery = s.loops.referral = Switch::off;
             s.matching.priority = Priority::oldest_event;
           }),
      busy("EverybodyASupporter", [](Scenario& s) { s.supporters.count = 72; }),
      busy(
          "NoSupporters", [](Scenario& s) { s.supporters.count = 0; }, false),
      busy(
          "ProgramOff", [](Scenario& s) { s.program.enabled = Switch::off; }, false),
      busy("WorkBeyondProtectedTimeRefused",
           [](Scenario& s) {
             s.supporters.unprotected_work = UnprotectedWork::refused;
             s.supporters.protected_time = {0.25};
           }),
      busy("SupportersLeaveAllTheTime",
           [](Scenario& s) {
             s.supporters.count = 60;
             s.supporters.exit.role_rate = per_year(10);
           }),
      busy("SupportersComeAndGo",
           [](Scenario& s) {
             s.supporters.count = 40;
             s.supporters.recruitment = {.interval_weeks = 3, .invited = 6, .acceptance_logit = 3.0};
             s.supporters.training.duration = weeks(1);
             s.supporters.training.refresher_interval_weeks = 10;
             s.supporters.leave = {.rate = per_year(3), .length = weeks(2)};
             s.supporters.terms = {.weeks = 30, .renewal = {0.5}};
             s.supporters.check_ins = {
                 .interval_weeks = 2, .exhaustion_cut = 35.0, .trauma_cut = 22.0, .rest = weeks(3)};
             s.supporters.debrief_groups.after_each_case = Switch::on;
             s.supporters.early_career.supplement = Switch::on;
             s.activation.rounding.policy = RoundingPolicy::all;
             s.activation.embedded.enabled = Switch::on;
           }),
      busy("SupportersGoToProfessionals",
           [](Scenario& s) {
             s.supporters.count = 60;
             s.supporters.own_access = OwnAccess::professional;
             s.supporters.check_ins.action = CheckInAction::no_new_cases;
           }),
      busy("ReferredOnAndOn",
           [](Scenario& s) {
             s.case_rules.early_referral = {0.5};
             auto& destinations = s.referrals.destinations;
             for (ReferralDestination& d : destinations) d.service_time = days(3);
             destinations[0].onward.weights = {{"coach", 0.5}, {"mental_health", 0.3}};
             destinations[2].onward.weights = {{"mental_health", 0.9}};
           }),
      busy("SlowCoordinator", [](Scenario& s) { s.program.coordinator_hours = {1.0}; }),
      busy("StartsOnAThursdayAfterTenDays",
           [](Scenario& s) {
             s.run.start = *CivilDate::parse("2026-01-08");
             s.run.burn_in = days(10);
             s.run.horizon = days(100);
             s.run.holidays = {*CivilDate::parse("2026-01-19")};
           }),
      busy("SessionsBackToBack",
           [](Scenario& s) {
             s.supporters.count = 2;
             s.case_rules.session_law = ServiceLaw::fixed;
             s.case_rules.session_gap = SimDuration{};
             s.case_rules.max_cases = 10;
             s.access.meeting_hours = *WeeklyWindows::parse("Mon-Fri 12:00-14:00");
             s.access.release_from_shift = {1.0};
             s.activation.self_referral.hazard = per_day(0.1);
           }),
      busy("EverythingRequired",
           [](Scenario& s) {
             s.supporters.count = 30;
             s.matching = {.same_profession = MatchRule::required,
                           .same_career_stage = MatchRule::required,
                           .different_unit = MatchRule::required};
           }),
      busy("NothingRequired",
           [](Scenario& s) {
             s.matching = {.same_profession = MatchRule::none,
                           .same_career_stage = MatchRule::none,
                           .different_unit = MatchRule::none};
           }),
      busy("SessionsUntilWell",
           [](Scenario& s) {
             s.case_rules.closing_rule = ClosingRule::threshold;
             s.case_rules.max_sessions = 6;
             s.case_rules.effect_fast = {0.3};
             s.case_rules.effect_slow = {0.3};
           }),
      busy("ReferralsToNowhere",
           [](Scenario& s) {
             s.case_rules.early_referral = {0.5};
             for (ReferralDestination& d : s.referrals.destinations) d.places = 0;
           }),
      busy("UnitsOfOne",
           [](Scenario& s) {
             s.organization.sites[0].departments[0].units = 72;
             s.organization.sites[0].departments[0].unit_size = 1;
           }),
      busy("ExponentialSessionsAtAllHours",
           [](Scenario& s) {
             s.case_rules.session_law = ServiceLaw::exponential;
             s.access.meeting_hours = WeeklyWindows::always();
             s.program.coordinator_windows = WeeklyWindows::always();
             s.program.coordinator_hours = {168.0};
           }),
  };
}

class Conservation : public ::testing::TestWithParam<WorldCase> {};

TEST_P(Conservation, HoldsInThreeReplications) {
  const Scenario s = GetParam().make();
  for (const ScenarioProblem& problem : check(s))
    EXPECT_NE(problem.severity, Severity::error) << problem.what;
  std::size_t sessions = 0;
  for (std::uint32_t replication = 0; replication < 3; ++replication) {
    const ObservedRun run = run_observed(s, replication);
    testing::expect_conservation(run);
    sessions += run.log.count(PeerFact::session_held);
    if (HasFailure()) return;
  }
  EXPECT_EQ(sessions > 0, GetParam().has_sessions);
}

INSTANTIATE_TEST_SUITE_P(Worlds, Conservation, ::testing::ValuesIn(worlds()),
                         [](const auto& test) { return test.param.name; });

class ShippedScenario : public ::testing::TestWithParam<std::string> {};

TEST_P(ShippedScenario, Conserves) {
  const std::string path = std::string{PEERCAP_SOURCE_DIR} + "/configs/scenarios/" + GetParam() + ".yaml";
  Diagnostics diagnostics;
  const std::optional<LoadedScenario> loaded = load(path, {}, diagnostics);
  ASSERT_TRUE(loaded);
  const ObservedRun run = run_observed(loaded->scenario);
  testing::expect_conservation(run);
  EXPECT_GT(run.log.count(PeerFact::episode_began), 10U);
  // 1.56 a clinician-year, department factors averaging 1 (1.1 of clinical ones in the clinic at most); waves
  // add.
  const double exposures = testing::measure(run.outcome, Measure::exposures_per_clinician_year);
  if (loaded->scenario.schedule.empty() || loaded->scenario.upstream.event_reduction.value > 0.0)
    EXPECT_NEAR(exposures, 1.56, 0.4);
  else
    EXPECT_GT(exposures, 1.56);
}

INSTANTIATE_TEST_SUITE_P(Configs, ShippedScenario,
                         ::testing::Values("academic_center", "community_hospital", "no_program",
                                           "every_lever", "pandemic_surge", "roster_import", "small_clinic"),
                         [](const auto& test) { return test.param; });

// The registers that two sites keep are apart: nobody is given a supporter of the other, and each has weeks
// of its own.
TEST(TwoSites, KeepTheirOwnDesks) {
  Scenario s = busy_scenario(4, 12, 8);
  s.organization.sites.push_back(s.organization.sites[0]);
  s.organization.sites[1].name = "north";
  const ObservedRun run = run_observed(s);
  EXPECT_EQ(run.outcome.record.counts.weeks_observed, 2 * 26);
  EXPECT_GT(run.log.count(PeerFact::supporter_assigned), 20U);
  testing::expect_assignments_to_be_allowed(run);
}

}  // namespace
}  // namespace peercap::peer_support
