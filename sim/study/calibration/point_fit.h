#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "sim/study/calibration/prior.h"

namespace peercap {

struct PointFitOptions {
  std::uint64_t most_evaluations = 400;  ///< at least 1
  /// The fit is done when a step changes every parameter by less than this share of its prior's range.
  double smallest_step = 1e-3;
};

struct PointFit {
  std::vector<double> parameters;  ///< the best that was tried
  double distance = 0.0;           ///< there
  std::uint64_t evaluations = 0;
  bool is_converged = false;  ///< steps became small; otherwise the evaluations were spent
};

/// The parameters with the smallest distance, looked for within each prior's range (of a normal one from the
/// 0.1 % to the 99.9 % quantile) and from its median, without derivatives: Sbplx of the library NLopt (S. G.
/// Johnson, The NLopt nonlinear-optimization package, https://github.com/stevengj/nlopt), after Subplex (T.
/// H. Rowan, Functional stability analysis of numerical algorithms, thesis, University of Texas at Austin,
/// 1990). It bears noise and steps, and may end in a minimum that is not the smallest. A distance that is not
/// finite counts as very large. What `distance` throws is passed on. Throws ContractViolation for options or
/// priors out of range, and where no distance was finite.
[[nodiscard]] PointFit fit_point(const std::vector<Prior>& priors,
                                 const std::function<double(std::span<const double>)>& distance,
                                 const PointFitOptions& options);

}  // namespace peercap
