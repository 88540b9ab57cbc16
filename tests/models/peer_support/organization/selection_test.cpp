// Who becomes a supporter, by each of the ways to select them.

#include "models/peer_support/organization/selection.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <vector>

#include <gtest/gtest.h>

#include "sim/support/contract.h"
#include "tests/models/peer_support/world.h"

namespace peercap::peer_support {
namespace {

using testing::plain_scenario;

/// Clinician 7 is named most, then 3, then 11; nobody else is.
std::vector<std::uint32_t> named(const Organization& organization) {
  std::vector<std::uint32_t> names(organization.clinician_count(), 0);
  names[7] = 9;
  names[3] = 5;
  names[11] = 4;
  return names;
}

Organization chosen(const Scenario& s, const Nominations& nominations = {}) {
  return build_organization(s, RandomSource{s.run.seed, 0}, nominations);
}

/// Of those in the role at the start, in the order of recruitment.
std::vector<std::uint32_t> supporters_of(const Organization& organization) {
  std::vector<SupporterEntry> entries = organization.supporters;
  std::erase_if(entries, [](const SupporterEntry& entry) { return !entry.initial; });
  std::ranges::sort(entries, {}, &SupporterEntry::rank);
  std::vector<std::uint32_t> clinicians;
  for (const SupporterEntry& entry : entries) clinicians.push_back(entry.clinician.value());
  return clinicians;
}

Scenario scenario_with(Selection selection, int supporters) {
  Scenario s = plain_scenario(5, 8, supporters);
  s.supporters.selection = selection;
  for (CareerStage& stage : s.organization.career_stages) stage.supporter_weight = 1.0;
  return s;
}

TEST(Selection, TheMostNamedComeFirst) {
  const std::vector<std::uint32_t> order =
      supporters_of(chosen(scenario_with(Selection::nominated, 5), named));
  ASSERT_EQ(order.size(), 5U);
  EXPECT_EQ(std::vector(order.begin(), order.begin() + 3), (std::vector<std::uint32_t>{7, 3, 11}));
  // Those whom nobody names follow in the order in which they would come forward on their own.
  const std::vector<std::uint32_t> open = supporters_of(chosen(scenario_with(Selection::open, 5)));
  std::vector<std::uint32_t> others;
  for (const std::uint32_t clinician : open)
    if (clinician != 7 && clinician != 3 && clinician != 11) others.push_back(clinician);
  EXPECT_TRUE(std::equal(order.begin() + 3, order.end(), others.begin()));
}

TEST(Selection, NamesCountByTheWeightOfTheStage) {
  Scenario s = scenario_with(Selection::nominated, 3);
  const Organization before = chosen(s, named);
  s.organization.career_stages[before.stages[7]].supporter_weight = 0.0;
  const std::vector<std::uint32_t> order = supporters_of(chosen(s, named));
  EXPECT_EQ(std::ranges::count(order, 7U), 0);
}

TEST(Selection, NominationsMustBeThere) {
  EXPECT_THROW((void)chosen(scenario_with(Selection::nominated, 3)), ContractViolation);
}

TEST(Selection, EveryUnitHasOneBeforeAnyHasTwo) {
  for (const int count : {3, 5, 7, 10, 13}) {
    const Organization o = chosen(scenario_with(Selection::every_unit, count));
    std::map<std::uint32_t, int> by_unit;
    for (std::uint32_t unit = 0; unit < o.units.size(); ++unit) by_unit[unit] = 0;
    for (const std::uint32_t clinician : supporters_of(o)) ++by_unit[o.unit_of[clinician]];
    const auto [least, most] =
        std::ranges::minmax_element(by_unit, {}, [](const auto& entry) { return entry.second; });
    EXPECT_LE(most->second - least->second, 1) << count;
  }
}

TEST(Selection, OneMoreJoinsThoseWhoWouldBeThereAnyway) {
  for (const Selection selection : {Selection::open, Selection::nominated, Selection::every_unit}) {
    const auto few = supporters_of(chosen(scenario_with(selection, 9), named));
    const auto more = supporters_of(chosen(scenario_with(selection, 10), named));
    EXPECT_TRUE(std::equal(few.begin(), few.end(), more.begin()));
    EXPECT_EQ(more.size(), 10U);
  }
}

TEST(Selection, LaterCohortsAreInvitedInTheSameOrder) {
  Scenario s = scenario_with(Selection::nominated, 1);
  s.supporters.recruitment.invited = 2;
  s.supporters.recruitment.interval_weeks = 26;
  const Organization o = chosen(s, named);
  std::map<std::uint32_t, std::uint32_t> by_rank;
  for (const SupporterEntry& entry : o.supporters) by_rank[entry.rank] = entry.clinician.value();
  ASSERT_GE(by_rank.size(), 3U);
  EXPECT_EQ(by_rank[0], 7U);
  EXPECT_EQ(by_rank[1], 3U);
  EXPECT_EQ(by_rank[2], 11U);
}

}  // namespace
}  // namespace peercap::peer_support
