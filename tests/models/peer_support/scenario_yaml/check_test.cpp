#include "models/peer_support/scenario/check.h"

#include <algorithm>
#include <functional>
#include <ostream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace peercap::peer_support {
namespace {

using testing::HasSubstr;

/// 1,000 clinicians at one site with 20 supporters; nothing to complain about.
Scenario sound_scenario() {
  Scenario scenario;
  Department ward;
  ward.name = "ward";
  ward.units = 40;
  Site site;
  site.name = "main";
  site.departments.push_back(ward);
  scenario.organization.sites.push_back(site);
  scenario.supporters.count = 20;
  return scenario;
}

TEST(Check, SoundScenarioHasNoProblems) {
  EXPECT_TRUE(check(sound_scenario()).empty());
}

struct Case {
  std::string name;
  std::function<void(Scenario&)> spoil;
  std::string path;
  Severity severity;
  std::string what;
};

void PrintTo(const Case& one, std::ostream* out) {
  *out << one.name;
}

const std::string ward = "organization.sites[main].departments[ward]";

const std::vector<Case>& cases() {
  static const std::vector<Case> all{
      {"NoSites", [](Scenario& s) { s.organization.sites.clear(); }, "organization.sites", Severity::error,
       "has no sites"},
      {"SatisfactionCutoffsExchanged",
       [](Scenario& s) { s.supporters.compassion_satisfaction.high_cutoff = 20; },
       "supporters.compassion_satisfaction.low_cutoff", Severity::error,
       "low scores (22) is not below that for high scores (20)"},
      {"NominatedWhereNobodyTrusts",
       [](Scenario& s) {
         s.supporters.selection = Selection::nominated;
         s.organization.network.enabled = Switch::off;
       },
       "supporters.selection", Severity::error, "nobody trusts anybody"},
      {"LeadBeyondTheTarget", [](Scenario& s) { s.access.lead_time = hours(30); }, "access.lead_time",
       Severity::warning, "nobody can be contacted within the target"},
      {"NoWayToMeet", [](Scenario& s) { s.access.in_person = Switch::off; }, "access.in_person",
       Severity::warning, "neither in person nor by phone or video"},
      {"TurnLongerThanItsShift",
       [](Scenario& s) {
         s.access.on_call = {.supporters = 1, .shift = hours(12), .backup = Switch::on, .hours = hours(13)};
       },
       "access.on_call.hours", Severity::error, "takes 13 h of a supporter's time"},
      {"MoreProtectedTimeThanWindows",
       [](Scenario& s) {
         s.supporters.protected_time = {3.0};
         s.supporters.protected_time_form = ProtectedTimeForm::windows;
         s.supporters.protected_windows = *WeeklyWindows::parse("Tue 10:00-12:00");
       },
       "supporters.protected_time", Severity::warning, "do not fit into the 2 h/week of `protected_windows`"},
      {"WindowsShorterThanASession",
       [](Scenario& s) {
         s.supporters.protected_time_form = ProtectedTimeForm::windows;
         s.supporters.protected_windows = *WeeklyWindows::parse("daily 10:00-10:15");
       },
       "supporters.protected_windows", Severity::warning, "no window is as long as a session"},
      {"OwnAccessAtTheOnlySite", [](Scenario& s) { s.supporters.own_access = OwnAccess::other_site; },
       "supporters.own_access", Severity::note, "there is one site"},
      {"TurnoverCostBelowItsRange", [](Scenario& s) { s.costs.turnover_nurse = 30000; },
       "costs.turnover_nurse", Severity::warning,
       "(30000) does not lie between its low and high end (49500 and 72700)"},
      {"TurnoverCostAboveItsRange", [](Scenario& s) { s.costs.turnover_physician_high = 400000; },
       "costs.turnover_physician", Severity::warning, "(250000 and 400000)"},
      {"NoDepartments", [](Scenario& s) { s.organization.sites[0].departments.clear(); },
       "organization.sites[main]", Severity::error, "has no departments"},
      {"EmptyDepartment", [](Scenario& s) { s.organization.sites[0].departments[0].units = 0; }, ward,
       Severity::error, "has nobody in it"},
      {"DuplicateSite", [](Scenario& s) { s.organization.sites.push_back(s.organization.sites[0]); },
       "organization.sites[main]", Severity::error, "duplicate name `main`"},
      {"UnknownProfession",
       [](Scenario& s) {
         s.organization.sites[0].departments[0].professions.weights = {{"healer", 1}};
       },
       ward + ".professions.healer", Severity::error, "`healer` is not among"},
      {"ZeroMix",
       [](Scenario& s) {
         s.organization.sites[0].departments[0].professions.weights = {{"nurse", 0}};
       },
       ward + ".professions", Severity::error, "all weights are zero"},
      {"ZeroProfessions",
       [](Scenario& s) {
         for (auto& p : s.organization.professions) p.share = 0;
       },
       "organization.professions", Severity::error, "all shares of professions are zero"},
      {"NoHorizon", [](Scenario& s) { s.run.horizon = hours(23); }, "run.horizon", Severity::error,
       "shorter than a day"},
      {"NoReplications", [](Scenario& s) { s.run.replications = 0; }, "run.replications", Severity::error,
       "no replication"},
      {"TooManySupporters", [](Scenario& s) { s.supporters.count = 1001; }, "supporters.count",
       Severity::error, "1001 supporters are more than the 1000 clinicians"},
      {"StagesThatAreNotRecruited",
       [](Scenario& s) {
         s.organization.career_stages[1].supporter_weight = 0;
         s.organization.career_stages[2].supporter_weight = 0;
         s.supporters.count = 351;
       },
       "supporters.count", Severity::error, "more than the 350 clinicians who can be recruited (of 1000"},
      {"TooLarge", [](Scenario& s) { s.organization.sites[0].departments[0].units = 1'000'000; },
       "organization.sites", Severity::error, "25000000 clinicians"},
      {"NoCoordinator", [](Scenario& s) { s.program.coordinator_hours = {0}; }, "program.coordinator_hours",
       Severity::error, "no coordinator hours"},
      {"CoordinatorBeyondWindows", [](Scenario& s) { s.program.coordinator_hours = {41}; },
       "program.coordinator_hours", Severity::error,
       "41 h/week of coordination do not fit into the 40 h/week"},
      {"NoSupporters", [](Scenario& s) { s.supporters.count = 0; }, "supporters.count", Severity::warning,
       "waits until they withdraw"},
      {"LoadBeyondProtectedTime",
       [](Scenario& s) {
         s.supporters.count = 1;
         s.supporters.protected_time = {0.1};
       },
       "supporters.protected_time", Severity::warning,
       "against 0.10 h/week of protected time: supporters give the rest of their own time"},
      {"LoadRefused",
       [](Scenario& s) {
         s.supporters.count = 1;
         s.supporters.protected_time = {0.1};
         s.supporters.unprotected_work = UnprotectedWork::refused;
       },
       "supporters.protected_time", Severity::warning, "the queue grows without limit"},
      {"TriageBeyondHours", [](Scenario& s) { s.program.triage_time = days(7); }, "program.coordinator_hours",
       Severity::warning, "against 10 h/week of coordination: the coordinator's queue grows without limit"},
      {"LoopGain",
       [](Scenario& s) {
         s.exhaustion.unit_gain = 0.95;
         s.exhaustion.distress_gain = 2;
         s.environment.exhaustion_error_gain = 1;
       },
       "exhaustion.unit_gain", Severity::error, "has a gain of 1."},
      {"SessionTooLong", [](Scenario& s) { s.case_rules.session_length = hours(15); },
       "case_rules.session_length", Severity::error,
       "a session of 15 h does not fit into the longest stretch of meeting hours (14 h)"},
      {"NoMeetingHours", [](Scenario& s) { s.access.meeting_hours = {}; }, "access.meeting_hours",
       Severity::error, "no meeting hours"},
      {"NeverBooked",
       [](Scenario& s) {
         s.access.booking_horizon = minutes(30);
         s.case_rules.session_gap = minutes(10);
       },
       "access.lead_time", Severity::error, "no session could ever be booked"},
      {"GapBeyondHorizon", [](Scenario& s) { s.case_rules.session_gap = days(30); }, "case_rules.session_gap",
       Severity::warning, "second sessions may never be booked"},
      {"TargetBeyondLimit", [](Scenario& s) { s.access.contact_target = days(4); }, "access.contact_target",
       Severity::warning, "wanted within 96 h"},
      {"NoDestinations", [](Scenario& s) { s.referrals.destinations.clear(); }, "referrals.destinations",
       Severity::error, "`weight_event` 0"},
      {"NoPersonalWeights",
       [](Scenario& s) {
         for (auto& d : s.referrals.destinations) d.weight_personal = 0;
       },
       "referrals.destinations", Severity::error, "`weight_personal` 0"},
      {"NoPlaces", [](Scenario& s) { s.referrals.destinations[2].places = 0; },
       "referrals.destinations[coach].places", Severity::warning, "`coach` has no places"},
      {"CutoffsExchanged", [](Scenario& s) { s.supporters.secondary_trauma.low_cutoff = 42; },
       "supporters.secondary_trauma.low_cutoff", Severity::error, "cut-off for low scores (42)"},
      {"DecaysExchanged", [](Scenario& s) { s.distress.slow_decay = days(20); }, "distress.slow_decay",
       Severity::warning, "decays faster"},
      {"SingleProfession",
       [](Scenario& s) {
         s.organization.professions.resize(1);
         s.matching.same_profession = MatchRule::required;
       },
       "matching.same_profession", Severity::note, "single profession"},
  };
  return all;
}

class CheckCase : public testing::TestWithParam<Case> {};

TEST_P(CheckCase, IsTheOnlyProblemAndAtItsPath) {
  Scenario scenario = sound_scenario();
  GetParam().spoil(scenario);
  const auto problems = check(scenario);
  std::string all;
  for (const auto& problem : problems) all += problem.path + ": " + problem.what + "\n";
  const auto found = std::ranges::find_if(problems, [&](const ScenarioProblem& problem) {
    return problem.path == GetParam().path && problem.severity == GetParam().severity &&
           problem.what.find(GetParam().what) != std::string::npos;
  });
  EXPECT_NE(found, problems.end()) << all;
  // No destination leaves both kinds of cases without one; every other mistake is one problem.
  EXPECT_EQ(problems.size(), GetParam().name == "NoDestinations" ? 2U : 1U) << all;
}

INSTANTIATE_TEST_SUITE_P(Cases, CheckCase, testing::ValuesIn(cases()),
                         [](const auto& one) { return one.param.name; });

TEST(Check, WithoutAProgramNobodyCoordinates) {
  Scenario scenario = sound_scenario();
  scenario.program.enabled = Switch::off;
  scenario.program.coordinator_hours = {0};
  scenario.supporters.count = 0;
  EXPECT_TRUE(check(scenario).empty());
}

TEST(Check, WithoutReferralsDestinationsMayBeEmpty) {
  Scenario scenario = sound_scenario();
  scenario.referrals.destinations.clear();
  scenario.case_rules.early_referral = {0};
  scenario.case_rules.unresolved_referral = {0};
  EXPECT_TRUE(check(scenario).empty());
}

TEST(Check, StretchOverTheTurnOfTheWeekIsOne) {
  Scenario scenario = sound_scenario();
  scenario.access.meeting_hours = *WeeklyWindows::parse("Sun 23:40-00:10");
  EXPECT_TRUE(check(scenario).empty());
}

TEST(Check, LoadIsSaidWithNumbers) {
  Scenario scenario = sound_scenario();
  scenario.supporters.count = 1;
  scenario.supporters.protected_time = {0.1};
  EXPECT_THAT(check(scenario).at(0).what,
              testing::ContainsRegex("about 0\\.[0-9]+ h/week of sessions \\(an estimate\\) against"));
}

}  // namespace
}  // namespace peercap::peer_support
