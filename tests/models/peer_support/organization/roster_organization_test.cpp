#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <tuple>

#include <gtest/gtest.h>

#include "models/peer_support/organization/organization.h"
#include "models/peer_support/scenario/staffing.h"
#include "tests/models/peer_support/world.h"

namespace peercap::peer_support {
namespace {

using testing::organization_of;

RosterPerson person(const std::string& id, const std::string& department, const std::string& unit) {
  RosterPerson result;
  result.id = id;
  result.site = "main";
  result.department = department;
  result.unit = unit;
  result.profession = "physician";
  return result;
}

Scenario scenario_of(std::vector<RosterPerson> people, int supporters = 0) {
  Scenario s = testing::plain_scenario(1, 1, supporters);
  s.organization.sites.clear();
  s.organization.roster = "people.csv";
  s.roster_data = std::make_shared<const Roster>(make_roster("people.csv", std::move(people)));
  return s;
}

/// 40 people in two departments of two units each, whose rows are mixed.
std::vector<RosterPerson> forty_people() {
  std::vector<RosterPerson> people;
  for (int i = 0; i < 40; ++i)
    people.push_back(
        person("P" + std::to_string(i), i % 3 == 0 ? "icu" : "ward", i % 2 == 0 ? "north" : "south"));
  return people;
}

std::map<EntityKey, std::tuple<std::uint8_t, float, float>> traits_of(const Organization& o) {
  std::map<EntityKey, std::tuple<std::uint8_t, float, float>> traits;
  for (std::size_t i = 0; i < o.clinician_count(); ++i)
    traits[o.person_keys[i]] = {o.stages[i], o.traits[i].susceptibility, o.traits[i].stable_exhaustion};
  return traits;
}

std::set<EntityKey> supporter_keys(const Organization& o) {
  std::set<EntityKey> keys;
  for (const SupporterEntry& s : o.supporters)
    if (s.initial) keys.insert(o.person_keys[s.clinician.index()]);
  return keys;
}

EntityKey key_of(const std::string& id) {
  return EntityKey{}.child("roster").child(id);
}

TEST(RosterOrganization, PlacesStandInOrderOfFirstAppearance) {
  auto people = forty_people();
  people[20].site = "annex";
  const Scenario s = scenario_of(people);
  const Organization o = organization_of(s);
  EXPECT_EQ(o.clinician_count(), 40U);
  EXPECT_EQ(count_clinicians(s), 40U);
  EXPECT_EQ(o.site_names, (std::vector<std::string>{"main", "annex"}));
  EXPECT_EQ(o.first_unit_of_site, (std::vector<std::uint32_t>{0, 4, 5}));
  std::vector<std::string> names;
  for (std::uint32_t u = 0; u < o.units.size(); ++u) names.push_back(o.unit_name(UnitId{u}));
  EXPECT_EQ(names, (std::vector<std::string>{"main/icu/north", "main/icu/south", "main/ward/south",
                                             "main/ward/north", "annex/ward/north"}));
  std::uint32_t next = 0;
  for (std::size_t u = 0; u < o.units.size(); ++u) {
    EXPECT_EQ(o.units[u].first_clinician, next);
    for (std::uint32_t i = 0; i < o.units[u].size; ++i) EXPECT_EQ(o.unit_of[next + i], u);
    next += o.units[u].size;
  }
  EXPECT_EQ(next, 40U);
  EXPECT_EQ(o.person_keys[0], key_of("P0"));  // the first rows of the unit first
  EXPECT_EQ(o.person_keys[1], key_of("P6"));
  EXPECT_TRUE(std::ranges::all_of(o.professions, [](std::uint8_t p) { return p == 1; }));
}

TEST(RosterOrganization, AnotherOrderAndMoreRowsLeaveEverybodyAsTheyWere) {
  auto people = forty_people();
  const Organization before = organization_of(scenario_of(people, 5));
  std::ranges::reverse(people);
  const Organization reversed = organization_of(scenario_of(people, 5));
  EXPECT_EQ(traits_of(before), traits_of(reversed));
  EXPECT_EQ(supporter_keys(before), supporter_keys(reversed));

  people.insert(people.begin(), person("new", "icu", "north"));
  const auto traits = traits_of(organization_of(scenario_of(people, 5)));
  EXPECT_EQ(traits.size(), 41U);
  for (const auto& [key, value] : traits_of(before)) EXPECT_EQ(traits.at(key), value);
}

TEST(RosterOrganization, UnitsKeepTheirWorkloadWhateverStandsBeforeThem) {
  auto people = forty_people();
  const Organization before = organization_of(scenario_of(people));
  people.insert(people.begin(), person("new", "lab", "north"));
  const Organization after = organization_of(scenario_of(people));
  ASSERT_EQ(after.units.size(), before.units.size() + 1);
  std::set<double> workloads;
  for (std::size_t u = 0; u < before.units.size(); ++u) {
    EXPECT_EQ(after.units[u + 1].key, before.units[u].key);
    EXPECT_EQ(after.units[u + 1].workload, before.units[u].workload);
    workloads.insert(before.units[u].workload);
  }
  EXPECT_EQ(workloads.size(), before.units.size());
}

TEST(RosterOrganization, WhatIsGivenIsTaken) {
  auto people = forty_people();
  const Organization drawn = organization_of(scenario_of(people));
  const std::uint8_t other = drawn.stages[0] == 2 ? 1 : 2;
  people[0].career_stage = drawn.stage_names[other];
  people[0].team = "c";
  people[6].team = "1";
  people[12].role = RosterRole::trainee;
  const Organization given = organization_of(scenario_of(people));
  EXPECT_EQ(given.stages[0], other);
  for (std::size_t i = 0; i < drawn.clinician_count(); ++i)
    EXPECT_EQ(given.traits[i].susceptibility, drawn.traits[i].susceptibility);
  EXPECT_EQ(given.teams[0], 2);
  EXPECT_EQ(given.teams[1], 0);
  EXPECT_EQ(given.teams[2], 2);  // by position
  EXPECT_EQ(given.teams[5], 1);
  EXPECT_EQ(given.roles[2], RosterRole::trainee);
  EXPECT_EQ(given.roles[3], RosterRole::none);
}

TEST(RosterOrganization, DepartmentsHaveAnEntryForEachShiftPattern) {
  std::vector<RosterPerson> people{person("P1", "icu", "a"), person("P2", "icu", "b"),
                                   person("P3", "icu", "c")};
  people[1].shift_pattern = ShiftPattern::office;
  Scenario s = scenario_of(people);
  s.organization.unit_workload_sd = 0.0;
  s.organization.departments = {{.name = "icu", .event_factor = 2.5, .workload = -1.5}};
  const Organization o = organization_of(s);
  ASSERT_EQ(o.departments.size(), 2U);
  ASSERT_EQ(o.units.size(), 3U);
  EXPECT_EQ(o.department_of(o.units[0]).shift_pattern, ShiftPattern::round_the_clock_8h);
  EXPECT_EQ(o.department_of(o.units[1]).shift_pattern, ShiftPattern::office);
  EXPECT_EQ(o.units[2].department, o.units[0].department);
  EXPECT_EQ(o.unit_name(UnitId{2U}), "main/icu/c");
  for (const Unit& unit : o.units) {
    EXPECT_EQ(o.department_of(unit).event_factor, 2.5);
    EXPECT_EQ(unit.workload, -1.5);
  }
}

TEST(RosterOrganization, SupportersAreThoseOfTheRosterThenTheNextByKey) {
  auto people = forty_people();
  for (const int i : {3, 8, 30}) people[static_cast<std::size_t>(i)].role = RosterRole::supporter;
  people[4].role = RosterRole::trainee;
  const std::set<EntityKey> named{key_of("P3"), key_of("P8"), key_of("P30")};
  EXPECT_EQ(supporter_keys(organization_of(scenario_of(people, 0))), named);  // never fewer
  std::set<EntityKey> before = named;
  for (int n = 3; n <= 39; ++n) {
    const Organization o = organization_of(scenario_of(people, n));
    const auto keys = supporter_keys(o);
    ASSERT_EQ(keys.size(), static_cast<std::size_t>(n));
    EXPECT_TRUE(std::ranges::includes(keys, before));
    EXPECT_FALSE(keys.contains(key_of("P4")));  // who is in training is not recruited
    EXPECT_TRUE(std::ranges::is_sorted(o.supporters, {}, &SupporterEntry::clinician));
    before = keys;
  }
}

TEST(RosterOrganization, ReportingLinesAreTheRosters) {
  auto people = forty_people();
  people[7].reports_to = "P30";
  people[30].reports_to = "P12";
  const Organization o = organization_of(scenario_of(people));
  const auto index_of = [&](const std::string& id) {
    return static_cast<std::uint32_t>(std::ranges::find(o.person_keys, key_of(id)) - o.person_keys.begin());
  };
  EXPECT_EQ(std::ranges::count(o.reports_to, nobody), 38);
  EXPECT_EQ(o.reports_to[index_of("P7")], index_of("P30"));
  const auto clinician = [&](const std::string& id) { return ClinicianId{index_of(id)}; };
  EXPECT_TRUE(in_line_of_authority(o, clinician("P7"), clinician("P12")));
  EXPECT_TRUE(in_line_of_authority(o, clinician("P12"), clinician("P7")));
  EXPECT_FALSE(in_line_of_authority(o, clinician("P7"), clinician("P8")));
  EXPECT_FALSE(in_line_of_authority(o, clinician("P7"), clinician("P7")));
}

TEST(RosterOrganization, ARosterCanBeSimulated) {
  Scenario s = testing::busy_scenario(1, 1, 5);
  const Scenario of_roster = scenario_of(forty_people(), 5);
  s.organization = of_roster.organization;
  s.roster_data = of_roster.roster_data;
  const auto run = testing::run_observed(s);
  EXPECT_GT(run.log.count(PeerFact::episode_began), 0U);
}

// A unit whose supporter the roster names has one already.
TEST(RosterOrganization, EveryUnitHasASupporterBeforeAnyHasTwo) {
  std::vector<RosterPerson> people = forty_people();
  people[1].role = RosterRole::supporter;
  for (const int supporters : {4, 6, 8}) {
    Scenario s = scenario_of(people, supporters);
    s.supporters.selection = Selection::every_unit;
    const Organization o = organization_of(s);
    std::map<std::uint32_t, int> by_unit;
    for (std::uint32_t unit = 0; unit < o.units.size(); ++unit) by_unit[unit] = 0;
    for (const SupporterEntry& entry : o.supporters)
      if (entry.initial) ++by_unit[entry.unit.value()];
    for (const auto& [unit, count] : by_unit) {
      EXPECT_GE(count, supporters / 4) << unit;
      EXPECT_LE(count, (supporters + 3) / 4) << unit;
    }
  }
}

}  // namespace
}  // namespace peercap::peer_support
