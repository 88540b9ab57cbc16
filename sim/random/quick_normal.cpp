#include "sim/random/quick_normal.h"

#include <cmath>

#include "sim/random/normal_quantile.h"

namespace peercap {

QuickNormal::QuickNormal() {
  // In each part the cubic through the quantile at the four Chebyshev points, in Newton's form.
  constexpr std::size_t parts = 1U << part_bits;
  const std::array<double, 4> points{0.5 - 0.46193976625564337, 0.5 - 0.19134171618254489,
                                     0.5 + 0.19134171618254489, 0.5 + 0.46193976625564337};
  for (std::size_t octave = 0; octave < 32; ++octave) {
    const double begin = std::ldexp(0.5, -static_cast<int>(octave) - 1);  // of the tail's probability
    for (std::size_t part = 0; part < parts; ++part) {
      std::array<double, 4> d{};
      for (std::size_t i = 0; i < 4; ++i)
        d[i] = -normal_quantile(begin * (1.0 + (static_cast<double>(part) + points[i]) / parts));
      for (std::size_t order = 1; order < 4; ++order)
        for (std::size_t i = 3; i >= order; --i) d[i] = (d[i] - d[i - 1]) / (points[i] - points[i - order]);
      // d[0] + (x-p0)(d[1] + (x-p1)(d[2] + (x-p2) d[3])), multiplied out from the inside.
      Cubic& c = pieces_[octave << part_bits | part];
      c = {d[3], 0.0, 0.0, 0.0};
      for (std::size_t i = 3; i-- > 0;) {
        for (std::size_t power = 3; power > 0; --power) c[power] = c[power - 1] - points[i] * c[power];
        c[0] = d[i] - points[i] * c[0];
      }
    }
  }
}

const QuickNormal quick_normal;

}  // namespace peercap
