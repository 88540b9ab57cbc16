#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace peercap {

/// Count, mean and variance (divisor n - 1) of numbers taken one after the other, by Welford's recursion. The
/// bits depend on the order, which in a study is that of the replications. Source: B. P. Welford, Note on a
/// method for calculating corrected sums of squares and products, Technometrics 4 (1962),
/// doi:10.1080/00401706.1962.10490022.
class RunningSample {
 public:
  void add(double x) {
    ++count_;
    const double change = x - mean_;
    mean_ += change / static_cast<double>(count_);
    squares_ += change * (x - mean_);
  }

  [[nodiscard]] std::int64_t count() const { return count_; }
  /// NaN without numbers.
  [[nodiscard]] double mean() const { return count_ > 0 ? mean_ : nan; }
  /// NaN for less than two numbers.
  [[nodiscard]] double variance() const {
    return count_ > 1 ? squares_ / static_cast<double>(count_ - 1) : nan;
  }

 private:
  static constexpr double nan = std::numeric_limits<double>::quiet_NaN();

  std::int64_t count_ = 0;
  double mean_ = 0.0;
  double squares_ = 0.0;
};

[[nodiscard]] RunningSample sample_of(std::span<const double> values);

/// The values that are numbers, in their order.
[[nodiscard]] std::vector<double> without_missing(std::span<const double> values);

}  // namespace peercap
