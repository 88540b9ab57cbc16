#include "sim/statistics/special_functions.h"

#include <cmath>

#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/poisson.hpp>
#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <gtest/gtest.h>

#include "sim/support/contract.h"

namespace peercap {
namespace {

void expect_relative(double actual, double expected, double tolerance) {
  EXPECT_LE(std::abs(actual - expected), tolerance * std::abs(expected)) << actual << " for " << expected;
}

TEST(SpecialFunctions, GammaAgreesWithAReference) {
  for (const double a : {0.04, 0.5, 1.0, 3.7, 29.0, 400.0, 1e4})
    for (const double ratio : {0.3, 0.9, 1.0, 1.1, 2.0}) {
      const double x = a * ratio;
      const double lower = boost::math::gamma_p(a, x);
      const double upper = boost::math::gamma_q(a, x);
      if (lower > 1e-200) expect_relative(lower_gamma(a, x), lower, 2e-11);
      if (upper > 1e-200) expect_relative(upper_gamma(a, x), upper, 2e-11);
    }
  EXPECT_EQ(lower_gamma(2.0, 0.0), 0.0);
  EXPECT_EQ(upper_gamma(2.0, 0.0), 1.0);
  EXPECT_THROW((void)lower_gamma(0.0, 1.0), ContractViolation);
  EXPECT_THROW((void)log_gamma(0.0), ContractViolation);
}

TEST(SpecialFunctions, BetaAndItsQuantileAgreeWithAReference) {
  for (const double a : {0.5, 1.0, 4.0, 60.0, 900.0})
    for (const double b : {0.5, 2.0, 33.0, 700.0})
      for (const double p : {0.001, 0.025, 0.5, 0.975}) {
        const double x = boost::math::ibeta_inv(a, b, p);
        expect_relative(incomplete_beta(a, b, x, 1.0 - x), boost::math::ibeta(a, b, x), 1e-10);
        expect_relative(beta_quantile(a, b, p), x, 1e-9);
      }
  EXPECT_THROW((void)beta_quantile(1.0, 1.0, 1.5), ContractViolation);
}

TEST(SpecialFunctions, DiscreteTailsAgreeWithAReference) {
  for (const double mean : {0.3, 28.0, 500.0})
    for (const int count : {0, 5, 34, 520}) {
      const boost::math::poisson law{mean};
      const double expected = boost::math::cdf(boost::math::complement(law, count));
      if (expected > 1e-200) expect_relative(poisson_tail(mean, count), expected, 1e-10);
    }
  EXPECT_EQ(poisson_tail(3.0, -1), 1.0);
  for (const int successes : {0, 3, 17, 40}) {
    const boost::math::binomial law{41, 0.3};
    expect_relative(binomial_cumulative(successes, 41, 0.3), boost::math::cdf(law, successes), 1e-11);
  }
  EXPECT_EQ(binomial_cumulative(41, 41, 0.3), 1.0);
  EXPECT_EQ(binomial_cumulative(-1, 41, 0.3), 0.0);
}

TEST(SpecialFunctions, NormalAgreesInBothTails) {
  const boost::math::normal law;
  for (double z = -30.0; z < 9.0; z += 0.37) {
    expect_relative(normal_cumulative(z), boost::math::cdf(law, z), 1e-12);
    expect_relative(normal_density(z), boost::math::pdf(law, z), 1e-13);
  }
}

}  // namespace
}  // namespace peercap
