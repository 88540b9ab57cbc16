// Every kind of mistake in a roster is refused with its line, says what is wrong, and drags no others after
// it.
#include <functional>
#include <ostream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/models/peer_support/roster_csv/roster_file.h"

namespace peercap::peer_support {
namespace {

using testing::HasSubstr;
using namespace std::string_literals;

struct Broken {
  std::string name;
  std::string text;
  int line;
  std::string what;
  std::string suggestion;
  RosterLimits limits = {};
};

void PrintTo(const Broken& broken, std::ostream* out) {
  *out << broken.name;
}

const std::string five = "id,site,department,unit,profession\n";
const std::string first = "P1,main,icu,1,nurse\n";

/// A header of the five columns and one more; each row has its value behind.
std::string with(const std::string& column, const std::vector<std::string>& values) {
  std::string text = "id,site,department,unit,profession," + column + "\n";
  int number = 0;
  for (const std::string& value : values)
    text += "P" + std::to_string(++number) + ",main,icu,1,nurse," + value + "\n";
  return text;
}

std::vector<Broken> broken_rosters() {
  return {
      {"EmptyFile", "", 1, "the file is empty", ""},
      {"OnlyHeader", five, 1, "the roster has no people", "a row for each person"},
      {"NotUtf8", five + first + "P2,main,\xE9,1,nurse\n", 3, "byte 0xe9 is not UTF-8 text",
       "encoding UTF-8"},
      {"Utf16", "\xFF\xFEi\0d\0\n\0"s, 1, "encoded as UTF-16", "encoding UTF-8"},
      {"NulByte", five + "P1,main,icu\0,1,nurse\n"s, 2, "a NUL byte", "encoding UTF-8"},
      {"MissingColumn", "id,site,department,unit\nP1,main,icu,1\n", 1, "the column `profession` is missing",
       "needs the columns id, site, department, unit, profession"},
      {"DuplicateColumn", "id,site,department,unit,profession,site\nP1,main,icu,1,nurse,main\n", 1,
       "the column `site` stands twice, at place 2 and at place 6", "remove one"},
      {"UnknownColumn", with("carer_stage", {"early"}), 1, "unknown column `carer_stage`",
       "did you mean `career_stage`?"},
      {"StrangeColumn", with("badge", {"17"}), 1, "unknown column `badge`", "with `x_`"},
      {"NamelessColumn", with("", {""}), 1, "column 6 has no name", ""},
      {"RaggedRow", five + first + "P2,main,icu,1\n", 3, "the row has 4 fields; the header has 5",
       "a comma for each field"},
      {"RowWithCommaInName", five + "P1,main,icu, north,1,nurse\n", 2, "the row has 6 fields",
       "into double quotes"},
      {"UnclosedQuote", five + "\"P1,main,icu,1,nurse\nP2,main,icu,1,nurse\n", 2,
       "a quote that is never closed", "double quotes"},
      {"MissingId", five + ",main,icu,1,nurse\n", 2, "the `id` is empty", "every person has an id"},
      {"DuplicateId", five + first + "P2,main,icu,1,nurse\nP1,main,icu,2,nurse\n", 4,
       "the id `P1` stands in line 2 already", "of their own"},
      {"EmptyUnit", five + "P1,main,icu,,nurse\n", 2, "the `unit` is empty", "a department and a unit"},
      {"EmptySite", five + "P1,,icu,1,nurse\n", 2, "the `site` is empty", ""},
      {"BlankAtEnd", five + "P1,main,icu ,1,nurse\n", 2, "the `department` `icu ` has blanks at an end", ""},
      {"LongName", five + "P1,main," + std::string(101, 'x') + ",1,nurse\n", 2, "is longer than 100 bytes",
       ""},
      {"UnknownProfession", five + "P1,main,icu,1,nuse\n", 2,
       "the profession `nuse` is not among `organization.professions`", "did you mean `nurse`?"},
      {"EmptyProfession", five + "P1,main,icu,1,\n", 2, "the `profession` is empty",
       "known are nurse, physician"},
      {"UnknownCareerStage", with("career_stage", {"early", "middle"}), 3,
       "the career_stage `middle` is not among `organization.career_stages`", "known are early, mid, late"},
      {"BadShiftPattern", with("shift_pattern", {"ofice"}), 2, "`ofice` is no shift pattern",
       "did you mean `office`?"},
      {"DisagreeingShiftPattern", with("shift_pattern", {"", "office", "office", "day_evening"}), 5,
       "the unit `1` has the shift pattern `day_evening` here and `office` in line 3", "name two units"},
      {"UnknownTeam", with("team", {"A", "E"}), 3, "there is no team `E`",
       "from A to D or a number from 1 to 4"},
      {"TeamZero", with("team", {"0"}), 2, "there is no team `0`", ""},
      {"TeamOfAnOffice", with("shift_pattern,team", {"office,B"}), 2, "there is no team `B`", "write `A`"},
      {"UnknownRole", with("role", {"suporter"}), 2, "`suporter` is no role", "did you mean `supporter`?"},
      {"UnknownManager", with("reports_to", {"", "P11"}), 3, "nobody has the id `P11`, to whom `P2` reports",
       "did you mean `P1`?"},
      {"ReportsToThemself", with("reports_to", {"", "P2"}), 3, "`P2` reports to themself", "empty"},
      {"Cycle", with("reports_to", {"P2", "P4", "P1", "P3"}), 2,
       "in a circle: `P1` (line 2) -> `P2` (line 3) -> `P4` (line 5) -> `P3` (line 4) -> `P1`",
       "who stands above the others"},
      {"LongCycle",
       with("reports_to", {"P2", "P3", "P4", "P5", "P6", "P7", "P8", "P9", "P10", "P11", "P12", "P1"}), 2,
       "`P10` (line 11) -> 2 more -> `P1`", ""},
      {"UnitTooLarge",
       with("team", {"", "", "", "", ""}),
       5,
       "has more than 3 people",
       "smaller units",
       {.max_unit_size = 3}},
      {"TooManyRows",
       with("team", {"", "", "", ""}),
       5,
       "more than 3 rows",
       "the file you mean",
       {.max_people = 3}},
      {"LongLine", five + "P1,main,icu,1," + std::string(1'000'001, 'x') + "\n", 2, "more than 1000000 bytes",
       "a quote left open"},
      {"Semicolons", "id;site;department;unit;profession\nP1;main;icu;1;nurse\n", 1, "unknown column",
       "separate the columns by commas"},
  };
}

class BrokenRoster : public testing::TestWithParam<Broken> {};

TEST_P(BrokenRoster, IsRefusedWithItsLine) {
  const Broken& broken = GetParam();
  const RosterAnswer answer = read_text(broken.text, broken.limits);
  EXPECT_FALSE(answer.roster.has_value());
  const auto problems = answer.diagnostics.sorted();
  ASSERT_FALSE(problems.empty());
  EXPECT_EQ(problems[0].severity, Severity::error);
  EXPECT_EQ(problems[0].where.file, answer.path);
  EXPECT_EQ(problems[0].where.line, broken.line);
  EXPECT_THAT(problems[0].what, HasSubstr(broken.what));
  EXPECT_THAT(problems[0].suggestion, HasSubstr(broken.suggestion));
  // Missing columns follow from a header that could not be understood; nothing else may follow.
  for (std::size_t i = 1; i < problems.size(); ++i)
    EXPECT_THAT(problems[i].what, testing::MatchesRegex("the column `.*` is missing")) << i;
}

INSTANTIATE_TEST_SUITE_P(Each, BrokenRoster, testing::ValuesIn(broken_rosters()),
                         [](const auto& test) { return test.param.name; });

TEST(BrokenRosters, MissingFileIsBlamedOnWhoeverNamedIt) {
  Diagnostics diagnostics;
  const std::string path = testing::TempDir() + "/no_such_roster.csv";
  EXPECT_FALSE(read_roster(path, {}, diagnostics, {"scenario.yaml", 4, 11}).has_value());
  EXPECT_FALSE(read_roster(path, {}, diagnostics).has_value());
  const auto problems = diagnostics.sorted();
  ASSERT_EQ(problems.size(), 2U);
  EXPECT_EQ(problems[0].where.file, path);
  EXPECT_EQ(problems[1].where, (SourceLocation{"scenario.yaml", 4, 11}));
  EXPECT_THAT(problems[1].what, HasSubstr("cannot open"));
  EXPECT_THAT(problems[1].suggestion, HasSubstr("check the path"));
}

TEST(BrokenRosters, TellEveryProblemInOnePass) {
  const RosterAnswer answer = read_text(
      "id,site,department,unit,profession,role,reports_to\n"
      "P1,main,icu,1,nuse,,\n"
      "P2,main,icu,,nurse,helper,P3\n"
      "P3,main,icu,1,nurse,,P2\n"
      "P3,main,icu,1,nurse,,P9\n");
  std::vector<int> lines;
  for (const Problem& problem : answer.diagnostics.sorted()) lines.push_back(problem.where.line);
  EXPECT_THAT(lines, testing::ElementsAre(2, 3, 3, 3, 5, 5));
}

TEST(BrokenRosters, AtMostFiftyProblemsAreListed) {
  std::string text = five;
  for (int i = 0; i < 80; ++i) text += "P" + std::to_string(i) + ",main,icu,1,healer\n";
  const RosterAnswer answer = read_text(text);
  EXPECT_EQ(answer.diagnostics.error_count(), 50U);
  const auto problems = answer.diagnostics.sorted();
  ASSERT_EQ(problems.size(), 51U);
  EXPECT_EQ(problems.back().severity, Severity::note);
  EXPECT_EQ(problems.back().where.line, 51);
}

TEST(BrokenRosters, ALostRowIsNotMissedByThoseWhoReportToIt) {
  const RosterAnswer answer = read_text(with("reports_to", {"P2", "P3,too,many"}));
  const auto problems = answer.diagnostics.sorted();
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems[0].where.line, 3);
}

}  // namespace
}  // namespace peercap::peer_support
