// Each pair of people has a tie with its own probability, independently. Pairs in one unit are tried one by
// one. Pairs in two units are too many for that: there, points of a Poisson process fall onto blocks of pairs
// of positions, and a pair that is hit at least once has a tie.
#include "models/peer_support/network/tie_sampler.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "models/peer_support/organization/draw_purpose.h"
#include "sim/random/exact_math.h"

namespace peercap::peer_support {
namespace {

/// The pair's key is made of one random word of each of the two; their sum does not depend on the order.
EntityKey pair_key(std::uint64_t word, std::uint64_t other_word) {
  return EntityKey{word + other_word}.child(std::uint64_t{0});
}

/// Compares 63 bits of a key with a probability, so that 0 never and 1 always happens.
class Chance {
 public:
  explicit Chance(double probability)
      : threshold_{probability <= 0.0   ? 0
                   : probability >= 1.0 ? std::uint64_t{1} << 63
                                        : static_cast<std::uint64_t>(probability * 0x1p63)} {}
  [[nodiscard]] bool happens(EntityKey key) const { return (key.value() >> 1) < threshold_; }

 private:
  std::uint64_t threshold_;
};

/// The chance of a tie of two people of one profession and of two.
struct PairChances {
  PairChances(double probability, double homophily)
      : by_sameness{Chance{probability / homophily}, Chance{probability}} {}
  [[nodiscard]] const Chance& of(bool same_profession) const { return by_sameness[same_profession ? 1 : 0]; }

  std::array<Chance, 2> by_sameness;
};

/// Positions of a unit in one block; a pair of units has blocks of 32 x 32 pairs of people. Small blocks cost
/// a key each, large ones hit people who do not exist.
constexpr std::uint32_t block_side = 32;
constexpr double block_pairs = block_side * block_side;

/// From this probability on it is cheaper to try every pair than to scatter points. Which way is taken
/// changes who has ties, not how many.
constexpr double least_dense_probability = 0.05;

/// Ties between the people of two units.
class UnitPairLaw {
 public:
  UnitPairLaw(double probability, double homophily)
      : has_ties{1.0 - probability < 1.0},
        is_dense{probability >= least_dense_probability},
        chances{probability, homophily},
        keeps_unequal{0.0} {
    if (!has_ties || is_dense) return;
    // A pair is hit with probability 1 - exp(-rate). Keeping a hit with the ratio of two rates thins the
    // process.
    const double rate = -exact::log(1.0 - probability);
    keeps_unequal = Chance{-exact::log(1.0 - probability / homophily) / rate};
    const double mean = rate * block_pairs;
    constexpr double largest = 1.0 - 0x1p-53;
    double term = exact::exp(-mean);
    double cumulative = term;
    cumulative_counts_.push_back(static_cast<std::uint64_t>(std::min(cumulative, largest) * 0x1p64));
    for (int count = 1; cumulative < largest && term > 0.0; ++count) {
      term *= mean / count;
      cumulative += term;
      cumulative_counts_.push_back(static_cast<std::uint64_t>(std::min(cumulative, largest) * 0x1p64));
    }
    none_below = cumulative_counts_.front();
  }

  /// Points in the block with this key, by inversion.
  [[nodiscard]] std::uint32_t count(EntityKey block) const {
    std::uint32_t count = 1;
    while (count < cumulative_counts_.size() && block.value() >= cumulative_counts_[count]) ++count;
    return block.value() < none_below ? 0 : count;
  }

  bool has_ties;
  bool is_dense;
  PairChances chances;           ///< where dense
  Chance keeps_unequal;          ///< a point that fell on two professions
  std::uint64_t none_below = 0;  ///< a block whose key is lower has no points

 private:
  std::vector<std::uint64_t> cumulative_counts_;  ///< P(count <= n) in 2^-64
};

class TieSampler {
 public:
  TieSampler(const TrustNetworkSpec& spec, const Organization& organization, const RandomSource& random)
      : organization_{organization},
        in_team_{spec.same_team.value, spec.homophily},
        in_unit_{spec.same_unit.value, spec.homophily},
        laws_{UnitPairLaw{spec.same_department.value, spec.homophily},
              UnitPairLaw{spec.same_site.value, spec.homophily},
              UnitPairLaw{spec.same_organization.value, spec.homophily}} {
    person_words_.reserve(organization.clinician_count());
    for (const EntityKey key : organization.person_keys)
      person_words_.push_back(random.draw(key, DrawPurpose::trust_tie, 0).bits());
    ties_.reserve(6 * organization.clinician_count());
  }

  std::vector<ClinicianPair> sample(const RandomSource& random) {
    for (const Unit& unit : organization_.units) tie_members(unit);
    tie_units(random);
    return std::move(ties_);
  }

