#include "models/peer_support/organization/selection.h"

#include <algorithm>
#include <tuple>

#include "models/peer_support/organization/draw_purpose.h"
#include "sim/random/distributions.h"
#include "sim/support/contract.h"

namespace peercap::peer_support {
namespace {

/// People who can be invited to become supporters before the run ends, however recruitment is scheduled.
std::size_t reserve_size(const Scenario& scenario) {
  int invited = 0;
  int interval = 0;
  const auto consider = [&](const Recruitment& recruitment) {
    if (recruitment.enabled == Switch::off) return;
    invited = std::max(invited, recruitment.invited);
    interval = interval == 0 ? recruitment.interval_weeks : std::min(interval, recruitment.interval_weeks);
  };
  consider(scenario.supporters.recruitment);
  if (scenario.phases != nullptr)
    for (const ScenarioPhase& phase : *scenario.phases) consider(phase.scenario.supporters.recruitment);
  if (interval == 0) return 0;
  const SimDuration run = scenario.run.start.midnight() + scenario.run.horizon - begin_of(scenario.run);
  const std::int64_t cohorts = (run - microseconds(1)) / weeks(interval);  // none comes at the end itself
  return static_cast<std::size_t>(invited) * static_cast<std::size_t>(std::max<std::int64_t>(0, cohorts));
}

/// Somebody who can become a supporter. The lowest come first.
struct Candidate {
  double place = 0.0;  ///< what the selection goes by
  double clock = 0.0;  ///< by chance, where places are equal
  std::uint32_t clinician = 0;

  [[nodiscard]] bool comes_before(const Candidate& other) const {
    return std::tie(place, clock, clinician) < std::tie(other.place, other.clock, other.clinician);
  }
};

/// Those whom most name come first; a name counts by the person's weight.
void place_by_nominations(std::vector<Candidate>& candidates, const std::vector<double>& weights,
                          const std::vector<std::uint32_t>& named) {
  for (std::size_t i = 0; i < candidates.size(); ++i)
    candidates[i].place = -static_cast<double>(named[candidates[i].clinician]) * weights[i];
}

/// The first of every unit, then the second of every unit, and so on, those counted whom a roster names.
void place_by_unit(std::vector<Candidate>& candidates, const std::vector<std::uint32_t>& present,
                   const Organization& organization) {
  std::ranges::sort(candidates, [](const Candidate& a, const Candidate& b) { return a.comes_before(b); });
  std::vector<double> chosen(organization.units.size(), 0.0);
  for (const std::uint32_t clinician : present) ++chosen[organization.unit_of[clinician]];
  for (Candidate& candidate : candidates)
    candidate.place = chosen[organization.unit_of[candidate.clinician]]++;
}

}  // namespace

void choose_supporters(Organization& organization, const Scenario& scenario, const RandomSource& random,
                       std::size_t count, const Nominations& nominations) {
  const OrganizationSpec& spec = scenario.organization;
  std::vector<std::uint32_t> chosen;
  std::vector<Candidate> candidates;
  std::vector<double> weights;
  for (std::size_t i = 0; i < organization.clinician_count(); ++i) {
    const auto clinician = static_cast<std::uint32_t>(i);
    if (organization.roles[i] == RosterRole::supporter) chosen.push_back(clinician);
    const double weight = spec.career_stages[organization.stages[i]].supporter_weight *
                          spec.professions[organization.professions[i]].supporter_weight;
    if (weight <= 0.0 || organization.roles[i] != RosterRole::none) continue;
    // The n earliest of independent exponential clocks: a weighted sample without replacement, nested in n.
    const double clock =
        standard_exponential(random.draw(organization.person_keys[i], DrawPurpose::recruitment, 0).uniform());
    candidates.push_back({0.0, clock / weight, clinician});
    weights.push_back(weight);
  }
  switch (scenario.supporters.selection) {
    case Selection::open:
      break;
    case Selection::nominated:
      require(static_cast<bool>(nominations), "supporters are nominated, and nobody is there to name them");
      place_by_nominations(candidates, weights, nominations(organization));
      break;
    case Selection::every_unit:
      place_by_unit(candidates, chosen, organization);
      break;
  }
  const std::size_t drawn =
      std::min(count - std::min(count, chosen.size()) + reserve_size(scenario), candidates.size());
  const auto end = candidates.begin() + static_cast<std::ptrdiff_t>(drawn);
  std::partial_sort(candidates.begin(), end, candidates.end(),
                    [](const Candidate& a, const Candidate& b) { return a.comes_before(b); });
  const std::size_t initial = std::max(count, chosen.size());
  for (auto it = candidates.begin(); it != end; ++it) chosen.push_back(it->clinician);
  for (std::size_t rank = 0; rank < chosen.size(); ++rank)
    organization.supporters.push_back({ClinicianId{chosen[rank]}, UnitId{organization.unit_of[chosen[rank]]},
                                       rank < initial, static_cast<std::uint32_t>(rank)});
  std::ranges::sort(organization.supporters, {}, &SupporterEntry::clinician);
}

}  // namespace peercap::peer_support
