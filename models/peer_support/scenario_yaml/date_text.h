#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "models/peer_support/scenario/schedule_spec.h"
#include "sim/io/yaml/value_text.h"

namespace peercap::peer_support {

/// "2026-03-02" or "never".
[[nodiscard]] std::optional<yaml::ValueProblem> parse_value(std::string_view text, const ParameterInfo& info,
                                                            DateOrNever& value);
[[nodiscard]] std::string value_text(const DateOrNever& value, const ParameterInfo& info = {});

}  // namespace peercap::peer_support
