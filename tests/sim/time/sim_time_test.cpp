#include "sim/time/sim_time.h"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

namespace peercap {
namespace {

TEST(SimDuration, UnitsAreMultiplesOfOneMicrosecond) {
  EXPECT_EQ(microseconds(1).ticks(), 1);
  EXPECT_EQ(seconds(1).ticks(), 1'000'000);
  EXPECT_EQ(minutes(1), seconds(60));
  EXPECT_EQ(hours(1), minutes(60));
  EXPECT_EQ(days(1), hours(24));
  EXPECT_EQ(weeks(-2), days(-14));
  EXPECT_DOUBLE_EQ(minutes(90).in_hours(), 1.5);
  EXPECT_DOUBLE_EQ(hours(36).in_days(), 1.5);
}

TEST(SimDuration, DividesTowardZero) {
  EXPECT_EQ(hours(25) / days(1), 1);
  EXPECT_EQ(hours(-25) / days(1), -1);
}

TEST(SimDuration, RealNumbersOfDaysRoundToTheNearestTick) {
  EXPECT_EQ(duration_from_days(1.5), hours(36));
  EXPECT_EQ(duration_from_days(-0.5), hours(-12));
  EXPECT_EQ(duration_from_hours(0.25), minutes(15));
  const double tick_in_days = 1.0 / 8.64e10;
  EXPECT_EQ(duration_from_days(2.4 * tick_in_days).ticks(), 2);
  EXPECT_EQ(duration_from_days(2.6 * tick_in_days).ticks(), 3);
  EXPECT_EQ(duration_from_days(-2.6 * tick_in_days).ticks(), -3);
}

TEST(SimDuration, HugeNumbersOfDaysAreCut) {
  EXPECT_EQ(duration_from_days(1e300).ticks(), 9'200'000'000'000'000'000);
  EXPECT_EQ(duration_from_days(-1e300).ticks(), -9'200'000'000'000'000'000);
  EXPECT_EQ(duration_from_days(std::numeric_limits<double>::infinity()).ticks(), 9'200'000'000'000'000'000);
}

TEST(SimTime, DifferencesAndSumsAgree) {
  const SimTime t = SimTime{} + days(3);
  EXPECT_EQ((t + hours(5)) - t, hours(5));
  EXPECT_EQ(t - days(4), SimTime{days(-1).ticks()});
  EXPECT_LT(t, SimTime::never());
}

TEST(SimTime, SumsThatDoNotFitAreNever) {
  EXPECT_EQ(saturating_add(SimTime{5}, SimDuration{7}), SimTime{12});
  EXPECT_EQ(saturating_add(SimTime::never(), SimDuration{1}), SimTime::never());
  EXPECT_EQ(saturating_add(SimTime{1}, SimDuration{std::numeric_limits<std::int64_t>::max()}),
            SimTime::never());
}

}  // namespace
}  // namespace peercap
