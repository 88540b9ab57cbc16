#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "sim/statistics/summary.h"
#include "sim/study/calibration/prior.h"

namespace peercap {

/// Parameters that a sampler wants simulated. `attempt` is unique in a calibration and serves as the number
/// of the replication to draw.
struct Proposal {
  std::vector<double> parameters;
  std::uint64_t attempt = 0;
};

/// Simulates proposals, possibly in parallel, and returns the summaries of each, [proposals][summaries]; a
/// NaN rejects its proposal.
using SimulateSummaries = std::function<std::vector<std::vector<double>>(std::span<const Proposal>)>;

struct CalibrationOptions {
  std::size_t population = 500;  ///< accepted parameters a generation, at least 50
  double tolerance = 0.0;        ///< the distance at which the calibration is done
  double quantile = 0.5;         ///< of a generation's distances: the next one's tolerance, in (0, 1)
  int most_generations = 20;
  std::uint64_t most_simulations = 100'000;
  double least_acceptance = 0.01;  ///< of proposals simulated, below which no further generation is begun
  std::uint64_t seed = 1;
  /// [summaries] what a distance of 1 is in each; if empty, the median absolute deviation of the first
  /// generation's. A summary whose scale is 0 does not count.
  std::vector<double> scales = {};
};

enum class CalibrationEnd { tolerance_reached, generations, simulations, acceptance };

/// A generation of the sampler.
struct CalibrationStep {
  double tolerance = 0.0;
  double acceptance = 0.0;  ///< accepted per simulated proposal
  std::uint64_t simulations = 0;
  double effective_size = 0.0;  ///< 1 / sum of squared weights
};

/// A weighted sample of the approximate posterior, from the last complete generation.
struct Posterior {
  CalibrationEnd end = CalibrationEnd::generations;
  std::vector<std::vector<double>> parameters;  ///< [population][parameters]
  std::vector<double> weights;                  ///< [population], summing to 1
  std::vector<double> distances;                ///< [population]
  std::vector<double> scales;                   ///< [summaries] as used
  std::vector<CalibrationStep> steps;

  [[nodiscard]] double mean(std::size_t parameter) const;
  [[nodiscard]] double standard_deviation(std::size_t parameter) const;
  /// The smallest value with at least a share `p` in [0, 1] of the weight at or below it.
  [[nodiscard]] double quantile(std::size_t parameter, double p) const;
  [[nodiscard]] Interval interval(std::size_t parameter, double confidence = 0.95) const;
};

/// Approximate Bayesian computation by sequential Monte Carlo: the parameters under which simulated summaries
/// come within a tolerance of the observed ones, the tolerance falling from generation to generation. A
/// generation draws ancestors by weight, moves each by a normal step whose variance is twice the weighted
/// variance of the generation before, simulates, keeps what comes close enough, and weights by prior over
/// proposal density. The distance is the root of the sum of squares of scaled differences. Sources: T. Toni,
/// D. Welch, N. Strelkowa, A. Ipsen and M. P. H. Stumpf, Approximate Bayesian computation scheme for
/// parameter inference and model selection in dynamical systems, Journal of the Royal Society Interface 6
/// (2009), doi:10.1098/rsif.2008.0172; M. A. Beaumont, J.-M. Cornuet, J.-M. Marin and C. P. Robert, Adaptive
/// approximate Bayesian computation, Biometrika 96 (2009), doi:10.1093/biomet/asp052.
///
/// Proposals are numbered and accepted in order, so that the posterior does not depend on how many are
/// simulated at a time. Throws ContractViolation for options out of range, and where the first generation has
/// not enough summaries that are numbers.
[[nodiscard]] Posterior calibrate(const std::vector<Prior>& priors, std::span<const double> observed,
                                  const SimulateSummaries& simulate, const CalibrationOptions& options);

}  // namespace peercap
