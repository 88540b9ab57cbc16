#include "models/peer_support/scenario_yaml/evidence.h"

#include <fstream>
#include <sstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "models/peer_support/scenario_yaml/embedded_evidence.h"

namespace peercap::peer_support {
namespace {

using testing::HasSubstr;

TEST(Evidence, TheFileIsBuiltIntoTheProgram) {
  std::ifstream in{PEERCAP_SOURCE_DIR "/configs/evidence.yaml"};
  std::stringstream text;
  text << in.rdbuf();
  EXPECT_EQ(embedded_evidence_text(), text.str());
  EXPECT_GE(built_in_evidence().size(), 50U);
}

TEST(Evidence, IsFoundByKey) {
  const EvidenceEntry* entry = find_evidence("lane2018.escalated");
  ASSERT_NE(entry, nullptr);
  EXPECT_EQ(entry->value, "16 (10.8 %)");
  EXPECT_EQ(entry->confidence, Confidence::abstract);
  EXPECT_EQ(find_evidence("lane2018.nothing"), nullptr);
  EXPECT_EQ(find_evidence(""), nullptr);
}

std::string first_problem(const std::string& entries) {
  Diagnostics diagnostics;
  EXPECT_FALSE(
      parse_evidence("format: peercap-evidence/1\nevidence:\n" + entries, "e.yaml", diagnostics).has_value());
  return diagnostics.empty() ? "" : diagnostics.sorted().front().what;
}

TEST(Evidence, ReaderIsStrict) {
  const std::string good = "  - {key: a.b, citation: X 2020, quantity: q, value: v, confidence: abstract}\n";
  Diagnostics diagnostics;
  EXPECT_TRUE(
      parse_evidence("format: peercap-evidence/1\nevidence:\n" + good, "e.yaml", diagnostics).has_value());
  EXPECT_THAT(first_problem(good + good), HasSubstr("duplicate key `a.b`"));
  EXPECT_THAT(first_problem("  - {key: a.b, citation: X, quantity: q, value: v}\n"),
              HasSubstr("`confidence` is missing"));
  EXPECT_THAT(first_problem("  - {key: a.b, quantity: q, value: v, confidence: abstract}\n"),
              HasSubstr("`citation` is missing"));
  EXPECT_THAT(first_problem("  - {key: a.b, citation: X, quantity: q, value: v, confidence: sure}\n"),
              HasSubstr("`sure` is not one of"));
  EXPECT_THAT(
      first_problem("  - {key: a.b, citation: X, quantity: q, value: v, confidence: abstract, n: 3}\n"),
      HasSubstr("unknown key `n`"));
  EXPECT_THAT(first_problem("  - text\n"), HasSubstr("must be a mapping"));
}

}  // namespace
}  // namespace peercap::peer_support
