#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/study/design/design.h"

namespace peercap {

/// none: the sequence itself, from its point at the corner; digital_shift: all points shifted, in base 2, by
/// one random point, which keeps their evenness and makes means over them unbiased.
enum class SequenceRandomization { none, digital_shift };

/// The first points of the Sobol sequence in the unit cube, with 32 bits a coordinate, in Gray code order,
/// each in the middle of its cell. The first 2^m points are evenly spread for any m, so that counts that are
/// powers of 2 serve best. Sources: I. M. Sobol, On the distribution of points in a cube and the approximate
/// evaluation of integrals, USSR Computational Mathematics and Mathematical Physics 7 (1967); direction
/// numbers of S. Joe and F. Y. Kuo, Constructing Sobol sequences with better two-dimensional projections,
/// SIAM Journal on Scientific Computing 30 (2008), doi:10.1137/070709359, from Boost.Random.
class SobolSequence final : public Design {
 public:
  static constexpr std::size_t most_dimensions = 3667;

  /// Throws ContractViolation for dimensions outside [1, most_dimensions], or a count of 0 or beyond 2^32
  /// - 1.
  SobolSequence(std::uint64_t count, std::size_t dimensions, std::uint64_t seed,
                SequenceRandomization randomization = SequenceRandomization::digital_shift);
  [[nodiscard]] std::uint64_t size() const override { return count_; }
  [[nodiscard]] std::size_t dimensions() const override { return dimensions_; }

 private:
  static constexpr int bit_count = 32;
  void compute(std::uint64_t index, std::span<double> coordinates) const override;

  std::uint64_t count_;
  std::size_t dimensions_;
  std::vector<std::uint32_t> directions_;  ///< [bits, dimensions]
  std::vector<std::uint32_t> shift_;       ///< [dimensions]
};

}  // namespace peercap
