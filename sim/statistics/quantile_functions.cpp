#include "sim/statistics/quantile_functions.h"

#include <algorithm>
#include <cmath>

#include "sim/random/exact_math.h"
#include "sim/random/normal_quantile.h"
#include "sim/support/contract.h"

namespace peercap {
namespace {

constexpr double largest_exact_degrees = 1000.0;
constexpr double pi = 3.14159265358979323846;

/// Horner's scheme over coefficients from the highest power down.
template <class Coefficients>
double polynomial(const Coefficients& coefficients, double x) {
  double sum = 0.0;
  for (const double coefficient : coefficients) sum = sum * x + coefficient;
  return sum;
}

/// log Gamma(x) for x > 0: Stirling's series from 15 up (remainder below 1e-17), the recurrence below.
double log_gamma(double x) {
  double product = 1.0;
  while (x < 15.0) {
    product *= x;
    x += 1.0;
  }
  constexpr double series[] = {1.0 / 156.0,  -691.0 / 360360.0, 1.0 / 1188.0, -1.0 / 1680.0,
                               1.0 / 1260.0, -1.0 / 360.0,      1.0 / 12.0};
  const double correction = polynomial(series, 1.0 / (x * x)) / x;
  return (x - 0.5) * exact::log(x) - x + 0.5 * exact::log(2.0 * pi) + correction - exact::log(product);
}

/// The continued fraction of the incomplete beta function (Abramowitz and Stegun 26.5.8) by Lentz's method;
/// converges fast for x < (a + 1) / (a + b + 2).
double beta_fraction(double a, double b, double x) {
  constexpr double tiny = 1e-300;
  constexpr int most_terms = 10000;
  const auto away_from_zero = [](double value) { return std::abs(value) < tiny ? tiny : value; };
  double c = 1.0;
  double d = 1.0 / away_from_zero(1.0 - (a + b) * x / (a + 1.0));
  double fraction = d;
  for (int m = 1; m < most_terms; ++m) {
    const double even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
    d = 1.0 / away_from_zero(1.0 + even * d);
    c = away_from_zero(1.0 + even / c);
    fraction *= d * c;
    const double odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
    d = 1.0 / away_from_zero(1.0 + odd * d);
    c = away_from_zero(1.0 + odd / c);
    fraction *= d * c;
    if (std::abs(d * c - 1.0) < 1e-16) break;
  }
  return fraction;
}

/// The regularized incomplete beta function I_x(a, b); `y` is 1 - x, given apart because x may be close to 1.
double incomplete_beta(double a, double b, double x, double y) {
  if (x <= 0.0) return 0.0;
  if (y <= 0.0) return 1.0;
  const double front =
      exact::exp(log_gamma(a + b) - log_gamma(a) - log_gamma(b) + a * exact::log(x) + b * exact::log(y));
  if (x < (a + 1.0) / (a + b + 2.0)) return front * beta_fraction(a, b, x) / a;
  return 1.0 - front * beta_fraction(b, a, y) / b;
}

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
