#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "sim/study/design/design.h"

namespace peercap {

/// How a unit interval becomes the values of a parameter. integer covers whole numbers low .. high evenly,
/// and so the positions of categories; logarithmic is even in the logarithm.
enum class FactorScale { linear, logarithmic, integer };

struct Factor {
  double low = 0.0;
  double high = 1.0;  ///< >= low; for `logarithmic` both are positive, for `integer` both whole
  FactorScale scale = FactorScale::linear;

  /// The value at `unit` in [0, 1]: low at 0, high at 1.
  [[nodiscard]] double value_at(double unit) const;
};

/// A design of the unit cube carried over to factors.
class ScaledDesign final : public Design {
 public:
  /// Throws ContractViolation for another number of factors than dimensions, or a factor out of range.
  ScaledDesign(std::unique_ptr<const Design> unit_design, std::vector<Factor> factors);
  [[nodiscard]] std::uint64_t size() const override { return unit_design_->size(); }
  [[nodiscard]] std::size_t dimensions() const override { return factors_.size(); }

 private:
  void compute(std::uint64_t index, std::span<double> coordinates) const override;
  std::unique_ptr<const Design> unit_design_;
  std::vector<Factor> factors_;
};

}  // namespace peercap
