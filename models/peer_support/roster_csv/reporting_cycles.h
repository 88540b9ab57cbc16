#pragma once

#include <cstdint>
#include <vector>

namespace peercap::peer_support {

/// The circles among reporting lines: `manager_of` [person] is the index of a person or `nobody`. Each circle
/// begins with its lowest index and goes upward from there; circles stand in the order of their first person.
[[nodiscard]] std::vector<std::vector<std::uint32_t>> find_reporting_cycles(
    const std::vector<std::uint32_t>& manager_of);

}  // namespace peercap::peer_support
