#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/peer_support/scenario/scenario.h"
#include "models/peer_support/scenario_yaml/origin.h"
#include "sim/support/diagnostics.h"

namespace peercap::peer_support {

struct LoadOptions {
  std::vector<std::string> overrides;  ///< "path=value", applied last and in this order
  std::optional<std::string> variant;  ///< the named patch under `scenarios:` to apply
};

/// A scenario that has passed every check.
struct LoadedScenario {
  Scenario scenario;               ///< as written, with the phases of its schedule
  std::string source_text;         ///< of the file itself, as given
  std::vector<std::string> files;  ///< every file read, the base first and the file itself last
  std::string resolved_text;       ///< every parameter written out; loads back to the same scenario
  Origins origins;                 ///< one for every parameter
};

/// Reads a scenario: defaults, then the files named by `extends:`, the file, the chosen patch, the overrides,
/// each over the one before; then the checks of check.h. Every problem of one pass goes to `diagnostics`, in
/// the file and line where it stands; patches that were not chosen are checked too. Nothing is returned where
/// there is an error.
[[nodiscard]] std::optional<LoadedScenario> load(const std::string& path, const LoadOptions& options,
                                                 Diagnostics& diagnostics);

}  // namespace peercap::peer_support
