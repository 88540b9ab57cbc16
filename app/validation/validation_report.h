#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/validation/validation_run.h"

namespace peercap::app {

/// "10.7 % (10.4 to 10.9)": mean and its 95 % interval; "(n = 1)" where there is none, "-" for nothing.
[[nodiscard]] std::string simulated_text(const Summary& simulated, bool is_share);

/// "inside" or "not inside".
[[nodiscard]] std::string_view inside_text(bool is_inside);

/// Two tables: what was fitted or set, and what is predicted. Nothing is left out.
[[nodiscard]] std::string validation_report(const std::vector<ValidationFile>& programs,
                                            const ValidationOutcome& outcome);
[[nodiscard]] std::string validation_json(const std::vector<ValidationFile>& programs,
                                          const ValidationOutcome& outcome);

}  // namespace peercap::app
