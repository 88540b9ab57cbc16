#include "sim/statistics/quantile_functions.h"

#include <algorithm>
#include <cmath>

#include "sim/random/exact_math.h"
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

double normal_quantile(double p) {
  require(p > 0.0 && p < 1.0, "normal_quantile: p lies in (0, 1)");
  const double q = p - 0.5;
  if (std::abs(q) <= 0.425) {
    constexpr double numerator[] = {2.5090809287301226727e+3, 3.3430575583588128105e+4,
                                    6.7265770927008700853e+4, 4.5921953931549871457e+4,
                                    1.3731693765509461125e+4, 1.9715909503065514427e+3,
                                    1.3314166789178437745e+2, 3.3871328727963666080e+0};
    constexpr double denominator[] = {5.2264952788528545610e+3, 2.8729085735721942674e+4,
                                      3.9307895800092710610e+4, 2.1213794301586595867e+4,
                                      5.3941960214247511077e+3, 6.8718700749205790830e+2,
                                      4.2313330701600911252e+1, 1.0};
    const double r = 0.180625 - q * q;
    return q * polynomial(numerator, r) / polynomial(denominator, r);
  }
  const double r = std::sqrt(-exact::log(q < 0.0 ? p : 1.0 - p));
  double magnitude = 0.0;
  if (r <= 5.0) {
    constexpr double numerator[] = {7.74545014278341407640e-4, 2.27238449892691845833e-2,
                                    2.41780725177450611770e-1, 1.27045825245236838258e+0,
                                    3.64784832476320460504e+0, 5.76949722146069140550e+0,
                                    4.63033784615654529590e+0, 1.42343711074968357734e+0};
    constexpr double denominator[] = {1.05075007164441684324e-9, 5.47593808499534494600e-4,
                                      1.51986665636164571966e-2, 1.48103976427480074590e-1,
                                      6.89767334985100004550e-1, 1.67638483018380384940e+0,
                                      2.05319162663775882187e+0, 1.0};
    magnitude = polynomial(numerator, r - 1.6) / polynomial(denominator, r - 1.6);
  } else {
    constexpr double numerator[] = {2.01033439929228813265e-7, 2.71155556874348757815e-5,
                                    1.24266094738807843860e-3, 2.65321895265761230930e-2,
                                    2.96560571828504891230e-1, 1.78482653991729133580e+0,
                                    5.46378491116411436990e+0, 6.65790464350110377720e+0};
    constexpr double denominator[] = {2.04426310338993978564e-15, 1.42151175831644588870e-7,
                                      1.84631831751005468180e-5,  7.86869131145613259100e-4,
                                      1.48753612908506148525e-2,  1.36929880922735805310e-1,
                                      5.99832206555887937690e-1,  1.0};
    magnitude = polynomial(numerator, r - 5.0) / polynomial(denominator, r - 5.0);
  }
  return q < 0.0 ? -magnitude : magnitude;
}

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
