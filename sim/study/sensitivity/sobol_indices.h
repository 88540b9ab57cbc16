#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sim/statistics/summary.h"
#include "sim/study/design/design.h"
#include "sim/study/design/sobol_sequence.h"

namespace peercap {

struct SobolPlan {
  std::size_t factors = 0;
  std::uint64_t rows = 1024;  ///< best a power of 2; the design has rows x (factors + 2) points
  std::uint64_t seed = 1;
};

/// Why such a plan would say nothing, in words for the user; nothing where it is sound. Below 256 rows the
/// error of an index is about its size.
[[nodiscard]] std::optional<std::string> sobol_problem(const SobolPlan& plan);

/// The points from which first-order and total indices are estimated: for each row of two independent samples
/// A and B (the halves of one Sobol sequence of twice the dimension) the point of A, that of B, and for each
/// factor that of A with this factor from B. Source: A. Saltelli, P. Annoni, I. Azzini, F. Campolongo, M.
/// Ratto and S. Tarantola, Variance based sensitivity analysis of model output: design and estimator for the
/// total sensitivity index, Computer Physics Communications 181 (2010), doi:10.1016/j.cpc.2009.09.018.
class SobolDesign final : public Design {
 public:
  /// Throws ContractViolation for a plan with a problem.
  explicit SobolDesign(const SobolPlan& plan);
  [[nodiscard]] std::uint64_t size() const override { return plan_.rows * (plan_.factors + 2); }
  [[nodiscard]] std::size_t dimensions() const override { return plan_.factors; }
  [[nodiscard]] const SobolPlan& plan() const { return plan_; }

 private:
  void compute(std::uint64_t index, std::span<double> coordinates) const override;
  SobolPlan plan_;
  SobolSequence rows_;
};

struct SobolIndex {
  /// Share of the outcome's variance that knowing the factor alone would remove: the estimator of Saltelli
  /// and others (2010), mean of f(B) (f(A_B) - f(A)) over the variance, on centered outcomes. May be negative
  /// by chance.
  double first_order = 0.0;
  Interval first_order_interval;
  /// Share that would remain if all others were known: Jansen's estimator, mean of (f(A) - f(A_B))^2 / 2 over
  /// the variance.
  double total = 0.0;
  Interval total_interval;
};

struct SobolIndices {
  double mean = 0.0;                ///< of the outcome
  double variance = 0.0;            ///< 0: indices are NaN
  std::uint64_t rows = 0;           ///< used; a row with a NaN is left out
  std::vector<SobolIndex> factors;  ///< [factors]
};

/// The indices from the outcomes of the design's points, in order. Intervals are percentiles of the bootstrap
/// over rows, which takes rows for independent: they are rather too wide, since those of a Sobol sequence are
/// more even. Total indices: M. J. W. Jansen, Analysis of variance designs for model output, Computer Physics
/// Communications 117 (1999), doi:10.1016/S0010-4655(98)00154-4. Throws ContractViolation for another number
/// of outcomes or less than 100 resamples.
[[nodiscard]] SobolIndices sobol_indices(const SobolDesign& design, std::span<const double> outcomes,
                                         double confidence = 0.95, int resamples = 1000);

}  // namespace peercap
