#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numeric>
#include <vector>

#include "models/peer_support/observation/measures.h"
#include "sim/statistics/summary.h"

namespace peercap::peer_support {

/// Collects one replication's measures under their names; what is not set stays NaN.
class MeasureSheet {
 public:
  MeasureSheet() { values.fill(undefined); }
  double& operator[](Measure measure) { return values[static_cast<std::size_t>(measure)]; }

  static constexpr double undefined = std::numeric_limits<double>::quiet_NaN();
  std::array<double, measure_count> values{};
};

/// NaN for a share of nothing.
[[nodiscard]] inline double ratio(double part, double whole) {
  return whole > 0.0 ? part / whole : MeasureSheet::undefined;
}
[[nodiscard]] inline double ratio(std::int64_t part, std::int64_t whole) {
  return ratio(static_cast<double>(part), static_cast<double>(whole));
}

/// The quantile of type 7 (sim/statistics/summary.h) of values in any order; NaN of none.
[[nodiscard]] inline double quantile(std::vector<double> values, double p) {
  if (values.empty()) return MeasureSheet::undefined;
  std::ranges::sort(values);
  return sorted_quantile(values, p);
}

template <std::size_t N>
[[nodiscard]] std::int64_t total(const std::array<std::int64_t, N>& counts) {
  return std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
}

/// How long was measured, and how many clinicians there are.
struct Frame {
  double years;
  double weeks;
  double clinicians;
};

}  // namespace peercap::peer_support
