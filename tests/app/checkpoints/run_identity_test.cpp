#include "app/checkpoints/run_identity.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/command_line.h"

namespace peercap::app {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

RunIdentity identity_with(const std::vector<std::string>& overrides) {
  Diagnostics diagnostics;
  const auto loaded = peer_support::load(PEERCAP_SOURCE_DIR "/configs/scenarios/small_clinic.yaml",
                                         {.overrides = overrides, .variant = {}}, diagnostics);
  if (!loaded) throw std::runtime_error("the scenario of the test has an error");
  return identity_of(*loaded);
}

TEST(RunIdentity, IsThatOfEqualScenarios) {
  EXPECT_EQ(identity_with({}).digest(), identity_with({}).digest());
  EXPECT_THAT(differences(identity_with({}), identity_with({})), IsEmpty());
}

TEST(RunIdentity, LeavesOutTheNumberOfReplications) {
  const RunIdentity few = identity_with({"run.replications=3"});
  const RunIdentity many = identity_with({"run.replications=5"});
  EXPECT_EQ(few.digest(), many.digest());
  EXPECT_THAT(differences(few, many), IsEmpty());
  EXPECT_THAT(differences(many, few),
              ElementsAre("run.replications is 5 there and only 3 here (more are possible)"));
}

TEST(RunIdentity, NamesWhatDiffers) {
  const RunIdentity one = identity_with({});
  const RunIdentity other = identity_with({"run.seed=7", "supporters.count=5"});
  EXPECT_NE(one.digest(), other.digest());
  EXPECT_THAT(differences(one, other),
              ElementsAre("run.seed is 20260105 there and 7 here", "supporters.count is 4 there and 5 here"));
  RunIdentity later = one;
  later.program = "peercap 9.9.9 (git 1234)";
  EXPECT_NE(one.digest(), later.digest());
  EXPECT_THAT(differences(one, later),
              ElementsAre("the program is " + one.program + " there and peercap 9.9.9 (git 1234) here"));
}

TEST(RunIdentity, KnowsWhatIsChecked) {
  const RunIdentity without = identity_with({});
  RunIdentity with = without;
  with.is_checked = true;
  EXPECT_NE(with.digest(), without.digest());
  EXPECT_THAT(differences(with, without),
              ElementsAre("the run is made with --check there and without it here"));
  EXPECT_THAT(differences(without, with),
              ElementsAre("the run is made without --check there and with it here"));
}

TEST(RunIdentity, NamesWhereItemsOfListsDiffer) {
  const auto reasons =
      differences(identity_with({}), identity_with({"organization.sites[clinic].departments[ward].units=4"}));
  ASSERT_EQ(reasons.size(), 1u);
  EXPECT_THAT(reasons[0], ::testing::HasSubstr("units is 3 there and 4 here"));
}

TEST(RunIdentity, NamesFiveDifferencesAndCountsTheRest) {
  const auto reasons = differences(
      identity_with({}), identity_with({"run.seed=7", "supporters.count=5", "case_rules.max_sessions=4",
                                        "case_rules.effect_fast=0.2", "case_rules.session_length=40 min",
                                        "program.coordinator_hours=3 h/week", "run.horizon=40 weeks"}));
  ASSERT_EQ(reasons.size(), 6u);
  EXPECT_EQ(reasons[5], "and 2 more");
}

TEST(CommandWith, PutsOneFlagInThePlaceOfAnother) {
  EXPECT_EQ(command_with("peercap run a.yaml --out b.h5", "--resume", "b.h5"),
            "peercap run a.yaml --out b.h5 --resume");
  EXPECT_EQ(command_with("peercap run a.yaml --resume --out b.h5", "--discard-partial", "b.h5"),
            "peercap run a.yaml --out b.h5 --discard-partial");
  EXPECT_EQ(command_with("peercap run a.yaml --discard-partial -o b.h5", "--resume", "b.h5"),
            "peercap run a.yaml -o b.h5 --resume");
  EXPECT_EQ(command_with("peercap run a.yaml", "--resume", "./a clinic-001.h5"),
            "peercap run a.yaml --out 'a clinic-001.h5' --resume");
  EXPECT_EQ(command_with("peercap run --resume-a.yaml", "", "x.h5"),
            "peercap run --resume-a.yaml --out x.h5");
}

TEST(ShellWord, QuotesWhatAShellWouldTakeApart) {
  EXPECT_EQ(shell_word("plain-word.yaml"), "plain-word.yaml");
  EXPECT_EQ(shell_word("run.horizon=8 weeks"), "'run.horizon=8 weeks'");
  EXPECT_EQ(shell_word("it's"), "'it'\\''s'");
  EXPECT_EQ(shell_word(""), "''");
}

}  // namespace
}  // namespace peercap::app
