#pragma once

#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

#include "sim/study/design/design.h"

namespace peercap {

constexpr double pi = 3.14159265358979323846;

/// sin x + 7 sin^2 y + 0.1 z^4 sin x on (-pi, pi)^3: T. Ishigami and T. Homma, An importance quantification
/// technique in uncertainty analysis for computer models, ISUMA (1990).
inline double ishigami(std::span<const double> unit) {
  const double x = pi * (2.0 * unit[0] - 1.0);
  const double y = pi * (2.0 * unit[1] - 1.0);
  const double z = pi * (2.0 * unit[2] - 1.0);
  return std::sin(x) + 7.0 * std::sin(y) * std::sin(y) + 0.1 * z * z * z * z * std::sin(x);
}

/// The g-function of Sobol: the product of (|4 x - 2| + a) / (1 + a).
inline double g_function(std::span<const double> unit, std::span<const double> a) {
  double product = 1.0;
  for (std::size_t i = 0; i < a.size(); ++i) product *= (std::abs(4.0 * unit[i] - 2.0) + a[i]) / (1.0 + a[i]);
  return product;
}

/// The outcomes of all points of a design.
template <class Function>
std::vector<double> outcomes_of(const Design& design, Function&& function) {
  std::vector<double> outcomes;
  for (std::uint64_t i = 0; i < design.size(); ++i) outcomes.push_back(function(design.point(i)));
  return outcomes;
}

}  // namespace peercap
