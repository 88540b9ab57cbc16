#pragma once

#include <string>

#include "app/verification/verification_run.h"

namespace peercap::app {

/// A table for each family: quantity, theory, simulated with its 95 % interval, z, verdict; then the count.
[[nodiscard]] std::string verification_report(const std::vector<VerificationFile>& families,
                                              const VerificationOutcome& outcome);

/// The same as JSON, `peercap-verification/1`.
[[nodiscard]] std::string verification_json(const VerificationOutcome& outcome);

/// "passed", "differs", "too wide".
[[nodiscard]] std::string_view verdict_text(KnownVerdict verdict);

}  // namespace peercap::app
