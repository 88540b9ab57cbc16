#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/study/design/design.h"
#include "sim/study/inference/paired.h"

namespace peercap {

/// One factor after the other at its low and at its high value, all others at their base values: point 0 is
/// the base, points 1 + 2 i and 2 + 2 i have factor i low and high.
class TornadoDesign final : public Design {
 public:
  struct Range {
    double base = 0.0;
    double low = 0.0;
    double high = 0.0;
  };
  /// Throws ContractViolation without factors.
  explicit TornadoDesign(std::vector<Range> ranges);
  [[nodiscard]] std::uint64_t size() const override { return 1 + 2 * ranges_.size(); }
  [[nodiscard]] std::size_t dimensions() const override { return ranges_.size(); }

 private:
  void compute(std::uint64_t index, std::span<double> coordinates) const override;
  std::vector<Range> ranges_;
};

/// A bar of the tornado: what moving a factor does to the mean, against the base under common random numbers.
struct TornadoBar {
  std::size_t factor = 0;
  PairedDifference at_low;   ///< low - base
  PairedDifference at_high;  ///< high - base
  double swing = 0.0;        ///< |mean at high - mean at low|, the length of the bar
};

/// The bars, longest first (equal ones in the order of their factors, those without a number last), from the
/// outcomes of the design's points, [points][replications]. Throws ContractViolation for another number of
/// points or ragged replications.
[[nodiscard]] std::vector<TornadoBar> tornado_bars(const TornadoDesign& design,
                                                   const std::vector<std::vector<double>>& outcomes,
                                                   double confidence = 0.95);

}  // namespace peercap
