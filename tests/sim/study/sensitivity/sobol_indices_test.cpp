#include "sim/study/sensitivity/sobol_indices.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "sim/support/contract.h"
#include "tests/sim/study/sensitivity/test_functions.h"

namespace peercap {
namespace {

/// Fails unless all indices are within 0.02 of the truth; returns the largest error.
double expect_indices(const SobolIndices& indices, const std::vector<double>& first_order,
                      const std::vector<double>& total) {
  double largest = 0.0;
  for (std::size_t i = 0; i < total.size(); ++i) {
    const SobolIndex& index = indices.factors[i];
    EXPECT_NEAR(index.first_order, first_order[i], 0.02) << i;
    EXPECT_NEAR(index.total, total[i], 0.02) << i;
    EXPECT_LE(index.first_order_interval.low, index.first_order);
    EXPECT_GE(index.first_order_interval.high, index.first_order);
    EXPECT_LE(index.total_interval.low, total[i] + 0.002) << i;
    EXPECT_GE(index.total_interval.high, total[i] - 0.002) << i;
    largest =
        std::max({largest, std::abs(index.first_order - first_order[i]), std::abs(index.total - total[i])});
  }
  return largest;
}

TEST(SobolIndices, OfIshigamisFunction) {
  // Variances in closed form: a = 7, b = 0.1.
  const double v1 = 0.5 * std::pow(1.0 + 0.1 * std::pow(pi, 4) / 5.0, 2);
  const double v2 = 49.0 / 8.0;
  const double v13 = 0.01 * std::pow(pi, 8) * (1.0 / 18.0 - 1.0 / 50.0);
  const double v = v1 + v2 + v13;
  double error = 0.0;
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    const SobolDesign design{{.factors = 3, .rows = 4096, .seed = seed}};
    const SobolIndices indices =
        sobol_indices(design, outcomes_of(design, [](const auto& x) { return ishigami(x); }), 0.95, 200);
    EXPECT_NEAR(indices.variance, v, 0.02 * v);
    EXPECT_NEAR(indices.mean, 3.5, 0.02);
    error =
        std::max(error, expect_indices(indices, {v1 / v, v2 / v, 0.0}, {(v1 + v13) / v, v2 / v, v13 / v}));
  }
  RecordProperty("largest_error", std::to_string(error));
}

TEST(SobolIndices, OfTheGFunction) {
  const std::vector<double> a{0, 1, 4.5, 9, 99, 99, 99, 99};
  const SobolDesign design{{.factors = 8, .rows = 4096, .seed = 2}};
  const SobolIndices indices =
      sobol_indices(design, outcomes_of(design, [&](const auto& x) { return g_function(x, a); }), 0.95, 400);
  double product = 1.0;
  for (const double ai : a) product *= 1.0 + 1.0 / (3.0 * (1.0 + ai) * (1.0 + ai));
  std::vector<double> first_order;
  std::vector<double> total;
  for (const double ai : a) {
    const double share = 1.0 / (3.0 * (1.0 + ai) * (1.0 + ai));
    first_order.push_back(share / (product - 1.0));
    total.push_back(share * product / (1.0 + share) / (product - 1.0));
  }
  const double error = expect_indices(indices, first_order, total);
  RecordProperty("largest_error", std::to_string(error));
}

TEST(SobolIndices, ShiftsOfManySeedsScatterAroundTheTruth) {
  double first = 0.0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const SobolDesign design{{.factors = 2, .rows = 256, .seed = seed}};
    const SobolIndices indices = sobol_indices(
        design, outcomes_of(design, [](const auto& x) { return 2.0 * x[0] + x[1]; }), 0.95, 100);
    first += indices.factors[0].first_order / 20;
  }
  EXPECT_NEAR(first, 0.8, 0.01);
}

TEST(SobolIndices, ARowWithAFailureIsLeftOut) {
  const SobolDesign design{{.factors = 2, .rows = 512}};
  std::vector<double> outcomes = outcomes_of(design, [](const auto& x) { return 2.0 * x[0] + x[1]; });
  outcomes[17] = std::numeric_limits<double>::quiet_NaN();
  const SobolIndices indices = sobol_indices(design, outcomes);
  EXPECT_EQ(indices.rows, 511U);
  EXPECT_NEAR(indices.factors[0].total, 0.8, 0.02);
  EXPECT_NEAR(indices.factors[1].total, 0.2, 0.02);
}

TEST(SobolIndices, AConstantHasNone) {
  const SobolDesign design{{.factors = 2, .rows = 256}};
  const SobolIndices indices = sobol_indices(design, std::vector<double>(design.size(), 3.0));
  EXPECT_EQ(indices.variance, 0.0);
  EXPECT_TRUE(std::isnan(indices.factors[0].total));
  EXPECT_TRUE(std::isnan(indices.factors[0].total_interval.low));
}

TEST(SobolPlan, PlansThatSayNothingAreRefusedInWords) {
  EXPECT_FALSE(sobol_problem({.factors = 4}));
  EXPECT_THAT(*sobol_problem({.factors = 4, .rows = 100}), testing::HasSubstr("at least 256"));
  EXPECT_THAT(*sobol_problem({.factors = 4, .rows = 100}), testing::HasSubstr("1536 points"));
  EXPECT_TRUE(sobol_problem({.factors = 0}));
  EXPECT_TRUE(sobol_problem({.factors = 2000}));
  EXPECT_THROW(SobolDesign({.factors = 4, .rows = 100}), ContractViolation);
  EXPECT_THROW(SobolDesign({.factors = 0}), ContractViolation);
}

}  // namespace
}  // namespace peercap
