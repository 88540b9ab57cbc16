#include "app/verification/observable.h"

#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace peercap::app {
namespace {

using peer_support::Measure;
using peer_support::ReplicationOutcome;
using peer_support::Scenario;
using peer_support::Series;
using ::testing::HasSubstr;

class Observables : public ::testing::Test {
 protected:
  Observables() {
    outcome_.measures[static_cast<std::size_t>(Measure::sessions_per_year)] = 6.0;
    outcome_.measures[static_cast<std::size_t>(Measure::contacted_per_year)] = 4.0;
    outcome_.series[static_cast<std::size_t>(Series::open_cases)] = {1.0, 2.0, 3.0, 6.0};
    scenario_.referrals.destinations = {{.name = "coach"}};
    scenario_.run.horizon = days(10);
    outcome_.record.destinations.resize(1);
    auto& row = outcome_.record.destinations.front();
    row.begun = 5;
    row.begun_wait_ticks = days(20).ticks();
    row.begun_treatment_ticks = days(30).ticks();
    row.in_treatment_at_end = 3;
  }

  double value(std::string_view text) {
    std::string problem;
    const auto observable = Observable::parse(text, problem);
    EXPECT_TRUE(observable.has_value()) << text << ": " << problem;
    return observable ? observable->value(outcome_, scenario_) : std::nan("");
  }

  static std::string problem_of(std::string_view text) {
    std::string problem;
    EXPECT_FALSE(Observable::parse(text, problem).has_value()) << text;
    return problem;
  }

  ReplicationOutcome outcome_;
  Scenario scenario_;
};

TEST_F(Observables, AreArithmetic) {
  EXPECT_EQ(value("2 + 3 * 4"), 14.0);
  EXPECT_EQ(value("(2 + 3) * 4"), 20.0);
  EXPECT_EQ(value("10 - 4 - 3"), 3.0);
  EXPECT_EQ(value("12/4/3"), 1.0);
  EXPECT_EQ(value("0.5"), 0.5);
  EXPECT_TRUE(std::isnan(value("1 / 0")));
}

TEST_F(Observables, NameMeasures) {
  EXPECT_EQ(value("sessions_per_year / contacted_per_year"), 1.5);
  EXPECT_EQ(value("1 - contacted_per_year"), -3.0);
}

TEST_F(Observables, ReadWeeklySeries) {
  EXPECT_EQ(value("mean_of(open_cases)"), 3.0);
  EXPECT_DOUBLE_EQ(value("variance_of(open_cases)"), 14.0 / 3.0);
  EXPECT_EQ(value("share_above(open_cases, 2)"), 0.5);
  EXPECT_EQ(value("at_week(open_cases, 3)"), 6.0);
  EXPECT_TRUE(std::isnan(value("at_week(open_cases, 4)")));
}

TEST_F(Observables, ReadReferralDestinations) {
  EXPECT_EQ(value("wait_days(coach)"), 4.0);
  EXPECT_EQ(value("begun_per_day(coach)"), 0.5);
  EXPECT_EQ(value("waiting(coach) + treated(coach)"), 5.0);
  EXPECT_EQ(value("treated_at_end(coach)"), 3.0);
  EXPECT_TRUE(std::isnan(value("wait_days(nobody)")));
}

TEST_F(Observables, SayWhatIsWrong) {
  EXPECT_THAT(problem_of("contacted_per_yaer"), HasSubstr("contacted_per_year"));
  EXPECT_THAT(problem_of("1 +"), HasSubstr("missing at the end"));
  EXPECT_THAT(problem_of("(1 + 2"), HasSubstr("not closed"));
  EXPECT_THAT(problem_of("1 2"), HasSubstr("follows"));
  EXPECT_THAT(problem_of("median_of(open_cases)"), HasSubstr("no function `median_of`"));
  EXPECT_THAT(problem_of("mean_of(open)"), HasSubstr("no weekly series `open`"));
  EXPECT_THAT(problem_of("at_week(open_cases)"), HasSubstr("two values"));
  EXPECT_THAT(problem_of(std::string(1000, '(')), HasSubstr("too deeply"));
  EXPECT_THAT(problem_of(""), HasSubstr("missing"));
}

}  // namespace
}  // namespace peercap::app
