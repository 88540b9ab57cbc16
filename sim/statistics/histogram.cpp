#include "sim/statistics/histogram.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "sim/support/contract.h"

namespace peercap {

Histogram::Histogram(std::vector<double> edges) : edges_{std::move(edges)}, counts_(edges_.size() + 1) {
  require(edges_.size() >= 2, "Histogram: at least two edges are needed");
  for (std::size_t i = 0; i < edges_.size(); ++i) {
    require(std::isfinite(edges_[i]), "Histogram: edges are finite");
    require(i == 0 || edges_[i - 1] < edges_[i], "Histogram: edges ascend strictly");
  }
}

void Histogram::add(double x, std::int64_t weight) {
  require(!std::isnan(x), "Histogram::add: not a number");
  require(weight >= 0, "Histogram::add: negative weight");
  counts_[static_cast<std::size_t>(std::ranges::upper_bound(edges_, x) - edges_.begin())] += weight;
  total_ += weight;
}

void Histogram::merge(const Histogram& other) {
  require(edges_ == other.edges_, "Histogram::merge: other edges");
  for (std::size_t i = 0; i < counts_.size(); ++i) counts_[i] += other.counts_[i];
  total_ += other.total_;
}

std::vector<std::int64_t> Histogram::counts() const {
  return {counts_.begin() + 1, counts_.end() - 1};
}

double Histogram::quantile(double p) const {
  require(p >= 0.0 && p <= 1.0, "Histogram::quantile: p lies in [0, 1]");
  if (total_ == 0) return std::numeric_limits<double>::quiet_NaN();
  const double wanted = p * static_cast<double>(total_);
  std::int64_t before = 0;
  std::size_t bin = 0;
  // The first bin that is not empty and reaches the wanted count.
  while (counts_[bin] == 0 || static_cast<double>(before + counts_[bin]) < wanted) {
    before += counts_[bin];
    ++bin;
  }
  if (bin == 0) return -std::numeric_limits<double>::infinity();
  if (bin == edges_.size()) return std::numeric_limits<double>::infinity();
  const double share = (wanted - static_cast<double>(before)) / static_cast<double>(counts_[bin]);
  return edges_[bin - 1] + share * (edges_[bin] - edges_[bin - 1]);
}

}  // namespace peercap
