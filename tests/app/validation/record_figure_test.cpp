#include <cmath>

#include <gtest/gtest.h>

#include "app/verification/observable.h"

namespace peercap::app {
namespace {

using peer_support::ReplicationOutcome;
using peer_support::Scenario;
using peer_support::SupporterRow;

class RecordFigures : public ::testing::Test {
 protected:
  double value(std::string_view text) {
    std::string problem;
    const auto observable = Observable::parse(text, problem);
    EXPECT_TRUE(observable.has_value()) << text << ": " << problem;
    return observable ? observable->value(outcome_, scenario_) : std::nan("");
  }

  ReplicationOutcome outcome_;
  Scenario scenario_;
};

TEST_F(RecordFigures, ReadTheMonths) {
  EXPECT_TRUE(std::isnan(value("least_month()")));
  outcome_.record.month_requests = {4, 0, 7, 5};
  EXPECT_EQ(value("least_month()"), 0.0);
  EXPECT_EQ(value("most_month()"), 7.0);
  EXPECT_EQ(value("most_month() - least_month()"), 7.0);
}

TEST_F(RecordFigures, ReadTheSessionsOfCases) {
  EXPECT_TRUE(std::isnan(value("most_sessions()")));
  auto& sessions = outcome_.record.counts.sessions_by_number;
  sessions = {10, 6, 4, 1};
  EXPECT_EQ(value("most_sessions()"), 4.0);
  EXPECT_EQ(value("median_sessions()"), 2.0);
  sessions.fill(3);
  EXPECT_EQ(value("most_sessions()"), static_cast<double>(sessions.size()));
}

// Of four who are active at the end of ten years two have served for three: from the begin, and for 3.5
// years.
TEST_F(RecordFigures, CountTheTenured) {
  constexpr std::int64_t year = days(365).ticks();
  scenario_.run.horizon = days(3650);
  EXPECT_TRUE(std::isnan(value("tenured_share(3)")));
  outcome_.record.supporters = {
      SupporterRow{.active_at_end = true, .joined = true, .joined_ticks = 0},
      SupporterRow{.active_at_end = true, .joined = true, .joined_ticks = 13 * year / 2},
      SupporterRow{.active_at_end = true, .joined = true, .joined_ticks = 8 * year},
      SupporterRow{.active_at_end = true, .joined = true, .joined_ticks = 9 * year},
      SupporterRow{.active_at_end = false, .joined = true, .joined_ticks = 0},
  };
  EXPECT_EQ(value("tenured_share(3)"), 0.5);
  EXPECT_EQ(value("tenured_share(0.5)"), 1.0);
}

TEST_F(RecordFigures, SayWhatIsWrong) {
  std::string problem;
  EXPECT_FALSE(Observable::parse("tenured_share()", problem).has_value());
  EXPECT_FALSE(Observable::parse("most_month(3)", problem).has_value());
  EXPECT_NE(problem.find("most_month"), std::string::npos) << problem;
}

}  // namespace
}  // namespace peercap::app
