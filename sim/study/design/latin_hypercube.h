#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/random/random_source.h"
#include "sim/study/design/design.h"

namespace peercap {

/// A random order of 0 .. size - 1 whose i-th element is computed without the others, by the swap-or-not
/// shuffle with 6 log2(size) + 8 rounds. Source: V. T. Hoang, B. Morris and P. Rogaway, An enciphering scheme
/// based on a card shuffle, CRYPTO 2012, doi:10.1007/978-3-642-32009-5_1.
class IndexedPermutation {
 public:
  /// `number` tells permutations of one seed apart. Throws ContractViolation for a size of 0 or beyond 2^32.
  IndexedPermutation(std::uint64_t size, std::uint64_t seed, std::uint32_t number);
  [[nodiscard]] std::uint64_t operator()(std::uint64_t index) const;

 private:
  std::uint64_t size_;
  RandomSource random_;
  std::vector<std::uint64_t> round_keys_;
};

/// Points of the open unit cube such that each of `count` equal slices of each dimension holds one, at a
/// random place in it. Source: M. D. McKay, R. J. Beckman and W. J. Conover, A comparison of three methods
/// for selecting values of input variables in the analysis of output from a computer code, Technometrics 21
/// (1979), doi:10.1080/00401706.1979.10489755.
class LatinHypercube final : public Design {
 public:
  /// Throws ContractViolation for no dimensions, or a count of 0 or beyond 2^32.
  LatinHypercube(std::uint64_t count, std::size_t dimensions, std::uint64_t seed);
  [[nodiscard]] std::uint64_t size() const override { return count_; }
  [[nodiscard]] std::size_t dimensions() const override { return orders_.size(); }

 private:
  void compute(std::uint64_t index, std::span<double> coordinates) const override;
  std::uint64_t count_;
  RandomSource random_;
  std::vector<IndexedPermutation> orders_;  ///< [dimensions]
};

}  // namespace peercap
