#include "app/commands/validate_model.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "sim/io/yaml/document.h"

namespace peercap::app {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// A folder with one program: the small clinic, of which shares and differences are known beforehand.
class ValidateModelCommand : public ::testing::Test {
 protected:
  ValidateModelCommand()
      : folder_{std::filesystem::temp_directory_path() / ("validation_" + std::to_string(getpid()))} {
    std::filesystem::create_directories(folder_);
  }
  ~ValidateModelCommand() override { std::filesystem::remove_all(folder_); }

  void write(const std::string& figures, const std::string& more = "") {
    std::ofstream file{folder_ / "clinic.yaml"};
    file << "format: peercap-validation/1\nname: clinic\nabout: a clinic\nscenario: "
         << PEERCAP_SOURCE_DIR "/configs/scenarios/small_clinic.yaml\nreplications: 30\n"
         << more << "worlds:\n  usual: {}\n  no_program: {program.enabled: off}\nfigures:\n"
         << figures;
  }
  static std::string figure(const std::string& rest) {
    return "  - name: one\n    what: a figure\n    published: by somebody\n    evidence: "
           "lane2018.declined\n" +
           rest;
  }

  ExitCode run(ValidateModelOptions options = {}) {
    options.folder = folder_.string();
    options.run.request.threads = 1;
    out_.str("");
    err_.str("");
    return validate_model(options, out_, err_);
  }

  std::filesystem::path folder_;
  std::ostringstream out_;
  std::ostringstream err_;
};

TEST_F(ValidateModelCommand, TellsFittedFromPredictedAndWhatIsNotInside) {
  write(figure("    above: -1\n    below: 2\n    because: all shares\n    origin: fitted\n"
               "    measured: offers_declined_share\n") +
        "  - name: two\n    what: an impossible share\n    published: by nobody\n"
        "    evidence: lane2018.declined\n    above: 2\n    because: no share is\n"
        "    explained: shares are below one\n    measured: offers_declined_share\n");
  ASSERT_EQ(run(), ExitCode::done) << err_.str();
  EXPECT_THAT(out_.str(), HasSubstr("direction (1 of 1 inside)"));
  EXPECT_THAT(out_.str(), HasSubstr("fitted to it (0 of 1 inside)"));
  EXPECT_THAT(out_.str(), HasSubstr("why        shares are below one"));
  EXPECT_THAT(out_.str(), Not(HasSubstr("patterns inside")));
}

TEST_F(ValidateModelCommand, TakesWilsonsIntervalOfACount) {
  write(figure("    count: 17\n    of: 165\n    measured: 0.1\n"));
  ValidateModelOptions options;
  options.form = OutputForm::json;
  ASSERT_EQ(run(options), ExitCode::done) << err_.str();
  // Wilson's interval of 17 of 165: 6.53 to 15.88 %.
  EXPECT_THAT(out_.str(), HasSubstr("\"accepted_low\": 0.0653"));
  EXPECT_THAT(out_.str(), HasSubstr("\"accepted_high\": 0.1587"));
  EXPECT_THAT(out_.str(), HasSubstr("\"inside\": true"));
  Diagnostics diagnostics;
  EXPECT_TRUE(yaml::parse_document(out_.str(), "json", diagnostics).has_value());
}

// Without a program nobody is contacted, so that the difference is the usual world's own value.
TEST_F(ValidateModelCommand, ComparesWorldsByTheSameChance) {
  write(figure("    above: 0\n    because: contacts are made\n    direction: on\n    minus: no_program\n"
               "    measured: contacted_per_year\n") +
        "  - name: nothing\n    what: the same world less itself\n    published: arithmetic\n"
        "    evidence: lane2018.declined\n    above: 0\n    below: 0\n    because: nothing else is\n"
        "    minus: usual\n    measured: contacted_per_year\n");
  ASSERT_EQ(run(), ExitCode::done) << err_.str();
  EXPECT_THAT(out_.str(), HasSubstr("(2 of 2 inside)"));
}

TEST_F(ValidateModelCommand, HoldsAScenarioAgainstThePatternsWhereAsked) {
  write(figure("    above: 0\n    because: a count\n    measured: contacted_per_year\n"), "patterns: on\n");
  ASSERT_EQ(run(), ExitCode::done) << err_.str();
  EXPECT_THAT(out_.str(), HasSubstr(" of 10 patterns inside"));
  for (int pattern = 1; pattern <= 10; ++pattern)
    EXPECT_THAT(out_.str(), HasSubstr("  P" + std::to_string(pattern) + " "));
}

TEST_F(ValidateModelCommand, RefusesWhatItCannotReadAllAtOnce) {
  write(
      "  - name: one\n    what: a figure\n    published: by somebody\n    evidence: nobody2000.nothing\n"
      "    above: 0\n    world: elsewhere\n    origin: guessed\n    measured: no_such_measure\n"
      "    unknown: 3\n");
  EXPECT_EQ(run(), ExitCode::invalid_input);
  EXPECT_THAT(err_.str(), HasSubstr("there is no evidence `nobody2000.nothing`"));
  EXPECT_THAT(err_.str(), HasSubstr("there is no world `elsewhere`"));
  EXPECT_THAT(err_.str(), HasSubstr("`guessed` is no origin"));
  EXPECT_THAT(err_.str(), HasSubstr("there is no measure `no_such_measure`"));
  EXPECT_THAT(err_.str(), HasSubstr("`unknown` is no key here"));
  EXPECT_THAT(err_.str(), HasSubstr("need a `because`"));
}

TEST_F(ValidateModelCommand, RefusesCountsThatAreNone) {
  write(figure("    count: 17.5\n    of: 165\n    measured: 0.1\n"));
  EXPECT_EQ(run(), ExitCode::invalid_input);
  EXPECT_THAT(err_.str(), HasSubstr("must be whole numbers"));
  write(figure("    count: 17\n    of: 165\n    above: 0\n    measured: 0.1\n"));
  EXPECT_EQ(run(), ExitCode::invalid_input);
  EXPECT_THAT(err_.str(), HasSubstr("either a published `count`"));
}

TEST_F(ValidateModelCommand, NamesThePrograms) {
  write(figure("    above: 0\n    because: a count\n    measured: contacted_per_year\n"));
  EXPECT_EQ(run({.names = {"hospital"}}), ExitCode::invalid_input);
  EXPECT_THAT(err_.str(), HasSubstr("there is no program `hospital`"));
  EXPECT_THAT(err_.str(), HasSubstr("clinic"));
  std::filesystem::remove(folder_ / "clinic.yaml");
  EXPECT_EQ(run(), ExitCode::invalid_input);
  EXPECT_THAT(err_.str(), HasSubstr("there is no file of published programs"));
}

}  // namespace
}  // namespace peercap::app
