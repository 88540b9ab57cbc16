#include "sim/study/design/latin_hypercube.h"

#include <algorithm>
#include <bit>

#include "sim/study/study_draw.h"
#include "sim/support/contract.h"

namespace peercap {
namespace {

constexpr std::uint64_t largest_size = std::uint64_t{1} << 32;

}  // namespace

IndexedPermutation::IndexedPermutation(std::uint64_t size, std::uint64_t seed, std::uint32_t number)
    : size_{size}, random_{seed, number} {
  require(size > 0 && size <= largest_size, "IndexedPermutation: a size in [1, 2^32]");
  const auto rounds = static_cast<std::uint64_t>(6 * std::bit_width(size - 1) + 8);
  for (std::uint64_t round = 0; round < rounds; ++round)
    round_keys_.push_back(below(random_.draw(EntityKey{}, StudyDraw::permutation_key, round).bits(), size));
}

std::uint64_t IndexedPermutation::operator()(std::uint64_t index) const {
  // In each round every position has a partner, and a coin that both share decides whether they swap.
  for (std::uint64_t round = 0; round < round_keys_.size(); ++round) {
    const std::uint64_t key = round_keys_[round];
    const std::uint64_t partner = key >= index ? key - index : key + size_ - index;
    const std::uint64_t pair = std::max(index, partner);
    if ((random_.draw(EntityKey{round}, StudyDraw::permutation_swap, pair).bits() & 1U) != 0) index = partner;
  }
  return index;
}

LatinHypercube::LatinHypercube(std::uint64_t count, std::size_t dimensions, std::uint64_t seed)
    : count_{count}, random_{seed, 0} {
  require(dimensions > 0, "LatinHypercube: at least one dimension");
  for (std::size_t i = 0; i < dimensions; ++i)
    orders_.emplace_back(count, seed, static_cast<std::uint32_t>(i));
}

void LatinHypercube::compute(std::uint64_t index, std::span<double> coordinates) const {
  for (std::size_t i = 0; i < coordinates.size(); ++i) {
    const double place = random_.draw(EntityKey{i}, StudyDraw::jitter, index).uniform();
    const auto slice = static_cast<double>(orders_[i](index));
    // Rounding must not carry a place at the upper end of the last slice to 1.
    coordinates[i] = std::min((slice + place) / static_cast<double>(count_), 0x1.fffffffffffffp-1);
  }
}

}  // namespace peercap
