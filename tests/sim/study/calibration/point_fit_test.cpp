#include "sim/study/calibration/point_fit.h"

#include <cmath>
#include <limits>
#include <stdexcept>

#include <gtest/gtest.h>

#include "sim/support/contract.h"

namespace peercap {
namespace {

const std::vector<Prior> uniform_and_log{{PriorLaw::uniform, -2.0, 4.0},
                                         {PriorLaw::log_uniform, 0.01, 100.0}};

TEST(PointFit, FindsTheMinimumOfABowlOnBothScales) {
  const auto bowl = [](std::span<const double> x) {
    return std::hypot(x[0] - 1.5, 2.0 * std::log(x[1] / 0.4));
  };
  const PointFit fit = fit_point(uniform_and_log, bowl, {.most_evaluations = 2000, .smallest_step = 1e-5});
  EXPECT_NEAR(fit.parameters[0], 1.5, 1e-3);
  EXPECT_NEAR(fit.parameters[1], 0.4, 1e-3);
  EXPECT_LT(fit.distance, 1e-3);
  EXPECT_TRUE(fit.is_converged);
}

TEST(PointFit, ReturnsTheBestThatWasTriedWhenItMustStopEarly) {
  double least = std::numeric_limits<double>::infinity();
  const auto bowl = [&](std::span<const double> x) {
    const double found = std::abs(x[0] - 3.9) + std::abs(x[1] - 0.02);
    least = std::min(least, found);
    return found;
  };
  const PointFit fit = fit_point(uniform_and_log, bowl, {.most_evaluations = 12});
  EXPECT_EQ(fit.evaluations, 12U);
  EXPECT_DOUBLE_EQ(fit.distance, least);
  EXPECT_FALSE(fit.is_converged);
}

TEST(PointFit, StaysWithinTheRangeWhenTheBestLiesBeyondIt) {
  const auto slope = [](std::span<const double> x) { return 10.0 - x[0]; };
  const PointFit fit = fit_point({{PriorLaw::uniform, 0.0, 2.0}}, slope, {.most_evaluations = 500});
  EXPECT_NEAR(fit.parameters[0], 2.0, 1e-2);
  EXPECT_LE(fit.parameters[0], 2.0);
}

TEST(PointFit, BearsStepsSuchAsCountsMake) {
  const auto steps = [](std::span<const double> x) { return std::abs(std::round(x[0]) - 7.0); };
  const PointFit fit = fit_point({{PriorLaw::uniform, 1.0, 30.0}}, steps, {.most_evaluations = 500});
  EXPECT_DOUBLE_EQ(std::round(fit.parameters[0]), 7.0);
}

TEST(PointFit, PassesOverWhatHasNoDistance) {
  const auto broken = [](std::span<const double> x) {
    return x[0] < 1.0 ? std::numeric_limits<double>::quiet_NaN() : std::abs(x[0] - 1.2);
  };
  const PointFit fit = fit_point({{PriorLaw::normal, 1.1, 1.0}}, broken, {.most_evaluations = 500});
  EXPECT_NEAR(fit.parameters[0], 1.2, 1e-2);
}

TEST(PointFit, PassesOnWhatTheDistanceThrows) {
  const auto throwing = [](std::span<const double>) -> double { throw std::runtime_error{"stopped"}; };
  EXPECT_THROW((void)fit_point(uniform_and_log, throwing, {}), std::runtime_error);
}

TEST(PointFit, RefusesWhatCannotBeFitted) {
  const auto flat = [](std::span<const double>) { return 1.0; };
  const auto missing = [](std::span<const double>) { return std::numeric_limits<double>::quiet_NaN(); };
  EXPECT_THROW((void)fit_point({}, flat, {}), ContractViolation);
  EXPECT_THROW((void)fit_point({{PriorLaw::uniform, 2.0, 1.0}}, flat, {}), ContractViolation);
  EXPECT_THROW((void)fit_point(uniform_and_log, flat, {.most_evaluations = 0}), ContractViolation);
  EXPECT_THROW((void)fit_point(uniform_and_log, missing, {.most_evaluations = 20}), ContractViolation);
}

}  // namespace
}  // namespace peercap
