#pragma once

#include <string>

namespace peercap::peer_support {

/// The JSON Schema (draft-07) of a scenario file, made from the same descriptions as the reader, with
/// meanings, units, ranges and defaults, so that editors complete and check a file as it is written.
[[nodiscard]] std::string scenario_json_schema();

}  // namespace peercap::peer_support
