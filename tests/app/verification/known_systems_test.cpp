// The families of configs/verification: that each can be read, asks of scenarios that can be run, and states
// the figures of theory.

#include <algorithm>
#include <cmath>
#include <set>

#include <gtest/gtest.h>

#include "app/verification/verification_file.h"
#include "models/peer_support/scenario_yaml/load.h"
#include "tests/sim/queueing/reference_values.h"

namespace peercap::app {
namespace {

std::vector<VerificationFile> all_families() {
  Diagnostics diagnostics;
  std::vector<VerificationFile> families;
  for (const std::string& file :
       verification_files(PEERCAP_SOURCE_DIR "/configs/verification", diagnostics)) {
    auto family = read_verification(file, diagnostics);
    if (family) families.push_back(std::move(*family));
  }
  for (const Problem& problem : diagnostics.sorted())
    ADD_FAILURE() << problem.where.file << ":" << problem.where.line << ": " << problem.what;
  return families;
}

TEST(KnownSystems, StateTheFiguresOfTheory) {
  std::set<std::string> names;
  for (const VerificationFile& family : all_families())
    for (const KnownSystem& system : family.systems)
      for (const KnownQuantity& quantity : system.quantities) {
        names.insert(quantity.name);
        const auto* known =
            std::ranges::find(queueing::reference_values, quantity.name, &queueing::ReferenceValue::name);
        ASSERT_NE(known, std::end(queueing::reference_values)) << quantity.name;
        EXPECT_NEAR(quantity.value, known->value, 1e-12 * std::max(1.0, known->value)) << quantity.name;
      }
  EXPECT_GE(names.size(), 120U);
}

TEST(KnownSystems, AreScenariosThatCanBeRun) {
  for (const VerificationFile& family : all_families())
    for (const KnownSystem& system : family.systems) {
      Diagnostics diagnostics;
      EXPECT_TRUE(
          peer_support::load(family.scenario, {.overrides = system.overrides, .variant = {}}, diagnostics)
              .has_value())
          << family.name << "." << system.name;
      for (const Problem& problem : diagnostics.sorted())
        if (problem.severity == Severity::error) ADD_FAILURE() << system.name << ": " << problem.what;
    }
}

}  // namespace
}  // namespace peercap::app
