#include "app/studies/warm_up.h"

#include <gmock/gmock.h>

#include "app/studies/study_design.h"
#include "tests/app/studies/studies_test_files.h"

namespace peercap::app {
namespace {

using ::testing::HasSubstr;

class StudyWarmUp : public testing::StudyFiles {};

TEST_F(StudyWarmUp, IsTheScenariosUnlessTheStudySaysOtherwise) {
  Study study = load(write("measures: [asked_per_year]\n"));
  const SimDuration before = study.base.run.burn_in;
  std::string said;
  ASSERT_TRUE(settle_warm_up(study, {.threads = 2}, nullptr, said));
  EXPECT_EQ(study.base.run.burn_in, before);
  EXPECT_TRUE(said.empty());
}

TEST_F(StudyWarmUp, NoneBeginsOnTheFirstDay) {
  Study study = load(write("warm_up: none\npolicies: [{name: a}, {name: b, set: {supporters.count: 5}}]\n"));
  std::string said;
  ASSERT_TRUE(settle_warm_up(study, {.threads = 2}, nullptr, said));
  EXPECT_EQ(study.base.run.burn_in.ticks(), 0);
  EXPECT_EQ(study.policies[1].scenario.run.burn_in.ticks(), 0);
  EXPECT_THAT(said, HasSubstr("none"));
}

TEST_F(StudyWarmUp, Mser5FindsTheSameForAnyThreads) {
  const Study study = load(write("warm_up: mser5\n"));
  const auto one = find_warm_up(study.base, {.threads = 1}, nullptr);
  const auto two = find_warm_up(study.base, {.threads = 2}, nullptr);
  ASSERT_TRUE(one && two);
  EXPECT_EQ(one->weeks, two->weeks);
  EXPECT_EQ(one->course, two->course);
  EXPECT_TRUE(one->is_told) << one->course;
  EXPECT_GE(one->weeks, 1) << "a run begins without anybody in distress";
  EXPECT_LE(one->weeks, warm_up_weeks / 2);
}

class VariedVariants : public testing::StudyFiles {};

TEST_F(VariedVariants, AreScenariosOfTheirOwnWithWhatIsSetInAll) {
  const Study study =
      load(write("set: {supporters.protected_time: 1 h/week}\n"
                 "vary:\n  variant: [none, no_program]\n  supporters.count: [3, 5]\n"));
  const StudyDesign design{study};
  ASSERT_EQ(design.size(), 4U);
  EXPECT_EQ(design.point(0).base->program.enabled, peer_support::Switch::on);
  EXPECT_EQ(design.point(3).base->program.enabled, peer_support::Switch::off);
  EXPECT_EQ(design.point(3).base->supporters.protected_time.hours_per_week, 1.0);
  ASSERT_EQ(design.point(3).settings.size(), 1U);
  EXPECT_EQ(design.point(3).settings.front().second, "5");
}

}  // namespace
}  // namespace peercap::app
