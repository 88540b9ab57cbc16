#include <sstream>

#include <gmock/gmock.h>

#include "app/commands/estimate.h"
#include "app/studies/closed_form.h"
#include "sim/queueing/erlang.h"
#include "tests/app/studies/studies_test_files.h"

namespace peercap::app {
namespace {

using ::testing::HasSubstr;

class EstimateCommand : public testing::StudyFiles {
 protected:
  ExitCode run(const EstimateOptions& options) {
    out_.str("");
    err_.str("");
    return estimate(options, out_, err_);
  }
  std::ostringstream out_;
  std::ostringstream err_;
};

TEST_F(EstimateCommand, SaysLoadsWaitsNeedsAndAssumptions) {
  ASSERT_EQ(run({.file = PEERCAP_SOURCE_DIR "/configs/scenarios/community_hospital.yaml",
                 .load = {.targets = {"contact_within_target_share >= 95 %", "withdrawn_share <= 1 %",
                                      "trauma_low_share >= 80 %"}}}),
            ExitCode::done);
  for (const char* part :
       {"5,000 clinicians", "Erlang A", "Erlang C", "Erlang R", "Little's law", "square root",
        "out of reach with ever so many supporters", "no closed form knows this measure", "ASSUMED"})
    EXPECT_THAT(out_.str(), HasSubstr(part));
  std::istringstream lines{out_.str()};
  for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 80U) << line;
}

TEST_F(EstimateCommand, JsonForPrograms) {
  ASSERT_EQ(run({.file = testing::small_clinic(),
                 .load = {.targets = {"withdrawn_share <= 5 %"}},
                 .form = OutputForm::json}),
            ExitCode::done);
  EXPECT_THAT(out_.str(), HasSubstr("\"format\": \"peercap-estimate/1\""));
  EXPECT_THAT(out_.str(), HasSubstr("\"waiting_probability\""));
}

TEST_F(EstimateCommand, OfAPlainQueueIsErlangsFormula) {
  const Study study = load(PEERCAP_SOURCE_DIR "/tests/app/studies/erlang_c.yaml");
  const peer_support::StaffingLaw law{study.base};
  EXPECT_NEAR(law.estimate().open_cases, 4.0, 1e-12);
  for (const std::int64_t servers : {5, 7, 9}) {
    EXPECT_NEAR(law.waiting_probability(servers), queueing::erlang_c(servers, 4.0), 1e-12);
    const queueing::DelayQueue queue{{.arrival_rate = 4.0, .service_rate = 1.0, .servers = servers}};
    EXPECT_NEAR(law.contact_share(servers, minutes(30)), 1.0 - queue.wait_beyond(0.5), 1e-3);
  }
}

TEST_F(EstimateCommand, TheFewestSupportersMeetTheTargetAndOneFewerDoesNot) {
  const Study study = load(PEERCAP_SOURCE_DIR "/tests/app/studies/erlang_c.yaml",
                           {.targets = {"contact_within_target_share >= 95 %"}});
  const peer_support::StaffingLaw law{study.base};
  const auto fewest = closed_form_answer(law, study.base, study.targets[0]).supporters;
  ASSERT_TRUE(fewest.has_value());
  EXPECT_GE(law.contact_share(*fewest, minutes(30)), 0.95);
  EXPECT_LT(law.contact_share(*fewest - 1, minutes(30)), 0.95);
}

}  // namespace
}  // namespace peercap::app
