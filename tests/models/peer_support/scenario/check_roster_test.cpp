#include "models/peer_support/scenario/check_roster.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "models/peer_support/scenario/staffing.h"

namespace peercap::peer_support {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

/// 100 nurses and physicians in two departments of two sites, four supporters and a trainee among them.
std::vector<RosterPerson> hundred_people() {
  std::vector<RosterPerson> people(100);
  for (std::size_t i = 0; i < people.size(); ++i) {
    people[i].id = "P" + std::to_string(i);
    people[i].site = i < 60 ? "main" : "annex";
    people[i].department = i % 2 == 0 ? "icu" : "ward";
    people[i].unit = "1";
    people[i].profession = i % 5 == 0 ? "physician" : "nurse";
    if (i < 4) people[i].role = RosterRole::supporter;
  }
  people[4].role = RosterRole::trainee;
  return people;
}

Scenario scenario_of(std::vector<RosterPerson> people) {
  Scenario scenario;
  scenario.organization.roster = "people.csv";
  scenario.roster_data = std::make_shared<const Roster>(make_roster("people.csv", std::move(people)));
  scenario.supporters.count = 4;
  return scenario;
}

Site main_site() {
  Department icu;
  icu.name = "icu";
  icu.units = 40;
  return {.name = "main", .departments = {icu}};
}

/// The only problem of the scenario.
ScenarioProblem problem_of(const Scenario& scenario) {
  const auto problems = check(scenario);
  EXPECT_EQ(problems.size(), 1U);
  for (const auto& problem : problems) SCOPED_TRACE(problem.what);
  return problems.empty() ? ScenarioProblem{} : problems.front();
}

TEST(CheckRoster, SoundRosterHasNoProblems) {
  EXPECT_THAT(check(scenario_of(hundred_people())), IsEmpty());
}

TEST(CheckRoster, SitesAndARosterExcludeEachOther) {
  Scenario scenario = scenario_of(hundred_people());
  scenario.organization.sites = {main_site()};
  const ScenarioProblem problem = problem_of(scenario);
  EXPECT_EQ(problem.path, "organization.sites");
  EXPECT_EQ(problem.severity, Severity::error);
  EXPECT_THAT(problem.what, HasSubstr("both sites and a roster"));
}

TEST(CheckRoster, TheRosterHasToBeRead) {
  Scenario scenario;
  scenario.organization.roster = "people.csv";
  const ScenarioProblem problem = problem_of(scenario);
  EXPECT_EQ(problem.path, "organization.roster");
  EXPECT_THAT(problem.what, HasSubstr("has not been read"));
}

TEST(CheckRoster, DepartmentsAreThoseOfTheRoster) {
  Scenario scenario = scenario_of(hundred_people());
  scenario.organization.departments = {{.name = "icu"}, {.name = "emergency"}};
  const ScenarioProblem problem = problem_of(scenario);
  EXPECT_EQ(problem.path, "organization.departments[emergency]");
  EXPECT_EQ(problem.suggestion, "the roster's departments are `icu`, `ward`");

  Scenario drawn;
  drawn.organization.sites = {main_site()};
  drawn.supporters.count = 20;
  drawn.organization.departments = {{.name = "icu"}};
  EXPECT_EQ(problem_of(drawn).path, "organization.departments");
}

TEST(CheckRoster, FewerSupportersThanTheRosterNamesAreANote) {
  Scenario scenario = scenario_of(hundred_people());
  scenario.supporters.count = 3;
  const ScenarioProblem problem = problem_of(scenario);
  EXPECT_EQ(problem.path, "supporters.count");
  EXPECT_EQ(problem.severity, Severity::note);
  EXPECT_THAT(problem.what, HasSubstr("names 4 supporters, more than the 3"));
  EXPECT_EQ(count_supporters(scenario), 4);
  // A program whose supporters all stand in the roster is no program without supporters.
  scenario.supporters.count = 0;
  EXPECT_EQ(problem_of(scenario).severity, Severity::note);
}

TEST(CheckRoster, OnlySoManyCanBeRecruited) {
  Scenario scenario = scenario_of(hundred_people());
  EXPECT_DOUBLE_EQ(count_recruitable(scenario), 99);  // all but the trainee
  scenario.supporters.count = 100;
  EXPECT_THAT(problem_of(scenario).what, HasSubstr("100 supporters are more than the 99 clinicians"));
  scenario.organization.career_stages[0].supporter_weight = 0;
  EXPECT_DOUBLE_EQ(count_recruitable(scenario), 4 + 95 * 0.65);
  auto people = hundred_people();
  for (RosterPerson& person : people) person.career_stage = "early";
  Scenario early = scenario_of(people);
  early.organization.career_stages[0].supporter_weight = 0;
  EXPECT_DOUBLE_EQ(count_recruitable(early), 4);  // the roster's supporters, whatever their stage
}

TEST(CheckRoster, ASingleProfessionIsThatOfTheRoster) {
  auto people = hundred_people();
  for (RosterPerson& person : people) person.profession = "nurse";
  Scenario scenario = scenario_of(people);
  scenario.matching.same_profession = MatchRule::required;
  EXPECT_EQ(problem_of(scenario).path, "matching.same_profession");
}

TEST(Staffing, CountsTheRostersPeopleByDepartment) {
  Scenario scenario = scenario_of(hundred_people());
  scenario.organization.departments = {{.name = "ward", .event_factor = 3}};
  const auto departments = staffed_departments(scenario);
  ASSERT_EQ(departments.size(), 4U);
  EXPECT_EQ(departments[1].site, "main");
  EXPECT_EQ(departments[1].name, "ward");
  EXPECT_EQ(departments[1].clinicians, 30);
  EXPECT_EQ(departments[1].event_factor, 3);
  EXPECT_EQ(departments[2].site, "annex");
  EXPECT_EQ(departments[2].clinicians, 20);
  EXPECT_EQ(departments[2].event_factor, 1);
  EXPECT_EQ(count_clinicians(scenario), 100U);
}

}  // namespace
}  // namespace peercap::peer_support
