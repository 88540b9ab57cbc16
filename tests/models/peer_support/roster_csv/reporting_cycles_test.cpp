#include "models/peer_support/roster_csv/reporting_cycles.h"

#include <cstdint>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "models/peer_support/scenario/roster.h"

namespace peercap::peer_support {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(ReportingCycles, ATreeHasNone) {
  EXPECT_THAT(find_reporting_cycles({}), IsEmpty());
  EXPECT_THAT(find_reporting_cycles({nobody, 0, 0, 1, nobody, 4}), IsEmpty());
}

TEST(ReportingCycles, AreListedUpwardFromTheirFirstPerson) {
  // 0 -> 3 -> 1 -> 3: those below a circle are no part of it.
  EXPECT_THAT(find_reporting_cycles({3, 3, nobody, 1}), ElementsAre(ElementsAre(1, 3)));
  EXPECT_THAT(find_reporting_cycles({4, 2, 1, nobody, 5, 0}),
              ElementsAre(ElementsAre(0, 4, 5), ElementsAre(1, 2)));
}

TEST(ReportingCycles, AVeryLongChainIsNoProblem) {
  std::vector<std::uint32_t> managers(300'000);
  for (std::uint32_t i = 0; i < managers.size(); ++i) managers[i] = i + 1;
  managers.back() = nobody;
  EXPECT_THAT(find_reporting_cycles(managers), IsEmpty());
  managers.back() = 0;
  const auto cycles = find_reporting_cycles(managers);
  ASSERT_EQ(cycles.size(), 1U);
  EXPECT_EQ(cycles[0].size(), managers.size());
}

}  // namespace
}  // namespace peercap::peer_support
