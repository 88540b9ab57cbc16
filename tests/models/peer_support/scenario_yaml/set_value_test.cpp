#include "models/peer_support/scenario_yaml/set_value.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "models/peer_support/scenario_yaml/value_path.h"

namespace peercap::peer_support {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Scenario two_departments() {
  Scenario scenario;
  scenario.organization.sites.resize(1);
  scenario.organization.sites[0].name = "main";
  scenario.organization.sites[0].departments.resize(2);
  scenario.organization.sites[0].departments[0].name = "icu";
  scenario.organization.sites[0].departments[1].name = "st. mary ward";
  return scenario;
}

TEST(Path, ParsesAndPrints) {
  const auto path = parse_path("a.b_c[x. y].d[*]");
  ASSERT_TRUE(path.has_value());
  ASSERT_EQ(path->size(), 3U);
  EXPECT_EQ((*path)[1], (PathStep{"b_c", "x. y"}));
  EXPECT_EQ(to_string(*path), "a.b_c[x. y].d[*]");
  for (const char* bad : {"", ".", "a.", ".a", "a..b", "a[b", "a]b", "a b", "[x].a", "a[x]b"})
    EXPECT_FALSE(parse_path(bad).has_value()) << bad;
  EXPECT_EQ(generic_path("a[x].b[y. z].c"), "a[].b[].c");
  EXPECT_EQ(parent_path("a[x.y].b"), "a[x.y]");
  EXPECT_EQ(parent_path("a[x.y]"), "");
}

TEST(SetValue, ReachesValuesOfEveryDepth) {
  Scenario scenario = two_departments();
  Diagnostics diagnostics;
  EXPECT_THAT(set_value(scenario, "supporters.count", "61", diagnostics), ElementsAre("supporters.count"));
  EXPECT_THAT(set_value(scenario, "supporters.exit.role_rate", "0.1 per year", diagnostics),
              ElementsAre("supporters.exit.role_rate"));
  EXPECT_THAT(
      set_value(scenario, "organization.sites[main].departments[st. mary ward].units", "4", diagnostics),
      ElementsAre("organization.sites[main].departments[st. mary ward].units"));
  EXPECT_THAT(set_value(scenario, "organization.sites[*].departments[*].unit_size", "30", diagnostics),
              testing::SizeIs(2));
  EXPECT_THAT(
      set_value(scenario, "organization.sites[main].departments[icu].professions.nurse", "0.7", diagnostics),
      testing::SizeIs(1));
  EXPECT_THAT(set_value(scenario, "run.holidays", "2026-01-01, 2026-07-03", diagnostics), testing::SizeIs(1));
  EXPECT_THAT(set_value(scenario, "matching.same_profession", "required", diagnostics), testing::SizeIs(1));
  EXPECT_TRUE(diagnostics.empty());
  EXPECT_EQ(scenario.supporters.count, 61);
  EXPECT_EQ(scenario.supporters.exit.role_rate, per_year(0.1));
  EXPECT_EQ(scenario.organization.sites[0].departments[0].units, 1);
  EXPECT_EQ(scenario.organization.sites[0].departments[1].units, 4);
  EXPECT_EQ(scenario.organization.sites[0].departments[0].unit_size, 30);
  EXPECT_EQ(get_value(scenario, "organization.sites[main].departments[icu].professions.nurse"), "0.7");
  EXPECT_EQ(scenario.run.holidays.size(), 2U);
  EXPECT_EQ(scenario.matching.same_profession, MatchRule::required);
}

TEST(SetValue, FailingChangesNothing) {
  Scenario scenario = two_departments();
  Diagnostics diagnostics;
  EXPECT_THAT(set_value(scenario, "referrals.destinations[*].places", "-2", diagnostics, {"here", 3, 4}),
              IsEmpty());
  EXPECT_THAT(set_value(scenario, "supporters.cout", "3", diagnostics), IsEmpty());
  EXPECT_EQ(diagnostics.error_count(), 2U);
  EXPECT_EQ(scenario.referrals.destinations[0].places, default_destinations()[0].places);
  const auto problems = diagnostics.sorted();
  EXPECT_EQ(problems.back().where.line, 3);
  EXPECT_THAT(problems.front().suggestion, HasSubstr("did you mean `count`?"));
}

TEST(SetValue, WhatIsWrittenReadsBack) {
  Scenario scenario = two_departments();
  Diagnostics diagnostics;
  for (const char* path :
       {"run.start", "run.horizon", "environment.exposure_rate", "access.meeting_hours",
        "supporters.protected_time", "exhaustion.observed_mean", "activation.outreach.flag",
        "organization.draw", "description", "organization.sites[main].departments[icu].professions"}) {
    const auto text = get_value(scenario, path);
    ASSERT_TRUE(text.has_value()) << path;
    EXPECT_THAT(set_value(scenario, path, *text, diagnostics), ElementsAre(path));
    EXPECT_EQ(get_value(scenario, path), text);
  }
  EXPECT_TRUE(diagnostics.empty());
}

TEST(AllValues, AreThoseOfEachPath) {
  const Scenario scenario = two_departments();
  const auto values = all_values(scenario);
  EXPECT_GT(values.size(), 100u);
  EXPECT_TRUE(values.contains("organization.sites[main].departments[icu].units"));
  for (const auto& [path, value] : values) EXPECT_EQ(get_value(scenario, path), value) << path;
}

TEST(GetValue, NeedsExactlyOneParameter) {
  const Scenario scenario = two_departments();
  EXPECT_EQ(get_value(scenario, "supporters.count"), "60");
  EXPECT_EQ(get_value(scenario, "organization.sites[*].departments[*].units"), std::nullopt);
  EXPECT_EQ(get_value(scenario, "supporters"), std::nullopt);
  EXPECT_EQ(get_value(scenario, "not a path"), std::nullopt);
}

}  // namespace
}  // namespace peercap::peer_support
