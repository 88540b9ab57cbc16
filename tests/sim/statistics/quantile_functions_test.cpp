#include "sim/statistics/quantile_functions.h"

#include <cmath>
#include <limits>

#include <boost/math/distributions/students_t.hpp>
#include <gtest/gtest.h>

#include "sim/random/normal_quantile.h"
#include "sim/support/contract.h"

namespace peercap {
namespace {

void expect_relative(double actual, double expected, double tolerance, double p, double degrees) {
  EXPECT_LE(std::abs(actual - expected), tolerance * std::abs(expected))
      << "p = " << p << ", degrees of freedom = " << degrees << ": " << actual << " for " << expected;
}

TEST(StudentTail, AgreesWithAReference) {
  for (const double degrees : {1.0, 2.0, 2.5, 3.0, 7.0, 19.0, 99.0, 100.5, 500.0, 1000.0}) {
    const boost::math::students_t reference{degrees};
    for (double t = 0.01; t < 60.0; t *= 1.3) {
      const double expected = boost::math::cdf(boost::math::complement(reference, t));
      if (expected > 1e-100) expect_relative(student_t_tail(t, degrees), expected, 1e-11, t, degrees);
    }
  }
  EXPECT_EQ(student_t_tail(0.0, 5.0), 0.5);
}

TEST(StudentQuantile, AgreesWithAReference) {
  for (const double degrees :
       {1.0, 2.0, 3.0, 4.0, 5.5, 9.0, 19.0, 29.0, 99.0, 365.25, 999.0, 1000.0, 1001.0, 1e4, 1e6, 1e9}) {
    const boost::math::students_t reference{degrees};
    for (const double p : {1e-9, 1e-6, 1e-4, 0.001, 0.005, 0.025, 0.05, 0.1, 0.3, 0.49, 0.6, 0.75, 0.9, 0.95,
                           0.975, 0.995, 0.9999})
      expect_relative(student_t_quantile(p, degrees), boost::math::quantile(reference, p), 1e-10, p, degrees);
  }
}

TEST(StudentQuantile, MatchesClosedForms) {
  // One degree of freedom: tan(pi (p - 1/2)); two: (2p - 1) / sqrt(2 p (1 - p)).
  for (const double p : {0.6, 0.75, 0.9, 0.975, 0.999}) {
    EXPECT_NEAR(student_t_quantile(p, 1.0) / std::tan(3.14159265358979323846 * (p - 0.5)), 1.0, 1e-11);
    EXPECT_NEAR(student_t_quantile(p, 2.0) / ((2 * p - 1) / std::sqrt(2 * p * (1 - p))), 1.0, 1e-11);
  }
  EXPECT_EQ(student_t_quantile(0.5, 7.0), 0.0);
  EXPECT_EQ(student_t_quantile(0.975, std::numeric_limits<double>::infinity()), normal_quantile(0.975));
}

TEST(StudentQuantile, RefusesWhatItDoesNotCover) {
  EXPECT_THROW((void)student_t_quantile(0.975, 0.5), ContractViolation);
  EXPECT_THROW((void)student_t_quantile(1e-10, 5.0), ContractViolation);
  EXPECT_THROW((void)student_t_quantile(1.0, 5.0), ContractViolation);
  EXPECT_THROW((void)student_t_tail(-1.0, 5.0), ContractViolation);
  EXPECT_THROW((void)student_t_tail(1.0, 1001.0), ContractViolation);
}

}  // namespace
}  // namespace peercap
