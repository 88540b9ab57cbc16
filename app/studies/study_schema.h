#pragma once

#include <string>

namespace peercap::app {

/// The JSON Schema (draft-07) of a study file, made from the same descriptions as its reader, with the names
/// of all measures and of the parameters that can vary, so that editors complete and check it as it is
/// written.
[[nodiscard]] std::string study_json_schema();

}  // namespace peercap::app
