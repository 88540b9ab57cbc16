// The files of configs/validation: that each can be read, and asks of scenarios that can be run.

#include <set>

#include <gtest/gtest.h>

#include "app/validation/validation_file.h"
#include "app/verification/mapping_reader.h"
#include "models/peer_support/scenario_yaml/load.h"

namespace peercap::app {
namespace {

std::vector<ValidationFile> all_programs() {
  Diagnostics diagnostics;
  std::vector<ValidationFile> programs;
  for (const std::string& file :
       yaml_files_of(PEERCAP_SOURCE_DIR "/configs/validation", "programs", "", diagnostics)) {
    auto program = read_validation(file, diagnostics);
    if (program) programs.push_back(std::move(*program));
  }
  for (const Problem& problem : diagnostics.sorted())
    ADD_FAILURE() << problem.where.file << ":" << problem.where.line << ": " << problem.what;
  return programs;
}

TEST(PublishedPrograms, AreScenariosThatCanBeRun) {
  int with_patterns = 0;
  for (const ValidationFile& program : all_programs()) {
    with_patterns += program.has_patterns;
    for (const ProgramWorld& world : program.worlds) {
      Diagnostics diagnostics;
      EXPECT_TRUE(
          peer_support::load(program.scenario, {.overrides = world.overrides, .variant = {}}, diagnostics)
              .has_value())
          << program.name << "." << world.name;
      for (const Problem& problem : diagnostics.sorted())
        if (problem.severity == Severity::error) ADD_FAILURE() << world.name << ": " << problem.what;
    }
  }
  EXPECT_EQ(with_patterns, 1);
}

TEST(PublishedPrograms, NameTheirEvidenceAndEachFigureOnce) {
  std::set<std::string> names;
  for (const ValidationFile& program : all_programs())
    for (const PublishedFigure& figure : program.figures) {
      EXPECT_FALSE(figure.evidence.empty()) << figure.name;
      EXPECT_LT(figure.accepted.low, figure.accepted.high) << figure.name;
      EXPECT_TRUE(names.insert(program.name + "." + figure.name).second) << figure.name;
    }
  EXPECT_GE(names.size(), 20U);
}

}  // namespace
}  // namespace peercap::app