 private:
  [[nodiscard]] bool same_profession(std::uint32_t a, std::uint32_t b) const {
    return organization_.professions[a] == organization_.professions[b];
  }

  void tie_members(const Unit& unit) {
    const std::uint32_t end = unit.first_clinician + unit.size;
    for (std::uint32_t a = unit.first_clinician; a < end; ++a)
      for (std::uint32_t b = a + 1; b < end; ++b) {
        const PairChances& chances = organization_.teams[a] == organization_.teams[b] ? in_team_ : in_unit_;
        if (chances.of(same_profession(a, b)).happens(pair_key(person_words_[a], person_words_[b])))
          ties_.emplace_back(a, b);
      }
  }

  /// What tie_pair needs of a unit, in the order in which it is needed.
  struct UnitPlace {
    std::size_t group;  ///< pairs are formed within it
    EntityKey key;
    std::uint64_t word;
    std::uint32_t department;
    std::uint32_t site;
    std::uint32_t first_clinician;
    std::uint32_t size;
  };

  /// Visits the pairs of units within departments, sites, or the organization: the widest that has ties.
  void tie_units(const RandomSource& random) {
    if (std::ranges::none_of(laws_, &UnitPairLaw::has_ties)) return;
    std::vector<UnitPlace> places;
    for (const Unit& unit : organization_.units) {
      const std::size_t group = laws_[2].has_ties   ? 0
                                : laws_[1].has_ties ? unit.site.index()
                                                    : unit.department;
      places.push_back({group, unit.key, random.draw(unit.key, DrawPurpose::trust_tie_count, 0).bits(),
                        unit.department, unit.site.value(), unit.first_clinician, unit.size});
    }
    // In order of keys: which of two units is the first must not depend on their indices.
    std::ranges::sort(places, {}, [](const UnitPlace& place) { return std::pair{place.group, place.key}; });
    for (auto a = places.begin(); a != places.end(); ++a)
      for (auto b = a + 1; b != places.end() && b->group == a->group; ++b) tie_pair(*a, *b);
  }

  void tie_pair(const UnitPlace& a, const UnitPlace& b) {
    const UnitPairLaw& law = laws_[a.department == b.department ? 0 : a.site == b.site ? 1 : 2];
    if (!law.has_ties) return;
    if (law.is_dense) {
      try_every_pair(a, b, law);
      return;
    }
    const EntityKey pair{a.word + b.word};
    for (std::uint32_t row = 0; row < a.size; row += block_side)
      for (std::uint32_t column = 0; column < b.size; column += block_side) {
        const EntityKey block = pair.child(std::uint64_t{row} << 32 | column);
        if (block.value() >= law.none_below) scatter(a, b, row, column, block, law);
      }
  }

  void try_every_pair(const UnitPlace& first, const UnitPlace& second, const UnitPairLaw& law) {
    for (std::uint32_t a = first.first_clinician; a < first.first_clinician + first.size; ++a)
      for (std::uint32_t b = second.first_clinician; b < second.first_clinician + second.size; ++b)
        if (law.chances.of(same_profession(a, b)).happens(pair_key(person_words_[a], person_words_[b])))
          ties_.emplace_back(a, b);
  }

  void scatter(const UnitPlace& first, const UnitPlace& second, std::uint32_t row, std::uint32_t column,
               EntityKey block, const UnitPairLaw& law) {
    const auto before = static_cast<std::ptrdiff_t>(ties_.size());
    const std::uint32_t count = law.count(block);
    for (std::uint32_t point = 0; point < count; ++point) {
      const EntityKey key = block.child(point);
      const auto r = static_cast<std::uint32_t>(key.value() % block_side);
      const auto c = static_cast<std::uint32_t>(key.value() / block_side % block_side);
      if (row + r >= first.size || column + c >= second.size) continue;  // nobody works there
      const std::uint32_t a = first.first_clinician + row + r;
      const std::uint32_t b = second.first_clinician + column + c;
      if (!same_profession(a, b) && !law.keeps_unequal.happens(key)) continue;
      // A second point on the same pair changes nothing. There are few ties in one block.
      const ClinicianPair tie{a, b};
      if (point == 0 || std::find(ties_.begin() + before, ties_.end(), tie) == ties_.end())
        ties_.push_back(tie);
    }
  }

  const Organization& organization_;
  PairChances in_team_;
  PairChances in_unit_;
  std::array<UnitPairLaw, 3> laws_;  ///< units of one department, one site, two sites
  std::vector<std::uint64_t> person_words_;
  std::vector<ClinicianPair> ties_;
};

}  // namespace

std::vector<ClinicianPair> sample_ties(const TrustNetworkSpec& spec, const Organization& organization,
                                       const RandomSource& random) {
  if (spec.enabled == Switch::off) return {};
  return TieSampler{spec, organization, random}.sample(random);
}

}  // namespace peercap::peer_support
