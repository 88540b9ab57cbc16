#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "sim/statistics/summary.h"

namespace peercap {

/// percentile: the quantiles of the resampled figures; accelerated: those corrected for bias and skewness
/// (BCa). Source: B. Efron, Better bootstrap confidence intervals, Journal of the American Statistical
/// Association 82 (1987), doi:10.1080/01621459.1987.10478410.
enum class BootstrapMethod { percentile, accelerated };

struct BootstrapOptions {
  BootstrapMethod method = BootstrapMethod::accelerated;
  int resamples = 2000;  ///< at least 100
  double confidence = 0.95;
  std::uint64_t seed = 1;
};

/// The positions, in [0, count), of resample number `resample`: `count` draws with replacement, a function of
/// the seed and the number alone.
[[nodiscard]] std::vector<std::size_t> resampled_positions(std::size_t count, std::uint64_t seed,
                                                           std::uint32_t resample);

/// A figure of the observations at these positions.
using PositionStatistic = std::function<double(std::span<const std::size_t> positions)>;

/// The interval of a figure of `count` exchangeable observations, which the statistic knows by position:
/// trajectories, rows of a design, pairs. NaN for less than two observations or where a resampled figure is
/// no number. Throws ContractViolation for less than 100 resamples.
[[nodiscard]] Interval bootstrap_interval(std::size_t count, const PositionStatistic& statistic,
                                          const BootstrapOptions& options = {});

/// The same for a figure of plain numbers, without NaN.
using SampleStatistic = std::function<double(std::span<const double> values)>;
[[nodiscard]] Interval bootstrap_interval(std::span<const double> values, const SampleStatistic& statistic,
                                          const BootstrapOptions& options = {});

}  // namespace peercap
