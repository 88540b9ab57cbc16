#pragma once

#include <cstdint>

#include "sim/statistics/exact_sum.h"

namespace peercap {

/// Count, mean and variance of a stream of numbers, from exact sums: merging the parts of any split, in any
/// order, gives the same bits as adding all to one. Numbers must be finite and below 1e154 in magnitude.
class Moments {
 public:
  void add(double x);
  void merge(const Moments& other);

  [[nodiscard]] std::int64_t count() const { return count_; }

  /// The sum, rounded once.
  [[nodiscard]] double sum() const { return sum_.value(); }

  /// NaN without numbers.
  [[nodiscard]] double mean() const;

  /// The unbiased sample variance (divisor n - 1), without cancellation; NaN for less than two numbers.
  [[nodiscard]] double variance() const;
  [[nodiscard]] double standard_deviation() const;

  friend bool operator==(const Moments&, const Moments&) = default;

 private:
  std::int64_t count_ = 0;
  ExactSum sum_;
  ExactSum squares_;
};

}  // namespace peercap
