// Figures that do not add up, or are none: every one is found and named.

#include "models/peer_support/observation/invariants/figures.h"

#include <functional>
#include <limits>
#include <ostream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/models/peer_support/world.h"

namespace peercap::peer_support {
namespace {

using ::testing::HasSubstr;

class Figures : public ::testing::Test {
 protected:
  [[nodiscard]] std::string broken_record() const {
    return text([&](const CheckedRun& run, auto& broken) { judge_record(run, run_.outcome.record, broken); });
  }
  [[nodiscard]] std::string broken_measures() const {
    return text([&](const CheckedRun& run, auto& broken) {
      judge_measures(run, run_.outcome.measures, run_.outcome.series, broken);
    });
  }
  double& measure(Measure m) { return run_.outcome.measures[static_cast<std::size_t>(m)]; }

  testing::ObservedRun run_ = testing::run_observed(testing::busy_scenario(4, 10, 6));

 private:
  template <class Judge>
  [[nodiscard]] std::string text(Judge judge) const {
    const RandomSource random{run_.rules->scenario.run.seed, 0};
    ViolationList broken;
    judge({*run_.rules, run_.organization, random}, broken);
    std::string all;
    for (const Violation& violation : broken.first()) all += violation.what + "\n";
    return all;
  }
};

TEST_F(Figures, OfARunAddUp) {
  EXPECT_EQ(broken_record(), "");
  EXPECT_EQ(broken_measures(), "");
}

TEST_F(Figures, ThatDoNotAddUpAreNamed) {
  using Break = std::function<void(RunRecord&)>;
  const std::vector<std::pair<const char*, Break>> breaks = {
      {"ends of episodes", [](RunRecord& r) { ++r.counts.episodes_open; }},
      {"episodes of units", [](RunRecord& r) { ++r.units[1].episodes; }},
      {"exposures of units", [](RunRecord& r) { ++r.units[1].exposures; }},
      {"events of units", [](RunRecord& r) { ++r.units[1].clinical_events; }},
      {"ends of requests", [](RunRecord& r) { ++r.counts.ended[0][1]; }},
      {"first contacts do", [](RunRecord& r) { r.contact_waits.push_back(1); }},
      {"sessions by number", [](RunRecord& r) { ++r.counts.sessions_by_number[0]; }},
      {"sessions of supporters", [](RunRecord& r) { ++r.supporters[0].sessions; }},
      {"cases of supporters", [](RunRecord& r) { ++r.supporters[0].cases; }},
      {"protected hours of sessions", [](RunRecord& r) { ++r.supporters[0].protected_ticks; }},
      {"hours of sessions beyond", [](RunRecord& r) { ++r.supporters[0].overload_ticks; }},
      {"hours for the program do", [](RunRecord& r) { ++r.supporters[0].program_ticks; }},
      {"hours for the program beyond", [](RunRecord& r) { ++r.supporters[0].program_beyond_ticks; }},
      {"people who left", [](RunRecord& r) { ++r.leavers_by_profession[0]; }},
      {"people of groups", [](RunRecord& r) { ++r.groups[2][0].people; }},
      {"episodes of groups", [](RunRecord& r) { ++r.groups[2][0].episodes; }},
      {"episodes contacted of groups", [](RunRecord& r) { ++r.groups[2][0].episodes_contacted; }},
      {"exposures of causes", [](RunRecord& r) { ++r.causes[1].exposures; }},
      {"episodes of causes", [](RunRecord& r) { ++r.causes[1].episodes; }},
      {"episodes contacted of causes", [](RunRecord& r) { ++r.causes[1].episodes_contacted; }},
      {"first contacts of groups", [](RunRecord& r) { ++r.groups[2][0].first_contacts; }},
  };
  const RunRecord whole = run_.outcome.record;
  for (const auto& [what, break_it] : breaks) {
    break_it(run_.outcome.record);
    EXPECT_THAT(broken_record(), HasSubstr(what));
    run_.outcome.record = whole;
  }
}

TEST_F(Figures, ThatAreNoneAreNamed) {
  measure(Measure::episodes_per_year) = std::numeric_limits<double>::quiet_NaN();
  measure(Measure::cost_per_contact) = std::numeric_limits<double>::infinity();
  measure(Measure::withdrawn_share) = 1.01;
  measure(Measure::trust_mean) = -0.01;
  const auto series = [&](Series which) -> std::vector<double>& {
    return run_.outcome.series[static_cast<std::size_t>(which)];
  };
  series(Series::requests)[3] = std::numeric_limits<double>::quiet_NaN();
  series(Series::coverage)[4] = 1.01;
  series(Series::coverage)[5] = std::numeric_limits<double>::quiet_NaN();
  const std::string text = broken_measures();
  EXPECT_THAT(text, HasSubstr("episodes_per_year is not a number"));
  EXPECT_THAT(text, HasSubstr("cost_per_contact is infinite"));
  EXPECT_THAT(text, HasSubstr("withdrawn_share leaves [0, 1]"));
  EXPECT_THAT(text, HasSubstr("trust_mean leaves [0, 1]"));
  EXPECT_THAT(text, HasSubstr("requests has a week that is not a number"));
  EXPECT_THAT(text, HasSubstr("coverage has a week that is not a number"));
  EXPECT_THAT(text, HasSubstr("coverage leaves [0, 1]"));
}

}  // namespace
}  // namespace peercap::peer_support
