#include "models/peer_support/observation/invariants/violation.h"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/models/peer_support/world.h"

namespace peercap::peer_support {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(Violations, AreTheFirstInWhateverOrderTheyCame) {
  std::vector<std::int64_t> hours_of(30);
  for (std::size_t i = 0; i < hours_of.size(); ++i) hours_of[i] = static_cast<std::int64_t>(i);
  std::mt19937 bits{3};
  for (int round = 0; round < 5; ++round) {
    std::ranges::shuffle(hours_of, bits);
    ViolationList one;
    ViolationList other;
    for (const std::int64_t hour : hours_of)
      (hour % 3 == 0 ? one : other).add(SimTime{} + hours(hour), Party::clinician, 4, "is broken");
    one.absorb(other);
    EXPECT_EQ(one.count(), 30U);
    ASSERT_EQ(one.first().size(), ViolationList::most_shown);
    for (std::size_t i = 0; i < one.first().size(); ++i)
      EXPECT_EQ(one.first()[i].time, SimTime{} + hours(static_cast<std::int64_t>(i)));
  }
}

TEST(Violations, AreToldWithTimeAndWho) {
  const Organization organization = testing::organization_of(testing::plain_scenario(2, 5, 3));
  const SimTime monday = CivilDate::parse("2026-01-05")->midnight();
  ViolationList broken;
  broken.add(monday + hours(9) + minutes(30), Party::clinician, 7, "is in two sessions at once");
  broken.add(monday + days(1), Party::supporter, 1, "has too many cases");
  broken.add(monday + days(2), Party::unit, 1, "is silent");
  broken.add(monday + days(3), Party::site, 0, "miscounts");
  broken.add(monday + days(4), Party::destination, 2, "loses people");
  broken.add(monday + days(5), Party::run, 0, "does not end");
  const std::string text = InvariantViolation{broken, organization}.what();
  EXPECT_THAT(text, HasSubstr("6 violations of invariants"));
  EXPECT_THAT(text, HasSubstr("2026-01-05 09:30:00 clinician 7 of " + organization.unit_name(UnitId{1U}) +
                              ": is in two sessions at once"));
  EXPECT_THAT(text, HasSubstr("2026-01-06 00:00:00 supporter 1 of "));
  EXPECT_THAT(text, HasSubstr("unit " + organization.unit_name(UnitId{1U}) + ": is silent"));
  EXPECT_THAT(text, HasSubstr("site main: miscounts"));
  EXPECT_THAT(text, HasSubstr("destination 2: loses people"));
  EXPECT_THAT(text, HasSubstr("the run: does not end"));
  EXPECT_THAT(text, Not(HasSubstr(" more"))) << "all are shown";
}

}  // namespace
}  // namespace peercap::peer_support
