#include "models/peer_support/scenario/roster.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace peercap::peer_support {
namespace {

using testing::ElementsAre;

RosterPerson person(const std::string& id, const std::string& site, const std::string& department,
                    const std::string& unit, const std::string& reports_to = {}) {
  RosterPerson result;
  result.id = id;
  result.site = site;
  result.department = department;
  result.unit = unit;
  result.reports_to = reports_to;
  return result;
}

TEST(Roster, GroupsPlacesThatStandApartInTheFile) {
  const Roster roster = make_roster(
      "people.csv", {person("a", "main", "icu", "1"), person("b", "annex", "icu", "1"),
                     person("c", "main", "ward", "1", "a"), person("d", "main", "icu", "2", "nowhere"),
                     person("e", "annex", "icu", "1", "c"), person("f", "main", "icu", "1")});
  EXPECT_EQ(roster.file, "people.csv");
  EXPECT_THAT(roster.sites, ElementsAre("main", "annex"));
  ASSERT_EQ(roster.departments.size(), 3U);
  EXPECT_EQ(roster.departments[1].name, "ward");
  EXPECT_EQ(roster.departments[1].site, 0U);
  EXPECT_EQ(roster.departments[2].name, "icu");
  EXPECT_EQ(roster.departments[2].site, 1U);
  std::vector<std::vector<std::uint32_t>> people;
  std::vector<std::uint32_t> departments;
  for (const RosterUnit& unit : roster.units) {
    people.push_back(unit.people);
    departments.push_back(unit.department);
  }
  EXPECT_THAT(people, ElementsAre(ElementsAre(0, 5), ElementsAre(3), ElementsAre(2), ElementsAre(1, 4)));
  EXPECT_THAT(departments, ElementsAre(0, 0, 1, 2));
  EXPECT_THAT(roster.managers, ElementsAre(nobody, nobody, 0, nobody, 2, nobody));
}

TEST(Roster, TeamsAreLettersOrNumbers) {
  EXPECT_EQ(find_team("A", ShiftPattern::office), 0U);
  EXPECT_EQ(find_team("B", ShiftPattern::office), std::nullopt);
  EXPECT_EQ(find_team("c", ShiftPattern::day_evening), 2U);
  EXPECT_EQ(find_team("4", ShiftPattern::day_evening), std::nullopt);
  EXPECT_EQ(find_team("4", ShiftPattern::round_the_clock_12h), 3U);
  for (const char* name : {"", "0", "E", "12", "AA", "-", "\xC3\xA4"})
    EXPECT_EQ(find_team(name, ShiftPattern::round_the_clock_8h), std::nullopt) << name;
}

}  // namespace
}  // namespace peercap::peer_support
