#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace peercap {

/// Counts over fixed bins [edge i, edge i + 1), with a bin below the first edge and one from the last edge
/// up. Counts are integers: merging is exact in any order.
class Histogram {
 public:
  /// At least two edges, finite and strictly ascending; throws ContractViolation otherwise.
  explicit Histogram(std::vector<double> edges);

  /// Throws ContractViolation for NaN or a negative weight.
  void add(double x, std::int64_t weight = 1);

  /// Throws ContractViolation unless the edges are the same.
  void merge(const Histogram& other);

  [[nodiscard]] const std::vector<double>& edges() const { return edges_; }
  /// [edges - 1] counts of the bins between edges.
  [[nodiscard]] std::vector<std::int64_t> counts() const;
  [[nodiscard]] std::int64_t below() const { return counts_.front(); }
  [[nodiscard]] std::int64_t above() const { return counts_.back(); }
  [[nodiscard]] std::int64_t total() const { return total_; }

  /// The value below which a share `p` of the counts lies, linear within its bin; -infinity or infinity where
  /// it lies beyond the edges, NaN without counts. Throws ContractViolation unless p is in [0, 1].
  [[nodiscard]] double quantile(double p) const;

  friend bool operator==(const Histogram&, const Histogram&) = default;

 private:
  std::vector<double> edges_;
  std::vector<std::int64_t> counts_;  ///< [edges + 1] below, bins, above
  std::int64_t total_ = 0;
};

}  // namespace peercap
