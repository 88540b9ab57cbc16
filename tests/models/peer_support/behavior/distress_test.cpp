#include "models/peer_support/behavior/distress.h"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "sim/random/distributions.h"

namespace peercap::peer_support {
namespace {

const DistressLaw law{days(47), days(1600)};

/// The time at which `f`, falling, passes zero.
template <class Function>
double bisect(Function f, double low, double high) {
  for (int step = 0; step < 200; ++step) {
    const double middle = 0.5 * (low + high);
    (f(middle) > 0.0 ? low : high) = middle;
  }
  return low;
}

const DistressLevel levels[] = {{2.0, 0.0},  {0.0, 1.3}, {1.5, 0.2},  {0.4, 0.8},    {0.6, 1.1},
                                {40.0, 0.9}, {0.01, 5},  {1.0001, 0}, {0.2, 0.8001}, {300.0, 0.9999}};

TEST(DistressLaw, EachComponentDecaysByItsOwnTime) {
  const DistressLevel later = law.after({2.0, 3.0}, 47.0);
  EXPECT_NEAR(later.fast, 2.0 / std::exp(1.0), 1e-15);
  EXPECT_NEAR(later.slow, 3.0 * std::exp(-47.0 / 1600.0), 1e-15);
  const DistressLevel unchanged = law.after({2.0, 3.0}, 0.0);
  EXPECT_EQ(unchanged.fast, 2.0);
  EXPECT_EQ(unchanged.slow, 3.0);
}

TEST(DistressLaw, BeforeIsTheWayBack) {
  for (const DistressLevel& level : levels)
    for (const double days_ago : {0.0, 0.3, 6.9, 40.0}) {
      const DistressLevel there_and_back = law.after(law.before(level, days_ago), days_ago);
      EXPECT_NEAR(there_and_back.fast, level.fast, 1e-14 * level.fast);
      EXPECT_NEAR(there_and_back.slow, level.slow, 1e-14 * level.slow);
    }
}

TEST(DistressLaw, TwoStepsAreOne) {
  const DistressLevel once = law.after({2.0, 3.0}, 30.0);
  const DistressLevel twice = law.after(law.after({2.0, 3.0}, 11.0), 19.0);
  EXPECT_NEAR(once.fast, twice.fast, 1e-15);
  EXPECT_NEAR(once.slow, twice.slow, 1e-15);
}

TEST(DistressLaw, CrossingTimeOfOneComponentIsClosed) {
  EXPECT_NEAR(law.days_until({2.0, 0.0}, 1.0), 47.0 * std::log(2.0), 1e-12);
  EXPECT_NEAR(law.days_until({0.0, 3.0}, 1.0), 1600.0 * std::log(3.0), 1e-10);
  EXPECT_EQ(law.days_until({0.5, 0.5}, 1.0), 0.0);
  EXPECT_EQ(law.days_until({0.1, 0.2}, 1.0), 0.0);
}

TEST(DistressLaw, CrossingTimeAgreesWithBisection) {
  for (const DistressLevel& level : levels) {
    const double expected = bisect([&](double t) { return law.after(level, t).total() - 1.0; }, 0.0, 1e5);
    EXPECT_NEAR(law.days_until(level, 1.0), expected, 1e-9 * (1.0 + expected))
        << level.fast << " " << level.slow;
  }
}

TEST(DistressLaw, IntegralAgreesWithSimpsonsRule) {
  for (const DistressLevel& level : levels) {
    constexpr int pieces = 2000;
    constexpr double span = 300.0;
    const double h = span / pieces;
    double sum = level.total() + law.after(level, span).total();
    for (int i = 1; i < pieces; ++i) sum += (i % 2 == 1 ? 4.0 : 2.0) * law.after(level, i * h).total();
    EXPECT_NEAR(law.integral(level, span), sum * h / 3.0, 1e-8 * sum * h);
  }
}

TEST(DistressLaw, InverseOfTheIntegralAgreesWithBisection) {
  for (const DistressLevel& level : levels)
    for (const double part : {1e-9, 0.01, 0.3, 0.9, 0.9999}) {
      const double amount = part * law.integral(level, 400.0);
      const double expected = bisect([&](double t) { return amount - law.integral(level, t); }, 0.0, 400.0);
      EXPECT_NEAR(law.days_until_integral(level, amount, 400.0), expected, 1e-7) << level.fast << " " << part;
    }
}

TEST(DistressLaw, AnIntegralOutOfReachIsNever) {
  EXPECT_EQ(law.days_until_integral({2.0, 0.0}, 2.0 * 47.0 + 1.0, 1e6),
            std::numeric_limits<double>::infinity());
  EXPECT_GT(law.days_until_integral({2.0, 0.0}, 30.0, 10.0), 10.0);
}

// Asking at hazard h D(t) until D falls to 1: P(ever) = 1 - exp(-h (D0 - 1) / k); .678578 for D0 = 2, h = .05
// a day and an e-folding time of 22.7 days. The share of Exp(1) thresholds that are reached, over a fine grid
// of uniforms.
TEST(DistressLaw, HelpSeekingHasItsClosedForm) {
  const DistressLaw one{days(22) + hours(16) + minutes(48), days(1600)};
  const DistressLevel level{2.0, 0.0};
  const double limit = one.days_until(level, 1.0);
  constexpr int grid = 100000;
  int asks = 0;
  int by_day_3 = 0;
  for (int i = 0; i < grid; ++i) {
    const double threshold = standard_exponential((i + 0.5) / grid);
    const double when = one.days_until_integral(level, threshold / 0.05, limit);
    asks += when < limit ? 1 : 0;
    by_day_3 += when < 3.0 ? 1 : 0;
  }
  EXPECT_NEAR(static_cast<double>(asks) / grid, 0.678578, 2e-5);
  EXPECT_NEAR(static_cast<double>(by_day_3) / grid,
              1.0 - std::exp(-0.05 * 2.0 * 22.7 * (1.0 - std::exp(-3.0 / 22.7))), 2e-5);
}

}  // namespace
}  // namespace peercap::peer_support
