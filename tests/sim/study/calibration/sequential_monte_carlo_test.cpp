#include "sim/study/calibration/sequential_monte_carlo.h"

#include <cmath>
#include <limits>
#include <numeric>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "sim/random/exact_math.h"
#include "sim/support/contract.h"
#include "tests/sim/study/study_world.h"

namespace peercap {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// The mean of ten normal numbers with the mean proposed and standard deviation 1.
std::vector<std::vector<double>> mean_of_ten(std::span<const Proposal> proposals) {
  std::vector<std::vector<double>> summaries;
  for (const Proposal& proposal : proposals)
    summaries.push_back({proposal.parameters[0] +
                         noise(40, static_cast<std::int64_t>(proposal.attempt), 0) / std::sqrt(10.0)});
  return summaries;
}

TEST(Calibration, FindsThePosteriorOfANormalMean) {
  // Prior N(0, 2^2), ten numbers of variance 1 with mean 1.3: posterior variance 1 / (1/4 + 10), mean that
  // times
  // 13. A tolerance of 0.1 adds 0.1^2 / 3 to the variance of the mean observed.
  CalibrationOptions options{.population = 1000, .tolerance = 0.1, .scales = {1.0}};
  const Posterior posterior =
      calibrate({{PriorLaw::normal, 0.0, 2.0}}, std::vector{1.3}, mean_of_ten, options);
  EXPECT_EQ(posterior.end, CalibrationEnd::tolerance_reached);
  const double spread = 0.1 + 0.01 / 3;
  const double variance = 1.0 / (0.25 + 1.0 / spread);
  EXPECT_NEAR(posterior.mean(0), variance * 1.3 / spread, 0.05);  // Monte Carlo standard error about 0.012
  EXPECT_NEAR(posterior.standard_deviation(0), std::sqrt(variance), 0.04);
  EXPECT_NEAR(posterior.quantile(0, 0.5), variance * 1.3 / spread, 0.06);
  const Interval interval = posterior.interval(0);
  EXPECT_NEAR(interval.low, variance * 1.3 / spread - 1.96 * std::sqrt(variance), 0.12);
  EXPECT_NEAR(interval.high, variance * 1.3 / spread + 1.96 * std::sqrt(variance), 0.12);
  EXPECT_NEAR(std::accumulate(posterior.weights.begin(), posterior.weights.end(), 0.0), 1.0, 1e-12);
  for (const double distance : posterior.distances) EXPECT_LE(distance, 0.1);
  EXPECT_GT(posterior.steps.back().effective_size, 400.0);
  for (std::size_t i = 1; i < posterior.steps.size(); ++i)
    EXPECT_LT(posterior.steps[i].tolerance, posterior.steps[i - 1].tolerance);
  RecordProperty("mean", std::to_string(posterior.mean(0)));
  RecordProperty("standard_deviation", std::to_string(posterior.standard_deviation(0)));
}

TEST(Calibration, WithoutInformationThePosteriorIsThePrior) {
  const auto chance = [](std::span<const Proposal> proposals) {
    std::vector<std::vector<double>> summaries;
    for (const Proposal& proposal : proposals)
      summaries.push_back({noise(41, static_cast<std::int64_t>(proposal.attempt), 0)});
    return summaries;
  };
  const Posterior posterior =
      calibrate({{PriorLaw::uniform, 2.0, 6.0}, {PriorLaw::log_uniform, 0.01, 100.0}}, std::vector{0.0},
                chance, {.population = 2000, .most_generations = 4});
  EXPECT_EQ(posterior.end, CalibrationEnd::generations);
  EXPECT_NEAR(posterior.mean(0), 4.0, 0.15);
  EXPECT_NEAR(posterior.standard_deviation(0), 4.0 / std::sqrt(12.0), 0.08);
  EXPECT_NEAR(exact::log(posterior.quantile(1, 0.5)), 0.0, 0.4);
  EXPECT_GE(posterior.quantile(1, 0.0), 0.01);
  EXPECT_LE(posterior.quantile(1, 1.0), 100.0);
}

TEST(Calibration, TwoParametersFromTwoSummaries) {
  // A rate and a probability known by a sum and a share: 40 = 50 x 0.8.
  const auto simulate = [](std::span<const Proposal> proposals) {
    std::vector<std::vector<double>> summaries;
    for (const Proposal& proposal : proposals) {
      const auto number = static_cast<std::int64_t>(proposal.attempt);
      const double rate = proposal.parameters[0];
      const double share = proposal.parameters[1];
      summaries.push_back({rate * share + 2.0 * noise(42, number, 0), share + 0.02 * noise(42, number, 1)});
    }
    return summaries;
  };
  const Posterior posterior = calibrate(
      {{PriorLaw::log_uniform, 5.0, 500.0}, {PriorLaw::uniform, 0.0, 1.0}}, std::vector{40.0, 0.8}, simulate,
      {.population = 500, .tolerance = 0.3, .most_simulations = 200'000, .scales = {2.0, 0.02}});
  EXPECT_EQ(posterior.end, CalibrationEnd::tolerance_reached);
  EXPECT_NEAR(posterior.mean(0), 50.0, 1.5);
  EXPECT_NEAR(posterior.mean(1), 0.8, 0.01);
  EXPECT_NEAR(posterior.standard_deviation(1), 0.02, 0.006);
}

TEST(Calibration, DoesNotDependOnHowManyAreSimulatedAtATime) {
  const CalibrationOptions options{.population = 100, .most_generations = 4};
  const auto one_by_one = [](std::span<const Proposal> proposals) {
    std::vector<std::vector<double>> summaries;
    for (std::size_t i = proposals.size(); i-- > 0;)  // in any order
      summaries.insert(summaries.begin(), mean_of_ten(proposals.subspan(i, 1)).front());
    return summaries;
  };
  const std::vector<Prior> priors{{PriorLaw::normal, 0.0, 2.0}};
  const Posterior together = calibrate(priors, std::vector{1.3}, mean_of_ten, options);
  const Posterior apart = calibrate(priors, std::vector{1.3}, one_by_one, options);
  EXPECT_EQ(together.parameters, apart.parameters);
  EXPECT_EQ(together.weights, apart.weights);
  CalibrationOptions other = options;
  other.seed = 2;
  EXPECT_NE(calibrate(priors, std::vector{1.3}, mean_of_ten, other).parameters, together.parameters);
}

TEST(Calibration, FailedSimulationsAreRejected) {
  const auto failing = [](std::span<const Proposal> proposals) {
    auto summaries = mean_of_ten(proposals);
    for (std::size_t i = 0; i < proposals.size(); ++i)
      if (proposals[i].parameters[0] < 0.0) summaries[i][0] = nan;
    return summaries;
  };
  const Posterior posterior = calibrate({{PriorLaw::normal, 0.0, 2.0}}, std::vector{0.2}, failing,
                                        {.population = 200, .most_generations = 5});
  for (const auto& parameters : posterior.parameters) EXPECT_GE(parameters[0], 0.0);
}

TEST(Calibration, EndsWithTheLastCompleteGeneration) {
  const Posterior posterior = calibrate({{PriorLaw::normal, 0.0, 2.0}}, std::vector{1.3}, mean_of_ten,
                                        {.population = 200, .tolerance = 1e-6, .most_simulations = 3000});
  EXPECT_EQ(posterior.end, CalibrationEnd::simulations);
  EXPECT_EQ(posterior.parameters.size(), 200U);
  EXPECT_EQ(posterior.weights.size(), 200U);
  const Posterior rare = calibrate({{PriorLaw::normal, 0.0, 2.0}}, std::vector{1.3}, mean_of_ten,
                                   {.population = 200, .tolerance = 1e-6, .least_acceptance = 0.3});
  EXPECT_EQ(rare.end, CalibrationEnd::acceptance);
  EXPECT_LT(rare.steps.back().acceptance, 0.3);
}

TEST(Calibration, RefusesOptionsOutOfRange) {
  const std::vector<Prior> priors{{PriorLaw::uniform, 0.0, 1.0}};
  const std::vector observed{1.0};
  EXPECT_THROW((void)calibrate({}, observed, mean_of_ten, {}), ContractViolation);
  EXPECT_THROW((void)calibrate({{PriorLaw::uniform, 1.0, 1.0}}, observed, mean_of_ten, {}),
               ContractViolation);
  EXPECT_THROW((void)calibrate({{PriorLaw::log_uniform, 0.0, 1.0}}, observed, mean_of_ten, {}),
               ContractViolation);
  EXPECT_THROW((void)calibrate({{PriorLaw::normal, 0.0, 0.0}}, observed, mean_of_ten, {}), ContractViolation);
  EXPECT_THROW((void)calibrate(priors, observed, mean_of_ten, {.population = 10}), ContractViolation);
  EXPECT_THROW((void)calibrate(priors, observed, mean_of_ten, {.quantile = 1.0}), ContractViolation);
  EXPECT_THROW((void)calibrate(priors, observed, mean_of_ten, {.scales = {1.0, 1.0}}), ContractViolation);
  const auto only_failures = [](std::span<const Proposal> proposals) {
    return std::vector<std::vector<double>>(proposals.size(), std::vector{nan});
  };
  EXPECT_THROW((void)calibrate(priors, observed, only_failures, {}), ContractViolation);
}

}  // namespace
}  // namespace peercap
