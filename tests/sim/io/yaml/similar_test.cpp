#include "sim/io/yaml/similar.h"

#include <gtest/gtest.h>

namespace peercap::yaml {
namespace {

TEST(EditDistance, CountsEveryKindOfSlip) {
  EXPECT_EQ(edit_distance("", "abc"), 3U);
  EXPECT_EQ(edit_distance("max_cases", "max_cases"), 0U);
  EXPECT_EQ(edit_distance("max_cses", "max_cases"), 1U);
  EXPECT_EQ(edit_distance("max_casess", "max_cases"), 1U);
  EXPECT_EQ(edit_distance("max_casas", "max_cases"), 1U);
  EXPECT_EQ(edit_distance("max_acses", "max_cases"), 1U);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
}

TEST(FindSimilar, ProposesWhatIsNearAndNothingElse) {
  const std::vector<std::string> names{"count", "protected_time", "session_length", "on", "off"};
  EXPECT_EQ(find_similar("cout", names), "count");
  EXPECT_EQ(find_similar("protected_tmie", names), "protected_time");
  EXPECT_EQ(find_similar("length", names), "session_length");
  EXPECT_EQ(find_similar("zebra", names), std::nullopt);
  EXPECT_EQ(find_similar("", names), std::nullopt);
  EXPECT_EQ(find_similar(std::string(10'000, 'c'), names), std::nullopt);
}

}  // namespace
}  // namespace peercap::yaml
