#include "sim/study/design/sobol_sequence.h"

#include <boost/random/sobol.hpp>

#include "sim/random/random_source.h"
#include "sim/study/study_draw.h"
#include "sim/support/contract.h"

namespace peercap {

SobolSequence::SobolSequence(std::uint64_t count, std::size_t dimensions, std::uint64_t seed,
                             SequenceRandomization randomization)
    : count_{count}, dimensions_{dimensions}, shift_(dimensions, 0) {
  require(dimensions >= 1 && dimensions <= most_dimensions, "SobolSequence: dimensions in [1, 3667]");
  require(count >= 1 && count < (std::uint64_t{1} << bit_count), "SobolSequence: a count in [1, 2^32)");
  // The library's point n (from 0) is the combination of the directions in the Gray code of n + 1, and
  // the code of 2^(bit + 1) - 1 has that bit alone.
  boost::random::sobol_engine<std::uint64_t, bit_count> engine{dimensions};
  directions_.reserve(bit_count * dimensions);
  for (int bit = 0; bit < bit_count; ++bit) {
    engine.seed((std::uint64_t{2} << bit) - 2);
    for (std::size_t i = 0; i < dimensions; ++i) directions_.push_back(static_cast<std::uint32_t>(engine()));
  }
  if (randomization == SequenceRandomization::none) return;
  const RandomSource random{seed, 0};
  for (std::size_t i = 0; i < dimensions; ++i)
    shift_[i] =
        static_cast<std::uint32_t>(random.draw(EntityKey{i}, StudyDraw::digital_shift, 0).bits() >> 32);
}

void SobolSequence::compute(std::uint64_t index, std::span<double> coordinates) const {
  const std::uint64_t code = index ^ (index >> 1);
  for (std::size_t i = 0; i < coordinates.size(); ++i) {
    std::uint32_t bits = shift_[i];
    for (int bit = 0; bit < bit_count; ++bit)
      if ((code >> bit & 1U) != 0) bits ^= directions_[static_cast<std::size_t>(bit) * dimensions_ + i];
    coordinates[i] = (static_cast<double>(bits) + 0.5) * 0x1p-32;
  }
}

}  // namespace peercap
