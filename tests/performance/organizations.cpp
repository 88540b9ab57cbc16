#include "tests/performance/organizations.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "models/peer_support/scenario/staffing.h"
#include "models/peer_support/scenario_yaml/load.h"

namespace peercap::peer_support {

Scenario load_scenario(const std::string& name) {
  const std::string path = std::string{PEERCAP_SOURCE_DIR} + "/configs/scenarios/" + name + ".yaml";
  Diagnostics diagnostics;
  auto loaded = load(path, {}, diagnostics);
  if (!loaded) throw std::runtime_error{path + ": " + diagnostics.sorted().front().what};
  return std::move(loaded->scenario);
}

Scenario organization_of(std::int64_t clinicians) {
  Scenario s = load_scenario("community_hospital");
  s.run.burn_in = SimDuration{};
  const double hospitals = static_cast<double>(clinicians) / static_cast<double>(count_clinicians(s));
  auto& sites = s.organization.sites;
  if (hospitals < 1.0)
    for (Department& d : sites[0].departments)
      d.units = std::max(1, static_cast<int>(d.units * hospitals + 0.5));
  for (int i = 1; i < static_cast<int>(hospitals + 0.5); ++i) {
    sites.push_back(sites[0]);
    sites.back().name = "hospital_" + std::to_string(i);
  }
  const auto scaled = [&](int count) { return std::max(1, static_cast<int>(count * hospitals + 0.5)); };
  s.supporters.count = scaled(s.supporters.count);
  s.supporters.recruitment.invited = scaled(s.supporters.recruitment.invited);
  for (ReferralDestination& d : s.referrals.destinations) d.places = scaled(d.places);
  s.organization.network.same_organization = {0.0};  // ties across hospitals would grow with their number
  return s;
}

}  // namespace peercap::peer_support
