#include "sim/study/inference/bootstrap.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "sim/random/normal_quantile.h"
#include "sim/statistics/special_functions.h"
#include "sim/study/study_draw.h"
#include "sim/support/contract.h"

namespace peercap {
namespace {

/// The skewness of the influence of single observations, by leaving each out.
double acceleration(std::size_t count, const PositionStatistic& statistic) {
  std::vector<std::size_t> rest(count - 1);
  std::vector<double> figures;
  figures.reserve(count);
  for (std::size_t left_out = 0; left_out < count; ++left_out) {
    std::size_t next = 0;
    for (std::size_t i = 0; i < count; ++i)
      if (i != left_out) rest[next++] = i;
    figures.push_back(statistic(rest));
  }
  const double mean = std::accumulate(figures.begin(), figures.end(), 0.0) / static_cast<double>(count);
  double squares = 0.0;
  double cubes = 0.0;
  for (const double figure : figures) {
    const double influence = mean - figure;
    squares += influence * influence;
    cubes += influence * influence * influence;
  }
  return squares > 0.0 ? cubes / (6.0 * squares * std::sqrt(squares)) : 0.0;
}

double share_below(std::span<const double> sorted, double figure) {
  const auto [first, last] = std::equal_range(sorted.begin(), sorted.end(), figure);
  const auto below = static_cast<double>(first - sorted.begin());
  const auto equal = static_cast<double>(last - first);
  const auto n = static_cast<double>(sorted.size());
  return std::clamp((below + 0.5 * equal) / n, 0.5 / n, 1.0 - 0.5 / n);
}

}  // namespace

std::vector<std::size_t> resampled_positions(std::size_t count, std::uint64_t seed, std::uint32_t resample) {
  const RandomSource random{seed, resample};
  std::vector<std::size_t> positions(count);
  for (std::size_t i = 0; i < count; i += 2) {
    const Draw draw = random.draw(EntityKey{}, StudyDraw::resample, i / 2);
    positions[i] = below(draw.bits(), count);
    if (i + 1 < count) positions[i + 1] = below(draw.second_bits(), count);
  }
  return positions;
}

Interval bootstrap_interval(std::size_t count, const PositionStatistic& statistic,
                            const BootstrapOptions& options) {
  require(options.resamples >= 100, "bootstrap_interval: at least 100 resamples");
  require(options.confidence > 0.0 && options.confidence < 1.0, "confidence lies in (0, 1)");
  if (count < 2) return {};
  std::vector<double> figures;
  for (int resample = 0; resample < options.resamples; ++resample) {
    const double figure =
        statistic(resampled_positions(count, options.seed, static_cast<std::uint32_t>(resample)));
    if (std::isnan(figure)) return {};
    figures.push_back(figure);
  }
  std::ranges::sort(figures);
  double low = 0.5 * (1.0 - options.confidence);
  double high = 1.0 - low;
  if (options.method == BootstrapMethod::accelerated) {
    std::vector<std::size_t> all(count);
    std::iota(all.begin(), all.end(), std::size_t{0});
    const double bias = normal_quantile(share_below(figures, statistic(all)));
    const double a = acceleration(count, statistic);
    const auto corrected = [&](double p) {
      const double z = bias + normal_quantile(p);
      return normal_cumulative(bias + z / (1.0 - a * z));
    };
    low = corrected(low);
    high = corrected(high);
  }
  return {sorted_quantile(figures, low), sorted_quantile(figures, high)};
}

Interval bootstrap_interval(std::span<const double> values, const SampleStatistic& statistic,
                            const BootstrapOptions& options) {
  std::vector<double> chosen;
  return bootstrap_interval(
      values.size(),
      [&](std::span<const std::size_t> positions) {
        chosen.clear();
        for (const std::size_t position : positions) chosen.push_back(values[position]);
        return statistic(chosen);
      },
      options);
}

}  // namespace peercap
