#include "sim/statistics/quantile_functions.h"

#include <algorithm>
#include <cmath>

#include "sim/random/normal_quantile.h"
#include "sim/statistics/special_functions.h"
#include "sim/support/contract.h"

namespace peercap {
namespace {

constexpr double largest_exact_degrees = 1000.0;

/// Abramowitz and Stegun 26.7.5: Student's quantile from the normal one, z.
double expand_student_t(double z, double degrees) {
  const double s = z * z;
  const double g1 = z * (s + 1.0) / 4.0;
  const double g2 = z * ((5.0 * s + 16.0) * s + 3.0) / 96.0;
  const double g3 = z * (((3.0 * s + 19.0) * s + 17.0) * s - 15.0) / 384.0;
  const double g4 = z * ((((79.0 * s + 776.0) * s + 1482.0) * s - 1920.0) * s - 945.0) / 92160.0;
  return z + (g1 + (g2 + (g3 + g4 / degrees) / degrees) / degrees) / degrees;
}

/// The t >= 0 whose upper tail is `tail`, by bisection of a bracket.
double solve_student_t(double tail, double degrees) {
  double low = 0.0;
  double high = 1.0;
  while (student_t_tail(high, degrees) > tail) {
    low = high;
    high *= 2.0;
  }
  while (true) {
    const double middle = low + 0.5 * (high - low);
    if (middle <= low || middle >= high) return middle;
    (student_t_tail(middle, degrees) > tail ? low : high) = middle;
  }
}

}  // namespace

double student_t_tail(double t, double degrees_of_freedom) {
  require(t >= 0.0, "student_t_tail: t is not negative");
  require(degrees_of_freedom >= 1.0 && degrees_of_freedom <= largest_exact_degrees,
          "student_t_tail: degrees of freedom lie in [1, 1000]");
  const double square = t * t;
  const double total = degrees_of_freedom + square;
  return 0.5 * incomplete_beta(0.5 * degrees_of_freedom, 0.5, degrees_of_freedom / total, square / total);
}

double student_t_quantile(double p, double degrees_of_freedom) {
  require(p >= 1e-9 && p <= 1.0 - 1e-9, "student_t_quantile: p lies in [1e-9, 1 - 1e-9]");
  require(degrees_of_freedom >= 1.0, "student_t_quantile: at least one degree of freedom");
  if (degrees_of_freedom > largest_exact_degrees)
    return expand_student_t(normal_quantile(p), degrees_of_freedom);
  if (p == 0.5) return 0.0;
  const double magnitude = solve_student_t(std::min(p, 1.0 - p), degrees_of_freedom);
  return p < 0.5 ? -magnitude : magnitude;
}

}  // namespace peercap
