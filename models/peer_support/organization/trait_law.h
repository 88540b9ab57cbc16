#pragma once

#include <cstddef>

#include "models/peer_support/scenario/scenario.h"
#include "sim/random/random_source.h"

namespace peercap::peer_support {

/// What a person is like, whoever they are.
struct Traits {
  float susceptibility = 1.0F;     ///< factor on jumps of distress, mean 1
  float stable_exhaustion = 0.0F;  ///< SD, with the career stage's shift
  float openness = 1.0F;           ///< exp(-stigma), the factor of stigma on asking for help
  float aware_above = 0.5F;  ///< the unit's awareness above which this person knows the program, in (0, 1)

  template <class Archive>
  void visit_state(Archive& archive) {
    archive(susceptibility, stable_exhaustion, openness, aware_above);
  }
};

/// Draws people's traits: those who are there from the begin and those who are hired, by the same law.
class TraitLaw {
 public:
  explicit TraitLaw(const Scenario& scenario);

  /// `key` names the person, `profession` and `stage` are indices into the scenario's lists.
  [[nodiscard]] Traits draw(const RandomSource& random, EntityKey key, std::size_t profession,
                            std::size_t stage) const;

 private:
  const Scenario& scenario_;
  double stable_sd_;
  double stage_center_;
};

}  // namespace peercap::peer_support
