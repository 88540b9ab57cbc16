#include "models/peer_support/roster_csv/read_roster.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/models/peer_support/roster_csv/roster_file.h"

namespace peercap::peer_support {
namespace {

using testing::ElementsAre;

Roster read_good(const std::string& text) {
  const RosterAnswer answer = read_text(text);
  for (const Problem& problem : answer.diagnostics.sorted())
    ADD_FAILURE() << problem.where.line << ": " << problem.what;
  return answer.roster.value_or(Roster{});
}

TEST(ReadRoster, ReadsEveryColumnInAnyOrder) {
  const Roster roster = read_good(
      "x_badge,reports_to,role,team,shift_pattern,career_stage,profession,unit,department,site,id\n"
      "17,,,,office,late,physician,Clinic,ambulatory,north,P1\n"
      "18,P1,supporter,a,office,,nurse,Clinic,ambulatory,north,P2\n"
      ",P1,trainee,4,round_the_clock_12h,early,nurse,ICU 1,icu,main,\"P,3\"\n");
  ASSERT_EQ(roster.people.size(), 3U);
  const RosterPerson& second = roster.people[1];
  EXPECT_EQ(second.id, "P2");
  EXPECT_EQ(second.site, "north");
  EXPECT_EQ(second.department, "ambulatory");
  EXPECT_EQ(second.unit, "Clinic");
  EXPECT_EQ(second.profession, "nurse");
  EXPECT_EQ(second.career_stage, "");
  EXPECT_EQ(second.shift_pattern, ShiftPattern::office);
  EXPECT_EQ(second.team, "a");
  EXPECT_EQ(second.role, RosterRole::supporter);
  EXPECT_EQ(second.reports_to, "P1");
  EXPECT_EQ(second.line, 3);
  EXPECT_EQ(roster.people[2].id, "P,3");
  EXPECT_EQ(roster.people[2].role, RosterRole::trainee);
  EXPECT_EQ(roster.people[2].career_stage, "early");
  EXPECT_EQ(roster.people[2].shift_pattern, ShiftPattern::round_the_clock_12h);
  EXPECT_THAT(roster.managers, ElementsAre(nobody, 0U, 0U));
  EXPECT_EQ(roster.sha256.size(), 64U);
}

TEST(ReadRoster, FiveColumnsAreEnough) {
  const std::string text = "id,site,department,unit,profession\nP1,main,icu,1,nurse\n";
  const Roster roster = read_good(text);
  ASSERT_EQ(roster.people.size(), 1U);
  EXPECT_EQ(roster.people[0].shift_pattern, ShiftPattern::round_the_clock_8h);
  EXPECT_EQ(roster.people[0].role, RosterRole::none);
  EXPECT_EQ(roster.bytes, text.size());
}

TEST(ReadRoster, OneRowCanSayTheShiftPatternOfAUnit) {
  const Roster roster = read_good(
      "id,site,department,unit,profession,shift_pattern\n"
      "P1,main,icu,1,nurse,\nP2,main,icu,1,nurse,day_evening\nP3,main,icu,2,nurse,\n");
  ASSERT_EQ(roster.people.size(), 3U);
  EXPECT_EQ(roster.people[0].shift_pattern, ShiftPattern::day_evening);
  EXPECT_EQ(roster.people[2].shift_pattern, ShiftPattern::round_the_clock_8h);
}

TEST(ReadRoster, AUnitsNameMayStandInTwoDepartments) {
  const Roster roster = read_good(
      "id,site,department,unit,profession,shift_pattern\n"
      "P1,main,icu,1,nurse,office\nP2,main,ward,1,nurse,day_evening\nP3,north,icu,1,nurse,office\n");
  EXPECT_EQ(roster.units.size(), 3U);
  EXPECT_EQ(roster.departments.size(), 3U);
}

TEST(ReadRoster, TheSampleIsSound) {
  Diagnostics diagnostics;
  const auto roster =
      read_roster(PEERCAP_SOURCE_DIR "/configs/scenarios/sample_roster.csv", OrganizationSpec{}, diagnostics);
  ASSERT_TRUE(roster.has_value());
  EXPECT_TRUE(diagnostics.empty());
  EXPECT_EQ(roster->people.size(), 300U);
  EXPECT_EQ(roster->departments.size(), 5U);
  EXPECT_EQ(roster->units.size(), 10U);
}

}  // namespace
}  // namespace peercap::peer_support
