#include "app/studies/target_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/studies/measure_names.h"

namespace peercap::app {
namespace {

using peer_support::Measure;
using ::testing::HasSubstr;

StudyTarget parsed(std::string_view text) {
  StudyTarget target;
  const auto problem = parse_target(text, target);
  EXPECT_FALSE(problem.has_value()) << text << ": " << (problem ? problem->what : "");
  return target;
}

TEST(TargetText, OfAMean) {
  const StudyTarget target = parsed("contact_within_limit_share >= 90 %");
  EXPECT_EQ(target.measure, Measure::contact_within_limit_share);
  EXPECT_EQ(target.target.statistic, TargetStatistic::mean);
  EXPECT_EQ(target.target.bound, TargetBound::at_least);
  EXPECT_DOUBLE_EQ(target.target.value, 0.9);
  EXPECT_EQ(parsed("mean( contact_within_limit_share )>=0.9").text, target.text);
}

TEST(TargetText, OfAQuantile) {
  const StudyTarget target = parsed("p95(overload_hours_per_week) <= 2 h/week");
  EXPECT_EQ(target.target.statistic, TargetStatistic::quantile);
  EXPECT_EQ(target.target.bound, TargetBound::at_most);
  EXPECT_DOUBLE_EQ(target.target.level, 0.95);
  EXPECT_DOUBLE_EQ(target.target.value, 2.0);
}

TEST(TargetText, OfAProbability) {
  const StudyTarget target = parsed("P(waiting_p95 <= 5) >= 0.9");
  EXPECT_EQ(target.target.statistic, TargetStatistic::probability);
  EXPECT_EQ(target.target.bound, TargetBound::at_most);
  EXPECT_DOUBLE_EQ(target.target.value, 5.0);
  EXPECT_DOUBLE_EQ(target.target.level, 0.9);
  EXPECT_EQ(parsed("P(waiting_p95 <= 5) >= 90 %").text, target.text);
}

TEST(TargetText, UnitsCanBeWrittenOut) {
  EXPECT_EQ(parsed("overload_hours_per_week <= 2 hours per week").text,
            "overload_hours_per_week <= 2 h/week");
  EXPECT_EQ(parsed("asked_per_year >= 50 /year").text, "asked_per_year >= 50 per year");
  EXPECT_EQ(parsed("referral_wait_days_mean <= 20 days").text, "referral_wait_days_mean <= 20 d");
}

TEST(TargetText, TheCanonicalTextReadsBack) {
  for (const char* text : {"contact_within_limit_share >= 97.5 %", "p5(supporters_at_end) >= 40",
                           "P(waiting_mean <= 0.5) >= 0.95", "hours_to_contact_median <= 24 h",
                           "asked_per_year >= 50 per year"}) {
    const StudyTarget target = parsed(text);
    EXPECT_EQ(target.text, text);
    const StudyTarget again = parsed(target.text);
    EXPECT_EQ(again.target.value, target.target.value) << text;
    EXPECT_EQ(again.target.level, target.target.level) << text;
  }
}

TEST(TargetText, EveryMeasuresValueReadsBack) {
  for (std::size_t m = 0; m < peer_support::measure_count; ++m) {
    const auto measure = static_cast<Measure>(m);
    double value = 0.0;
    EXPECT_FALSE(parse_measure_value(measure_value_text(measure, 0.25), measure, value).has_value())
        << measure_value_text(measure, 0.25);
    EXPECT_DOUBLE_EQ(value, 0.25);
  }
}

TEST(TargetText, AMistakeLeavesTheTargetAlone) {
  StudyTarget target = parsed("waiting_mean <= 2");
  for (const char* text :
       {"", ">= 2", "waiting_mean >=", "waiting_mean", "waiting_mean <= 2 <= 3", "P(waiting_mean >= 0.9",
        "waiting_mean) <= 2", "p0(waiting_mean) <= 2", "p100(waiting_mean) <= 2", "waiting_mean <= 2 h",
        "waiting_mean <= nan", "P(waiting_mean <= 2) <= 0.1", "P(waiting_mean) >= 0.9"}) {
    EXPECT_TRUE(parse_target(text, target).has_value()) << text;
    EXPECT_EQ(target.text, "waiting_mean <= 2");
  }
}

TEST(TargetText, SuggestsWhatWasMeant) {
  StudyTarget target;
  EXPECT_THAT(parse_target("waiting_maen <= 2", target)->hint, HasSubstr("did you mean `waiting_mean`?"));
  EXPECT_THAT(parse_target("contact_within_24h >= 90 %", target)->hint,
              HasSubstr("`contact_within_target_share`"));
  EXPECT_THAT(parse_target("contact_within_limit_share >= 90", target)->hint, HasSubstr("`90 %`"));
  EXPECT_THAT(parse_target("overload_hours_per_week <= 2", target)->hint, HasSubstr("`2 h/week`"));
}

}  // namespace
}  // namespace peercap::app
