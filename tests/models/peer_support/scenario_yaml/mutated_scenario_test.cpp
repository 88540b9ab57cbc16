// Shipped scenarios after accidents: problems are told, or a scenario comes out that can be written and read.

#include <filesystem>
#include <string>

#include <gtest/gtest.h>

#include "models/peer_support/scenario_yaml/load.h"
#include "tests/models/peer_support/scenario_yaml/random_values.h"
#include "tests/models/peer_support/scenario_yaml/scenario_file.h"
#include "tests/mutated_text.h"
#include "tests/property.h"

namespace peercap::peer_support {
namespace {

const std::string shipped = PEERCAP_SOURCE_DIR "/configs/scenarios/";

class MutatedScenario : public ::testing::TestWithParam<const char*> {};

TEST_P(MutatedScenario, IsReadOrItsProblemsAreTold) {
  // Beside the files that it extends and the roster it names.
  const ScenarioFolder folder;
  std::string place;
  for (const auto& entry : std::filesystem::directory_iterator{shipped})
    if (entry.path().extension() == ".yaml" || entry.path().extension() == ".csv")
      place = folder.write(entry.path().filename().string(),
                           peercap::testing::text_of_file(entry.path().string()));
  place = std::filesystem::path{place}.parent_path() / (std::string{GetParam()} + ".yaml");
  const std::string original =
      peercap::testing::with_short_ramps(peercap::testing::text_of_file(shipped + GetParam() + ".yaml"));
  int sound = 0;
  int broken = 0;
  peercap::testing::check_property(
      [&] {
        const std::string text = peercap::testing::mutated(original);
        RC_LOG() << text << '\n';
        static_cast<void>(folder.write(std::string{GetParam()} + ".yaml", text));
        Diagnostics diagnostics;
        const auto loaded = load(place, {}, diagnostics);
        RC_ASSERT(loaded.has_value() != diagnostics.has_errors());
        for (const Problem& problem : diagnostics.sorted()) RC_ASSERT(!problem.what.empty());
        ++(loaded ? sound : broken);
        if (!loaded) return;
        Diagnostics again;
        const auto read = load(folder.write("written.yaml", loaded->resolved_text), {}, again);
        RC_ASSERT(read.has_value());
        RC_ASSERT(testing::exact_values(read->scenario) == testing::exact_values(loaded->scenario));
      },
      60);
  // Accidents that all are refused, or none, would test half of what they should.
  EXPECT_GT(sound, 1);
  EXPECT_GT(broken, 15);
}

INSTANTIATE_TEST_SUITE_P(Shipped, MutatedScenario,
                         ::testing::Values("small_clinic", "community_hospital", "pandemic_surge",
                                           "roster_import", "no_program"),
                         [](const auto& test) { return std::string{test.param}; });

}  // namespace
}  // namespace peercap::peer_support
