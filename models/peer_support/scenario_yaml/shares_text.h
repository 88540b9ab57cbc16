#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "models/peer_support/scenario/organization_spec.h"
#include "sim/io/yaml/value_text.h"

namespace peercap::peer_support {

/// The weight of this name, added at the end where it is new.
[[nodiscard]] double& weight_of(Shares& shares, std::string_view name);

/// "nurse: 0.6, physician: 0.4", in braces or not.
[[nodiscard]] std::optional<yaml::ValueProblem> parse_value(std::string_view text, const ParameterInfo& info,
                                                            Shares& value);
[[nodiscard]] std::string value_text(const Shares& value, const ParameterInfo& info = {});

}  // namespace peercap::peer_support
