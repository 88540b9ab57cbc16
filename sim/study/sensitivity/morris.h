#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sim/statistics/summary.h"
#include "sim/study/design/design.h"

namespace peercap {

struct MorrisPlan {
  std::size_t factors = 0;
  std::uint64_t trajectories = 20;
  int levels = 4;  ///< of the grid, even
  std::uint64_t seed = 1;
};

/// Why such a plan would say nothing, in words for the user; nothing where it is sound. Below 10 trajectories
/// a mean of elementary effects is mostly chance.
[[nodiscard]] std::optional<std::string> morris_problem(const MorrisPlan& plan);

/// Random walks through a grid of the unit cube, each of which moves every factor once, by levels / (2
/// (levels
/// - 1)), up or down, in random order: trajectories x (factors + 1) points, trajectory after trajectory.
/// Source: M. D. Morris, Factorial sampling plans for preliminary computational experiments, Technometrics 33
/// (1991), doi:10.1080/00401706.1991.10484804.
class MorrisDesign final : public Design {
 public:
  /// Throws ContractViolation for a plan with a problem.
  explicit MorrisDesign(const MorrisPlan& plan);
  [[nodiscard]] std::uint64_t size() const override { return plan_.trajectories * (plan_.factors + 1); }
  [[nodiscard]] std::size_t dimensions() const override { return plan_.factors; }
  [[nodiscard]] const MorrisPlan& plan() const { return plan_; }

  /// The order in which a trajectory moves the factors, and by how much each, [factors].
  struct Walk {
    std::vector<std::size_t> order;
    std::vector<double> start;
    std::vector<double> moves;
  };
  [[nodiscard]] Walk walk(std::uint64_t trajectory) const;

 private:
  void compute(std::uint64_t index, std::span<double> coordinates) const override;
  MorrisPlan plan_;
};

/// The elementary effects of a factor, per length of the unit cube's side.
struct MorrisEffect {
  std::int64_t effects = 0;         ///< trajectories that told
  double mean = 0.0;                ///< mu: of the effects with their signs
  double mean_magnitude = 0.0;      ///< mu*: how much the factor matters (Campolongo and others 2007)
  double standard_deviation = 0.0;  ///< sigma: interactions and curvature
  Interval magnitude_interval;      ///< of mu*, by the bootstrap over trajectories
};

/// The effects, [factors], from the outcomes of the design's points, in order; NaN for a point that failed,
/// which leaves out the effects it touches. Source of mu*: F. Campolongo, J. Cariboni and A. Saltelli, An
/// effective screening design for sensitivity analysis of large models, Environmental Modelling & Software 22
/// (2007), doi:10.1016/j.envsoft.2006.10.004. Throws ContractViolation for another number of outcomes.
[[nodiscard]] std::vector<MorrisEffect> morris_effects(const MorrisDesign& design,
                                                       std::span<const double> outcomes,
                                                       double confidence = 0.95, int resamples = 1000);

}  // namespace peercap
