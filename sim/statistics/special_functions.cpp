#include "sim/statistics/special_functions.h"

#include <cmath>

#include "sim/random/exact_math.h"
#include "sim/support/contract.h"

namespace peercap {
namespace {

constexpr double pi = 3.14159265358979323846;

/// Continued fractions by Lentz's method divide by what may vanish.
double away_from_zero(double value) {
  constexpr double tiny = 1e-300;
  return std::abs(value) < tiny ? tiny : value;
}

/// The continued fraction of the incomplete beta function (Abramowitz and Stegun 26.5.8); converges fast for
/// x < (a + 1) / (a + b + 2).
double beta_fraction(double a, double b, double x) {
  constexpr int most_terms = 10000;
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

/// x^a e^-x / Gamma(a).
double gamma_front(double a, double x) {
  return exact::exp(a * exact::log(x) - x - log_gamma(a));
}

constexpr int most_gamma_terms = 1000000;

/// P(a, x) by its series (6.5.29), for x < a + 1.
double gamma_series(double a, double x) {
  double term = 1.0 / a;
  double sum = term;
  for (int n = 1; n < most_gamma_terms; ++n) {
    term *= x / (a + n);
    sum += term;
    if (term < 1e-17 * sum) break;
  }
  return gamma_front(a, x) * sum;
}

/// Q(a, x) by its continued fraction (6.5.31, contracted), for x >= a + 1.
double gamma_fraction(double a, double x) {
  double b = x + 1.0 - a;
  double c = 1e300;
  double d = 1.0 / away_from_zero(b);
  double fraction = d;
  for (int n = 1; n < most_gamma_terms; ++n) {
    const double numerator = -n * (n - a);
    b += 2.0;
    d = 1.0 / away_from_zero(numerator * d + b);
    c = away_from_zero(b + numerator / c);
    fraction *= d * c;
    if (std::abs(d * c - 1.0) < 1e-16) break;
  }
  return gamma_front(a, x) * fraction;
}

}  // namespace

double log_gamma(double x) {
  require(x > 0.0, "log_gamma: x is positive");
  // Stirling's series from 15 up (remainder below 1e-17), the recurrence below.
  double product = 1.0;
  while (x < 15.0) {
    product *= x;
    x += 1.0;
  }
  constexpr double series[] = {1.0 / 156.0,  -691.0 / 360360.0, 1.0 / 1188.0, -1.0 / 1680.0,
                               1.0 / 1260.0, -1.0 / 360.0,      1.0 / 12.0};
  const double correction = exact::detail::horner(series, 1.0 / (x * x)) / x;
  return (x - 0.5) * exact::log(x) - x + 0.5 * exact::log(2.0 * pi) + correction - exact::log(product);
}

double incomplete_beta(double a, double b, double x, double y) {
  require(a > 0.0 && b > 0.0, "incomplete_beta: a and b are positive");
  if (x <= 0.0) return 0.0;
  if (y <= 0.0) return 1.0;
  const double front =
      exact::exp(log_gamma(a + b) - log_gamma(a) - log_gamma(b) + a * exact::log(x) + b * exact::log(y));
  if (x < (a + 1.0) / (a + b + 2.0)) return front * beta_fraction(a, b, x) / a;
  return 1.0 - front * beta_fraction(b, a, y) / b;
}

double beta_quantile(double a, double b, double p) {
  require(p >= 0.0 && p <= 1.0, "beta_quantile: p lies in [0, 1]");
  double low = 0.0;
  double high = 1.0;
  while (true) {
    const double middle = low + 0.5 * (high - low);
    if (middle <= low || middle >= high) return middle;
    (incomplete_beta(a, b, middle, 1.0 - middle) < p ? low : high) = middle;
  }
}

double lower_gamma(double a, double x) {
  require(a > 0.0 && x >= 0.0, "lower_gamma: a is positive, x not negative");
  if (x == 0.0) return 0.0;
  return x < a + 1.0 ? gamma_series(a, x) : 1.0 - gamma_fraction(a, x);
}

double upper_gamma(double a, double x) {
  require(a > 0.0 && x >= 0.0, "upper_gamma: a is positive, x not negative");
  if (x == 0.0) return 1.0;
  return x < a + 1.0 ? 1.0 - gamma_series(a, x) : gamma_fraction(a, x);
}

double poisson_tail(double mean, std::int64_t count) {
  require(mean >= 0.0 && count >= -1, "poisson_tail: mean >= 0, count >= -1");
  return count < 0 ? 1.0 : lower_gamma(static_cast<double>(count) + 1.0, mean);
}

double binomial_cumulative(std::int64_t successes, std::int64_t trials, double probability) {
  require(trials >= 0 && probability >= 0.0 && probability <= 1.0,
          "binomial_cumulative: trials are not negative, the probability lies in [0, 1]");
  if (successes < 0) return 0.0;
  if (successes >= trials) return 1.0;
  return incomplete_beta(static_cast<double>(trials - successes), static_cast<double>(successes) + 1.0,
                         1.0 - probability, probability);
}

double normal_cumulative(double z) {
  const double tail = 0.5 * upper_gamma(0.5, 0.5 * z * z);
  return z < 0.0 ? tail : 1.0 - tail;
}

double normal_density(double z) {
  return exact::exp(-0.5 * z * z) / std::sqrt(2.0 * pi);
}

}  // namespace peercap
