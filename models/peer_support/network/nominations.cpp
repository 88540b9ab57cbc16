#include "models/peer_support/network/nominations.h"

#include "models/peer_support/organization/draw_purpose.h"

namespace peercap::peer_support {

std::vector<std::uint32_t> count_nominations(const TrustNetwork& network, const Organization& organization,
                                             const RandomSource& random) {
  std::vector<std::uint32_t> named(organization.clinician_count(), 0);
  for (std::uint32_t clinician = 0; clinician < named.size(); ++clinician) {
    const auto trusted = network.neighbors(clinician);
    if (trusted.empty()) continue;
    const double uniform =
        random.draw(organization.person_keys[clinician], DrawPurpose::nomination, 0).uniform();
    ++named[trusted[static_cast<std::size_t>(uniform * static_cast<double>(trusted.size()))]];
  }
  return named;
}

Organization found_organization(const Scenario& scenario, const RandomSource& random) {
  return build_organization(scenario, random, [&](const Organization& without_supporters) {
    return count_nominations(build_trust_network(scenario, without_supporters, random), without_supporters,
                             random);
  });
}

}  // namespace peercap::peer_support
