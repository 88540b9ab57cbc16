#include <fstream>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/commands/evidence.h"
#include "models/peer_support/scenario_yaml/assumptions.h"
#include "models/peer_support/scenario_yaml/catalogue.h"

namespace peercap::app {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

struct Answer {
  ExitCode code;
  std::string out;
  std::string err;
};

Answer ask(const EvidenceOptions& options) {
  std::ostringstream out;
  std::ostringstream err;
  const ExitCode code = evidence(options, out, err);
  return {code, out.str(), err.str()};
}

const std::string clinic = PEERCAP_SOURCE_DIR "/configs/scenarios/small_clinic.yaml";

std::vector<std::string> assumed_paths(const std::vector<std::string>& overrides = {}) {
  Diagnostics diagnostics;
  const auto loaded = peer_support::load(clinic, {.overrides = overrides, .variant = {}}, diagnostics);
  std::vector<std::string> paths;
  if (!loaded) return paths;
  for (const auto& assumption : peer_support::assumptions_of(*loaded)) paths.push_back(assumption.path);
  return paths;
}

TEST(EvidenceCommand, CountsTheDefaultsByGrade) {
  const auto answer = ask({});
  EXPECT_EQ(answer.code, ExitCode::done);
  const auto assumed =
      std::ranges::count(peer_support::catalogue(), Grade::assumed, &peer_support::CatalogueEntry::grade);
  EXPECT_THAT(answer.out, HasSubstr("assumed    " + std::to_string(assumed)));
  EXPECT_THAT(answer.out, HasSubstr("published figures"));
}

TEST(EvidenceCommand, PrintsTheFigureBehindAParameter) {
  const auto answer = ask({.topic = "case_rules.max_sessions"});
  EXPECT_EQ(answer.code, ExitCode::done);
  EXPECT_THAT(answer.out, HasSubstr("measured: a published figure"));
  EXPECT_THAT(answer.out, HasSubstr("shanafelt2022.sessions"));
  EXPECT_THAT(answer.out, HasSubstr("doi:10.1016/j.jcjq.2022.05.001"));
  // The last part is enough, as is a group; what was assumed says so.
  EXPECT_EQ(ask({.topic = "max_sessions"}).out, answer.out);
  EXPECT_THAT(ask({.topic = "case_rules"}).out, HasSubstr("assumed: no figure was found"));
}

TEST(EvidenceCommand, PrintsAFigureWithWhatItStandsBehind) {
  const auto answer = ask({.topic = "lane2018.escalated"});
  EXPECT_THAT(answer.out, HasSubstr("16 (10.8 %)"));
  EXPECT_THAT(answer.out, HasSubstr("behind case_rules.early_referral, case_rules.unresolved_referral"));
}

TEST(EvidenceCommand, SuggestsWhatIsCalledAlike) {
  const auto answer = ask({.topic = "case_rules.max_sesions"});
  EXPECT_EQ(answer.code, ExitCode::usage);
  EXPECT_THAT(answer.err, HasSubstr("did you mean `case_rules.max_sessions`?"));
}

TEST(Assumptions, AreDefaultsWithoutAFigureThatAreInUse) {
  const auto paths = assumed_paths();
  EXPECT_THAT(paths, ::testing::Contains("case_rules.session_gap"));
  EXPECT_THAT(paths, Not(::testing::Contains("case_rules.session_length")));   // measured
  EXPECT_THAT(paths, Not(::testing::Contains("activation.embedded.hazard")));  // switched off
  EXPECT_THAT(paths, Not(::testing::Contains("activation.rounding.notice")));  // policy: none
  EXPECT_THAT(assumed_paths({"activation.rounding.policy=all"}),
              ::testing::Contains("activation.rounding.notice"));
  // Whoever gives a value of their own no longer leans on the default.
  EXPECT_THAT(assumed_paths({"case_rules.session_gap=3 days"}),
              Not(::testing::Contains("case_rules.session_gap")));
}

TEST(EvidenceCommand, ListsWhatAScenarioAssumes) {
  const auto answer = ask({.scenario = clinic});
  EXPECT_EQ(answer.code, ExitCode::done);
  EXPECT_THAT(answer.out, HasSubstr("small_clinic leans on " + std::to_string(assumed_paths().size()) +
                                    " assumed values"));
  EXPECT_THAT(answer.out, HasSubstr("case_rules.session_gap = 1 week\n"));
  const auto json = ask({.scenario = clinic, .form = OutputForm::json});
  EXPECT_THAT(json.out, HasSubstr("\"path\": \"case_rules.session_gap\""));
  EXPECT_EQ(ask({.scenario = "no such file"}).code, ExitCode::invalid_input);
}

TEST(EvidencePage, IsWhatTheProgramPrints) {
  std::ifstream file{PEERCAP_SOURCE_DIR "/docs/evidence.md"};
  std::ostringstream text;
  text << file.rdbuf();
  EXPECT_EQ(text.str(), ask({.as_page = true}).out)
      << "write it anew: peercap evidence --page > docs/evidence.md";
}

}  // namespace
}  // namespace peercap::app
