#pragma once

#include <string_view>

namespace peercap::peer_support {

/// What a scenario file says in its first key; the number grows when an older reader would misread newer
/// files.
inline constexpr std::string_view scenario_format = "peercap-scenario/1";

}  // namespace peercap::peer_support
