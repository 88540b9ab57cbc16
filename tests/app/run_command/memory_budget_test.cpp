#include "app/memory_budget.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "models/peer_support/memory_need.h"

namespace peercap::app {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(ParseSize, KnowsUnitsOfBothKinds) {
  EXPECT_EQ(parse_size("4 GB"), 4'000'000'000U);
  EXPECT_EQ(parse_size("512MB"), 512'000'000U);
  EXPECT_EQ(parse_size("1.5 GiB"), 1'610'612'736U);
  EXPECT_EQ(parse_size("2000 B"), 2000U);
}

TEST(ParseSize, RefusesWhatIsNoSize) {
  for (const char* text :
       {"", "4", "GB", "-1 GB", "0 GB", "nan GB", "inf GB", "1e30 TB", "4 gigabytes", "4 GB "})
    EXPECT_FALSE(parse_size(text)) << text;
}

TEST(SizeText, HasTwoDigits) {
  EXPECT_EQ(size_text(950), "950 B");
  EXPECT_EQ(size_text(3.24e9), "3.2 GB");
  EXPECT_EQ(size_text(42.4e6), "42 MB");
  EXPECT_EQ(size_text(999.7e6), "1.0 GB");
}

TEST(AvailableMemory, IsSomethingOnThisMachine) {
  const auto bytes = available_memory();
  ASSERT_TRUE(bytes);
  EXPECT_GT(*bytes, 10'000'000U);
}

peer_support::Scenario large_scenario() {
  peer_support::Scenario s;
  peer_support::Site site;
  site.name = "site";
  peer_support::Department department;
  department.name = "wards";
  department.units = 4000;
  department.unit_size = 25;
  site.departments = {department};
  s.organization.sites = {site};
  s.organization.network.enabled =
      peer_support::Switch::off;  // one department of 100,000 would have many ties
  s.run.replications = 8;
  return s;
}

TEST(MemoryRefusal, LetsPassWhatFits) {
  const peer_support::Rules rules{large_scenario()};
  EXPECT_FALSE(memory_refusal(rules, {.side_by_side = 4}, {.asked = 1'000'000'000}));
  EXPECT_FALSE(memory_refusal(rules, {.side_by_side = 4}, {.available = 1'000'000'000}));
  EXPECT_FALSE(memory_refusal(rules, {.side_by_side = 4}, {}));
}

TEST(MemoryRefusal, SaysWhatWouldFit) {
  const peer_support::Rules rules{large_scenario()};
  const double one = peer_support::estimate_memory(rules, {}).total();
  const double two = peer_support::estimate_memory(rules, {.side_by_side = 2}).total();
  const auto between = static_cast<std::uint64_t>((one + two) / 2);
  const auto refusal = memory_refusal(rules, {.side_by_side = 4}, {.asked = between});
  ASSERT_TRUE(refusal);
  EXPECT_THAT(*refusal, AllOf(HasSubstr("100000 clinicians, 4 at a time"), HasSubstr("(--memory)"),
                              HasSubstr("With --threads 1 it would take about " + size_text(one))));
}

TEST(MemoryRefusal, TheLowerOfTheTwoLimitsCounts) {
  const peer_support::Rules rules{large_scenario()};
  const auto by_machine = memory_refusal(rules, {}, {.asked = 1'000'000'000, .available = 12'000'000});
  ASSERT_TRUE(by_machine);
  EXPECT_THAT(*by_machine, AllOf(HasSubstr("This machine has 12 MB left"), HasSubstr("Fewer clinicians"),
                                 Not(HasSubstr("--threads"))));
}

}  // namespace
}  // namespace peercap::app
