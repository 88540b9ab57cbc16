#pragma once

namespace peercap {

/// Quantiles of distributions, by arithmetic that gives equal bits on every processor and compiler (the C
/// library and Boost.Math do not promise that), for intervals that are written to files.

/// The upper tail probability P(T > t) of Student's t, for t >= 0 and degrees of freedom in [1, 1000]; to
/// about 1e-11 relative. Throws ContractViolation otherwise.
[[nodiscard]] double student_t_tail(double t, double degrees_of_freedom);

/// The quantile of Student's t, for p in [1e-9, 1 - 1e-9] and degrees of freedom of at least 1 (infinity
/// gives the normal quantile); to about 1e-11 relative. Throws ContractViolation otherwise. Up to 1000
/// degrees of freedom by solving for the tail probability, beyond by the expansion 26.7.5 of Abramowitz and
/// Stegun, Handbook of Mathematical Functions (1964).
[[nodiscard]] double student_t_quantile(double p, double degrees_of_freedom);

}  // namespace peercap
