#pragma once

#include <cstddef>
#include <optional>
#include <span>

namespace peercap {

/// How many leading observations of a series to leave out, so that its beginning does not bias the mean: the
/// cut that minimizes the squared standard error of what remains, over means of `batch` observations (MSER-5
/// for 5). Nothing where the minimum lies in the later half: the series is too short to tell. Sources: K. P.
/// White, An effective truncation heuristic for bias reduction in simulation output, Simulation 69 (1997),
/// doi:10.1177/003754979706900601; K. P. White, M. J. Cobb and S. C. Spratt, A comparison of five
/// steady-state truncation heuristics for simulation, Winter Simulation Conference (2000). Throws
/// ContractViolation for a batch of 0; a series of less than ten batches is too short.
[[nodiscard]] std::optional<std::size_t> warm_up_length(std::span<const double> series,
                                                        std::size_t batch = 5);

}  // namespace peercap
