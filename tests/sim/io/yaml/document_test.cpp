#include "sim/io/yaml/document.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace peercap::yaml {
namespace {

using testing::HasSubstr;

Node parse_good(const std::string& text) {
  Diagnostics diagnostics;
  auto root = parse_document(text, "file.yaml", diagnostics);
  EXPECT_TRUE(root.has_value());
  EXPECT_TRUE(diagnostics.empty());
  return root.value_or(Node{});
}

Problem parse_bad(const std::string& text) {
  Diagnostics diagnostics;
  (void)parse_document(text, "file.yaml", diagnostics);
  EXPECT_TRUE(diagnostics.has_errors()) << text;
  return diagnostics.empty() ? Problem{} : diagnostics.sorted().front();
}

TEST(Document, KeepsKindsOrderAndPlaces) {
  const Node root = parse_good("b: 1\na:\n  - x\n  - y: 'two'\n");
  ASSERT_EQ(root.entries.size(), 2U);
  EXPECT_EQ(root.entries[0].key, "b");
  EXPECT_EQ(root.entries[0].key_place, (Place{1, 1}));
  EXPECT_EQ(root.entries[0].value.place, (Place{1, 4}));
  EXPECT_EQ(root.entries[0].value.quoting, Quoting::plain);
  const Node& list = root.find("a")->value;
  ASSERT_EQ(list.kind, NodeKind::sequence);
  ASSERT_EQ(list.items.size(), 2U);
  EXPECT_EQ(list.items[0].text, "x");
  const Node& two = list.items[1].find("y")->value;
  EXPECT_EQ(two.text, "two");
  EXPECT_EQ(two.quoting, Quoting::quoted);
  EXPECT_EQ(two.place, (Place{4, 8}));
  EXPECT_EQ(root.find("c"), nullptr);
}

TEST(Document, TakesNoTextForANumberOrATruth) {
  const Node root = parse_good("a: no\nb: 012\nc: 2026-01-05\nd: on\n");
  EXPECT_EQ(root.find("a")->value.text, "no");
  EXPECT_EQ(root.find("b")->value.text, "012");
  EXPECT_EQ(root.find("c")->value.text, "2026-01-05");
  EXPECT_EQ(root.find("d")->value.text, "on");
}

TEST(Document, ColumnsCountCharactersNotBytes) {
  const Node root = parse_good("\xC3\xBC\xE2\x82\xAC: x\n");
  EXPECT_EQ(root.entries[0].value.place, (Place{1, 5}));
}

TEST(Document, AcceptsByteOrderMarkWindowsLineEndsAndDocumentStart) {
  const Node root = parse_good("\xEF\xBB\xBF---\r\na: 1\r\nb: 2\r\n");
  EXPECT_EQ(root.find("b")->value.text, "2");
  EXPECT_EQ(root.find("b")->key_place, (Place{3, 1}));
}

TEST(Document, AcceptsBlocksOfTextAndQuotesInside) {
  const Node root = parse_good(
      "a: |\n  it's \"open\n  two\nb: it's fine\nc: 'it''s'\nd: \"a \\\" b\"\n# it's a \"comment\n");
  EXPECT_EQ(root.find("a")->value.text, "it's \"open\ntwo\n");
  EXPECT_EQ(root.find("b")->value.text, "it's fine");
  EXPECT_EQ(root.find("c")->value.text, "it's");
  EXPECT_EQ(root.find("d")->value.text, "a \" b");
}

TEST(Document, AbsentValueStandsAtItsKey) {
  const Node root = parse_good("a:\n\nb: 1\n");
  EXPECT_EQ(root.find("a")->value.kind, NodeKind::null);
  EXPECT_EQ(root.find("a")->value.place, (Place{1, 1}));
}

TEST(Document, ThirtyTwoLevelsAreReadAndOneMoreIsNot) {
  const auto nested = [](int levels) {
    return "a: " + std::string(static_cast<std::size_t>(levels), '[') +
           std::string(static_cast<std::size_t>(levels), ']') + "\n";
  };
  parse_good(nested(max_depth - 1));  // the mapping around them is a level too
  EXPECT_THAT(parse_bad(nested(max_depth)).what, HasSubstr("nested more than 32 levels deep"));
}

TEST(Document, DuplicateKeyKeepsTheFirstAndGoesOn) {
  Diagnostics diagnostics;
  const auto root = parse_document("a: 1\nb: {c: 2, c: 3}\na: [4]\n", "file.yaml", diagnostics);
  ASSERT_TRUE(root.has_value());
  EXPECT_EQ(diagnostics.error_count(), 2U);
  EXPECT_EQ(root->find("a")->value.text, "1");
  EXPECT_EQ(root->find("b")->value.find("c")->value.text, "2");
}

TEST(Document, AliasIsRefusedAndNeverFollowed) {
  Diagnostics diagnostics;
  const auto root = parse_document("a: &x [1]\nb: *x\n", "file.yaml", diagnostics);
  ASSERT_TRUE(root.has_value());
  EXPECT_EQ(diagnostics.error_count(), 2U);
  EXPECT_EQ(root->find("b")->value.kind, NodeKind::refused);
}

TEST(Document, QuoteThatSwallowsLinesIsFoundWhereItOpens) {
  const Problem problem = parse_bad("a: 1\nb: [\"one\", \"two]\nc: \"three\"\n");
  EXPECT_EQ(problem.where.line, 2);
  EXPECT_EQ(problem.where.column, 12);
  EXPECT_THAT(problem.what, HasSubstr("is not closed on its line"));
}

TEST(Document, BracketInTextIsNoList) {
  EXPECT_EQ(parse_good("a: see [1\n").find("a")->value.text, "see [1");
}

}  // namespace
}  // namespace peercap::yaml
