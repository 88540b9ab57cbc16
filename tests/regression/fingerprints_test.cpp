#include <algorithm>
#include <cctype>
#include <filesystem>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/regression/fingerprint.h"

// What shipped scenarios and studies give is what the table says. Where a change of results is meant,
// scripts/fingerprints.sh makes the table anew, and asks for the reason.

namespace peercap::testing {
namespace {

const std::filesystem::path table =
    std::filesystem::path{PEERCAP_SOURCE_DIR} / "tests/regression/fingerprints.csv";

class FingerprintTest : public ::testing::TestWithParam<Fingerprint> {};

TEST_P(FingerprintTest, IsThatOfTheTable) {
  EXPECT_EQ(compute_digest(GetParam()), GetParam().digest)
      << GetParam().command << " " << GetParam().file
      << " gives other results than before. Where that is meant: scripts/fingerprints.sh --reason WHY";
}

INSTANTIATE_TEST_SUITE_P(Table, FingerprintTest, ::testing::ValuesIn(read_fingerprints(table)),
                         [](const auto& row) {
                           std::string name = row.param.command + "_" + row.param.file;
                           std::ranges::replace_if(
                               name, [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; },
                               '_');
                           return name;
                         });

TEST(FingerprintTable, HasEveryShippedScenarioAndVariant) {
  std::vector<std::string> files;
  for (const Fingerprint& fingerprint : read_fingerprints(table)) files.push_back(fingerprint.file);
  EXPECT_THAT(files, ::testing::IsSupersetOf(shipped_scenarios()));
}

// Else the test would pass whatever the model does.
TEST(FingerprintTable, AnotherSeedOrHorizonGivesAnotherDigest) {
  Fingerprint fingerprint{"run", "scenarios/small_clinic.yaml", "7", "12 weeks", "4 weeks", "1", ""};
  const std::string digest = compute_digest(fingerprint);
  EXPECT_EQ(compute_digest(fingerprint), digest);
  Fingerprint other = fingerprint;
  other.seed = "8";
  EXPECT_NE(compute_digest(other), digest);
  other = fingerprint;
  other.horizon = "13 weeks";
  EXPECT_NE(compute_digest(other), digest);
}

}  // namespace
}  // namespace peercap::testing
