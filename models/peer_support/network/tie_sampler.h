#pragma once

#include <vector>

#include "models/peer_support/network/trust_network.h"

namespace peercap::peer_support {

/// The ties of build_trust_network, each once.
[[nodiscard]] std::vector<ClinicianPair> sample_ties(const TrustNetworkSpec& spec,
                                                     const Organization& organization,
                                                     const RandomSource& random);

}  // namespace peercap::peer_support
