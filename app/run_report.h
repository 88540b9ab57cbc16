#pragma once

#include <string>

#include "models/peer_support/results/result_builder.h"

namespace peercap::app {

/// The answer on a terminal, 80 columns: one sentence, then demand, the cascade, time to first contact beside
/// unmet need, supporters' hours, case load, well-being, turnover and referral waits, each with a 95 %
/// interval.
[[nodiscard]] std::string run_report(const peer_support::Scenario& scenario, std::uint64_t clinicians,
                                     const peer_support::ResultBuilder& results);

}  // namespace peercap::app
