#include "sim/io/yaml/value_text.h"

#include <cmath>
#include <random>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/io/yaml/time_units.h"

namespace peercap::yaml {
namespace {

using testing::HasSubstr;

template <class T>
T read(const std::string& text, T value = T{}, const ParameterInfo& info = {}) {
  const auto problem = parse_value(text, info, value);
  EXPECT_FALSE(problem.has_value()) << text << ": " << (problem ? problem->what : "");
  return value;
}

template <class T>
ValueProblem refuse(const std::string& text, T value = T{}, const ParameterInfo& info = {}) {
  const auto problem = parse_value(text, info, value);
  EXPECT_TRUE(problem.has_value()) << text;
  return problem.value_or(ValueProblem{});
}

template <class T>
void expect_round_trip(const T& value, const std::string& text, const ParameterInfo& info = {}) {
  EXPECT_EQ(value_text(value, info), text);
  EXPECT_EQ(read<T>(text, T{}, info), value);
}

TEST(Durations, AreReadInEveryUnit) {
  EXPECT_EQ(read<SimDuration>("50 min"), minutes(50));
  EXPECT_EQ(read<SimDuration>("0.5 h"), minutes(30));
  EXPECT_EQ(read<SimDuration>("47 days"), days(47));
  EXPECT_EQ(read<SimDuration>("2weeks"), weeks(2));
  EXPECT_EQ(read<SimDuration>("1 year"), days(365));
  EXPECT_EQ(read<SimDuration>("1.5 ms"), microseconds(1500));
  EXPECT_EQ(read<SimDuration>("1 us"), microseconds(1));
}

TEST(Durations, AreWrittenInTheLargestUnitThatDividesThem) {
  expect_round_trip(days(365), "1 year");
  expect_round_trip(weeks(52), "52 weeks");
  expect_round_trip(days(47), "47 days");
  expect_round_trip(days(1), "1 day");
  expect_round_trip(minutes(90), "90 min");
  expect_round_trip(SimDuration{}, "0 min");
  expect_round_trip(microseconds(1234567), "1234567 us");
}

TEST(Durations, BeyondTheClockAreRefused) {
  EXPECT_THAT(refuse<SimDuration>("0.1 us").what, HasSubstr("shorter than a microsecond"));
  EXPECT_THAT(refuse<SimDuration>("1000000 years").what, HasSubstr("is too long"));
  EXPECT_THAT(refuse<SimDuration>("99999999999999 weeks").what, HasSubstr("is too long"));
}

TEST(Durations, WithoutUnitAreCorrectedInTheUnitOfTheDefault) {
  EXPECT_EQ(refuse<SimDuration>("50", minutes(30)).corrected, "50 min");
  EXPECT_EQ(refuse<SimDuration>("50", weeks(4)).corrected, "50 weeks");
  EXPECT_THAT(refuse<SimDuration>("3 months", days(7)).hint, HasSubstr("no fixed length"));
  EXPECT_EQ(refuse<SimDuration>("012 min", minutes(1)).corrected, "12 min");
}

TEST(Rates, AreTheSameBitsAsInTheDefaults) {
  EXPECT_EQ(read<Rate>("1.56 per year"), per_year(1.56));
  EXPECT_EQ(read<Rate>("0.05 /week"), per_week(0.05));
  EXPECT_EQ(read<Rate>("0.0002/day"), per_day(0.0002));
  EXPECT_EQ(read<Rate>("1 per hour"), per_day(24));
  expect_round_trip(per_year(1.56), "1.56 per year");
  expect_round_trip(per_year(0.053), "0.053 per year");
  expect_round_trip(per_week(0.05), "0.05 per week");
  expect_round_trip(per_day(0.0002), "0.0002 per day");
  expect_round_trip(per_day(1.0 / 3), value_text(per_day(1.0 / 3)));
}

// A value between the round ones, as searches and samplers find them, has to come back to the last bit.
TEST(Rates, EveryOneHasATextThatReadsBackTheSame) {
  std::mt19937_64 random{7};
  for (int i = 0; i < 20'000; ++i) {
    const Rate rate{std::ldexp(std::uniform_real_distribution<double>{0.5, 1.0}(random),
                               -static_cast<int>(random() % 20))};
    const std::string text = value_text(rate, ParameterInfo{});
    Rate read;
    ASSERT_FALSE(parse_value(text, ParameterInfo{}, read)) << text;
    ASSERT_EQ(read.per_day, rate.per_day) << text;
  }
}

TEST(Rates, AreNotDurations) {
  EXPECT_THAT(refuse<Rate>("50 min", per_year(1)).what, HasSubstr("has the unit `min`; a rate"));
  EXPECT_EQ(refuse<Rate>("1.56", per_year(1)).corrected, "1.56 per year");
  EXPECT_THAT(refuse<Rate>("-1 per year").what, HasSubstr("is negative"));
  EXPECT_THAT(refuse<Rate>("1e-323 per year").what, HasSubstr("beyond the range"));
}

TEST(WeeklyHoursText, TakesHoursAndMinutesAWeek) {
  EXPECT_EQ(read<WeeklyHours>("1 h/week").hours_per_week, 1);
  EXPECT_EQ(read<WeeklyHours>("30 min per week").hours_per_week, 0.5);
  EXPECT_EQ(read<WeeklyHours>("0.5 hours/wk").hours_per_week, 0.5);
  expect_round_trip(WeeklyHours{0.25}, "0.25 h/week");
  EXPECT_EQ(refuse<WeeklyHours>("2").corrected, "2 h/week");
  for (const char* text : {"2 h", "2 h/day", "2 days/week", "2 per week", "2 /week", "h/week"})
    refuse<WeeklyHours>(text);
}

TEST(Probabilities, AreBareOrPercent) {
  EXPECT_EQ(read<Probability>("0.85").value, 0.85);
  EXPECT_EQ(read<Probability>("85 %").value, 0.85);
  EXPECT_EQ(read<Probability>("100%").value, 1);
  expect_round_trip(Probability{0.3}, "0.3");
  EXPECT_THAT(refuse<Probability>("1.5").hint, HasSubstr("`1.5 %` if percent is meant"));
  EXPECT_EQ(refuse<Probability>("0.5 per year").corrected, "0.5");
}

TEST(PlainNumbers, CarryTheUnitOfTheirParameter) {
  const ParameterInfo points{.meaning = "", .unit = "points"};
  const ParameterInfo per_sd{.meaning = "", .unit = "per SD"};
  EXPECT_EQ(read<double>("17.4 points", 0, points), 17.4);
  EXPECT_EQ(read<double>("1 point", 0, points), 1);
  EXPECT_EQ(read<double>("0.2 per SD", 0, per_sd), 0.2);
  EXPECT_EQ(read<double>("0.2/SD", 0, per_sd), 0.2);
  EXPECT_EQ(refuse<double>("17.4", 0, points).corrected, "17.4 points");
  EXPECT_THAT(refuse<double>("0.2 SD", 0, per_sd).what, HasSubstr("has the unit `SD`; `per SD` is due"));
  EXPECT_EQ(refuse<double>("0.2 SD", 0, {}).corrected, "0.2");
  expect_round_trip(14.5, "14.5 o'clock", {.meaning = "", .unit = "o'clock"});
}

TEST(Ranges, AreCheckedInTheBaseUnitAndSaidInWords) {
  const ParameterInfo info{.meaning = "", .range = between(0.1, 3650)};
  EXPECT_THAT(refuse<SimDuration>("1 min", days(1), info).what, HasSubstr("between 144 min and 10 years"));
  EXPECT_EQ(read<SimDuration>("10 years", days(1), info), days(3650));
  EXPECT_EQ(range_text<int>({.meaning = "", .range = at_least(0)}), "at least 0");
  EXPECT_EQ(range_text<double>({.meaning = "", .range = above(0), .unit = "SD"}), "above 0 SD");
  EXPECT_EQ(range_text<double>({.meaning = ""}), "");
  EXPECT_EQ(range_text<Probability>({.meaning = ""}), "between 0 and 1");
}

TEST(Levels, NameTheNearestOrTheSwitch) {
  const std::array<std::string_view, 2> off_on{"off", "on"};
  std::size_t index = 9;
  EXPECT_FALSE(parse_level("on", off_on, index).has_value());
  EXPECT_EQ(index, 1U);
  EXPECT_EQ(parse_level("false", off_on, index)->corrected, "off");
  const std::array<std::string_view, 3> rules{"none", "preferred", "required"};
  EXPECT_THAT(parse_level("prefered", rules, index)->hint, HasSubstr("`preferred`"));
}

TEST(Dates, ListsTakeCommasAndBrackets) {
  using Dates = std::vector<CivilDate>;
  EXPECT_EQ(read<Dates>("[2026-01-01, 2026-07-03]").size(), 2U);
  EXPECT_EQ(read<Dates>("2026-01-01").size(), 1U);
  EXPECT_TRUE(read<Dates>("[]").empty());
  refuse<Dates>("2026-01-01, tomorrow");
  expect_round_trip(*CivilDate::parse("2026-03-15"), "2026-03-15");
}

TEST(Windows, ReadBack) {
  expect_round_trip(*WeeklyWindows::parse("Mon-Fri 09:00-17:00, Sat 10:00-12:30"),
                    "Mon-Fri 09:00-17:00, Sat 10:00-12:30");
  refuse<WeeklyWindows>("whenever");
}

}  // namespace
}  // namespace peercap::yaml
