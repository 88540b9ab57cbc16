#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/commands/presets.h"
#include "app/presets/preset_library.h"
#include "models/peer_support/scenario_yaml/load.h"
#include "sim/io/yaml/diagnostic_renderer.h"

namespace peercap::app {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;

struct Answer {
  ExitCode code;
  std::string out;
  std::string err;
};

Answer ask(const std::string& name, OutputForm form = OutputForm::text) {
  std::ostringstream out;
  std::ostringstream err;
  const ExitCode code = presets(name, form, out, err);
  return {code, out.str(), err.str()};
}

Answer write_new(const fs::path& file, const std::string& preset) {
  std::ostringstream out;
  std::ostringstream err;
  const ExitCode code = new_scenario(file.string(), preset, out, err);
  return {code, out.str(), err.str()};
}

std::string text_of(const fs::path& file) {
  std::ifstream in{file, std::ios::binary};
  return {std::istreambuf_iterator<char>{in}, {}};
}

class NewScenario : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
    folder_ = fs::path{::testing::TempDir()} / (std::string{"new_scenario_"} + test->name());
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  fs::path folder_;
};

TEST(Presets, AreNineProgramsAndThreeExamplesWithADescription) {
  EXPECT_EQ(program_presets().size(), 9U);
  EXPECT_EQ(example_presets().size(), 3U);
  const Answer answer = ask("");
  EXPECT_EQ(answer.code, ExitCode::done);
  for (const auto all : {program_presets(), example_presets()})
    for (const Preset& preset : all) {
      EXPECT_GT(description_of(preset).size(), 20U) << preset.name;
      EXPECT_THAT(answer.out, HasSubstr(preset.name));
      EXPECT_THAT(answer.out, HasSubstr(description_of(preset)));
    }
}

TEST(Presets, AreTheFilesOfTheTree) {
  for (const Preset& preset : program_presets())
    EXPECT_EQ(preset.text, text_of(fs::path{PEERCAP_SOURCE_DIR} / "configs/presets" /
                                   (std::string{preset.name} + ".yaml")));
}

TEST(Presets, EachHasAPageOfOneScreen) {
  for (const Preset& preset : program_presets()) {
    const std::string page =
        text_of(fs::path{PEERCAP_SOURCE_DIR} / "docs/presets" / (std::string{preset.name} + ".md"));
    EXPECT_GT(page.size(), 500U) << preset.name;
    EXPECT_LE(std::ranges::count(page, '\n'), 50) << preset.name;
    EXPECT_THAT(page, HasSubstr("What is published")) << preset.name;
    EXPECT_THAT(page, HasSubstr("What the run gives")) << preset.name;
  }
}

TEST(Presets, OneIsPrintedAsAFileOfItsOwn) {
  const Answer answer = ask("brigham");
  EXPECT_EQ(answer.code, ExitCode::done);
  EXPECT_THAT(answer.out, HasSubstr("name: brigham"));
  EXPECT_THAT(answer.out, Not(HasSubstr("yaml-language-server")));
  EXPECT_TRUE(answer.out.starts_with("# "));
}

TEST(Presets, AnUnknownNameIsAnsweredByTheOneThatWasMeant) {
  const Answer answer = ask("johns_hopkins");
  EXPECT_EQ(answer.code, ExitCode::usage);
  EXPECT_TRUE(answer.out.empty());
  EXPECT_THAT(answer.err, HasSubstr("did you mean `johns_hopkins_rise`?"));
  EXPECT_THAT(ask("zzzzzzzzzz").err, Not(HasSubstr("did you mean")));
}

TEST(Presets, AsJsonEachHasItsKind) {
  const std::string list = ask("", OutputForm::json).out;
  EXPECT_THAT(list, HasSubstr(R"("name": "brigham")"));
  EXPECT_THAT(list, HasSubstr(R"("kind": "example")"));
}

TEST_F(NewScenario, OfEachPresetIsValidAnywhere) {
  for (const auto all : {program_presets(), example_presets()})
    for (const Preset& preset : all) {
      const fs::path file = folder_ / (std::string{preset.name} + ".yaml");
      const Answer answer = write_new(file, std::string{preset.name});
      EXPECT_EQ(answer.code, ExitCode::done) << answer.err;
      EXPECT_THAT(answer.out, HasSubstr("peercap run " + file.string()));
      Diagnostics diagnostics;
      EXPECT_TRUE(peer_support::load(file.string(), {}, diagnostics).has_value());
      yaml::SourceLines sources;
      EXPECT_EQ(yaml::render(diagnostics, sources, yaml::Color::never), "") << preset.name;
    }
}

TEST_F(NewScenario, NeverOverwrites) {
  const fs::path file = folder_ / "mine.yaml";
  std::ofstream{file} << "what I wrote\n";
  const Answer answer = write_new(file, "brigham");
  EXPECT_EQ(answer.code, ExitCode::input_output);
  EXPECT_THAT(answer.err, HasSubstr("mine.yaml"));
  EXPECT_EQ(text_of(file), "what I wrote\n");
}

TEST_F(NewScenario, OfAnUnknownPresetWritesNothing) {
  EXPECT_EQ(write_new(folder_ / "mine.yaml", "nothing").code, ExitCode::usage);
  EXPECT_TRUE(fs::is_empty(folder_));
}

}  // namespace
}  // namespace peercap::app
