#include "sim/study/selection/pareto.h"

#include <algorithm>
#include <cmath>

#include "sim/support/contract.h"

namespace peercap {
namespace {

/// Both with smaller as better.
bool beats(const std::vector<double>& a, const std::vector<double>& b) {
  bool is_better = false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i] > b[i]) return false;
    is_better = is_better || a[i] < b[i];
  }
  return is_better;
}

}  // namespace

std::vector<std::size_t> pareto_frontier(const std::vector<std::vector<double>>& points,
                                         std::span<const Preference> preferences) {
  std::vector<std::vector<double>> costs = points;
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < costs.size(); ++i) {
    require(costs[i].size() == preferences.size(), "pareto_frontier: one number an objective");
    for (std::size_t j = 0; j < preferences.size(); ++j)
      if (preferences[j] == Preference::larger) costs[i][j] = -costs[i][j];
    if (std::ranges::none_of(costs[i], [](double x) { return std::isnan(x); })) order.push_back(i);
  }
  // In lexicographic order nothing later beats what is earlier.
  std::ranges::stable_sort(order, {}, [&](std::size_t i) -> const std::vector<double>& { return costs[i]; });
  std::vector<std::size_t> frontier;
  for (const std::size_t i : order)
    if (std::ranges::none_of(frontier, [&](std::size_t j) { return beats(costs[j], costs[i]); }))
      frontier.push_back(i);
  std::ranges::sort(frontier);
  return frontier;
}

}  // namespace peercap
