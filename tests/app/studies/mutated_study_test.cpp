// Shipped studies after accidents: problems are told, or a study comes out.

#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>

#include "tests/app/studies/studies_test_files.h"
#include "tests/mutated_text.h"
#include "tests/property.h"

namespace peercap::app {
namespace {

class MutatedStudy : public testing::StudyFiles, public ::testing::WithParamInterface<const char*> {};

TEST_P(MutatedStudy, IsReadOrItsProblemsAreTold) {
  // A study names its scenario relative to itself.
  const std::string shipped = PEERCAP_SOURCE_DIR "/configs/";
  std::filesystem::create_directories(folder_ / "studies");
  std::filesystem::copy(shipped + "scenarios", folder_ / "scenarios",
                        std::filesystem::copy_options::recursive);
  const std::string surge = "scenarios/pandemic_surge.yaml";
  std::ofstream{folder_ / surge} << peercap::testing::with_short_ramps(
      peercap::testing::text_of_file(shipped + surge));
  const std::string original = peercap::testing::text_of_file(shipped + "studies/" + GetParam() + ".yaml");
  const std::string path = (folder_ / "studies" / "study.yaml").string();
  int sound = 0;
  int broken = 0;
  peercap::testing::check_property(
      [&] {
        const std::string text = peercap::testing::mutated(original);
        RC_LOG() << text << '\n';
        std::ofstream{path, std::ios::binary} << text;
        Diagnostics diagnostics;
        const auto study = load_study(path, {}, diagnostics);
        RC_ASSERT(study.has_value() != diagnostics.has_errors());
        for (const Problem& problem : diagnostics.sorted()) RC_ASSERT(!problem.what.empty());
        ++(study ? sound : broken);
      },
      40);
  EXPECT_GT(sound, 1);
  EXPECT_GT(broken, 10);
}

INSTANTIATE_TEST_SUITE_P(Shipped, MutatedStudy,
                         ::testing::Values("assumptions_small_clinic", "calibrate_community_hospital",
                                           "early_or_mid_career", "pool_three_sites",
                                           "protected_time_against_supporters", "self_referral_or_outreach",
                                           "size_community_hospital", "surge_readiness",
                                           "sweep_small_clinic"),
                         [](const auto& test) { return std::string{test.param}; });

}  // namespace
}  // namespace peercap::app
