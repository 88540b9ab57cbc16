#include "sim/statistics/moments.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace peercap {

void Moments::add(double x) {
  squares_.add_product(x, x);
  sum_.add(x);
  ++count_;
}

void Moments::merge(const Moments& other) {
  count_ += other.count_;
  sum_.merge(other.sum_);
  squares_.merge(other.squares_);
}

double Moments::mean() const {
  if (count_ == 0) return std::numeric_limits<double>::quiet_NaN();
  const auto n = static_cast<double>(count_);
  const double first = sum_.value() / n;
  // One step of refinement against the exact sum: equal numbers have just that number as their mean.
  ExactSum rest = sum_;
  rest.add_product(-n, first);
  return first + rest.value() / n;
}

double Moments::variance() const {
  if (count_ < 2) return std::numeric_limits<double>::quiet_NaN();
  const auto n = static_cast<double>(count_);
  const double center = mean();
  // The sum of (x - center)^2 = squares - 2 center sum + n center^2, all in exact arithmetic but for the sum,
  // which is taken to twice a double's precision; then nothing is lost where the spread is small beside the
  // mean.
  ExactSum about_center = squares_;
  ExactSum rest = sum_;
  for (int part = 0; part < 2; ++part) {
    const double leading = rest.value();
    rest.add(-leading);
    about_center.add_product(-2.0 * center, leading);
  }
  const double n_center = n * center;
  about_center.add_product(n_center, center);
  about_center.add_product(std::fma(n, center, -n_center), center);
  return std::max(about_center.value(), 0.0) / (n - 1.0);
}

double Moments::standard_deviation() const {
  return std::sqrt(variance());
}

}  // namespace peercap
