#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "sim/study/preference.h"

namespace peercap {

/// The points that no other beats: none is at least as good in every objective and better in one. Indices in
/// ascending order; equal points stay together; points with a NaN are left out. `points` is [points,
/// objectives], with one preference an objective; ContractViolation otherwise.
[[nodiscard]] std::vector<std::size_t> pareto_frontier(const std::vector<std::vector<double>>& points,
                                                       std::span<const Preference> preferences);

}  // namespace peercap
