#include "sim/observe/result_content.h"

#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/observe/content_digest.h"

namespace peercap {
namespace {

ResultContent make_small_content() {
  ResultContent content;
  content.file_type = "peercap-test";
  content.groups.push_back(
      {.path = "/summary",
       .description = "One row a measure",
       .shape = GroupShape::table,
       .dimensions = {{"row", "1", "row", std::vector<std::int64_t>{0, 1}}},
       .variables = {column("mean", "h", "mean", "The mean", std::vector<double>{0.5, -0.0}),
                     column("measure", "", "measure", "Which", std::vector<std::string>{"wait", "load"})}});
  return content;
}

TEST(ResultContent, ColumnsRunAlongRows) {
  const ResultVariable variable =
      column("wait", "h", "waiting", "Time until contact", std::vector<double>{1, 2, 3});
  EXPECT_THAT(variable.dimensions, testing::ElementsAre("row"));
  EXPECT_EQ(variable.unit, "h");
  EXPECT_EQ(variable.description, "Time until contact");
  EXPECT_EQ(value_count(variable.values), 3U);
}

TEST(ResultContent, CountsValuesOfEachType) {
  EXPECT_EQ(value_count(std::vector<double>(4)), 4U);
  EXPECT_EQ(value_count(std::vector<std::int64_t>(5)), 5U);
  EXPECT_EQ(value_count(std::vector<std::string>{"a", "b"}), 2U);
  EXPECT_EQ(value_count(std::vector<std::string>{}), 0U);
}

// The padding of SHA-256 changes its form where 8 bytes of length no longer fit; digests by Python's hashlib.
TEST(Sha256, PadsCorrectlyAroundTheEndOfABlock) {
  const std::pair<std::size_t, std::string> expected[] = {
      {1, "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"},
      {55, "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318"},
      {56, "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a"},
      {63, "7d3e74a05d7db15bce4ad9ec0658ea98e3f06eeecf16b4c6fff2da457ddc2f34"},
      {64, "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"},
      {65, "635361c48bb9eab14198e76ea8ab7f1a41685d6ad62aa9146d301d4f17eb0ae0"},
      {119, "31eba51c313a5c08226adf18d4a359cfdfd8d2e816b13f4af952f7ea6584dcfb"},
      {120, "2f3d335432c70b580af0e8e1b3674a7c020d683aa5f73aaaedfdc55af904c21c"},
      {128, "6836cf13bac400e9105071cd6af47084dfacad4e5e302c94bfed24e013afb73e"}};
  for (const auto& [length, digest] : expected) EXPECT_EQ(sha256(std::string(length, 'a')), digest) << length;
}

// Files carry digests: those of former versions must stay comparable. Whoever changes the digest on purpose
// raises the file format's version and this value together.
TEST(ContentDigest, KeepsItsValueFromVersionToVersion) {
  EXPECT_EQ(content_digest(make_small_content()),
            "92cd002eeb88ab1200f9c4b525103086902b3c2f9883f9f228b596148cea3287");
}

TEST(ContentDigest, TellsTheSignOfZeroAndTheTypeOfNumbers) {
  const std::string before = content_digest(make_small_content());
  ResultContent positive_zero = make_small_content();
  positive_zero.groups[0].variables[0].values = std::vector<double>{0.5, 0.0};
  EXPECT_NE(content_digest(positive_zero), before);
  ResultContent integers = make_small_content();
  integers.groups[0].dimensions[0].labels = std::vector<double>{0, 1};
  EXPECT_NE(content_digest(integers), before);
}

}  // namespace
}  // namespace peercap
