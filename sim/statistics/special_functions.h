#pragma once

#include <cstdint>

/// Special functions by arithmetic that gives equal bits on every processor and compiler; relative accuracy
/// about 1e-13 for arguments up to 1e3, about 1e-11 up to 1e5. Methods: Abramowitz and Stegun, Handbook of
/// Mathematical Functions (1964), sections 6.1, 6.5 and 26.5. All throw ContractViolation outside the domains
/// stated.
namespace peercap {

/// log Gamma(x), x > 0.
[[nodiscard]] double log_gamma(double x);

/// The regularized incomplete beta function I_x(a, b) for a, b > 0 and x in [0, 1]; `y` is 1 - x, given apart
/// because x may be close to 1.
[[nodiscard]] double incomplete_beta(double a, double b, double x, double y);

/// The x with I_x(a, b) = p, for p in [0, 1]: the quantile of the beta distribution.
[[nodiscard]] double beta_quantile(double a, double b, double p);

/// The regularized incomplete gamma functions P(a, x) and Q(a, x) = 1 - P(a, x), each without cancellation;
/// a > 0, x >= 0.
[[nodiscard]] double lower_gamma(double a, double x);
[[nodiscard]] double upper_gamma(double a, double x);

/// P(N > count) of a Poisson N; `mean` >= 0, `count` >= -1.
[[nodiscard]] double poisson_tail(double mean, std::int64_t count);

/// P(N <= successes) of a binomial N; 0 <= probability <= 1, trials >= 0.
[[nodiscard]] double binomial_cumulative(std::int64_t successes, std::int64_t trials, double probability);

/// P(Z <= z) of a standard normal Z, accurate in both tails.
[[nodiscard]] double normal_cumulative(double z);

/// The density of a standard normal.
[[nodiscard]] double normal_density(double z);

}  // namespace peercap
