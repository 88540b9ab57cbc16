#include "sim/study/design/factor.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "sim/random/exact_math.h"
#include "sim/support/contract.h"

namespace peercap {

double Factor::value_at(double unit) const {
  if (scale == FactorScale::integer) return std::min(high, low + std::floor(unit * (high - low + 1.0)));
  if (unit <= 0.0) return low;
  if (unit >= 1.0) return high;
  if (scale == FactorScale::logarithmic)
    return std::clamp(exact::exp(exact::log(low) + unit * (exact::log(high) - exact::log(low))), low, high);
  return std::min(high, low + unit * (high - low));
}

ScaledDesign::ScaledDesign(std::unique_ptr<const Design> unit_design, std::vector<Factor> factors)
    : unit_design_{std::move(unit_design)}, factors_{std::move(factors)} {
  require(unit_design_ != nullptr && unit_design_->dimensions() == factors_.size(),
          "ScaledDesign: a factor for each dimension");
  for (const Factor& factor : factors_) {
    require(factor.low <= factor.high, "Factor: low is not above high");
    require(factor.scale != FactorScale::logarithmic || factor.low > 0.0,
            "Factor: bounds of a logarithmic factor are positive");
    require(factor.scale != FactorScale::integer ||
                (factor.low == std::floor(factor.low) && factor.high == std::floor(factor.high)),
            "Factor: bounds of an integer factor are whole");
  }
}

void ScaledDesign::compute(std::uint64_t index, std::span<double> coordinates) const {
  unit_design_->write_point(index, coordinates);
  for (std::size_t i = 0; i < factors_.size(); ++i) coordinates[i] = factors_[i].value_at(coordinates[i]);
}

}  // namespace peercap
