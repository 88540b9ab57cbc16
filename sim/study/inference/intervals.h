#pragma once

#include <cstdint>
#include <span>

#include "sim/statistics/summary.h"

/// Intervals of a study's figures. `confidence` is two-sided and lies in (0, 1); ContractViolation otherwise.
/// NaNs among values are left out. Wilson's interval of a proportion is `proportion_interval` in
/// sim/statistics/summary.h.
namespace peercap {

/// Of a mean, by Student's t; NaN for less than two values.
[[nodiscard]] Interval mean_interval(std::span<const double> values, double confidence = 0.95);

/// estimate -+ z times its standard error.
[[nodiscard]] Interval normal_interval(double estimate, double standard_error, double confidence = 0.95);

/// Of a proportion, never covering less than stated: C. J. Clopper and E. S. Pearson, The use of confidence
/// or fiducial limits illustrated in the case of the binomial, Biometrika 26 (1934),
/// doi:10.1093/biomet/26.4.404. [0, 1] without trials.
[[nodiscard]] Interval exact_proportion_interval(std::int64_t successes, std::int64_t trials,
                                                 double confidence = 0.95);

/// Of the quantile at p in (0, 1) of any law, between two order statistics of independent values, never
/// covering less than stated; an end is infinite where there are too few values. Source: H. A. David and H.
/// N. Nagaraja, Order Statistics (Wiley 2003), section 7.1.
[[nodiscard]] Interval quantile_interval(std::span<const double> values, double p, double confidence = 0.95);

/// Twice the smaller tail of Student's t beyond |t|; t may be infinite. Beyond 1,000 degrees of freedom by
/// the normal approximation 26.7.8 of Abramowitz and Stegun.
[[nodiscard]] double student_p_value(double t, double degrees_of_freedom);

}  // namespace peercap
