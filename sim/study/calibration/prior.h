#pragma once

namespace peercap {

/// What is thought of a parameter before data. uniform and log_uniform lie between `first` and `second`; a
/// normal has mean `first` and standard deviation `second`.
enum class PriorLaw { uniform, log_uniform, normal };

struct Prior {
  PriorLaw law = PriorLaw::uniform;
  double first = 0.0;
  double second = 1.0;  ///< above `first` (both positive for log_uniform); a positive standard deviation

  /// Throws ContractViolation for bounds or a deviation out of range.
  void check() const;

  /// Samplers walk in the logarithm of a log-uniform parameter, in others as they are.
  [[nodiscard]] double to_working(double value) const;
  [[nodiscard]] double from_working(double working) const;
  /// The working value below which a share `p` in (0, 1) lies.
  [[nodiscard]] double working_quantile(double p) const;
  /// In the working coordinate, up to a factor; 0 outside the support.
  [[nodiscard]] double working_density(double working) const;
};

}  // namespace peercap
