#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "models/peer_support/organization/organization.h"
#include "models/peer_support/organization/trait_law.h"
#include "models/peer_support/scenario/scenario.h"
#include "models/peer_support/scenario/turnover_law.h"
#include "sim/random/random_source.h"

namespace peercap::peer_support {

/// What is known of a person before anything is drawn.
struct KnownTraits {
  std::optional<std::uint8_t> profession;
  std::optional<std::uint8_t> stage;
  std::size_t team = 0;
  RosterRole role = RosterRole::none;
};

/// Puts an organization together: sites, their departments, the departments' units, the units' people, each
/// added to the last one of what holds it. All draws of a person are made here.
class OrganizationBuilder {
 public:
  OrganizationBuilder(const Scenario& scenario, const RandomSource& random);

  void reserve(std::size_t people);
  void add_site(const std::string& name);
  /// Returns the department's index; its units are added by it, in any order.
  std::uint32_t add_department(const std::string& name, ShiftPattern shift_pattern, double event_factor);
  /// `workload` is the mean of the department's units.
  void add_unit(EntityKey key, std::uint32_t department, std::uint32_t number, double workload);
  /// `weights` of the professions, for people whose profession is not known.
  void add_person(EntityKey key, const KnownTraits& known, const std::vector<double>& weights);
  /// Ends the last site and gives the organization away.
  [[nodiscard]] Organization take();

  [[nodiscard]] const Organization& organization() const { return result_; }

 private:
  [[nodiscard]] Traits draw_traits(EntityKey key, std::size_t profession, std::size_t stage) const;

  const OrganizationSpec& spec_;
  const RandomSource& random_;
  double workload_gain_;
  TraitLaw trait_law_;
  TurnoverLaw turnover_law_;
  std::vector<double> stage_weights_;
  Organization result_;
};

/// The organization of the people named by `scenario.roster_data`.
[[nodiscard]] Organization build_from_roster(const Scenario& scenario, const RandomSource& random,
                                             const Nominations& nominations);

}  // namespace peercap::peer_support
