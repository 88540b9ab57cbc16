#pragma once

#include <cstdint>
#include <string>

#include "models/peer_support/results/result_builder.h"

namespace peercap::app {

/// The summary of a run for programs: scenario, status, file, and for each measure unit, n, mean, 95 %
/// interval, standard deviation and quantiles; null where a figure is not defined.
[[nodiscard]] std::string summary_json(const peer_support::Scenario& scenario, std::uint64_t clinicians,
                                       const peer_support::ResultBuilder& results, const std::string& file,
                                       const std::string& status);

}  // namespace peercap::app
