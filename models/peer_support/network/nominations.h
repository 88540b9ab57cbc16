#pragma once

#include <cstdint>
#include <vector>

#include "models/peer_support/network/trust_network.h"
#include "models/peer_support/organization/organization.h"
#include "sim/random/random_source.h"

namespace peercap::peer_support {

/// By how many colleagues each clinician is named, [clinicians]: everybody names one of those they trust,
/// each as likely as the other; who trusts nobody names nobody.
[[nodiscard]] std::vector<std::uint32_t> count_nominations(const TrustNetwork& network,
                                                           const Organization& organization,
                                                           const RandomSource& random);

/// build_organization() of a scenario in which those who trust each other name the supporters, or not.
[[nodiscard]] Organization found_organization(const Scenario& scenario, const RandomSource& random);

}  // namespace peercap::peer_support
