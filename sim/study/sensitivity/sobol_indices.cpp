#include "sim/study/sensitivity/sobol_indices.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "sim/study/inference/bootstrap.h"
#include "sim/support/contract.h"

namespace peercap {
namespace {

/// Outcomes by row, centered: those of A and B, and of A with each factor from B.
struct Rows {
  std::vector<double> a;                   ///< [rows]
  std::vector<double> b;                   ///< [rows]
  std::vector<std::vector<double>> mixed;  ///< [factors][rows]
  double mean = 0.0;
};

Rows rows_of(const SobolDesign& design, std::span<const double> outcomes) {
  const std::size_t factors = design.dimensions();
  Rows rows;
  rows.mixed.resize(factors);
  for (std::size_t begin = 0; begin < outcomes.size(); begin += factors + 2) {
    const auto row = outcomes.subspan(begin, factors + 2);
    if (std::ranges::any_of(row, [](double outcome) { return std::isnan(outcome); })) continue;
    rows.a.push_back(row[0]);
    rows.b.push_back(row[1]);
    for (std::size_t i = 0; i < factors; ++i) rows.mixed[i].push_back(row[2 + i]);
  }
  if (rows.a.empty()) return rows;
  const auto sum = [](const std::vector<double>& values) {
    return std::accumulate(values.begin(), values.end(), 0.0);
  };
  rows.mean = (sum(rows.a) + sum(rows.b)) / static_cast<double>(2 * rows.a.size());
  for (double& outcome : rows.a) outcome -= rows.mean;
  for (double& outcome : rows.b) outcome -= rows.mean;
  for (auto& column : rows.mixed)
    for (double& outcome : column) outcome -= rows.mean;
  return rows;
}

double variance_of(const Rows& rows, std::span<const std::size_t> chosen) {
  double sum = 0.0;
  double squares = 0.0;
  for (const std::size_t row : chosen) {
    sum += rows.a[row] + rows.b[row];
    squares += rows.a[row] * rows.a[row] + rows.b[row] * rows.b[row];
  }
  const auto n = static_cast<double>(2 * chosen.size());
  return squares / n - (sum / n) * (sum / n);
}

struct Shares {
  double first_order;
  double total;
};

Shares shares_of(const Rows& rows, std::span<const std::size_t> chosen, std::size_t factor, double variance) {
  double product = 0.0;
  double squares = 0.0;
  for (const std::size_t row : chosen) {
    const double change = rows.mixed[factor][row] - rows.a[row];
    product += rows.b[row] * change;
    squares += change * change;
  }
  const auto n = static_cast<double>(chosen.size());
  return {product / n / variance, 0.5 * squares / n / variance};
}

Interval percentile_interval(std::vector<double>& figures, double confidence) {
  std::ranges::sort(figures);
  const double tail = 0.5 * (1.0 - confidence);
  return {sorted_quantile(figures, tail), sorted_quantile(figures, 1.0 - tail)};
}

}  // namespace

std::optional<std::string> sobol_problem(const SobolPlan& plan) {
  constexpr std::uint64_t fewest = 256;
  if (plan.factors == 0) return "there is no factor to apportion variance to";
  if (2 * plan.factors > SobolSequence::most_dimensions)
    return "there are more than " + std::to_string(SobolSequence::most_dimensions / 2) + " factors";
  if (plan.rows < fewest)
    return std::to_string(plan.rows) + " rows say next to nothing of shares of variance: choose at least " +
           std::to_string(fewest) + ", which takes " + std::to_string(fewest * (plan.factors + 2)) +
           " points";
  if (plan.rows >= (std::uint64_t{1} << 32)) return "there are more than 2^32 rows";
  return std::nullopt;
}

SobolDesign::SobolDesign(const SobolPlan& plan)
    : plan_{plan},
      rows_{std::max<std::uint64_t>(plan.rows, 1), std::max<std::size_t>(2 * plan.factors, 1), plan.seed} {
  require(!sobol_problem(plan), "SobolDesign: a plan without problems");
}

void SobolDesign::compute(std::uint64_t index, std::span<double> coordinates) const {
  const std::size_t factors = plan_.factors;
  const std::uint64_t part = index % (factors + 2);
  const std::vector<double> row = rows_.point(index / (factors + 2));
  for (std::size_t i = 0; i < factors; ++i) {
    const bool is_from_b = part == 1 || part == 2 + i;
    coordinates[i] = row[is_from_b ? factors + i : i];
  }
}

SobolIndices sobol_indices(const SobolDesign& design, std::span<const double> outcomes, double confidence,
                           int resamples) {
  require(outcomes.size() == design.size(), "sobol_indices: an outcome for each point");
  require(resamples >= 100, "sobol_indices: at least 100 resamples");
  require(confidence > 0.0 && confidence < 1.0, "confidence lies in (0, 1)");
  const std::size_t factors = design.dimensions();
  const Rows rows = rows_of(design, outcomes);
  SobolIndices indices;
  indices.rows = rows.a.size();
  indices.mean = rows.mean;
  indices.factors.resize(factors);
  std::vector<std::size_t> all(rows.a.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  indices.variance = all.empty() ? std::nan("") : variance_of(rows, all);
  for (std::size_t i = 0; i < factors; ++i) {
    const Shares shares = shares_of(rows, all, i, indices.variance);
    indices.factors[i].first_order = shares.first_order;
    indices.factors[i].total = shares.total;
  }
  if (all.size() < 2 || !(indices.variance > 0.0)) return indices;

  std::vector<std::vector<double>> first_orders(factors);
  std::vector<std::vector<double>> totals(factors);
  for (int resample = 0; resample < resamples; ++resample) {
    const auto chosen =
        resampled_positions(all.size(), design.plan().seed, static_cast<std::uint32_t>(resample));
    const double variance = variance_of(rows, chosen);
    if (!(variance > 0.0)) continue;
    for (std::size_t i = 0; i < factors; ++i) {
      const Shares shares = shares_of(rows, chosen, i, variance);
      first_orders[i].push_back(shares.first_order);
      totals[i].push_back(shares.total);
    }
  }
  for (std::size_t i = 0; i < factors && !totals[i].empty(); ++i) {
    indices.factors[i].first_order_interval = percentile_interval(first_orders[i], confidence);
    indices.factors[i].total_interval = percentile_interval(totals[i], confidence);
  }
  return indices;
}

}  // namespace peercap
