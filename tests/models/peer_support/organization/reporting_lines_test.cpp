#include "models/peer_support/organization/reporting_lines.h"

#include <algorithm>
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "tests/models/peer_support/world.h"

namespace peercap::peer_support {
namespace {

using testing::organization_of;
using testing::plain_scenario;

TEST(ReportingLines, AUnitHasOneManagerAndADepartmentOneHead) {
  Scenario s = plain_scenario(5, 9, 0);
  s.organization.sites[0].departments.push_back(s.organization.sites[0].departments[0]);
  s.organization.sites[0].departments[1].name = "icu";
  const Organization o = organization_of(s);
  std::map<std::uint32_t, std::set<std::uint32_t>> above_units;  // department -> to whom its managers report
  int heads = 0;
  for (const Unit& unit : o.units) {
    std::map<std::uint32_t, int> managers;
    for (std::uint32_t i = unit.first_clinician; i < unit.first_clinician + unit.size; ++i) {
      const std::uint32_t above = o.reports_to[i];
      if (above != nobody && o.unit_of[above] == o.unit_of[i]) {
        ++managers[above];
        continue;
      }
      if (above == nobody)
        ++heads;
      else
        above_units[unit.department].insert(above);
      EXPECT_NE(o.stages[i], 0);  // nobody early in the career, as long as there is somebody else
    }
    ASSERT_EQ(managers.size(), 1U);
    EXPECT_EQ(managers.begin()->second, 8);
  }
  EXPECT_EQ(heads, 2);
  ASSERT_EQ(above_units.size(), 2U);
  for (const auto& [department, above] : above_units) {
    ASSERT_EQ(above.size(), 1U);
    EXPECT_EQ(o.reports_to[*above.begin()], nobody);
    EXPECT_EQ(o.unit_of[*above.begin()], department * 5);  // the manager of the first unit
  }
}

TEST(ReportingLines, AuthorityReachesOverLevelsButNotAcross) {
  const Organization o = organization_of(plain_scenario(2, 6, 0));
  const auto find = [&](std::uint32_t unit, bool is_manager) {
    for (std::uint32_t i = o.units[unit].first_clinician;; ++i) {
      const bool inside = o.reports_to[i] != nobody && o.unit_of[o.reports_to[i]] == unit;
      if (inside != is_manager) return ClinicianId{i};
    }
  };
  const ClinicianId head = find(0, true);
  const ClinicianId manager = find(1, true);
  const ClinicianId member = find(1, false);
  const ClinicianId other = find(0, false);
  EXPECT_TRUE(in_line_of_authority(o, member, manager));
  EXPECT_TRUE(in_line_of_authority(o, head, member));  // two levels up
  EXPECT_TRUE(in_line_of_authority(o, member, head));
  EXPECT_FALSE(in_line_of_authority(o, other, manager));
  EXPECT_FALSE(in_line_of_authority(o, other, member));
}

TEST(ReportingLines, AUnitOfBeginnersHasAManagerToo) {
  Scenario s = plain_scenario(1, 4, 0);
  s.organization.career_stages[1].share = 0;
  s.organization.career_stages[2].share = 0;
  const Organization o = organization_of(s);
  EXPECT_EQ(std::ranges::count(o.reports_to, nobody), 1);
}

TEST(ReportingLines, OneMoreUnitLeavesThemAsTheyWere) {
  const Organization before = organization_of(plain_scenario(3, 7, 0));
  const Organization after = organization_of(plain_scenario(4, 7, 0));
  for (std::size_t i = 0; i < before.clinician_count(); ++i)
    EXPECT_EQ(after.reports_to[i], before.reports_to[i]);
}

}  // namespace
}  // namespace peercap::peer_support
