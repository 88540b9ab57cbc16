#include "tests/sim/queueing/reference_values.h"

#include <set>
#include <string>

#include <gtest/gtest.h>

namespace peercap::queueing {
namespace {

TEST(ReferenceValues, NamesAreUniqueAndValuesFinite) {
  std::set<std::string_view> names;
  for (const ReferenceValue& reference : reference_values) {
    EXPECT_TRUE(names.insert(reference.name).second) << reference.name;
    EXPECT_GE(reference.value, -1.0) << reference.name;
    EXPECT_LT(reference.value, 1e6) << reference.name;
  }
  EXPECT_GE(names.size(), 190U);
}

}  // namespace
}  // namespace peercap::queueing
